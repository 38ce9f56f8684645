/**
 * What is written down of who did what. A record holds ids and words of ours,
 * never words of people: names and addresses are looked up when it is read, so
 * that erasing them there erases them here (ERASE-1).
 */

/** What each kind of record says beside who, when, where and on what. */
export interface AuditDetails {
  'signed-in': { readonly by: 'code' | 'link' | 'passkey' | 'oidc' };
  'signed-out': NoDetail;
  'device-ended': NoDetail;
  /** A person showed that their address is theirs: what had let others in before was ended. */
  'earlier-ways-ended': { readonly devices: number; readonly tokens: number };
  'code-refused': { readonly times: number };
  'sign-in-link-made': NoDetail;
  'passkey-added': NoDetail;
  'passkey-removed': NoDetail;
  /** One that is known was held out, and did not stand the check. */
  'passkey-refused': { readonly times: number };
  /** An account of theirs at another service signs them in from now on. */
  'oidc-bound': NoDetail;
  'oidc-removed': NoDetail;
  /** They call themselves otherwise; neither name stands here. */
  'person-renamed': NoDetail;
  'telephone-changed': NoDetail;

  'token-made': {
    readonly reach: 'reads' | 'writes';
    readonly within: 'everything' | 'study';
    /** Milliseconds since 1970; 0 where it does not run out. */
    readonly until: number;
  };
  'token-ended': NoDetail;

  invited: { readonly role: string };
  'invitation-withdrawn': NoDetail;
  /** `sheet`: the version of the information sheet that stood beside the button; absent where there was none. */
  'invitation-taken-up': { readonly role: string; readonly sheet?: number };
  /** Somebody guessed at its digits. */
  'invitation-locked': NoDetail;
  /** To a school contact; it goes later, or is passed on by hand. `again`: they were sent that link before. */
  'letter-queued': {
    readonly letter: string;
    readonly goes: 'by-mail' | 'by-hand';
    readonly again: 'yes' | 'no';
  };
  'letter-called-back': { readonly letter: string };
  'letter-sent': { readonly letter: string };
  /** There was nobody, or nothing, any more that it was for. */
  'letter-dropped': { readonly letter: string };
  /** No mail server took it, however often it was tried. */
  'letter-failed': { readonly letter: string };
  'role-changed': { readonly from: string; readonly to: string };
  'person-removed': { readonly role: string };
  /** Their account is gone, with their name and address; what they wrote and did stays under no name of theirs. */
  'account-erased': NoDetail;
  /** What the study calls somebody who has left it; the name itself is not in the record. */
  'former-named': { readonly as: 'own-name' | 'other-name' };
  /** Their schools, whose ids stand here with commas between, were taken out of the case. */
  'contact-removed': { readonly schools: string };
  /** What one person may do with sections of the case was set. */
  'sharing-set': {
    readonly sections: number;
    /** The block that it was, where it was one; earlier versions did not note it. */
    readonly block?: string;
    /** Where they were several: their ids, with commas between, as many as are noted. */
    readonly blocks?: string;
    /** How many more than those. */
    readonly more?: number;
    /** The levels that were set, in order, with commas between; `usual`: what they have anyway. */
    readonly to: string;
    /** Id of the sharing change, which says it cell by cell. */
    readonly change: string;
    /** SHA-256 of the change's cells, in hexadecimal digits: so the chain holds them as well. */
    readonly cells: string;
  };

  'study-made': NoDetail;
  /** Names of what was changed, with commas between. */
  'study-changed': { readonly parts: string };
  'study-deleted': NoDetail;
  'study-restored': NoDetail;
  /** From then on its members come in by a passkey, or not at all. */
  'passkeys-required': NoDetail;
  'passkeys-not-required': NoDetail;
  /** Links of its school contacts need a code as well, or open alone. */
  'link-codes-required': NoDetail;
  'link-codes-not-required': NoDetail;
  'school-added': NoDetail;
  'school-changed': { readonly parts: string };
  'school-deleted': NoDetail;
  'school-restored': NoDetail;

  'case-made': NoDetail;
  /** Its name is not told: people write it. */
  'version-kept': NoDetail;
  'case-changed': { readonly parts: string };
  'stage-moved': { readonly from: string; readonly to: string };
  'case-deleted': NoDetail;
  'case-restored': NoDetail;

  /** From agreed to agreed: to other words. */
  'section-status': { readonly from: string; readonly to: string };
  /** From no to no: for another reason. */
  'section-applies': { readonly from: 'yes' | 'no'; readonly to: 'yes' | 'no' };
  /** Who was asked, or is no longer asked, to see to the block of this id. */
  'section-assigned': { readonly block: string };
  'section-unassigned': { readonly block: string };
  /** Days such as `2026-05-01`, or `none`. */
  'section-due': { readonly from: string; readonly to: string };
  'lost-words-settled': { readonly how: 'put-back' | 'let-go' };

