import type { Transaction } from 'kysely';
import type { SharingStep } from '../../shared/api/sharing.ts';
import { findSection } from '../../shared/framework/framework.ts';
import { type BlockFacts, blockFacts, includesAccess } from '../../shared/permissions/access.ts';
import {
  cellRule,
  FIXED_WORDS,
  type Participant,
  participant,
  TEAM_PARTS,
} from '../../shared/permissions/sharing.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { sharingCells, sharingDetail } from '../audit/sharing-seal.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import { Refusal } from '../http/refusal.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { idTaken, nothingThere } from '../studies/study-gate.ts';
import { caseAndStudy } from './case-detail.ts';
import { caseParticipants, grantKey, loadGrants } from './participants.ts';

/** A change of the grid of a case, as somebody wants it who may change sharing there. */
export interface SharingWish {
  readonly id: string;
  readonly caseId: string;
  readonly studyId: string;
  readonly by: string;
  readonly at: number;
  readonly steps: readonly SharingStep[];
}

/**
 * Makes all steps of a change, or none; to be called in a transaction. The same
 * change made again has no second effect.
 * @returns ids of the people who have something else now
 * @throws Refusal not-found for people and blocks that are not of this case,
 *   no-access for what this person may not give or take, conflict where somebody
 *   changed a cell meanwhile
 */
export async function changeSharing(records: Records, wish: SharingWish): Promise<ReadonlySet<string>> {
  const earlier = await records
    .selectFrom('sharing_changes')
    .selectAll()
    .where('id', '=', wish.id)
    .executeTakeFirst();
  if (earlier) {
    const same =
      earlier.case_id === wish.caseId &&
      earlier.made_by === wish.by &&
      earlier.cells === sharingCells(wish.steps);
    if (!same) throw idTaken();
    return new Set();
  }
  const blocks = await factsOfBlocks(records, wish.caseId);
  const people = new Map(
    (await caseParticipants(records, wish.studyId, wish.caseId)).map((person) => [
      person.id,
      participant(person, wish.caseId),
    ]),
  );
  const changer = people.get(wish.by);
  if (!changer) throw nothingThere();
  const grants = await loadGrants(records, wish.caseId);
  const granted = (blockId: string, personId: string) => grants.get(grantKey(blockId, personId)) ?? null;
  if (new Set(wish.steps.map((step) => grantKey(step.blockId, step.personId))).size < wish.steps.length) {
    throw new Refusal('bad-request', 'A change names each section and person once.');
  }
  for (const step of wish.steps) {
    const facts = blocks.get(step.blockId);
    const target = people.get(step.personId);
    if (!facts || !target) throw nothingThere();
    refuseUnfit(step, changer, granted(step.blockId, changer.id), target, facts);
    if (granted(step.blockId, step.personId) !== step.from) {
      throw new Refusal('conflict', 'Somebody else has changed this meanwhile. Look again, please.');
    }
  }
  await keep(records, wish);
  return new Set(wish.steps.map(({ personId }) => personId));
}

/** The same, and says in the study's record what was set for whom. */
export async function changeSharingOnRecord(
  records: Transaction<Tables>,
  wish: SharingWish,
  by: Actor,
): Promise<ReadonlySet<string>> {
  const people = await changeSharing(records, wish);
  for (const person of people) {
    await recordInStudy(records, wish.studyId, {
      kind: 'sharing-set',
      by,
      at: wish.at,
      caseId: wish.caseId,
      object: { kind: 'person', id: person },
      detail: sharingDetail(wish, person),
    });
  }
  return people;
}

/** @returns what the framework says of every block of the case, of schools that it has now */
async function factsOfBlocks(records: Records, caseId: string): Promise<Map<string, BlockFacts>> {
  const { study } = await caseAndStudy(records, caseId);
  const framework = await studyFramework(records, study.framework_id, study.framework_version);
  const rows = await records
    .selectFrom('blocks')
    .leftJoin('case_schools', (join) =>
      join
        .onRef('case_schools.case_id', '=', 'blocks.case_id')
        .onRef('case_schools.school_id', '=', 'blocks.school_id'),
    )
    .select(['blocks.id', 'blocks.section_id', 'blocks.school_id', 'case_schools.school_id as present'])
    .where('blocks.case_id', '=', caseId)
    .execute();
  return new Map(
    rows.flatMap((row) => {
      const section = findSection(framework, row.section_id);
      if (!section || row.school_id !== row.present) return [];
      return [[row.id, blockFacts(section, { caseId, schoolId: row.school_id })] as const];
    }),
  );
}

function refuseUnfit(
  step: SharingStep,
  changer: Participant,
  changerGranted: SharingStep['from'],
  target: Participant,
  facts: BlockFacts,
): void {
  const rule = cellRule(changer, changerGranted, target, facts);
  if (rule.fixed !== null) throw new Refusal('no-access', FIXED_WORDS[rule.fixed]);
  if (step.to !== null && !includesAccess(rule.most, step.to)) {
    throw new Refusal('no-access', TEAM_PARTS);
  }
}

/** Rows of one statement: well below the number of values that one may have. */
const KEPT_AT_ONCE = 500;

async function keep(records: Records, wish: SharingWish): Promise<void> {
  for (let at = 0; at < wish.steps.length; at += KEPT_AT_ONCE) {
    const rows = wish.steps.slice(at, at + KEPT_AT_ONCE).map((step) => ({
      block_id: step.blockId,
      person_id: step.personId,
      level: step.to,
      set_by: wish.by,
      set_at: wish.at,
    }));
    await records
      .insertInto('block_grants')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['block_id', 'person_id']).doUpdateSet((eb) => ({
          level: eb.ref('excluded.level'),
          set_by: eb.ref('excluded.set_by'),
          set_at: eb.ref('excluded.set_at'),
        })),
      )
      .execute();
  }
  await records
    .insertInto('sharing_changes')
    .values({
      id: wish.id,
      case_id: wish.caseId,
      made_by: wish.by,
      made_at: wish.at,
      cells: sharingCells(wish.steps),
    })
    .execute();
}
