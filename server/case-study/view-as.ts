import type { ContactCase, ViewAs } from '../../shared/api/contract.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import type { Tables } from '../ports/tables.ts';
import { loadDecisions } from '../studies/access-lookup.ts';
import { nothingThere } from '../studies/study-gate.ts';
import { caseAndStudy, caseDetail } from './case-detail.ts';
import { contactCases } from './contact-cases.ts';
import { caseParticipants } from './participants.ts';
import { loadFigures, type ProjectionParts } from './projections.ts';
import { loadReadingCopies } from './reading-copies.ts';

/**
 * The case as somebody who takes part in it gets it, without what the asker may not
 * read themselves: looking through another's eyes shows nobody more (ACCESS-6).
 * @throws Refusal not-found for somebody who does not take part in this case
 */
export async function viewAs(
  parts: ProjectionParts,
  askerId: string,
  caseId: string,
  personId: string,
): Promise<ViewAs> {
  const records = parts.records.read;
  const { row, study } = await caseAndStudy(records, caseId);
  const person = (await caseParticipants(records, study.id, caseId)).find(({ id }) => id === personId);
  if (!person) throw nothingThere();
  const framework = await studyFramework(records, study.framework_id, study.framework_version);
  const detail = await caseDetail(parts, caseId, personId, person.role);
  const asked = person.role === 'contact' ? await contactCases(parts, personId, caseId) : [];
  const theirs = person.role === 'contact' ? asked.flatMap(({ blocks }) => blocks) : detail.blocks;

  const mine = await loadDecisions(records, askerId, study.id, [caseId]);
  const standing = { stage: detail.stage, deleted: detail.deletedAt !== null };
  const figures = await loadFigures(parts, framework, [caseId]);
  const readable = figures.filter((block) => includesAccess(mine.of(block, standing).access, 'read'));
  const both = new Set(readable.map(({ blockId }) => blockId));
  const seen = theirs.filter(({ blockId }) => both.has(blockId));
  const shown = new Set(seen.filter(({ access }) => access !== 'none').map(({ blockId }) => blockId));
  return {
    person,
    ...headOf(row, study),
    stage: detail.stage,
    schools: person.role === 'contact' ? theirSchools(detail.schools, person.schoolIds) : detail.schools,
    blocks: person.role === 'contact' ? [] : detail.blocks.filter(({ blockId }) => both.has(blockId)),
    text: await loadReadingCopies(
      records,
      person.role,
      readable.filter(({ blockId }) => shown.has(blockId)),
    ),
    leftOut: theirs.length - seen.length,
    asked: asked.map((one) => onlyOf(one, both)),
  };
}

function headOf(row: Tables['cases'], study: Tables['studies']) {
  return {
    caseId: row.id,
    studyId: study.id,
    studyTitle: study.title,
    title: row.title,
    subtitle: row.subtitle,
    frameworkId: study.framework_id,
    frameworkVersion: study.framework_version,
  };
}

function theirSchools(schools: ViewAs['schools'], schoolIds: readonly string[]): ViewAs['schools'] {
  return schools.filter(({ id }) => schoolIds.includes(id));
}

function onlyOf(one: ContactCase, blockIds: ReadonlySet<string>): ContactCase {
  return {
    ...one,
    blocks: one.blocks.filter(({ blockId }) => blockIds.has(blockId)),
    copies: one.copies.filter(({ blockId }) => blockIds.has(blockId)),
  };
}
