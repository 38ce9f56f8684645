import type { PersonFileHead, PersonFilePart, PersonFileRow } from '../../shared/protection/person-file.ts';
import { shownEmail } from '../accounts/people.ts';
import type { Tables } from '../ports/tables.ts';
import {
  codeRows,
  contactRows,
  deviceRows,
  formerRows,
  invitationRows,
  letterRows,
  passkeyRows,
  serviceRows,
  sheetRows,
  studyRows,
  tokenRows,
  writtenLetterRows,
} from './account-rows.ts';
import { guardianRows } from './guardian-rows.ts';
import { informationRows } from './information-rows.ts';
import { madeRows } from './made-rows.ts';
import type { PersonReach } from './person-reach.ts';
import { quoteRows, quoteStepRows, speakerRows } from './quote-rows.ts';
import { didRows, saidOfThemRows } from './record-rows.ts';
import { assignedRows, lostWordsRows, sharingRows, statusRows, wroteRows } from './section-rows.ts';
import { commentRows, readThreadRows } from './thread-rows.ts';

type Rows<P extends PersonFilePart> = (
  reach: PersonReach,
) => Promise<readonly PersonFileRow<P>[]> | AsyncIterable<PersonFileRow<P>>;

/** How each part of a person's file is read; those that can be long are read bit by bit. */
export const PERSON_ROWS: { readonly [P in PersonFilePart]: Rows<P> } = {
  devices: deviceRows,
  passkeys: passkeyRows,
  services: serviceRows,
  tokens: tokenRows,
  codes: codeRows,
  studies: studyRows,
  contactFor: contactRows,
  formerNames: formerRows,
  invitations: invitationRows,
  letters: letterRows,
  writtenLetters: writtenLetterRows,
  sheets: sheetRows,
  sharing: sharingRows,
  information: informationRows,
  speakers: speakerRows,
  guardianOf: guardianRows,
  quotes: quoteRows,
  quoteSteps: quoteStepRows,
  comments: commentRows,
  readThreads: readThreadRows,
  assigned: assignedRows,
  statuses: statusRows,
  wrote: wroteRows,
  lostWords: lostWordsRows,
  made: madeRows,
  did: didRows,
  saidOfThem: saidOfThemRows,
};

/**
 * Where the file tells what each table holds on people; `migrations` of the database
 * itself aside, there is no table that is not here. A table with nobody in it says so.
 */
export const PERSON_TABLES: Readonly<
  Record<keyof Tables, readonly (PersonFilePart | keyof PersonFileHead)[]>
> = {
  user: ['account'],
  people: ['account'],
  session: ['devices'],
  session_passkeys: ['devices'],
  passkeys: ['passkeys'],
  // Random numbers for the next minutes, and what they are for.
  passkey_challenges: [],
  oidc_bindings: ['services'],
  session_oidc: ['devices'],
  // Hashes of random numbers for the next minutes.
  oidc_sign_ins: [],
  // Who asked for passkeys in a study stands in the record, as what they did.
  passkey_studies: ['did'],
  code_free_studies: ['did'],
  // Ways in of other services, of which there are none.
  account: [],
  verification: ['codes'],
  frameworks: ['made'],
  studies: ['made'],
  members: ['studies'],
  schools: ['made'],
  cases: ['made'],
  case_schools: [],
  case_contacts: ['contactFor'],
  blocks: [],
  // Who set what for others stands in the record, as what they did.
  block_grants: ['sharing', 'did'],
  sharing_changes: ['made', 'did'],
  section_status: ['assigned', 'statuses'],
  // The text of sections, which is the work of many: `wrote` says where theirs is.
  projections: [],
  block_heads: [],
  block_snapshots: [],
  block_log: ['wrote'],
  block_changesets: ['wrote'],
  block_clients: ['wrote'],
  lost_words: ['lostWords'],
  links: ['invitations', 'made'],
  api_tokens: ['tokens'],
  audit: ['did', 'saidOfThem'],
  audit_heads: [],
  outbox: ['letters'],
  letters: ['writtenLetters', 'made'],
  // Who set them stands in the record, as what they did.
  school_hours: ['did'],
  // Who set them stands in the record, as what they did.
  quote_terms: ['did'],
  information_sheets: ['made'],
  // Who closed or withdrew one stands in the record, as what they did.
  information_requests: ['information', 'made', 'did'],
  // Who called them so stands in the record, as what they did.
  former_people: ['formerNames', 'did'],
  sheets_shown: ['sheets'],
  speakers: ['speakers', 'made'],
  guardians: ['guardianOf'],
  quotes: ['quotes', 'made'],
  quote_speakers: ['quotes'],
  quote_steps: ['quoteSteps'],
  quote_words: ['quoteSteps'],
  // The questions themselves stand among the steps.
  quote_asks: ['quoteSteps'],
  // Of whose words they are, the sections say.
  case_versions: ['made'],
  version_blocks: [],
  search_entries: [],
  search_heads: [],
  evidence_files: ['made'],
  // Which step has one stands among the steps.
  evidence_uses: ['quoteSteps'],
  // Who erased words stands in the record, as what they did.
  erasures: ['did'],
  block_rewrites: [],
  // Who opened one stands among what was done in it.
  threads: ['comments'],
  thread_events: ['comments'],
  thread_reads: ['readThreads'],
  meta: [],
};

/** @returns the person as the service knows them; null for nobody */
export async function loadAccount(
  records: PersonReach['records'],
  personId: string,
): Promise<PersonFileHead['account'] | null> {
  const row = await records
    .selectFrom('user')
    .innerJoin('people', 'people.user_id', 'user.id')
    .select(['user.id', 'user.name', 'user.email', 'user.emailVerified', 'user.createdAt', 'user.updatedAt'])
    .select(['people.colour', 'people.is_host', 'people.erased_at', 'people.telephone'])
    .where('user.id', '=', personId)
    .executeTakeFirst();
  return row
    ? {
        id: row.id,
        name: row.name,
        email: shownEmail(row),
        telephone: row.telephone,
        addressProven: row.emailVerified === 1,
        colour: row.colour,
        makesStudies: row.is_host === 1,
        since: new Date(row.createdAt).toISOString(),
        changedAt: new Date(row.updatedAt).toISOString(),
      }
    : null;
}