  /** Somebody at a school was asked for sections, by a day such as `2026-05-01`. `request`: its id. */
  'information-asked': { readonly request: string; readonly sections: number; readonly until: string };
  'information-reminded': { readonly request: string };
  'information-moved': { readonly request: string; readonly from: string; readonly to: string };
  /** By the person who was asked; what they could not fill in is not in the record. */
  'information-finished': { readonly request: string; readonly said: 'finished' | 'goes-on' };
  'information-closed': { readonly request: string };
  'information-withdrawn': { readonly request: string };

  'speaker-added': NoDetail;
  /** Names of what was changed, with commas between. */
  'speaker-changed': { readonly parts: string };
  /** They said that they are somebody else. */
  'speaker-not-them': NoDetail;
  /** `quote`: its id, here and below; none of its words stands here. */
  'quote-captured': { readonly quote: string };
  /** `parts`: names of what is noted otherwise, with commas between. */
  'quote-source-changed': { readonly quote: string; readonly parts: string };
  'quotes-asked': { readonly quotes: number };
  /** A parent or carer, by a letter; the object is the child. */
  'guardian-asked': { readonly quotes: number };
  /** A parent or carer said that the child was asked, and agrees. */
  'quote-assented': { readonly quote: string };
  /** Somebody said that they are no parent or carer of the child. */
  'guardian-not-them': NoDetail;
  'quote-recalled': { readonly quote: string };
  /** By the speaker, or written down for them: `way` is then how they said it. */
  'quote-answered': {
    readonly quote: string;
    readonly said: string;
    readonly way: 'page' | 'phone' | 'paper';
  };
  'quote-corrected': { readonly quote: string; readonly decided: 'accepted' | 'returned' };
  'quote-found-fair': { readonly quote: string };
  'quote-consented': { readonly quote: string; readonly from: 'speaker' | 'guardian' };
  /** All that somebody had said, and who they are; or the words of one quote, of which case stands beside it. */
  'words-erased': {
    readonly erasure: string;
    readonly of: 'speaker' | 'quote';
    readonly quotes: number;
  };
  'quote-withdrawn': { readonly quote: string; readonly from: 'speaker' | 'guardian' };

  /** `thread`: its id, here and below; none of its words stands here. */
  'thread-opened': { readonly thread: string; readonly audience: 'team' | 'school' };
  'thread-resolved': { readonly thread: string };
  'thread-reopened': { readonly thread: string };

  /** Its certificate was opened. */
  'quote-certified': { readonly quote: string };
  /** The scan of an answer on paper was downloaded. */
  'quote-scan-downloaded': { readonly quote: string; readonly step: number };

  exported: { readonly format: 'html' | 'docx' | 'csv' };
  /** Everything that is held on one person: of the whole service for themselves, of the study for its lead. */
  'person-exported': { readonly format: 'json' | 'html'; readonly reach: 'own' | 'study' };

  'sheet-written': { readonly version: number };
  /** On somebody's own page, after they had come in. */
  'sheet-shown': { readonly version: number };

  /** `method` and `route` as the interface has them; `known`: whether the asker belongs to the study. */
  refused: {
    readonly method: string;
    readonly route: string;
    readonly known: 'member' | 'stranger';
    readonly times: number;
  };
  'write-refused': { readonly access: string; readonly times: number };

  'owner-made': NoDetail;
  'person-added': NoDetail;
  'framework-published': { readonly version: number };
}

type NoDetail = Readonly<Record<never, never>>;

export type AuditKind = keyof AuditDetails;

