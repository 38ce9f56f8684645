import type { HeldSpeaker } from '../../shared/api/erasing.ts';
import type { Records } from '../ports/record-store.ts';

/** @returns everybody whose words a study quotes, by name; who was erased comes last */
export async function speakersHeld(records: Records, studyId: string): Promise<HeldSpeaker[]> {
  const rows = await records
    .selectFrom('speakers')
    .innerJoin('schools', 'schools.id', 'speakers.school_id')
    .selectAll('speakers')
    .select('schools.name as school')
    .where('speakers.study_id', '=', studyId)
    .execute();
  const spoken = await records
    .selectFrom('quote_speakers')
    .innerJoin('quotes', 'quotes.id', 'quote_speakers.quote_id')
    .select(['quote_speakers.quote_id', 'quote_speakers.speaker_id'])
    .where('quotes.study_id', '=', studyId)
    .execute();
  const letters = await records
    .selectFrom('letters')
    .select((eb) => ['to_address', eb.fn.countAll<number>().as('count')])
    .where('study_id', '=', studyId)
    .where('kind', '=', 'quotes')
    .groupBy('to_address')
    .execute();
  const open = await records
    .selectFrom('erasures')
    .select('speaker_id')
    .where('study_id', '=', studyId)
    .where('done_at', 'is', null)
    .execute();
  const sizes = new Map<string, number>();
  const quotesOf = new Map<string, string[]>();
  for (const { quote_id: quote, speaker_id: speaker } of spoken) {
    sizes.set(quote, (sizes.get(quote) ?? 0) + 1);
    const known = quotesOf.get(speaker);
    if (known) known.push(quote);
    else quotesOf.set(speaker, [quote]);
  }
  const lettersTo = new Map(letters.map((row) => [row.to_address, Number(row.count)]));
  const erasing = new Set(open.map((row) => row.speaker_id));
  return rows
    .map((row): HeldSpeaker => {
      const quotes = quotesOf.get(row.id) ?? [];
      return {
        ...{ id: row.id, name: row.name, role: row.role, school: row.school },
        hasAccount: row.person_id !== null,
        quotes: quotes.length,
        shared: quotes.filter((quote) => (sizes.get(quote) ?? 0) > 1).length,
        letters: row.email === '' ? 0 : (lettersTo.get(row.email) ?? 0),
        erasedAt: row.erased_at,
        erasing: erasing.has(row.id),
      };
    })
    .sort(
      (one, other) =>
        Number(one.erasedAt !== null) - Number(other.erasedAt !== null) ||
        one.name.localeCompare(other.name, 'en') ||
        (one.id < other.id ? -1 : 1),
    );
}
