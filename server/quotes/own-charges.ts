import { needsGuardian } from '../../shared/quotes/consent.ts';
import type { GuardianAsk } from '../../shared/quotes/quote-record.ts';
import type { Records } from '../ports/record-store.ts';
import { nothingThere } from '../studies/study-gate.ts';
import type { OwnSpeaker } from './own-speakers.ts';
import { type KeptQuote, loadQuotes } from './quote-store.ts';
import { ageOf } from './speaker-parts.ts';
import { loadSpeakers } from './speakers.ts';

/** A child, as somebody answers for it. */
export interface OwnCharge extends OwnSpeaker {
  /** From when they are the one who is asked: what somebody else was asked before is none of theirs. */
  readonly since: number;
}

/** @returns the questions about a child's words that were put to them, in the order they were sent */
export function asksTo({ row, since }: OwnCharge, { record }: KeptQuote): readonly GuardianAsk[] {
  return record.guardianAsks.filter(({ speaker, sentAt }) => speaker === row.id && sentAt >= since);
}

/**
 * For which children somebody answers as a parent or carer: those under whose name the team wrote to
 * them, in cases of the school that they came in for, and until the child is 16 (ACCESS-5).
 */
export async function ownCharges(records: Records, personId: string): Promise<OwnCharge[]> {
  const account = await records
    .selectFrom('user')
    .select('email')
    .where('id', '=', personId)
    .executeTakeFirst();
  if (!account) return [];
  const children = await records
    .selectFrom('guardians')
    .innerJoin('speakers', 'speakers.id', 'guardians.speaker_id')
    .innerJoin('studies', 'studies.id', 'speakers.study_id')
    .selectAll('speakers')
    .select('guardians.made_at as since')
    .where((eb) =>
      eb.or([
        eb('guardians.person_id', '=', personId),
        eb.and([eb('guardians.person_id', 'is', null), eb('guardians.email', '=', account.email)]),
      ]),
    )
    .where('studies.deleted_at', 'is', null)
    .orderBy('speakers.name')
    .orderBy('speakers.id')
    .execute();
  const charges: OwnCharge[] = [];
  for (const { since, ...row } of children) {
    if (!needsGuardian(ageOf(row))) continue;
    const cases = await records
      .selectFrom('case_contacts')
      .innerJoin('cases', 'cases.id', 'case_contacts.case_id')
      .selectAll('cases')
      .where('user_id', '=', personId)
      .where('school_id', '=', row.school_id)
      .where('cases.study_id', '=', row.study_id)
      .where('cases.deleted_at', 'is', null)
      .execute();
    if (cases.length === 0) continue;
    const study = await records
      .selectFrom('studies')
      .selectAll()
      .where('id', '=', row.study_id)
      .executeTakeFirstOrThrow();
    const here = new Set(cases.map(({ id }) => id));
    const quotes = await loadQuotes(records, { speakerIds: [row.id] });
    const speakers = await loadSpeakers(records, row.study_id);
    const charge: OwnCharge = { row, study, cases, speakers, since, quotes: [] };
    // of what they were not asked about they see nothing
    const asked = quotes.filter((quote) => here.has(quote.row.case_id) && asksTo(charge, quote).length > 0);
    charges.push({ ...charge, quotes: asked });
  }
  return charges;
}

/** @throws Refusal not-found: whoever is not in their charge is as if they were not there (ACCESS-5) */
export function ownCharge(charges: readonly OwnCharge[], speakerId: string): OwnCharge {
  const found = charges.find(({ row }) => row.id === speakerId);
  if (!found) throw nothingThere();
  return found;
}
