import type { RouteInput } from '../../shared/api/contract.ts';
import { type BlockSlot, blockSlots, type Framework } from '../../shared/framework/framework.ts';
import { Refusal } from '../http/refusal.ts';
import type { Randomness } from '../ports/clock.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { idTaken } from '../studies/study-gate.ts';

/** Everything a new case is made from. */
export interface NewCase {
  readonly body: RouteInput<'POST /api/studies/:studyId/cases'>;
  readonly studyId: string;
  readonly framework: Framework;
  readonly by: string;
  readonly now: number;
}

/**
 * Makes a case with all its blocks; to be called in a transaction. The same call
 * repeated by the same person changes nothing.
 * @returns whether it was made now
 * @throws Refusal conflict where the id was used for something else, bad-request
 *   for schools that are not the study's
 */
export async function insertCase(records: Records, random: Randomness, wanted: NewCase): Promise<boolean> {
  const { body, studyId, framework } = wanted;
  const schoolIds = [...new Set(body.schoolIds)];
  const earlier = await records.selectFrom('cases').selectAll().where('id', '=', body.id).executeTakeFirst();
  if (earlier) {
    if (!(await sameCase(records, earlier, wanted, schoolIds))) throw idTaken();
    return false;
  }
  await requireSchools(records, studyId, schoolIds);
  await records
    .insertInto('cases')
    .values({
      id: body.id,
      study_id: studyId,
      title: body.title,
      subtitle: body.subtitle,
      stage: 'scoping',
      stage_by: null,
      stage_at: null,
      stage_why: null,
      authority: body.authority ? 1 : 0,
      created_at: wanted.now,
      created_by: wanted.by,
      changed_at: wanted.now,
      deleted_at: null,
      deleted_by: null,
    })
    .execute();
  await setSchools(records, body.id, schoolIds);
  await addBlocks(records, random, body.id, blockSlots(framework, { schoolIds, authority: body.authority }));
  return true;
}

async function sameCase(
  records: Records,
  earlier: Tables['cases'],
  wanted: NewCase,
  schoolIds: readonly string[],
): Promise<boolean> {
  const schools = await caseSchoolIds(records, earlier.id);
  return (
    earlier.study_id === wanted.studyId &&
    earlier.created_by === wanted.by &&
    earlier.title === wanted.body.title &&
    earlier.subtitle === wanted.body.subtitle &&
    (earlier.authority === 1) === wanted.body.authority &&
    schools.join() === schoolIds.join()
  );
}

/** @throws Refusal bad-request unless every id is a school of the study that is not in the bin */
export async function requireSchools(
  records: Records,
  studyId: string,
  schoolIds: readonly string[],
): Promise<void> {
  const known = await records
    .selectFrom('schools')
    .select('id')
    .where('study_id', '=', studyId)
    .where('deleted_at', 'is', null)
    .where('id', 'in', schoolIds)
    .execute();
  if (known.length === new Set(schoolIds).size) return;
  throw new Refusal('bad-request', 'A case study is about schools of its own study.', [
    { path: 'schoolIds', message: 'names a school that this study does not have' },
  ]);
}

/** @returns the schools of a case in their order */
export async function caseSchoolIds(records: Records, caseId: string): Promise<string[]> {
  const rows = await records
    .selectFrom('case_schools')
    .select('school_id')
    .where('case_id', '=', caseId)
    .orderBy('position')
    .execute();
  return rows.map((row) => row.school_id);
}

/** Replaces the schools of a case; their blocks are left as they are. */
export async function setSchools(
  records: Records,
  caseId: string,
  schoolIds: readonly string[],
): Promise<void> {
  await records.deleteFrom('case_schools').where('case_id', '=', caseId).execute();
  await records
    .insertInto('case_schools')
    .values(schoolIds.map((school_id, position) => ({ case_id: caseId, school_id, position })))
    .execute();
}

/** Makes the blocks that the case does not have yet, each with the head of its (empty) log. */
export async function addBlocks(
  records: Records,
  random: Randomness,
  caseId: string,
  slots: readonly BlockSlot[],
): Promise<void> {
  const present = await records
    .selectFrom('blocks')
    .select(['section_id', 'school_id'])
    .where('case_id', '=', caseId)
    .execute();
  const known = new Set(present.map((row) => `${row.section_id}/${row.school_id ?? ''}`));
  const blocks = slots
    .filter((slot) => !known.has(`${slot.sectionId}/${slot.schoolId ?? ''}`))
    .map((slot) => ({
      id: random.id(),
      case_id: caseId,
      section_id: slot.sectionId,
      school_id: slot.schoolId,
    }));
  // well below the number of values that a statement may have (60 schools × 200 sections)
  for (let at = 0; at < blocks.length; at += 1_000) {
    const some = blocks.slice(at, at + 1_000);
    await records.insertInto('blocks').values(some).execute();
    await records
      .insertInto('block_heads')
      .values(some.map((block) => ({ block_id: block.id, lineage: random.id() })))
      .execute();
  }
}