/** Kinds as the page offers them to be picked, in its order. */
export const AUDIT_GROUPS = {
  access: [
    'invited',
    'invitation-withdrawn',
    'invitation-taken-up',
    'invitation-locked',
    'letter-queued',
    'letter-called-back',
    'letter-sent',
    'letter-dropped',
    'letter-failed',
    'person-renamed',
    'telephone-changed',
    'role-changed',
    'person-removed',
    'account-erased',
    'former-named',
    'contact-removed',
    'sharing-set',
  ],
  'signing-in': [
    'signed-in',
    'signed-out',
    'device-ended',
    'earlier-ways-ended',
    'code-refused',
    'sign-in-link-made',
    'passkey-added',
    'passkey-removed',
    'oidc-bound',
    'oidc-removed',
    'passkey-refused',
  ],
  refusals: ['refused', 'write-refused', 'code-refused', 'passkey-refused', 'invitation-locked'],
  downloads: ['exported', 'person-exported', 'quote-certified', 'quote-scan-downloaded'],
  cases: ['case-made', 'case-changed', 'version-kept', 'stage-moved', 'case-deleted', 'case-restored'],
  sections: [
    'section-status',
    'section-applies',
    'section-assigned',
    'section-unassigned',
    'section-due',
    'lost-words-settled',
  ],
  information: [
    'information-asked',
    'information-reminded',
    'information-moved',
    'information-finished',
    'information-closed',
    'information-withdrawn',
  ],
  quotes: [
    'speaker-added',
    'speaker-changed',
    'speaker-not-them',
    'quote-captured',
    'quote-source-changed',
    'quotes-asked',
    'guardian-asked',
    'quote-assented',
    'guardian-not-them',
    'quote-recalled',
    'quote-answered',
    'quote-corrected',
    'quote-found-fair',
    'quote-consented',
    'words-erased',
    'quote-withdrawn',
  ],
  threads: ['thread-opened', 'thread-resolved', 'thread-reopened'],
  study: [
    'study-made',
    'study-changed',
    'study-deleted',
    'study-restored',
    'passkeys-required',
    'passkeys-not-required',
    'link-codes-required',
    'link-codes-not-required',
    'school-added',
    'school-changed',
    'school-deleted',
    'school-restored',
    'sheet-written',
    'sheet-shown',
  ],
  programs: ['token-made', 'token-ended'],
} as const satisfies Readonly<Record<string, readonly AuditKind[]>>;
export type AuditGroup = keyof typeof AUDIT_GROUPS;
export const AUDIT_GROUP_IDS = Object.keys(AUDIT_GROUPS) as [AuditGroup, ...AuditGroup[]];

/** How an act reached the service. */
export const AUDIT_WAYS = ['page', 'token', 'command-line', 'server'] as const;
export type AuditWay = (typeof AUDIT_WAYS)[number];

/** What an act was on, beside its case. */
export const AUDIT_OBJECTS = [
  'person',
  'invitation',
  'school',
  'token',
  'device',
  'passkey',
  'block',
  'framework',
  'speaker',
] as const;
export type AuditObjectKind = (typeof AUDIT_OBJECTS)[number];

/** One record as it is kept. */
export interface AuditRecord {
  /** `study/<id>`, or `service` for what belongs to no study. */
  readonly chain: string;
  /** Counts from 1 within the chain, without gaps. */
  readonly seq: number;
  /** Milliseconds since 1970, the server's clock. */
  readonly at: number;
  readonly kind: string;
  /** Who did it; null for nobody who is known. */
  readonly personId: string | null;
  readonly way: string;
  /** Of `token`: which. */
  readonly tokenId: string | null;
  /** The network it came from, such as `192.0.2.0/24`; empty where it came from none. */
  readonly from: string;
  readonly caseId: string | null;
  readonly objectKind: string | null;
  readonly objectId: string | null;
  /** Canonical JSON of the kind's details. */
  readonly detail: string;
}

export const SERVICE_CHAIN = 'service';

export function studyChain(studyId: string): string {
  return `study/${studyId}`;
}

/** @returns the study whose chain it is; null for the service's own */
export function studyOfChain(chain: string): string | null {
  return chain === SERVICE_CHAIN ? null : chain.slice(studyChain('').length);
}

/** What stands in the place of a hash before the first record. */
export const BEFORE_THE_FIRST = '0'.repeat(64);

type DetailValue = string | number;

/** Ids, numbers and words of ours. What a person typed has spaces, sooner or later, and does not pass. */
const OURS = /^[A-Za-z0-9_.,:/-]*$/;

/**
 * @returns details as they are kept: keys in order, so that the same details are the same bytes
 * @throws where a value could be words of a person
 */
export function canonicalDetail(detail: Readonly<Record<string, DetailValue>>): string {
  const sorted = Object.entries(detail).sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [key, value] of sorted) {
    if (typeof value === 'number' ? !Number.isSafeInteger(value) : !OURS.test(value)) {
      throw new Error(`an audit record holds no words of people (${key})`);
    }
  }
  return JSON.stringify(Object.fromEntries(sorted));
}

/** @returns what its hash is made of: every part of the record, in this order for good, and the hash before */
export function canonicalRecord(record: AuditRecord, before: string): string {
  return JSON.stringify([
    'casebook.audit.1',
    record.chain,
    record.seq,
    record.at,
    record.kind,
    record.personId,
    record.way,
    record.tokenId,
    record.from,
    record.caseId,
    record.objectKind,
    record.objectId,
    record.detail,
    before,
  ]);
}

/** @returns ids of the blocks that a record is about and names; without those that it only counts */
export function blocksOf(detail: Readonly<Record<string, string | number>>): readonly string[] {
  const { block, blocks } = detail;
  return [block, ...String(blocks ?? '').split(',')].filter(
    (id) => typeof id === 'string' && id !== '',
  ) as string[];
}
