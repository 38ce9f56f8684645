/**
 * The file of everything that is held on one person. This table is its shape, and
 * makes its published JSON Schema. Times are UTC, ISO 8601. Other people stand in
 * it without their names.
 */
import { z } from 'zod';
import { ACCESS_LEVELS } from '../permissions/access.ts';
import { ROLES } from '../permissions/roles.ts';
import { PERSON_FILE_WORDS } from './person-file-words.ts';

const when = z.iso.datetime();
const words = z.string();
const maybe = words.nullable();

/** A section of a case. Of a study that somebody is in as a contact, or no longer, its title is not told. */
const section = {
  studyId: words,
  caseId: words,
  case: maybe,
  sectionId: words,
  section: words,
  schoolId: maybe,
  school: maybe,
};
const study = { studyId: words, study: words };

/** What each part of the file holds, row by row, in the order in which they stand there. */
export const PERSON_FILE_PARTS = {
  devices: z.strictObject({
    id: words,
    label: words,
    since: when,
    lastUsedAt: when,
    until: when,
    /** The passkey that was shown there. */
    passkeyId: maybe,
    /** The account at another service by which it came in. */
    serviceId: maybe,
  }),
  passkeys: z.strictObject({
    id: words,
    name: words,
    /** The name of the service that it is for. */
    site: words,
    synced: z.boolean(),
    madeAt: when,
    lastUsedAt: when.nullable(),
  }),
  services: z.strictObject({
    id: words,
    /** Address of the service. */
    issuer: words,
    /** What the service calls them. */
    subject: words,
    since: when,
    lastUsedAt: when,
  }),
  tokens: z.strictObject({
    id: words,
    name: words,
    reach: words,
    studyId: maybe,
    madeAt: when,
    lastUsedAt: when.nullable(),
    expiresAt: when.nullable(),
    endedAt: when.nullable(),
  }),
  codes: z.strictObject({ sentAt: when, until: when }),
  studies: z.strictObject({ ...study, role: z.enum(ROLES), since: when }),
  contactFor: z.strictObject({ ...study, caseId: words, schoolId: words, school: words, since: when }),
  formerNames: z.strictObject({ ...study, called: words, since: when }),
  invitations: z.strictObject({
    id: words,
    kind: words,
    studyId: maybe,
    study: maybe,
    role: maybe,
    school: maybe,
    name: words,
    email: words,
    madeAt: when,
    expiresAt: when,
    usedAt: when.nullable(),
    withdrawnAt: when.nullable(),
  }),
  letters: z.strictObject({ id: words, subject: words, to: words, at: when, studyId: maybe }),
  writtenLetters: z.strictObject({
    id: words,
    ...study,
    kind: words,
    state: words,
    subject: words,
    to: words,
    writtenAt: when,
    sentAt: when.nullable(),
  }),
  sheets: z.strictObject({
    ...study,
    version: z.number().int(),
    at: when,
    how: z.enum(['invitation', 'page']),
  }),
  sharing: z.strictObject({ ...section, level: z.enum(ACCESS_LEVELS).nullable(), at: when }),
  information: z.strictObject({
    ...study,
    caseId: words,
    school: words,
    /** Titles of the sections, with commas between. */
    askedFor: words,
    askedAt: when,
    dueOn: z.iso.date(),
    remindedAt: when.nullable(),
    finishedAt: when.nullable(),
    couldNot: words,
    closedAt: when.nullable(),
    withdrawnAt: when.nullable(),
  }),
  /** As whose parent or carer; the child is not named. */
  guardianOf: z.strictObject({ ...study, school: words, name: words, email: words, since: when }),
  speakers: z.strictObject({
    ...study,
    school: words,
    name: words,
    role: words,
    email: words,
    telephone: words,
    age: words,
    naming: words,
    since: when,
  }),
  quotes: z.strictObject({
    ...study,
    caseId: words,
    quoteId: words,
    captured: words,
    original: words,
    how: words,
    saidOn: maybe,
    source: words,
    at: when,
  }),
  quoteSteps: z.strictObject({
    quoteId: words,
    number: z.number().int(),
    at: when,
    kind: words,
    by: z.enum(['themselves', 'the team', 'somebody else', 'Casebook']),
    words,
  }),
  comments: z.strictObject({
    ...study,
    caseId: words,
    threadId: words,
    at: when,
    /** `did`: by them; `named`: by somebody else, who named them or gave them something to see to. */
    part: z.enum(['did', 'named']),
    kind: words,
    audience: words,
    words: maybe,
    /** Words of the text that it was about. */
    concerning: maybe,
  }),
  readThreads: z.strictObject({ ...study, caseId: words, threadId: words, upTo: words, at: when }),
  assigned: z.strictObject({ ...section, dueOn: maybe }),
  statuses: z.strictObject({ ...section, status: words, notApplicable: maybe, at: when.nullable() }),
  wrote: z.strictObject({
    ...section,
    /** The UTC day. */
    day: z.iso.date(),
    from: when,
    to: when,
    edits: z.number().int(),
  }),
  lostWords: z.strictObject({ ...section, words, at: when, part: z.enum(['wrote', 'hid', 'settled']) }),
  made: z.strictObject({
    what: z.enum([
      'study',
      'case',
      'school',
      'framework',
      'information sheet',
      'invitation',
      'letter',
      'sharing change',
      'information request',
      'speaker',
      'quote',
      'scan',
    ]),
    act: z.enum(['made', 'put in the bin', 'moved to another stage']),
    id: words,
    at: when,
  }),
  did: z.strictObject({
    studyId: maybe,
    study: maybe,
    number: z.number().int(),
    at: when,
    kind: words,
    said: words,
    way: words,
    network: words,
    tokenId: maybe,
    caseId: maybe,
    about: maybe,
  }),
  saidOfThem: z.strictObject({
    studyId: maybe,
    study: maybe,
    number: z.number().int(),
    at: when,
    kind: words,
    said: words,
    caseId: maybe,
    about: words,
  }),
} as const;
export type PersonFilePart = keyof typeof PERSON_FILE_PARTS;
export type PersonFileRow<P extends PersonFilePart> = z.infer<(typeof PERSON_FILE_PARTS)[P]>;
export const PERSON_FILE_PART_IDS = Object.keys(PERSON_FILE_PARTS) as readonly PersonFilePart[];

const about = z.strictObject({
  madeAt: when,
  /** `own`: of the whole service, for the person; `study`: what one study holds, for its lead. */
  reach: z.enum(['own', 'study']),
  studyId: maybe,
  study: maybe,
  service: words,
});
const account = z.strictObject({
  id: words,
  name: words,
  email: words,
  telephone: words,
  addressProven: z.boolean(),
  colour: words,
  makesStudies: z.boolean(),
  since: when,
  changedAt: when,
});
export type PersonFileHead = {
  readonly about: z.infer<typeof about>;
  readonly account: z.infer<typeof account>;
};

export const PERSON_FILE_FORMAT = 'casebook.person.1';

export const personFile = z.strictObject({
  format: z.literal(PERSON_FILE_FORMAT),
  about,
  account,
  ...(Object.fromEntries(
    PERSON_FILE_PART_IDS.map((part) => [
      part,
      z.array(PERSON_FILE_PARTS[part]).describe(PERSON_FILE_WORDS[part].about),
    ]),
  ) as unknown as { [P in PersonFilePart]: z.ZodArray<(typeof PERSON_FILE_PARTS)[P]> }),
});
export type PersonFile = z.infer<typeof personFile>;
