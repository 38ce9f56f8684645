/**
 * The HTTP interface: one table of routes. The server validates by it, the page
 * takes its types from it (and nothing else: zod stays out of the page).
 *
 * Ids in bodies are made by the client, so that an offline queue can repeat a
 * call without a second effect.
 */
import { z } from 'zod';
import { NO_PASSKEY_REASONS } from '../accounts/passkey-place.ts';
import { AUDIT_GROUP_IDS, AUDIT_OBJECTS, AUDIT_WAYS } from '../audit/audit-record.ts';
import type { Section } from '../framework/framework.ts';
import { ACCESS_LEVELS, STAGES } from '../permissions/access.ts';
import { ROLES } from '../permissions/roles.ts';
import { STUDY_ACTS } from '../permissions/study-acts.ts';
import { SHEET_PART_IDS, SHEET_PART_LIMIT } from '../protection/information-sheet.ts';
import { erasureOrder, erasureView } from './account-erasure.ts';
import {
  askedWhen,
  caseInformation,
  couldNot,
  informationRequest,
  letterPlan,
  newRequest,
  ownRequest,
  reminder,
  requestMade,
  studyInformation,
} from './information.ts';
import {
  letter,
  letterPreview,
  letterWords,
  linkDays,
  newSchoolHours,
  plannedLetter,
  schoolHours,
  wholeLetter,
} from './letters.ts';
import { oidcBindings, oidcReturn } from './oidc.ts';
import {
  asksMade,
  caseQuotes,
  certificateCheck,
  consentWish,
  evidence,
  newAsks,
  newQuote,
  newSpeaker,
  quote,
  quoteChange,
  quoteChanged,
  quoteRecords,
  recordedAnswer,
  speaker,
  speakerChange,
  studyQuotes,
  wholeQuote,
} from './quotes.ts';
import { seenCase } from './seen-case.ts';
import { ownAnswer, ownConsent, receipt, speakerQuotes } from './speaker-quotes.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'not an id');
const title = z.string().trim().min(1, 'needs some words').max(300);
const personName = z.string().trim().min(1, 'needs a name').max(120);
const passkeyName = z.string().trim().min(1, 'needs a name').max(120);
const email = z.string().trim().toLowerCase().max(254).pipe(z.email('not an e-mail address'));
const isoDate = z.iso.date('choose a day');
const time = z.number().int();
const role = z.enum(ROLES);
/** That there is a school of this name in the study already is known: this is another one. */
const sameName = z.boolean().optional();
const token = z.string().min(20).max(200);

export const person = z.object({
  id,
  name: z.string(),
  email: z.string(),
  /** Of carets and badges: `#rrggbb`, dark enough for white text. */
  colour: z.string(),
  initials: z.string(),
});
export type Person = z.infer<typeof person>;

export const member = person.extend({ role, since: time, caseIds: z.array(id) });
export type Member = z.infer<typeof member>;

export const school = z.object({ id, name: z.string(), place: z.string(), deletedAt: time.nullable() });
export type School = z.infer<typeof school>;

export const SECTION_STATUSES = ['empty', 'drafting', 'ready', 'agreed'] as const;
export type SectionStatus = (typeof SECTION_STATUSES)[number];

/** What the database and the text together say of one block. */
export const blockState = z.object({
  blockId: id,
  sectionId: z.string(),
  schoolId: id.nullable(),
  access: z.enum(ACCESS_LEVELS),
  reason: z.string().nullable(),
  /** `empty` is computed from the text; the rest is what somebody said. */
  status: z.enum(SECTION_STATUSES),
  /** Somebody agreed, and the text changed since. */
  agreementStale: z.boolean(),
  agreedBy: id.nullable(),
  agreedAt: time.nullable(),
  /** Who took an agreement back, and when, while nothing was said since. */
  setBack: z.object({ by: id.nullable(), at: time }).nullable(),
  /** *Does not apply, because …* */
  notApplicable: z.string().nullable(),
  assigneeId: id.nullable(),
  dueOn: isoDate.nullable(),
  words: z.number().int(),
  /** Fields filled in, of those that the section has (a group counts once). */
  filled: z.number().int(),
  fields: z.number().int(),
  /** Prompts by id: `answered` or `ask`. */
  prompts: z.record(z.string(), z.enum(['answered', 'ask'])),
  changedAt: time.nullable(),
  /** Of the last saved change of its text; another one after every change. */
  seq: z.number().int(),
  /** The most that anybody at a school may do with it. */
  schoolAccess: z.enum(ACCESS_LEVELS),
});
export type BlockState = z.infer<typeof blockState>;

export const caseSummary = z.object({
  id,
  studyId: id,
  title: z.string(),
  subtitle: z.string(),
  stage: z.enum(STAGES),
  authority: z.boolean(),
  schoolIds: z.array(id),
  /** Blocks agreed or not applicable, of all. */
  done: z.number().int(),
  started: z.number().int(),
  total: z.number().int(),
  words: z.number().int(),
  toAsk: z.number().int(),
  lostWords: z.number().int(),
  assigneeIds: z.array(id),
  changedAt: time,
});
export type CaseSummary = z.infer<typeof caseSummary>;

