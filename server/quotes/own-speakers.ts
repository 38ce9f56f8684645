import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { nothingThere } from '../studies/study-gate.ts';
import { type KeptQuote, loadQuotes } from './quote-store.ts';
import { loadSpeakers, type Speakers, speakerView } from './speakers.ts';

/** Somebody as the speaker that they are in one study, with the quotes that they may see. */
export interface OwnSpeaker {
  readonly row: Tables['speakers'];
  readonly study: Tables['studies'];
  readonly speakers: Speakers;
  readonly cases: readonly Tables['cases'][];
  /** Of those cases alone, in the order of capture. */
  readonly quotes: readonly KeptQuote[];
}

/**
 * Whose words somebody answers for: those of the speakers who came in under their account, or
 * whose own address it has, where they are a contact of the case and school (ACCESS-5). By an
 * address that others read as well nobody answers (LINK-1).
 */
export async function ownSpeakers(records: Records, personId: string): Promise<OwnSpeaker[]> {
  const places = await records
    .selectFrom('case_contacts')
    .innerJoin('cases', 'cases.id', 'case_contacts.case_id')
    .innerJoin('studies', 'studies.id', 'cases.study_id')
    .select(['cases.id as caseId', 'school_id as schoolId', 'studies.id as studyId'])
    .where('user_id', '=', personId)
    .where('cases.deleted_at', 'is', null)
    .where('studies.deleted_at', 'is', null)
    .orderBy('case_contacts.since')
    .execute();
  const account = await records
    .selectFrom('user')
    .select('email')
    .where('id', '=', personId)
    .executeTakeFirst();
  if (places.length === 0 || !account) return [];
  const own: OwnSpeaker[] = [];
  for (const studyId of new Set(places.map((place) => place.studyId))) {
    const here = places.filter((place) => place.studyId === studyId);
    const speakers = await loadSpeakers(records, studyId);
    const study = await records
      .selectFrom('studies')
      .selectAll()
      .where('id', '=', studyId)
      .executeTakeFirstOrThrow();
    for (const row of speakers.rows) {
      if (!isTheirs(row, speakers, personId, account.email)) continue;
      const caseIds = here.flatMap(({ caseId, schoolId }) => (schoolId === row.school_id ? [caseId] : []));
      if (caseIds.length === 0) continue;
      const quotes = await loadQuotes(records, { speakerIds: [row.id] });
      own.push({
        row,
        study,
        speakers,
        cases: await records.selectFrom('cases').selectAll().where('id', 'in', caseIds).execute(),
        quotes: quotes.filter((quote) => caseIds.includes(quote.row.case_id)),
      });
    }
  }
  return own;
}

function isTheirs(row: Tables['speakers'], speakers: Speakers, personId: string, email: string): boolean {
  if (row.person_id !== null) return row.person_id === personId;
  return row.email !== '' && row.email === email && speakerView(row, speakers).address === 'personal';
}

/** @throws Refusal not-found: whatever is not theirs is as if it were not there (ACCESS-5) */
export function ownSpeaker(own: readonly OwnSpeaker[], speakerId: string): OwnSpeaker {
  const found = own.find(({ row }) => row.id === speakerId);
  if (!found) throw nothingThere();
  return found;
}
