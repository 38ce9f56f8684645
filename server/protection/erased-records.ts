import type { Transaction } from 'kysely';
import type { ErasedPieces } from '../../shared/protection/erased-words.ts';
import { withoutPieces } from '../../shared/protection/kept-words.ts';
import { dropLetter } from '../letters/letter-ends.ts';
import { THE_SERVER } from '../letters/letter-purpose.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { forgetScans } from '../quotes/step-scans.ts';
import { markLetters } from './letters-to-discard.ts';

type Erasure = Tables['erasures'];

/** What is known of words while they are still there. */
export interface WordsToErase {
  readonly quoteIds: readonly string[];
  /** Cases in which they were quoted. */
  readonly caseIds: readonly string[];
  /** Every wording of them, as it was captured, checked, shown or proposed. */
  readonly words: readonly string[];
}

/** @returns what an erasure is about, as far as it is still there */
export async function wordsToErase(records: Records, erasure: Erasure): Promise<WordsToErase> {
  const quoteIds = JSON.parse(erasure.quotes) as string[];
  if (quoteIds.length === 0) return { quoteIds, caseIds: [], words: [] };
  const quotes = await records
    .selectFrom('quotes')
    .select(['case_id', 'captured', 'original'])
    .where('id', 'in', quoteIds)
    .execute();
  const wordings = await records
    .selectFrom('quote_words')
    .select('text')
    .where('quote_id', 'in', quoteIds)
    .where('part', '=', 'wording')
    .execute();
  const words = [
    ...quotes.flatMap(({ captured, original }) => [captured, original]),
    ...wordings.map(({ text }) => text),
  ];
  return {
    quoteIds,
    caseIds: [...new Set(quotes.map((quote) => quote.case_id))],
    words: [...new Set(words)].filter((one) => one.trim() !== ''),
  };
}

/**
 * Empties every row that holds words of an erasure, or tells who said them. The chain of each quote
 * holds as before: of words it has the hashes alone, and their salts go with them (QUOTE-6).
 * @param isWhole false where a text is still to be done: the words stay in the records of their quotes, by
 *   which they are found
 */
export async function eraseRecords(
  parts: Pick<Parts, 'random' | 'clock'>,
  records: Transaction<Tables>,
  erasure: Erasure,
  { quoteIds, pieces }: WordsToErase & { readonly pieces: ErasedPieces },
  isWhole: boolean,
): Promise<void> {
  if (quoteIds.length > 0 && isWhole) await eraseQuotes(records, quoteIds);
  await eraseLostWords(records, erasure.id, pieces);
  const files = await eraseLettersWith(records, erasure, pieces, parts.clock.now());
  if (erasure.speaker_id !== null) {
    files.push(...(await eraseSpeaker(records, erasure, erasure.speaker_id, parts.clock.now())));
  }
  await markLetters(parts, records, files);
}

async function eraseQuotes(records: Transaction<Tables>, quoteIds: readonly string[]): Promise<void> {
  const steps = await records
    .selectFrom('quote_steps')
    .select(['quote_id', 'seq'])
    .where('quote_id', 'in', quoteIds)
    .execute();
  await forgetScans(records, steps);
  await records.deleteFrom('quote_words').where('quote_id', 'in', quoteIds).execute();
  await records
    .updateTable('quotes')
    .set({ captured: '', original: '', source: '' })
    .where('id', 'in', quoteIds)
    .execute();
  await records.updateTable('quote_asks').set({ next_at: null }).where('quote_id', 'in', quoteIds).execute();
}

/**
 * Of words that lost their place in texts that were rewritten for it: those that were somebody’s go. Of what
 * colleagues wrote goes the piece alone that was; what stood around it is kept up to there.
 */
async function eraseLostWords(records: Records, erasureId: string, pieces: ErasedPieces): Promise<void> {
  const rows = await records
    .selectFrom('lost_words')
    .select(['id', 'words', 'before_text', 'after_text'])
    .where('block_id', 'in', (eb) =>
      eb.selectFrom('block_rewrites').select('block_id').where('erasure_id', '=', erasureId),
    )
    .execute();
  for (const { id, words, before_text, after_text } of rows) {
    const kept = { before: before_text, words, after: after_text };
    const left = withoutPieces(kept, pieces);
    if (left === kept) continue;
    if (left === null) await records.deleteFrom('lost_words').where('id', '=', id).execute();
    else {
      await records
        .updateTable('lost_words')
        .set({ words: left.words, before_text: left.before, after_text: left.after })
        .where('id', '=', id)
        .execute();
    }
  }
}