export const caseDetail = caseSummary.extend({
  study: z.object({ id, title: z.string(), frameworkId: z.string(), frameworkVersion: z.number() }),
  myRole: role,
  acts: z.array(z.enum(STUDY_ACTS)),
  schools: z.array(school),
  people: z.array(person),
  /** Those that the asker may read. */
  blocks: z.array(blockState),
  /** Blocks of the case that the asker may not read: a device lets go of its copies. */
  closedBlockIds: z.array(id),
  deletedAt: time.nullable(),
  /** What schools are asked for and have not been told is enough; none for those who may not see sharing. */
  asked: z.array(informationRequest),
  /** Who moved it to its stage, when and why; null where that was never noted. */
  stageSet: z.object({ by: id.nullable(), at: time, why: z.string() }).nullable(),
});
export type CaseDetail = z.infer<typeof caseDetail>;

/** The last saved text of each block that the asker may read, made by the server. */
export const caseText = z.object({
  blocks: z.array(
    z.object({
      blockId: id,
      /** Safe HTML of the running text. */
      html: z.string(),
      /** Values of the fields as they stand, flat: the keys of `shared/document/block-parts.ts`. */
      values: z.record(z.string(), z.union([z.string(), z.boolean()])),
      seq: z.number().int(),
    }),
  ),
});
export type CaseText = z.infer<typeof caseText>;

/** Somebody who takes part in a case, as its sharing page shows them. */
export const sharingPerson = person.omit({ email: true }).extend({
  role,
  /** Of a contact: the schools of this case that they speak for. */
  schoolIds: z.array(id),
});
export type SharingPerson = z.infer<typeof sharingPerson>;

/** A section as the sharing page shows it, with what decides about it (`BlockFacts`). */
export const sharingSection = z.object({
  blockId: id,
  sectionId: z.string(),
  number: z.string().nullable(),
  title: z.string(),
  schoolId: id.nullable(),
  audience: z.enum(['print', 'shareable', 'team']),
  perSchool: z.boolean(),
  teamFields: z.boolean(),
  /** Whether somebody said so: a school's page leaves it out then. */
  notApplicable: z.boolean(),
  /** Null where the asker may not read it. */
  holds: z.object({ words: z.number().int(), filled: z.number().int() }).nullable(),
});
export type SharingSection = z.infer<typeof sharingSection>;

/** One cell of the grid made another; null: what the person has anyway. */
export const sharingStep = z.object({
  blockId: id,
  personId: id,
  from: z.enum(ACCESS_LEVELS).nullable(),
  to: z.enum(ACCESS_LEVELS).nullable(),
});
export type SharingStep = z.infer<typeof sharingStep>;

/** Who may do what with which section of a case. */
export const sharing = z.object({
  caseId: id,
  studyId: id,
  studyTitle: z.string(),
  title: z.string(),
  stage: z.enum(STAGES),
  deleted: z.boolean(),
  mayChange: z.boolean(),
  schools: z.array(school),
  people: z.array(sharingPerson),
  sections: z.array(sharingSection),
  /** What was ever set, with who set it; a level of null was set back. */
  cells: z.array(
    z.object({
      blockId: id,
      personId: id,
      level: z.enum(ACCESS_LEVELS).nullable(),
      by: id.nullable(),
      at: time,
    }),
  ),
  /** The last changes, newest first. */
  changes: z.array(z.object({ id, by: id, at: time, steps: z.array(sharingStep) })),
  /** What people at the schools are asked to fill in and have not been thanked for. */
  asked: z.array(z.object({ personId: id, blockIds: z.array(id) })),
  /** Names of those who made or met a change and take part no more. */
  others: z.array(z.object({ id, name: z.string() })),
});
export type Sharing = z.infer<typeof sharing>;

export const lostWords = z.object({
  id,
  blockId: id,
  words: z.string(),
  before: z.string(),
  after: z.string(),
  authorId: id.nullable(),
  /** Whose edit hid them; null where nobody's did, or it is not known. */
  causedById: id.nullable(),
  cause: z.enum(['changed-kind', 'removed', 'not-held']),
  at: time,
});
export type LostWords = z.infer<typeof lostWords>;

export const studySummary = z.object({
  id,
  title: z.string(),
  description: z.string(),
  dueOn: isoDate.nullable(),
  myRole: role,
  frameworkId: z.string(),
  frameworkVersion: z.number().int(),
  cases: z.number().int(),
  /** Its members come in by a passkey, or not at all (PASSKEY-2). */
  requiresPasskey: z.boolean(),
  /** The asker has still to show one: nothing but the title is told. */
  locked: z.boolean(),
});
export type StudySummary = z.infer<typeof studySummary>;

