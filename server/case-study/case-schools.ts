import type { Transaction } from 'kysely';
import { blockSlots, type Framework } from '../../shared/framework/framework.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { loadThreads } from '../comments/thread-store.ts';
import { Refusal } from '../http/refusal.ts';
import { dropLetters } from '../letters/letter-ends.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { lastChange } from './block-ends.ts';
import { addBlocks, caseSchoolIds, requireSchools, setSchools } from './case-creation.ts';
import { type BlockFigures, isEmpty, loadFigures } from './projections.ts';

/** A wish for the schools of a case, with what was read of its text beforehand. */
export interface SchoolChange {
  readonly caseId: string;
  readonly studyId: string;
  readonly authority: boolean;
  readonly framework: Framework;
  readonly schoolIds: readonly string[];
  /** Figures of all its blocks; the change is refused when one was written since. */
  readonly figures: readonly BlockFigures[];
  readonly by: Actor;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Reads what decides whether schools may go; before the transaction, since text is read outside of it. */
export function loadForSchoolChange(
  parts: Pick<Parts, 'records' | 'blocks' | 'folder' | 'log'>,
  framework: Framework,
  caseId: string,
): Promise<BlockFigures[]> {
  return loadFigures(parts, framework, [caseId]);
}

/**
 * Adds, takes out and reorders schools; to be called in a transaction. Blocks of
 * a school that goes stay stored, out of everybody's reach, for when it returns.
 * @throws Refusal conflict where a school that would go has something written
 */
export async function changeSchools(
  records: Transaction<Tables>,
  parts: Pick<Parts, 'random' | 'refusals'>,
  change: SchoolChange,
): Promise<void> {
  const schoolIds = [...new Set(change.schoolIds)];
  const present = await caseSchoolIds(records, change.caseId);
  const added = schoolIds.filter((id) => !present.includes(id));
  const removed = present.filter((id) => !schoolIds.includes(id));
  if (added.length > 0) await requireSchools(records, change.studyId, added);
  for (const schoolId of removed) await refuseFilled(records, change, schoolId);
  await setSchools(records, change.caseId, schoolIds);
  if (removed.length > 0) {
    await removeContacts(records, parts, change, removed);
    // What was shared with somebody who spoke for that school alone does not wait for them.
    const contacts = records
      .selectFrom('case_contacts')
      .select('user_id')
      .where('case_id', '=', change.caseId);
    const team = records
      .selectFrom('members')
      .select('user_id')
      .where('study_id', '=', change.studyId)
      .where('role', '<>', 'contact');
    await records
      .deleteFrom('block_grants')
      .where('block_id', 'in', records.selectFrom('blocks').select('id').where('case_id', '=', change.caseId))
      .where('person_id', 'not in', contacts)
      .where('person_id', 'not in', team)
      .execute();
  }
  const slots = blockSlots(change.framework, { schoolIds, authority: change.authority });
  await addBlocks(records, parts.random, change.caseId, slots);
}

/** The lead sees from whom it took something: the case's own entry names no people. */
async function removeContacts(
  records: Transaction<Tables>,
  { refusals }: Pick<Parts, 'refusals'>,
  change: SchoolChange,
  schoolIds: readonly string[],
): Promise<void> {
  const { caseId, by, at } = change;
  await dropLetters(records, { caseId, schoolIds }, { by, at });
  const gone = await records
    .deleteFrom('case_contacts')
    .where('case_id', '=', change.caseId)
    .where('school_id', 'in', schoolIds)
    .returning(['user_id', 'school_id'])
    .execute();
  for (const personId of [...new Set(gone.map((row) => row.user_id))].sort()) {
    refusals.taken.note(personId, { studyId: change.studyId });
    const schools = gone.filter((row) => row.user_id === personId).map((row) => row.school_id);
    await recordInStudy(records, change.studyId, {
      kind: 'contact-removed',
      by: change.by,
      at: change.at,
      caseId: change.caseId,
      object: { kind: 'person', id: personId },
      detail: { schools: schools.sort().join(',') },
    });
  }
}

async function refuseFilled(records: Records, change: SchoolChange, schoolId: string): Promise<void> {
  const blocks = change.figures.filter((block) => block.schoolId === schoolId);
  const filled = blocks.find((block) => block.damaged || !isEmpty(block));
  if (filled) {
    throw new Refusal(
      'conflict',
      `Something is written about ${await nameOf(records, schoolId)} under “${titleOf(filled)}”. Empty that first.`,
    );
  }
  await refuseOpenThreads(records, blocks, schoolId);
  for (const block of blocks) {
    const head = await lastChange(records, block.blockId).executeTakeFirst();
    if ((head?.seq ?? 0) !== block.seq) {
      throw new Refusal('conflict', 'Somebody is writing about this school just now. Try again.');
    }
  }
}

/** With its sections go the threads on them: whoever asked something there still waits for an answer. */
async function refuseOpenThreads(
  records: Records,
  blocks: readonly BlockFigures[],
  schoolId: string,
): Promise<void> {
  const threads = await loadThreads(records, { blockIds: blocks.map(({ blockId }) => blockId) });
  const open = threads.find(({ thread }) => thread.resolved === null);
  const block = open && blocks.find(({ blockId }) => blockId === open.row.block_id);
  if (!block) return;
  throw new Refusal(
    'conflict',
    `Comments about ${await nameOf(records, schoolId)} are still open under “${titleOf(block)}”. Resolve them first.`,
  );
}

async function nameOf(records: Records, schoolId: string): Promise<string> {
  const school = await records
    .selectFrom('schools')
    .select('name')
    .where('id', '=', schoolId)
    .executeTakeFirst();
  return school?.name ?? 'this school';
}

function titleOf({ section }: BlockFigures): string {
  return [section.number, section.title].filter(Boolean).join(' ');
}
