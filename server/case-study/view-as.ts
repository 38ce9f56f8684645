import type { ContactCase } from '../../shared/api/contact.ts';
import type { SharingPerson, ViewAs } from '../../shared/api/sharing.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import type { RequestParts } from '../information/request-views.ts';
import type { Tables } from '../ports/tables.ts';
import { loadDecisions, readStage } from '../studies/access-lookup.ts';
import { nothingThere } from '../studies/study-gate.ts';
import { caseSchoolIds } from './case-creation.ts';
import { caseAndStudy, caseDetail, schoolsInOrder } from './case-detail.ts';
import { contactCases } from './contact-cases.ts';
import { caseParticipants } from './participants.ts';
import { loadFigures } from './projections.ts';
import { loadReadingCopies } from './reading-copies.ts';

/**
 * The case as somebody who takes part in it gets it, without what the asker may not
 * read themselves: looking through another's eyes shows nobody more (ACCESS-6).
 * @throws Refusal not-found for somebody who does not take part in this case
 */
export async function viewAs(
  parts: RequestParts,
  askerId: string,
  caseId: string,
  personId: string,
): Promise<ViewAs> {
  const records = parts.records.read;
  const { row, study } = await caseAndStudy(records, caseId);
  const person = (await caseParticipants(records, study.id, caseId)).find(({ id }) => id === personId);
  if (!person) throw nothingThere();
  const framework = await studyFramework(records, study.framework_id, study.framework_version);
  const { asked, blocks } = await gets(parts, caseId, person);
  const theirs = person.role === 'contact' ? asked.flatMap((one) => one.blocks) : blocks;

  const mine = await loadDecisions(records, askerId, study.id, [caseId]);
  const stage = readStage(row.stage);
  const standing = { stage, deleted: (row.deleted_at ?? study.deleted_at) !== null };
  const figures = await loadFigures(parts, framework, [caseId]);
  const readable = figures.filter((block) => includesAccess(mine.of(block, standing).access, 'read'));
  const both = new Set(readable.map(({ blockId }) => blockId));
  const seen = theirs.filter(({ blockId }) => both.has(blockId));
  const shown = new Set(seen.filter(({ access }) => access !== 'none').map(({ blockId }) => blockId));
  const schoolIds = await caseSchoolIds(records, caseId);
  const theirSchools = schoolIds.filter((id) => person.role !== 'contact' || person.schoolIds.includes(id));
  return {
    person,
    ...headOf(row, study),
    stage,
    schools: await schoolsInOrder(records, theirSchools),
    blocks: blocks.filter(({ blockId }) => both.has(blockId)),
    text: await loadReadingCopies(
      parts,
      { role: person.role, personId: person.id },
      readable.filter(({ blockId }) => shown.has(blockId)),
    ),
    leftOut: theirs.length - seen.length,
    asked: asked.map((one) => onlyOf(one, both)),
  };
}

/** What their page is made of: a contact’s of what is asked of them, anybody else’s of the case. */
async function gets(
  parts: RequestParts,
  caseId: string,
  { id, role }: SharingPerson,
): Promise<Pick<ViewAs, 'asked' | 'blocks'>> {
  if (role === 'contact') return { asked: await contactCases(parts, id, caseId), blocks: [] };
  return { asked: [], blocks: (await caseDetail(parts, caseId, id, role)).blocks };
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

function onlyOf(one: ContactCase, blockIds: ReadonlySet<string>): ContactCase {
  return {
    ...one,
    requests: one.requests.map((request) => ({
      ...request,
      blockIds: request.blockIds.filter((blockId) => blockIds.has(blockId)),
      alsoAsked: request.alsoAsked.filter(({ blockId }) => blockIds.has(blockId)),
    })),
    blocks: one.blocks.filter(({ blockId }) => blockIds.has(blockId)),
    copies: one.copies.filter(({ blockId }) => blockIds.has(blockId)),
  };
}