/** What the profile of a case says that it covers: ids of the framework's options. */
export const caseCoverage = z.object({
  caseId: id,
  careerStages: z.array(z.string()),
  contexts: z.record(z.string(), z.array(z.string())),
});

export const studyDetail = studySummary.extend({
  acts: z.array(z.enum(STUDY_ACTS)),
  caseList: z.array(caseSummary),
  coverage: z.array(caseCoverage),
  schools: z.array(school),
  members: z.array(member),
});
export type StudyDetail = z.infer<typeof studyDetail>;

export const invitation = z.object({
  id,
  email: z.string(),
  name: z.string(),
  role,
  caseId: id.nullable(),
  schoolId: id.nullable(),
  createdAt: time,
  expiresAt: time,
  state: z.enum(['open', 'used', 'revoked', 'expired']),
  /** Of a school contact: the letters that carry its link, newest first. */
  letters: z.array(letter),
});
export type Invitation = z.infer<typeof invitation>;

export const frameworkSummary = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  description: z.string(),
  sections: z.number().int(),
});
export type FrameworkSummary = z.infer<typeof frameworkSummary>;

export const binItem = z.object({
  kind: z.enum(['study', 'case', 'school']),
  id,
  title: z.string(),
  deletedAt: time,
  deletedBy: z.string(),
});
export type BinItem = z.infer<typeof binItem>;

export const outboxMail = z.object({
  id,
  to: z.string(),
  subject: z.string(),
  /** Empty for sign-in mails: their codes are for the person they are addressed to. */
  text: z.string(),
  file: z.string(),
  at: time,
});
export type OutboxMail = z.infer<typeof outboxMail>;

export const TOKEN_REACHES = ['reads', 'writes'] as const;

export const apiToken = z.object({
  id,
  name: z.string(),
  reach: z.enum(TOKEN_REACHES),
  /** The one study that it opens; null for all of its person's. */
  studyId: id.nullable(),
  createdAt: time,
  lastUsedAt: time.nullable(),
  expiresAt: time.nullable(),
});
export type ApiToken = z.infer<typeof apiToken>;

/** A browser in which somebody is signed in. */
export const device = z.object({
  id,
  /** Such as `Firefox on Windows`; nothing more is kept of it. */
  label: z.string(),
  since: time,
  /** To the day. */
  lastUsedAt: time,
  /** Begun, or confirmed since, with a passkey. */
  passkey: z.boolean(),
  /** The other service by which it came in; null where it came by mail or passkey. */
  service: z.string().nullable(),
  /** The one that asks. */
  current: z.boolean(),
});
export type Device = z.infer<typeof device>;

/** Bytes in base64url without padding, as browsers tell them (WebAuthn 3, section 5.1.8). */
const bytes = (most: number) =>
  z
    .string()
    .min(1)
    .max(Math.ceil((most * 4) / 3), 'is too long')
    .regex(/^[A-Za-z0-9_-]+$/, 'is not base64url');

/** What a device answers when a passkey is used. */
export const passkeyUse = z.object({
  id: bytes(1_023),
  rawId: bytes(1_023),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes(4_096),
    authenticatorData: bytes(4_096),
    signature: bytes(4_096),
    userHandle: bytes(64).nullish(),
  }),
});
export type PasskeyUse = z.infer<typeof passkeyUse>;

/** What a device answers when a passkey is made. */
export const newPasskey = z.object({
  id: bytes(1_023),
  rawId: bytes(1_023),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes(4_096),
    attestationObject: bytes(32_768),
    transports: z.array(z.string().max(40)).max(20).optional(),
  }),
});
export type NewPasskey = z.infer<typeof newPasskey>;

/** What a browser is asked to have signed (`PublicKeyCredentialRequestOptionsJSON`). */
export const passkeyQuestion = z.object({
  challenge: z.string(),
  rpId: z.string(),
  /** Milliseconds. */
  timeout: z.number().int(),
  userVerification: z.literal('required'),
});
export type PasskeyQuestion = z.infer<typeof passkeyQuestion>;

/** What a browser is asked to make (`PublicKeyCredentialCreationOptionsJSON`). */
export const passkeyOrder = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number().int() })),
  /** Milliseconds. */
  timeout: z.number().int(),
  attestation: z.literal('none'),
  excludeCredentials: z.array(z.object({ type: z.literal('public-key'), id: z.string() })),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
});
export type PasskeyOrder = z.infer<typeof passkeyOrder>;

/** Where passkeys can be used: at one address, or nowhere, and why. */
export const passkeyOffer = z.object({
  origin: z.string().nullable(),
  why: z.enum(NO_PASSKEY_REASONS).nullable(),
});
export type PasskeyOffer = z.infer<typeof passkeyOffer>;