/** @returns files of the letters in which the words stand, receipts above all */
async function eraseLettersWith(
  records: Transaction<Tables>,
  erasure: Erasure,
  pieces: ErasedPieces,
  at: number,
): Promise<string[]> {
  const listed = await records.selectFrom('outbox').select(['id', 'file', 'text', 'subject']).execute();
  const told = listed.filter(({ text, subject }) => pieces.isToldIn(`${subject}\n${text}`));
  if (told.length > 0) {
    const ids = told.map(({ id }) => id);
    await records.deleteFrom('outbox').where('id', 'in', ids).execute();
  }
  const letters = await records
    .selectFrom('letters')
    .selectAll()
    .where('study_id', '=', erasure.study_id)
    .execute();
  const by = { ...THE_SERVER, personId: erasure.asked_by };
  for (const row of letters) {
    if (!pieces.isToldIn(`${row.subject}\n${row.text}`)) continue;
    // One that waits would go out empty.
    if (row.state === 'waiting') await dropLetter(records, row, { by, at });
    await records.updateTable('letters').set({ text: '', subject: '' }).where('id', '=', row.id).execute();
  }
  return told.map(({ file }) => file);
}

/**
 * Who they are, with the letters of the study to them about their words and the links of those. An
 * account of theirs is theirs to delete, and its letters go with it.
 * @returns files of those letters
 */
async function eraseSpeaker(
  records: Transaction<Tables>,
  erasure: Erasure,
  speakerId: string,
  at: number,
): Promise<string[]> {
  const speaker = await records
    .selectFrom('speakers')
    .select('email')
    .where('id', '=', speakerId)
    .executeTakeFirst();
  const email = speaker?.email ?? '';
  const files = email === '' ? [] : await eraseLettersTo(records, erasure, email, at);
  const guardians = await records
    .deleteFrom('guardians')
    .where('speaker_id', '=', speakerId)
    .returning('email')
    .execute();
  for (const guardian of guardians) {
    if (guardian.email !== '') files.push(...(await eraseLettersTo(records, erasure, guardian.email, at)));
  }
  await records
    .updateTable('speakers')
    .set({ name: '', role: '', email: '', telephone: '', address: 'none', naming: 'anonymous' })
    .set({ person_id: null, age: 'not-known', chosen: 0 })
    .where('id', '=', speakerId)
    .execute();
  await records
    .updateTable('quote_asks')
    .set({ next_at: null })
    .where('speaker_id', '=', speakerId)
    .execute();
  return files;
}

async function eraseLettersTo(
  records: Transaction<Tables>,
  erasure: Erasure,
  email: string,
  at: number,
): Promise<string[]> {
  const studyId = erasure.study_id;
  // Words of others in this study may be asked about under the same address.
  const others = await records
    .selectFrom('speakers')
    .select('id')
    .where('study_id', '=', studyId)
    .where('email', '=', email)
    .where('erased_at', 'is', null)
    .execute();
  // a parent or carer may be asked for another child as well
  const charges = await records
    .selectFrom('guardians')
    .select('speaker_id')
    .where('study_id', '=', studyId)
    .where('email', '=', email)
    .execute();
  if (others.length > 0 || charges.length > 0) return [];
  const theirs = await records
    .selectFrom('letters')
    .selectAll()
    .where('study_id', '=', studyId)
    .where('kind', '=', 'quotes')
    .where('to_address', '=', email)
    .execute();
  for (const row of theirs) {
    const by = { ...THE_SERVER, personId: erasure.asked_by };
    if (row.state === 'waiting') await dropLetter(records, row, { by, at });
    await records
      .updateTable('letters')
      .set({ to_name: '', to_address: '', subject: '', text: '', seed: null })
      .where('id', '=', row.id)
      .execute();
  }
  await records
    .updateTable('links')
    .set({ name: '', email: '', revoked_at: at })
    .where('study_id', '=', studyId)
    .where('quotes_alone', '=', 1)
    .where('email', '=', email)
    .execute();
  const isIn = await records
    .selectFrom('user')
    .innerJoin('members', 'members.user_id', 'user.id')
    .select('user.id')
    .where('members.study_id', '=', studyId)
    .where('user.email', '=', email)
    .executeTakeFirst();
  // What a contact was sent about a school is their own, as long as they are one.
  if (isIn) return [];
  const listed = await records
    .deleteFrom('outbox')
    .where('study_id', '=', studyId)
    .where('to_address', '=', email)
    .returning('file')
    .execute();
  return listed.map(({ file }) => file);
}
