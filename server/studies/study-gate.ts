/**
 * Lets a call through to a study, case or block, or refuses it (ACCESS-1). What
 * the asker may not know of is refused exactly like what does not exist.
 */
import { type Access, includesAccess } from '../../shared/permissions/access.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import { lockWords } from '../../shared/permissions/stage-lock.ts';
import { mayInStudy, type StudyAct } from '../../shared/permissions/study-acts.ts';
import { Refusal } from '../http/refusal.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import {
  type BlockLookup,
  type CaseLookup,
  loadAsker,
  lookUpBlock,
  lookUpCase,
  readStage,
} from './access-lookup.ts';
import { loadPeople } from './people.ts';

export const nothingThere = () => new Refusal('not-found', 'There is nothing here under this address.');
const notYours = () => new Refusal('no-access', 'Your part in this study does not include that.');
const inTheBin = (what: string) => new Refusal('gone', `This ${what} is in the bin. Restore it first.`);

/** A client-made id that was used before, by somebody else or for something else. */
export const idTaken = () => new Refusal('conflict', 'This was made before, with other content.');

export interface OpenStudy {
  readonly study: Tables['studies'];
  readonly role: Role;
}

/**
 * @param options.binned whether a study in the bin will do
 * @throws Refusal not-found, gone, or no-access for members whose role lacks `act`
 */
export async function openStudy(
  records: Records,
  personId: string,
  studyId: string,
  act: StudyAct,
  options: { readonly binned?: boolean } = {},
): Promise<OpenStudy> {
  const study = await records.selectFrom('studies').selectAll().where('id', '=', studyId).executeTakeFirst();
  if (!study) throw nothingThere();
  const { role } = await loadAsker(records, personId, studyId);
  if (role === null || !mayInStudy(role, 'see-study')) throw nothingThere();
  if (!mayInStudy(role, act)) throw notYours();
  if (study.deleted_at !== null && !options.binned) throw inTheBin('study');
  return { study, role };
}

export interface OpenCase extends CaseLookup {
  readonly role: Role;
}

/**
 * @param options.binned whether a case in the bin, or of a study in the bin, will do
 * @throws Refusal not-found, gone, or no-access for members whose role lacks `act`
 */
export async function openCase(
  records: Records,
  personId: string,
  caseId: string,
  act: StudyAct,
  options: { readonly binned?: boolean } = {},
): Promise<OpenCase> {
  const found = await lookUpCase(records, personId, caseId);
  if (!found) throw nothingThere();
  if (!found.role || !mayInStudy(found.role, 'see-study')) throw nothingThere();
  if (!mayInStudy(found.role, act)) throw notYours();
  if (found.deleted && !options.binned) throw inTheBin('case study');
  return { ...found, role: found.role };
}

export interface OpenBlock extends BlockLookup {
  readonly role: Role;
}

/**
 * @throws Refusal not-found for a block that the asker may not read, no-access
 *   where they may read it but not do `act` or have less than `needed`
 */
export async function openBlock(
  records: Records,
  personId: string,
  blockId: string,
  act: StudyAct,
  needed: Access,
): Promise<OpenBlock> {
  const found = await lookUpBlock(records, personId, blockId);
  if (!found) throw nothingThere();
  if (!found.role || !includesAccess(found.decision.access, 'read')) throw nothingThere();
  if (!mayInStudy(found.role, 'see-study')) throw nothingThere();
  if (!mayInStudy(found.role, act)) throw notYours();
  if (!includesAccess(found.decision.access, needed)) throw await lessAccess(records, found);
  return { ...found, role: found.role };
}

/**
 * The same for whoever may read the text of a block, school contacts too.
 * @throws Refusal not-found for a block that the asker may not read, no-access where they have less than `needed`
 */
export async function openBlockText(
  records: Records,
  personId: string,
  blockId: string,
  needed: Access,
): Promise<OpenBlock> {
  const found = await lookUpBlock(records, personId, blockId);
  if (!found?.role || !includesAccess(found.decision.access, 'read')) throw nothingThere();
  if (includesAccess(found.decision.access, needed)) return { ...found, role: found.role };
  // who set it, and who closed the case, is told to the team alone (ACCESS-5)
  if (found.role === 'contact') throw new Refusal('no-access', 'This section is open to you to read.');
  throw await lessAccess(records, found);
}

async function lessAccess(records: Records, { decision, caseId }: BlockLookup): Promise<Refusal> {
  switch (decision.reason) {
    case 'stage':
      return new Refusal('no-access', await stageLock(records, caseId));
    case 'set':
      return new Refusal(
        'no-access',
        'This section is open to you to read. Its sharing page says who set that.',
      );
    case 'deleted':
      return inTheBin('case study');
    default:
      return notYours();
  }
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** @returns why nothing in the case can be changed at its stage: who moved it there, when, and what they said */
export async function stageLock(records: Records, caseId: string): Promise<string> {
  const row = await records
    .selectFrom('cases')
    .select(['study_id', 'stage', 'stage_by', 'stage_at', 'stage_why'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  const people = row.stage_by === null ? null : await loadPeople(records, [row.stage_by], row.study_id);
  const words = lockWords({
    stage: readStage(row.stage),
    by: people?.get(row.stage_by ?? '')?.name ?? null,
    on: row.stage_at === null ? null : DAY.format(row.stage_at),
    why: row.stage_why ?? '',
  });
  return `${words} The lead or an editor can open it again.`;
}
