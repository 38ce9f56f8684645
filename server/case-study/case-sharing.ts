import type { Sharing, SharingPerson, SharingSection, SharingStep } from '../../shared/api/sharing.ts';
import { blockFacts, includesAccess } from '../../shared/permissions/access.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import { mayInStudy } from '../../shared/permissions/study-acts.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import type { RequestParts } from '../information/request-views.ts';
import { requestRows, sectionIdsOf } from '../information/requests.ts';
import type { Records } from '../ports/record-store.ts';
import { unconfirmedIn } from '../quotes/unconfirmed-quotes.ts';
import {
  type BlockDecisions,
  type CaseStanding,
  loadDecisions,
  readGrant,
  readStage,
} from '../studies/access-lookup.ts';
import { loadPeople } from '../studies/people.ts';
import { loadStatuses } from './block-states.ts';
import { caseSchoolIds } from './case-creation.ts';
import { caseAndStudy, schoolsInOrder } from './case-detail.ts';
import { caseParticipants, grantRows } from './participants.ts';
import { type BlockFigures, loadFigures, loadUses } from './projections.ts';

/** Changes that the page lists. */
const LISTED_CHANGES = 20;

/** @returns everything that the sharing page of a case shows this person */
export async function caseSharing(
  parts: RequestParts,
  caseId: string,
  personId: string,
  role: Role,
): Promise<Sharing> {
  const records = parts.records.read;
  const { row, study } = await caseAndStudy(records, caseId);
  const framework = await studyFramework(records, study.framework_id, study.framework_version);
  const people = await caseParticipants(records, study.id, caseId);
  const standing = {
    stage: readStage(row.stage),
    deleted: (row.deleted_at ?? study.deleted_at) !== null,
  };
  const decide = await loadDecisions(records, personId, study.id, [caseId]);
  const figures = await loadFigures(parts, framework, [caseId]);
  const statuses = await loadStatuses(records, [caseId]);
  const written = figures.flatMap(({ blockId, seq }) => (seq > 0 ? [blockId] : []));
  const unconfirmed = await unconfirmedIn(records, caseId, await loadUses(records, written));
  const here = new Set(people.map(({ id }) => id));
  const cells = (await grantRows(records, caseId)).filter((cell) => here.has(cell.person_id));
  const changes = await lastChanges(records, caseId);
  return {
    caseId,
    studyId: study.id,
    studyTitle: study.title,
    title: row.title,
    stage: standing.stage,
    deleted: standing.deleted,
    mayChange: mayInStudy(role, 'change-sharing') && !standing.deleted,
    schools: await schoolsInOrder(records, await caseSchoolIds(records, caseId)),
    people,
    sections: figures.map((block) => ({
      ...sharingSection(block, decide, standing, unconfirmed.get(block.blockId)),
      notApplicable: statuses.get(block.blockId)?.not_applicable != null,
    })),
    cells: cells.map((cell) => ({
      blockId: cell.block_id,
      personId: cell.person_id,
      level: readGrant(cell.level),
      by: cell.set_by,
      at: cell.set_at,
    })),
    changes,
    asked: await underWay(parts, caseId, figures),
    others: await namesOfOthers(records, study.id, people, changes, cells),
  };
}

/** @returns which sections are asked for of whom, so that nobody takes them away unawares */
async function underWay(
  { records, clock }: Pick<RequestParts, 'records' | 'clock'>,
  caseId: string,
  figures: readonly BlockFigures[],
): Promise<Sharing['asked']> {
  const rows = await requestRows(records.read, { caseIds: [caseId], now: clock.now() });
  return rows.flatMap((row) => {
    if (row.personId === null || (row.state !== 'open' && row.state !== 'finished')) return [];
    const sections = sectionIdsOf(row);
    const blocks = figures.filter(
      ({ schoolId, section }) => schoolId === row.school_id && sections.includes(section.id),
    );
    return [{ personId: row.personId, blockIds: blocks.map(({ blockId }) => blockId) }];
  });
}

function sharingSection(
  block: BlockFigures,
  decide: BlockDecisions,
  standing: CaseStanding,
  unconfirmed: SharingSection['unconfirmed'],
): Omit<SharingSection, 'notApplicable'> {
  const { section, blockId, schoolId, words, filled } = block;
  const { audience, perSchool, teamFields } = blockFacts(section, block);
  const readable = includesAccess(decide.of(block, standing).access, 'read');
  return {
    blockId,
    sectionId: section.id,
    number: section.number ?? null,
    title: section.title,
    schoolId,
    audience,
    perSchool,
    teamFields,
    holds: readable ? { words, filled } : null,
    ...(readable && unconfirmed && { unconfirmed }),
  };
}

async function lastChanges(records: Records, caseId: string): Promise<Sharing['changes']> {
  const rows = await records
    .selectFrom('sharing_changes')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .limit(LISTED_CHANGES)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    by: row.made_by,
    at: row.made_at,
    steps: JSON.parse(row.cells) as SharingStep[],
  }));
}

/** Names of those who are in a change, or made one, and take part no more. */
async function namesOfOthers(
  records: Records,
  studyId: string,
  people: readonly SharingPerson[],
  changes: Sharing['changes'],
  cells: readonly { readonly set_by: string | null }[],
): Promise<Sharing['others']> {
  const here = new Set(people.map(({ id }) => id));
  const named = [
    ...changes.flatMap((change) => [change.by, ...change.steps.map(({ personId }) => personId)]),
    ...cells.flatMap((cell) => cell.set_by ?? []),
  ];
  const missing = [...new Set(named)].filter((id) => !here.has(id));
  return [...(await loadPeople(records, missing, studyId)).values()].map(({ id, name }) => ({ id, name }));
}