export const passkey = z.object({
  id,
  name: z.string(),
  createdAt: time,
  lastUsedAt: time.nullable(),
  /** Of a kind that all devices of a person share, as by the keychain of their phone. */
  synced: z.boolean(),
  /** Made for another address of this service: it cannot be used any more. */
  elsewhere: z.boolean(),
  /** The one that this session was begun with, or has shown since. */
  current: z.boolean(),
  /** As its device calls it. */
  credentialId: z.string(),
});
export type Passkey = z.infer<typeof passkey>;

/** One record of who did what; `names` of the reply say how to call what it names. */
export const auditEntry = z.object({
  seq: z.number().int(),
  at: time,
  kind: z.string(),
  personId: id.nullable(),
  way: z.enum(AUDIT_WAYS),
  tokenId: id.nullable(),
  /** The network it came from, such as `192.0.2.0/24`. */
  from: z.string(),
  caseId: id.nullable(),
  object: z.object({ kind: z.enum(AUDIT_OBJECTS), id: z.string() }).nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
  /** SHA-256 over the record and the hash before. */
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** Which records are wanted; all where nothing is said. */
export const auditChoice = z.object({
  /** Who did it, or to whom it was done. */
  person: id.optional(),
  about: z.enum(AUDIT_GROUP_IDS).optional(),
  case: id.optional(),
  /** Milliseconds since 1970: from then (inclusive), and before then. */
  since: z.coerce.number().int().optional(),
  until: z.coerce.number().int().optional(),
});
export type AuditChoice = z.infer<typeof auditChoice>;

const sheetParts = z.record(z.enum(SHEET_PART_IDS), z.string().trim().max(SHEET_PART_LIMIT));

/** One version of what people at schools are told of what is held on them. */
export const informationSheet = z.object({ version: z.number().int(), writtenAt: time, parts: sheetParts });
export type InformationSheet = z.infer<typeof informationSheet>;

/** The same for the team; empty: whoever wrote it is no longer known. */
export const writtenSheet = informationSheet.extend({ writtenBy: z.string() });
export type WrittenSheet = z.infer<typeof writtenSheet>;

/** That a version was shown: beside the button of an invitation, or on the person's own page. */
export const sheetShown = z.object({
  version: z.number().int(),
  at: time,
  how: z.enum(['invitation', 'page']),
});
export type SheetShown = z.infer<typeof sheetShown>;

/** What a school contact is told by one study. */
export const contactSheet = z.object({
  studyId: id,
  studyTitle: z.string(),
  /** False for whoever is no longer asked: they have what they were shown. */
  asked: z.boolean(),
  sheet: informationSheet,
  /** They have not been shown this version yet. */
  news: z.boolean(),
  /** Parts that differ from the version that they were shown last. */
  changed: z.array(z.enum(SHEET_PART_IDS)),
  /** Newest first. */
  shown: z.array(sheetShown),
  /** Versions before this one that they were shown, newest first. */
  earlier: z.array(informationSheet),
});
export type ContactSheet = z.infer<typeof contactSheet>;

/** Somebody on whom a study holds something. */
export const heldPerson = z.object({
  id,
  name: z.string(),
  /** Null for whoever is no longer in the study. */
  role: role.nullable(),
  /** What the study calls them since they left; null for their own name. */
  called: z.string().nullable(),
  /** Of whoever is no longer in it, what tells them from others who are not, and not who they are. */
  was: z.object({ role: role.nullable(), schools: z.array(z.string()), leftAt: time.nullable() }).nullable(),
  /** The version of the information sheet that they were shown last. */
  shown: sheetShown.nullable(),
});
export type HeldPerson = z.infer<typeof heldPerson>;

/** What a one-time link is for, told before anything happens (LINK-1). */
export const linkPurpose = z.object({
  kind: z.enum(['owner', 'member', 'contact', 'demo', 'sign-in']),
  /** Whom it is for, where that is known. */
  name: z.string(),
  email: z.string(),
  role: role.nullable(),
  studyTitle: z.string(),
  /** Ask the opener for a name and an address. */
  needsIdentity: z.boolean(),
  /** Its address has an account: only whoever is signed in to that one can use it. */
  needsSignIn: z.boolean(),
  /** Ask for the digits that `POST /api/links/code` sends to the address on file: heads forward e-mails. */
  needsCode: z.boolean(),
  /** Of a school contact: what they are told of what is held on them; null where nothing is written yet. */
  sheet: informationSheet.nullable(),
});
export type LinkPurpose = z.infer<typeof linkPurpose>;

/** A section that somebody at a school fills in or reads, and nothing of how the team is getting on with it (ACCESS-5). */
export const contactBlock = blockState
  .pick({ blockId: true, schoolId: true, access: true, reason: true })
  .extend({
    /** As a school gets it: without what is the team's alone. */
    section: z.custom<Section>(),
  });
export type ContactBlock = z.infer<typeof contactBlock>;

/** What is asked of, or shared with, somebody at a school. */
export const contactCase = z.object({
  caseId: id,
  studyTitle: z.string(),
  schoolName: z.string(),
  askedBy: z.string(),
  /** What was asked of them with a day, newest first, and not withdrawn. */
  requests: z.array(ownRequest),
  blocks: z.array(contactBlock),
  /** Reading copies of those that they read and do not fill in (ACCESS-5). */
  copies: caseText.shape.blocks,
});
export type ContactCase = z.infer<typeof contactCase>;

/** The case through somebody else's eyes. */
export const viewAs = z.object({
  person: sharingPerson,
  caseId: id,
  studyId: id,
  studyTitle: z.string(),
  title: z.string(),
  subtitle: z.string(),
  stage: z.enum(STAGES),
  frameworkId: z.string(),
  frameworkVersion: z.number().int(),
  schools: z.array(school),
  /** Of somebody of the team; a contact's stand in `asked`. */
  blocks: z.array(blockState),
  /** Of each block that both may read, its text as the person gets it. */
  text: caseText.shape.blocks,
  /** Sections that the person reads and the asker may not: they are left out. */
  leftOut: z.number().int(),
  /** Of a contact: what their page says. */
  asked: z.array(contactCase),
});
export type ViewAs = z.infer<typeof viewAs>;

const none = z.object({});
const done = z.object({ ok: z.literal(true) });

/** One route. `params` are all strings from the path; GET and DELETE take no body. */
export const contract = {
  'GET /api/session': {
    body: none,
    reply: z.object({
      person: person.nullable(),
      mailGoesTo: z.enum(['smtp', 'outbox']),
      signInWith: z.string().nullable(),
    }),
  },
  /** Always the same answer, whether the address is known or not. */
  'POST /api/session/request': { body: z.object({ email }), reply: done },
  /** Asked by a device that keeps something of somebody who was signed in there: whether their account is deleted. */
  'POST /api/session/left': { body: z.object({ personId: id }), reply: z.object({ erased: z.boolean() }) },
  'POST /api/session/code': {
    body: z.object({ email, code: z.string().regex(/^\d{6}$/) }),
    reply: z.object({ person }),
  },
  'DELETE /api/session': { body: none, reply: done },
  'PATCH /api/session/person': { body: z.object({ name: personName }), reply: z.object({ person }) },

  'POST /api/links/inspect': { body: z.object({ token }), reply: linkPurpose },
  /** Sends digits to the address that stands on the link, not to one that the opener says. */
  'POST /api/links/code': { body: z.object({ token }), reply: done },
  'POST /api/links/redeem': {
    body: z.object({
      token,
      name: personName.optional(),
      email: email.optional(),
      code: z
        .string()
        .regex(/^\d{6}$/, 'has six digits')
        .optional(),
      /** The version of the information sheet that the page showed. */
      sheet: z.number().int().positive().optional(),
    }),
    reply: z.object({ person, goTo: z.string() }),
  },

  'GET /api/tokens': { body: none, reply: z.object({ tokens: z.array(apiToken) }) },
  'POST /api/tokens': {
    body: z.object({
      id,
      name: title,
      reach: z.enum(TOKEN_REACHES).default('writes'),
      studyId: id.nullable().default(null),
      /** Days until it runs out; null for never. */
      days: z.number().int().min(1).max(3_650).nullable().default(null),
    }),
    /** Told this once. */
    reply: z.object({ token: z.string() }),
  },
  'DELETE /api/tokens/:tokenId': { body: none, reply: done },

  'GET /api/devices': { body: none, reply: z.object({ devices: z.array(device) }) },
  'DELETE /api/devices/:deviceId': { body: none, reply: done },
  /** All but the one that asks. */
  'DELETE /api/devices': { body: none, reply: done },

  /** Always the same kind of answer: whoever asks has not said who they are. */
  'POST /api/session/passkey/begin': {
    body: none,
    reply: passkeyOffer.extend({ question: passkeyQuestion.nullable() }),
  },
  'POST /api/session/passkey': { body: passkeyUse, reply: z.object({ person }) },
  'GET /api/passkeys': {
    body: none,
    reply: passkeyOffer.extend({
      passkeys: z.array(passkey),
      /** One can be added: it is known that the person's address is theirs. */
      addressProven: z.boolean(),
      /** What devices know the person by; together with what they call each passkey, they can be told what is left. */
      handle: z.string(),
      /** Studies that ask for one, by title. */
      askedBy: z.array(z.object({ id, title: z.string() })),
      /** What to call one that is made on this device. */
      suggested: z.string(),
    }),
  },
  'POST /api/passkeys/begin': { body: none, reply: passkeyOrder },
  'POST /api/passkeys': { body: z.object({ id, name: passkeyName, made: newPasskey }), reply: passkey },
  'PATCH /api/passkeys/:passkeyId': { body: z.object({ name: passkeyName }), reply: passkey },
  'DELETE /api/passkeys/:passkeyId': { body: none, reply: done },

  /** Where the browser is to go; it comes back to a page that then makes the next call. */
  'POST /api/session/oidc/begin': { body: none, reply: z.object({ url: z.string() }) },
  'POST /api/session/oidc': { body: oidcReturn, reply: z.object({ person }) },
  'GET /api/oidc': { body: none, reply: oidcBindings },
  'DELETE /api/oidc/:bindingId': { body: none, reply: done },

  'GET /api/account/erasure': { body: none, reply: erasureView },
  /** Sends digits to the address on file, for this one purpose. */
  'POST /api/account/erasure/code': { body: none, reply: done },
  'POST /api/account/erasure': { body: erasureOrder, reply: done },

  'GET /api/frameworks': { body: none, reply: z.object({ frameworks: z.array(frameworkSummary) }) },
  'POST /api/frameworks': { body: z.unknown(), reply: frameworkSummary },
  'GET /api/frameworks/:frameworkId/:version': { body: none, reply: z.unknown() },

  'GET /api/studies': {
    body: none,
    reply: z.object({ studies: z.array(studySummary), mayCreate: z.boolean() }),
  },
  'POST /api/studies': {
    body: z.object({
      id,
      title,
      description: z.string().max(2_000).default(''),
      dueOn: isoDate.nullable().default(null),
      frameworkId: z.string().max(64),
      frameworkVersion: z.number().int().positive(),
    }),
    reply: studyDetail,
  },
  'GET /api/studies/:studyId': { body: none, reply: studyDetail },
  'PATCH /api/studies/:studyId': {
    body: z.object({
      title: title.optional(),
      description: z.string().max(2_000).optional(),
      dueOn: isoDate.nullable().optional(),
    }),
    reply: studyDetail,
  },
  'DELETE /api/studies/:studyId': { body: none, reply: done },
  'PUT /api/studies/:studyId/passkeys': { body: z.object({ required: z.boolean() }), reply: studyDetail },

  'GET /api/bin': { body: none, reply: z.object({ items: z.array(binItem) }) },
  'GET /api/studies/:studyId/bin': { body: none, reply: z.object({ items: z.array(binItem) }) },
  'POST /api/bin/:kind/:itemId/restore': { body: none, reply: done },

  'POST /api/studies/:studyId/schools': {
    body: z.object({
      id,
      name: title,
      place: z.string().trim().max(200).default(''),
      sameName,
    }),
    reply: school,
  },
  'PATCH /api/schools/:schoolId': {
    body: z.object({ name: title.optional(), place: z.string().trim().max(200).optional(), sameName }),
    reply: school,
  },
  'DELETE /api/schools/:schoolId': { body: none, reply: done },

  'GET /api/studies/:studyId/invitations': {
    body: none,
    reply: z.object({ invitations: z.array(invitation) }),
  },
  'POST /api/studies/:studyId/invitations': {
    body: z.object({
      id,
      email,
      name: z.string().trim().max(120).default(''),
      role,
      caseId: id.nullable().default(null),
      schoolId: id.nullable().default(null),
      /** To a school contact; where there is none, the link is told here, to be passed on by hand. */
      letter: letterWords.nullable().default(null),
      /** For how many days the link of a school contact works. */
      days: linkDays,
    }),
    /** The link is told once, where it is to be passed on by hand. `mailed`: it goes by mail instead. */
    reply: z.object({ invitation, link: z.string(), mailed: z.boolean() }),
  },
  /** Sends the invitation of a school contact again, with a new link; the one before works until this goes. */
  'POST /api/invitations/:invitationId/letters': {
    body: letterWords.extend({ id, days: linkDays }),
    reply: z.object({ invitation, link: z.string() }),
  },
  'GET /api/studies/:studyId/letters': { body: none, reply: z.object({ letters: z.array(letter) }) },
  /** Sends nothing. */
  'POST /api/studies/:studyId/letters/preview': { body: plannedLetter, reply: letterPreview },
  'GET /api/letters/:letterId': { body: none, reply: wholeLetter },
  'POST /api/letters/:letterId/call-back': { body: none, reply: letter },
  'GET /api/studies/:studyId/school-hours': { body: none, reply: schoolHours },
  'PUT /api/studies/:studyId/school-hours': { body: newSchoolHours, reply: schoolHours },
  'DELETE /api/invitations/:invitationId': { body: none, reply: done },
  'PATCH /api/studies/:studyId/members/:personId': { body: z.object({ role }), reply: done },
  'DELETE /api/studies/:studyId/members/:personId': { body: none, reply: done },
  /** Of somebody who has left: what the study calls them; null for their own name. */
  'PUT /api/studies/:studyId/former/:personId': {
    body: z.object({ name: personName.nullable() }),
    reply: done,
  },
  'GET /api/studies/:studyId/outbox': { body: none, reply: z.object({ mails: z.array(outboxMail) }) },

  /** Newest first, so many at a time; `before` goes on where the last answer ended. */
  'GET /api/studies/:studyId/audit': {
    body: none,
    query: auditChoice.extend({ before: z.coerce.number().int().positive().optional() }),
    reply: z.object({
      entries: z.array(auditEntry),
      /** By `<kind>/<id>`; what is no longer here has no name. */
      names: z.record(z.string(), z.string()),
      /** Everybody whom records of this study name; with the first answer alone. */
      people: z.array(z.object({ id, name: z.string() })),
      more: z.boolean(),
      /** Where the chain ends. Kept elsewhere, it shows whether anything was changed since. */
      seal: z.object({ seq: z.number().int(), hash: z.string() }).nullable(),
    }),
  },

  /** Versions of the information sheet, newest first, so many at a time; `before` goes on where the last answer ended. */
  'GET /api/studies/:studyId/sheets': {
    body: none,
    query: z.object({ before: z.coerce.number().int().positive().optional() }),
    reply: z.object({ sheets: z.array(writtenSheet), more: z.boolean() }),
  },
  'POST /api/studies/:studyId/sheets': {
    body: z.object({
      id,
      /** The version that its writer had before them; 0 where there was none. */
      after: z.number().int().nonnegative(),
      parts: sheetParts,
    }),
    reply: writtenSheet,
  },
  'GET /api/studies/:studyId/held': { body: none, reply: z.object({ people: z.array(heldPerson) }) },

  'POST /api/studies/:studyId/cases': {
    body: z.object({
      id,
      title,
      subtitle: z.string().trim().max(500).default(''),
      schoolIds: z.array(id).min(1, 'needs a school').max(60),
      authority: z.boolean().default(false),
    }),
    reply: caseDetail,
  },
  'GET /api/cases/:caseId': { body: none, reply: caseDetail },
  'PATCH /api/cases/:caseId': {
    body: z.object({
      title: title.optional(),
      subtitle: z.string().trim().max(500).optional(),
      stage: z.enum(STAGES).optional(),
      /** Said with a move to another stage. */
      stageWhy: z.string().trim().max(500).optional(),
      /** The same: it is moved only while the case stands as it was seen. */
      seen: seenCase.optional(),
      /** Schools may be added; one with a filled block stays until that is emptied. */
      schoolIds: z.array(id).min(1).max(60).optional(),
    }),
    reply: caseDetail,
  },
  'DELETE /api/cases/:caseId': { body: none, reply: done },
  'GET /api/cases/:caseId/text': { body: none, reply: caseText },
  /** The framework that the case follows; `Content-Location` names the address of that version itself. */
  'GET /api/cases/:caseId/framework': { body: none, reply: z.unknown() },

  'GET /api/cases/:caseId/sharing': { body: none, reply: sharing },
  /** All of it or nothing: refused where a cell is no longer what the asker saw. */
  'POST /api/cases/:caseId/sharing': {
    body: z.object({ id, steps: z.array(sharingStep).min(1).max(2_000) }),
    reply: sharing,
  },
  /** The case as somebody who takes part in it gets it, without what the asker may not read. */
  'GET /api/cases/:caseId/view-as/:personId': { body: none, reply: viewAs },

  /** What schools were asked for before the visit. */
  'GET /api/studies/:studyId/information': { body: none, reply: studyInformation },
  'GET /api/cases/:caseId/information': { body: none, reply: caseInformation },
  /** Shares what is asked for, invites where that is needed, and writes the letter: all of it or nothing. */
  'POST /api/cases/:caseId/information': { body: newRequest, reply: requestMade },
  /** Looked at before anybody is asked. */
  'POST /api/cases/:caseId/information/when': { body: askedWhen, reply: letterPlan },
  'PATCH /api/cases/:caseId/information/:requestId': {
    body: z.object({ dueOn: isoDate }),
    reply: informationRequest,
  },
  'POST /api/cases/:caseId/information/:requestId/remind': { body: reminder, reply: requestMade },
  /** What was asked for can be read by the person from then on, and no longer filled in. */
  'POST /api/cases/:caseId/information/:requestId/close': { body: none, reply: informationRequest },
  /** As if it had never been asked: what it opened is closed again. */
  'POST /api/cases/:caseId/information/:requestId/withdraw': { body: none, reply: informationRequest },

  'GET /api/studies/:studyId/quotes': { body: none, reply: studyQuotes },
  'GET /api/cases/:caseId/quotes': { body: none, reply: caseQuotes },
  /** For pages that compute from their own text how each stands. */
  'GET /api/cases/:caseId/quote-records': { body: none, reply: quoteRecords },
  'POST /api/cases/:caseId/speakers': { body: newSpeaker, reply: speaker },
  'PATCH /api/cases/:caseId/speakers/:speakerId': { body: speakerChange, reply: speaker },
  'POST /api/cases/:caseId/quotes': { body: newQuote, reply: quote },
  'POST /api/cases/:caseId/asks': { body: newAsks, reply: asksMade },
  'GET /api/quotes/:quoteId': { body: none, reply: wholeQuote },
  'PATCH /api/quotes/:quoteId': { body: quoteChange, reply: quote },
  /** That the words were held against the notes or the recording. */
  'POST /api/quotes/:quoteId/check': {
    body: z.object({ wording: newQuote.shape.wording }),
    reply: quote,
  },
  'POST /api/quotes/:quoteId/answers': { body: recordedAnswer, reply: quoteChanged },
  'POST /api/quotes/:quoteId/asks/:askId/recall': { body: none, reply: quote },
  /** What was taken up is also put into the text. */
  'POST /api/quotes/:quoteId/asks/:askId/correction': {
    body: z.object({ decided: z.enum(['accepted', 'returned']) }),
    reply: quoteChanged,
  },
  'POST /api/quotes/:quoteId/fair': {
    body: z.object({ use: id, speakerId: id, reason: z.string().trim().min(1, 'say why').max(500) }),
    reply: quote,
  },
  'PUT /api/quotes/:quoteId/used': { body: z.object({ used: z.boolean() }), reply: quote },
  'POST /api/quotes/:quoteId/consent': { body: consentWish, reply: quote },
  'POST /api/quotes/:quoteId/withdraw': {
    body: z.object({ speakerId: id, from: z.enum(['speaker', 'guardian']), evidence }),
    reply: quoteChanged,
  },
  /** Puts the words that were verified last back into the text. */
  'POST /api/quotes/:quoteId/restore': { body: z.object({ use: id }), reply: quoteChanged },

  'PUT /api/blocks/:blockId/status': {
    body: z.object({
      status: z.enum(['drafting', 'ready', 'agreed']).optional(),
      notApplicable: z.string().trim().min(1).max(500).nullable().optional(),
      assigneeId: id.nullable().optional(),
      dueOn: isoDate.nullable().optional(),
    }),
    reply: blockState,
  },

  'GET /api/cases/:caseId/lost-words': { body: none, reply: z.object({ lostWords: z.array(lostWords) }) },
  'POST /api/lost-words/:lostId/settle': {
    body: z.object({ how: z.enum(['put-back', 'let-go']) }),
    reply: done,
  },

  /** What a school contact is asked for, and may see. */
  'GET /api/contact': {
    body: none,
    reply: z.object({
      cases: z.array(contactCase),
      /** They are, or once were, somebody's contact at a school. */
      isContact: z.boolean(),
    }),
  },
  /** That they have filled in what they can, or go on after all. */
  'POST /api/contact/information/:requestId': {
    body: z.object({ finished: z.boolean(), couldNot: couldNot.default('') }),
    reply: done,
  },
  /** Whether a certificate of a quote shows what the record holds. */
  'GET /api/certificates/:code': { body: none, reply: certificateCheck },
  /** Their own words, wherever they are quoted. */
  'GET /api/contact/quotes': { body: none, reply: speakerQuotes },
  /** Said by the page that shows them. */
  'POST /api/contact/quotes/opened': { body: z.object({ asks: z.array(id).min(1).max(500) }), reply: done },
  'POST /api/contact/asks/:askId/answer': { body: ownAnswer, reply: receipt },
  'POST /api/contact/quotes/consent': { body: ownConsent, reply: receipt },
  /** Whenever they like. */
  'POST /api/contact/quotes/:quoteId/withdraw': { body: z.object({ speakerId: id }), reply: receipt },
  /** Mails them everything that they answered. */
  'POST /api/contact/quotes/receipt': { body: none, reply: done },
  /** They are not who the team takes them for: nothing more is asked of them as that person. */
  'POST /api/contact/speakers/:speakerId/not-me': { body: none, reply: done },
  'GET /api/contact/sheets': { body: none, reply: z.object({ sheets: z.array(contactSheet) }) },
  /** Said by the page that shows it. */
  'POST /api/contact/sheets/shown': {
    body: z.object({ studyId: id, version: z.number().int().positive() }),
    reply: done,
  },
} as const satisfies Record<string, RouteShape>;

interface RouteShape {
  readonly body: z.ZodType;
  /** Of what stands behind the `?`, as text; a route without one reads nothing there. */
  readonly query?: z.ZodType;
  readonly reply: z.ZodType;
}

export type Contract = typeof contract;
export type RouteKey = keyof Contract;
/** What a caller gives. */
export type RouteBody<K extends RouteKey> = z.input<Contract[K]['body']>;
/** What a caller may write behind the `?`. */
export type RouteQuery<K extends RouteKey> = Contract[K] extends { readonly query: infer Q extends z.ZodType }
  ? z.output<Q>
  : Readonly<Record<never, never>>;
/** What the server reads, defaults filled in. */
export type RouteInput<K extends RouteKey> = z.output<Contract[K]['body']>;
export type RouteReply<K extends RouteKey> = z.output<Contract[K]['reply']>;

type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;
/** Names in the path become required strings. */
export type RouteParams<K extends RouteKey> = { readonly [Name in ParamNames<K>]: string };
