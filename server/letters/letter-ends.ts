import type { Transaction } from 'kysely';
import type { LetterKind } from '../../shared/letters/letter-state.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { reckonAnew } from './letter-moments.ts';

/**
 * How letters end that did not go. One that is being handed over at that moment is left: it comes
 * to the same end if the mail server does not take it. What waited a week behind one that ended
 * need not any more.
 */

type LetterRow = Tables['letters'];

/** Whose letters are meant. */
export type LetterChoice =
  | { readonly linkId: string; readonly kind?: LetterKind }
  | { readonly caseId: string; readonly schoolIds?: readonly string[] }
  /** `personId`: to them, or from them. */
  | { readonly studyId: string; readonly personId?: string };

export interface Ending {
  readonly by: Actor;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What an ended letter is from then on; its seed goes, as nothing is to be made of it any more. */
const OVER = { next_at: null, seed: null } as const;

/**
 * Drops letters that wait for what is no longer there: to be called in the transaction that
 * takes it away.
 * @returns how many there were
 */
export async function dropLetters(
  records: Transaction<Tables>,
  choice: LetterChoice,
  ending: Ending,
): Promise<number> {
  let query = records
    .updateTable('letters')
    .set({ ...OVER, state: 'dropped', ended_at: ending.at })
    .where('state', '=', 'waiting');
  if ('linkId' in choice) query = query.where('link_id', '=', choice.linkId);
  if ('linkId' in choice && choice.kind) query = query.where('kind', '=', choice.kind);
  if ('caseId' in choice) query = query.where('case_id', '=', choice.caseId);
  if ('caseId' in choice && choice.schoolIds) query = query.where('school_id', 'in', choice.schoolIds);
  if ('studyId' in choice) query = query.where('study_id', '=', choice.studyId);
  if ('studyId' in choice && choice.personId !== undefined) {
    const { personId } = choice;
    query = query.where((eb) =>
      eb.or([
        eb('person_id', '=', personId),
        eb('made_by', '=', personId),
        eb('to_address', '=', eb.selectFrom('user').select('user.email').where('user.id', '=', personId)),
      ]),
    );
  }
  const dropped = await query.returningAll().execute();
  for (const row of dropped) await noteDropped(records, row, ending);
  for (const studyId of new Set(dropped.map((row) => row.study_id))) {
    await reckonAnew(records, studyId, ending.at);
  }
  return dropped.length;
}

/** Ends one letter that there is nobody, or nothing, for any more. */
export async function dropLetter(
  records: Transaction<Tables>,
  row: LetterRow,
  ending: Ending,
): Promise<void> {
  await records
    .updateTable('letters')
    .set({ ...OVER, state: 'dropped', ended_at: ending.at })
    .where('id', '=', row.id)
    .execute();
  await noteDropped(records, row, ending);
  await reckonAnew(records, row.study_id, ending.at);
}

/** @returns whether it was still there to be called back */
export async function callBackLetter(
  records: Transaction<Tables>,
  row: LetterRow,
  ending: Ending,
): Promise<boolean> {
  // As it is by now: since it was read, it may have been tried.
  const called = await records
    .updateTable('letters')
    .set({ ...OVER, state: 'called-back', ended_at: ending.at })
    .where('id', '=', row.id)
    .where('state', '=', 'waiting')
    .returningAll()
    .executeTakeFirst();
  if (!called) return false;
  await withdrawToken(records, called, ending);
  await recordInStudy(records, row.study_id, {
    kind: 'letter-called-back',
    ...ending,
    ...letterPlace(row),
    detail: { letter: row.kind },
  });
  await reckonAnew(records, row.study_id, ending.at);
  return true;
}

async function noteDropped(records: Transaction<Tables>, row: LetterRow, ending: Ending): Promise<void> {
  await withdrawToken(records, row, ending);
  await recordInStudy(records, row.study_id, {
    kind: 'letter-dropped',
    ...ending,
    ...letterPlace(row),
    detail: { letter: row.kind },
  });
}

/**
 * A letter that was tried may have reached somebody in spite of what the mail server said: its
 * link is to work no more. A link of the letter's own ends with it.
 */
async function withdrawToken(records: Records, row: LetterRow, { at }: Ending): Promise<void> {
  const open = records
    .updateTable('links')
    .where('id', '=', row.link_id)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null);
  if (row.person_id !== null) await open.set({ revoked_at: at }).execute();
  else if (row.tries > 0 || row.state === 'sending')
    await open.set({ token_hash: `reserved:${row.link_id}` }).execute();
}

/** @returns what a record of the letter is about */
export function letterPlace(row: Pick<LetterRow, 'case_id' | 'person_id' | 'link_id'>) {
  return {
    caseId: row.case_id,
    object:
      row.person_id === null
        ? ({ kind: 'invitation', id: row.link_id } as const)
        : ({ kind: 'person', id: row.person_id } as const),
  };
}

/**
 * Lets go of the words of letters to somebody, and of their name and address: that they were
 * written stays, and when.
 */
export async function forgetAddressee(records: Records, studyId: string, personId: string): Promise<void> {
  await records
    .updateTable('letters')
    .set({ person_id: personId, to_name: '', to_address: '', subject: '', text: '' })
    .where('study_id', '=', studyId)
    .where((eb) =>
      eb.or([
        eb('person_id', '=', personId),
        eb('to_address', '=', eb.selectFrom('user').select('user.email').where('user.id', '=', personId)),
      ]),
    )
    .execute();
}
