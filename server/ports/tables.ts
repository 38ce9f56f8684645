import type { Generated } from 'kysely';

/**
 * The database's tables, as Kysely sees them. Times are milliseconds since 1970,
 * truth values 0 or 1, so that SQLite and PostgreSQL hold the same.
 * better-auth owns `user`, `session`, `account` and `verification`; their columns
 * keep its names.
 */

/** ISO 8601 text in SQLite, timestamptz in PostgreSQL; written by better-auth alone. */
type AuthTime = string;

export interface Tables {
  user: {
    id: string;
    name: string;
    email: string;
    emailVerified: number;
    image: string | null;
    createdAt: AuthTime;
    updatedAt: AuthTime;
  };
  session: {
    id: string;
    expiresAt: AuthTime;
    token: string;
    createdAt: AuthTime;
    updatedAt: AuthTime;
    ipAddress: string | null;
    userAgent: string | null;
    userId: string;
  };
  account: {
    id: string;
    accountId: string;
    providerId: string;
    userId: string;
    accessToken: string | null;
    refreshToken: string | null;
    idToken: string | null;
    accessTokenExpiresAt: AuthTime | null;
    refreshTokenExpiresAt: AuthTime | null;
    scope: string | null;
    password: string | null;
    createdAt: AuthTime;
    updatedAt: AuthTime;
  };
  verification: {
    id: string;
    identifier: string;
    value: string;
    expiresAt: AuthTime;
    createdAt: AuthTime;
    updatedAt: AuthTime;
  };

  /**
   * What the service itself knows of a person. `is_host`: may create studies (owner of this
   * installation). `erased_at`: the account was deleted, and its row in `user` names nobody.
   */
  people: {
    user_id: string;
    colour: string;
    is_host: number;
    erased_at: number | null;
    /** Told to those whom they ask about words of theirs; empty where they gave none. */
    telephone: string;
  };
  frameworks: { id: string; version: number; json: string; imported_at: number; imported_by: string | null };
  studies: {
    id: string;
    title: string;
    description: string;
    due_on: string | null;
    framework_id: string;
    framework_version: number;
    created_at: number;
    created_by: string;
    deleted_at: number | null;
    deleted_by: string | null;
  };
  members: { study_id: string; user_id: string; role: string; since: number };
  schools: {
    id: string;
    study_id: string;
    name: string;
    place: string;
    created_at: number;
    deleted_at: number | null;
    deleted_by: string | null;
  };
  cases: {
    id: string;
    study_id: string;
    title: string;
    subtitle: string;
    stage: string;
    /** Who moved it there last, when, and what they said; null where that was never noted. */
    stage_by: string | null;
    stage_at: number | null;
    stage_why: string | null;
    authority: number;
    created_at: number;
    created_by: string;
    changed_at: number;
    deleted_at: number | null;
    deleted_by: string | null;
  };
  case_schools: { case_id: string; school_id: string; position: number };
  /** School contacts: whose case, and for which school they speak. */
  case_contacts: {
    case_id: string;
    user_id: string;
    school_id: string;
    since: number;
    /** 1: they came to check their own words, and nothing of the sections is theirs. */
    quotes_alone: Generated<number>;
  };

  blocks: { id: string; case_id: string; section_id: string; school_id: string | null };
  /** What was set for one person and block. `level` null: set back to what they have anyway. */
  block_grants: {
    block_id: string;
    person_id: string;
    level: string | null;
    set_by: string | null;
    set_at: number;
  };
  /** Every change of a case's grid, as it was made. */
  sharing_changes: {
    id: string;
    case_id: string;
    made_by: string;
    made_at: number;
    /** JSON: `[{blockId, personId, from, to}, …]` */
    cells: string;
  };
  section_status: {
    block_id: string;
    /** drafting, ready or agreed; no row: drafting */
    status: string;
    set_by: string | null;
    set_at: number | null;
    /** Fingerprint of the text that was agreed; below agreed, of the agreement that was taken back. */
    agreed_fingerprint: string | null;
    not_applicable: string | null;
    assignee_id: string | null;
    due_on: string | null;
  };
  /** Cached reading of a block at a sequence number; never the truth. */
  projections: {
    block_id: string;
    lineage: string;
    seq: number;
    html: string;
    values_json: string;
    prompts_json: string;
    words: number;
    filled: number;
    fields: number;
    fingerprint: string;
    changed_at: number | null;
    /** JSON: `UseInText[]`, the quotes that stand in it. */
    uses_json: Generated<string>;
  };
  lost_words: {
    id: string;
    block_id: string;
    words: string;
    before_text: string;
    after_text: string;
    author_id: string | null;
    caused_by_id: string | null;
    cause: string;
    at: number;
    settled_at: number | null;
    settled_by: string | null;
    settled_how: string | null;
  };

  /** Written by the block store alone. */
  block_log: {
    block_id: string;
    seq: number;
    lineage: string;
    author_id: string | null;
    on_behalf_of: string | null;
    server_time: number;
    device_time: number | null;
    /** JSON: `[[client, from, to], …]` */
    clients: string;
    bytes: Uint8Array;
    /** CRC-32 of `bytes`. */
    checksum: number;
  };
  /** What one person wrote in one window; in place of the log rows that it stands for. */
  block_changesets: {
    block_id: string;
    window_number: number;
    ordinal: number;
    lineage: string;
    author_id: string | null;
    on_behalf_of: string | null;
    first_seq: number;
    last_seq: number;
    from_time: number;
    to_time: number;
    row_count: number;
    /** JSON: `[[client, from, to], …]` */
    clients: string;
    bytes: Uint8Array;
    /** CRC-32 of the other columns and `bytes`. */
    checksum: number;
  };
  block_heads: { block_id: string; lineage: string };
  block_snapshots: {
    block_id: string;
    lineage: string;
    seq: number;
    bytes: Uint8Array;
    checksum: number;
    survey: Uint8Array | null;
    survey_checksum: number | null;
  };
  /** Who first used a Yjs client id within a block (ACCESS-3). */
  block_clients: { block_id: string; client: number; author_id: string | null };

  /** One-time links; the token itself is nowhere. */
  links: {
    id: string;
    token_hash: string;
    /** owner, member, contact, demo or sign-in */
    kind: string;
    user_id: string | null;
    email: string;
    name: string;
    study_id: string | null;
    role: string | null;
    case_id: string | null;
    school_id: string | null;
    created_at: number;
    created_by: string | null;
    expires_at: number;
    used_at: number | null;
    revoked_at: number | null;
    /** 1: of a contact who is asked to check their own words, and to nothing else. */
    quotes_alone: Generated<number>;
  };
  api_tokens: {
    id: string;
    user_id: string;
    name: string;
    token_hash: string;
    created_at: number;
    last_used_at: number | null;
    revoked_at: number | null;
    /** reads or writes */
    reach: string;
    /** The one study that it opens; null for all of its person's. */
    study_id: string | null;
    expires_at: number | null;
    /** 1: made in a session of a passkey. */
    by_passkey: Generated<number>;
  };
  /** Public halves of passkeys; the private ones never leave a person's devices. */
  passkeys: {
    id: string;
    user_id: string;
    /** As the device calls it, base64url. */
    credential_id: string;
    /** The name that it was made for (`passkeyPlace`); under another one it cannot be used. */
    rp_id: string;
    /** COSE. */
    public_key: Uint8Array;
    /** Of signatures, as its device last told; 0 where the device counts none. */
    counter: number;
    /** JSON: how browsers reach it, such as `["internal"]`. */
    transports: string;
    /** Whether it is of a kind that a person's devices share. */
    synced: number;
    name: string;
    created_at: number;
    last_used_at: number | null;
  };
  /** What devices are asked to sign; each is deleted by the first answer. */
  passkey_challenges: {
    challenge_hash: string;
    /** What the answer is for, and whose. */
    purpose: string;
    expires_at: number;
  };
  /** Sessions that a passkey began or confirmed. */
  session_passkeys: { session_id: string; passkey_id: string; at: number };
  /** Studies whose members come in by a passkey, or not at all. */
  passkey_studies: { study_id: string; set_by: string; set_at: number };
  /** Studies whose lead turned off that links of school contacts need a code as well. */
  code_free_studies: { study_id: string; set_by: string; set_at: number };
  /** Whose account at another service signs in whom; at most one of each service for each person. */
  oidc_bindings: {
    id: string;
    user_id: string;
    issuer: string;
    /** As the service knows them; never reused there. */
    subject: string;
    created_at: number;
    last_used_at: number;
  };
  /** Sign-ins that left for another service and have not come back; each is deleted by the first return. */
  oidc_sign_ins: { ticket_hash: string; expires_at: number };
  /** Sessions that such a sign-in began or confirmed. */
  session_oidc: { session_id: string; binding_id: string };
  /** Who did what (shared/audit); appended to by `server/audit` alone, and never changed. */
  audit: {
    /** `study/<id>` or `service` */
    chain: string;
    seq: number;
    at: number;
    kind: string;
    person_id: string | null;
    /** page, token, command-line or server */
    way: string;
    token_id: string | null;
    from_block: string;
    case_id: string | null;
    object_kind: string | null;
    object_id: string | null;
    /** Canonical JSON. */
    detail: string;
    /** SHA-256 of the record and of the hash before, in hexadecimal digits. */
    hash: string;
  };
  audit_heads: { chain: string; seq: number; hash: string };
  /** What people at schools are told of what is held on them; a version never changes. */
  information_sheets: {
    study_id: string;
    /** Counts from 1 within the study. */
    version: number;
    /** Client-made. */
    id: string;
    /** JSON: text by part */
    parts: string;
    written_by: string;
    written_at: number;
  };
  /** Which version somebody was shown. `link_id`: of the invitation that they took up then; empty on their own page. */
  sheets_shown: { study_id: string; person_id: string; version: number; link_id: string; at: number };
  /** What a study calls somebody who is in it no longer; no row: by their own name. */
  former_people: { study_id: string; person_id: string; called: string; set_by: string; set_at: number };
  /** What somebody at a school was asked for, by a day. */
  information_requests: {
    /** Client-made; what was shared with it is the sharing change of the same id. */
    id: string;
    case_id: string;
    school_id: string;
    /** Null where it came with an invitation. */
    person_id: string | null;
    /** The invitation, whose `user_id` says who took it up; null for somebody who was there. */
    link_id: string | null;
    /** JSON: ids of sections */
    sections: string;
    due_on: string;
    visit_on: string | null;
    note: string;
    made_by: string;
    made_at: number;
    finished_at: number | null;
    /** What they could not fill in, in their words. */
    could_not: string;
    reminded_at: number | null;
    /** Id of the last reminder, client-made. */
    reminder_id: string | null;
    reminders: number;
    closed_at: number | null;
    closed_by: string | null;
    withdrawn_at: number | null;
    withdrawn_by: string | null;
  };
  /** Mails that went to the outbox instead of out. */
  outbox: {
    id: string;
    study_id: string | null;
    kind: string;
    to_address: string;
    subject: string;
    text: string;
    file: string;
    at: number;
  };
  /** Letters to school contacts, from the moment that somebody sends one. */
  letters: {
    /** Client-made; also the id of the mail. */
    id: string;
    study_id: string;
    case_id: string;
    school_id: string;
    /** invitation or information-request */
    kind: string;
    /** The link that it carries: reserved until the letter goes, so that nobody knows it before. */
    link_id: string;
    person_id: string | null;
    /** Empty, as all words of the letter, where the study let go of whose they were. */
    to_name: string;
    to_address: string;
    subject: string;
    /** With `[link]` where the link goes. */
    text: string;
    from_name: string;
    reply_to: string;
    made_by: string;
    made_at: number;
    /** When it may go, and by what that was decided. */
    due_at: number;
    waits_for: string;
    /** 1: out of school hours as well. */
    any_hour: number;
    /** 1: it answers what they asked for, so it need not wait for the week to be over. */
    answers: number;
    /** For how many days its link works. */
    days: number;
    state: string;
    tries: number;
    /** When there is something to do with it; null where there is nothing any more. */
    next_at: number | null;
    /** Of its link, while it is handed over; with the installation's secret it makes the token. */
    seed: string | null;
    sent_at: number | null;
    ended_at: number | null;
  };
  /** People at schools whose words are quoted. */
  speakers: {
    /** Client-made. */
    id: string;
    study_id: string;
    school_id: string;
    /** Empty, as all that says who they are, once it was erased. */
    name: string;
    role: string;
    email: string;
    telephone: string;
    /** personal, shared or none */
    address: string;
    age: string;
    /** How they are named (NAME-1), and 1 where they chose it themselves. */
    naming: string;
    chosen: number;
    /** Their account, from when they came in. */
    person_id: string | null;
    made_by: string;
    made_at: number;
    /** When all that says who they are went for good, with their words. */
    erased_at: number | null;
  };
  /** Parents or carers who answer for a child that is quoted; kept apart from what is known of the child. */
  guardians: {
    speaker_id: string;
    study_id: string;
    name: string;
    email: string;
    /** Their account, from when they came in. */
    person_id: string | null;
    made_by: string;
    made_at: number;
  };
  quotes: {
    /** Client-made; stands in the marks of the text. */
    id: string;
    study_id: string;
    case_id: string;
    /** Where it was captured, with the use that it had then. */
    block_id: string;
    use_id: string;
    how: string;
    said_on: string | null;
    source: string;
    /** Words as they were captured; empty, as `original`, once they were erased. */
    captured: string;
    original: string;
    language: string;
    translated: number;
    made_by: string;
    made_at: number;
    /** Where its chain of steps ends. */
    head_seq: number;
    head_hash: string;
    /** When its words went for good, or were asked to: what stands here of them by then is on its way out. */
    erased_at: number | null;
  };
  quote_speakers: { quote_id: string; speaker_id: string; position: number };
  /** What was done with a quote, a chain for each (`quote-chain.ts`); appended to, and never changed. */
  quote_steps: {
    quote_id: string;
    seq: number;
    at: number;
    kind: string;
    who: string;
    who_id: string;
    detail: string;
    /** JSON: hash by part */
    words: string;
    hash: string;
  };
  /** Words of people in those steps; these can be erased (ERASE-1). */
  quote_words: { quote_id: string; seq: number; part: string; salt: string; text: string };
  /** Questions to speakers, of which `quote_steps` is the truth: which letter told of them, and when they are due. */
  quote_asks: {
    id: string;
    quote_id: string;
    speaker_id: string;
    letter_id: string | null;
    /** When there is something to do with it (QUOTE-5); null where there is nothing any more. */
    next_at: number | null;
  };
  /** Scans of answers on paper; their content lies under its hash in the store of files. */
  evidence_files: {
    /** Client-made. */
    id: string;
    study_id: string;
    case_id: string;
    hash: string;
    /** Told by its content. */
    type: string;
    /** In bytes. */
    size: number;
    made_by: string;
    made_at: number;
    /** 1 once it was erased: its content goes, and the row after it. */
    discard: number;
  };
  /** Which step of a quote has which of them; one may be of several. */
  evidence_uses: { quote_id: string; seq: number; file_id: string };
  /** When letters of a study may go; no row: in the usual school hours. */
  school_hours: {
    study_id: string;
    /** JSON (`SchoolHours`) */
    hours: string;
    set_by: string;
    set_at: number;
  };
  /** What a study sets on its questions about quotes; without a row, what is usual. */
  quote_terms: {
    study_id: string;
    /** JSON (`QuoteTerms`) */
    terms: string;
    set_by: string;
    set_at: number;
  };
  /** Words of sections that can be found (`ports/search-index.ts`): which entry of the index is whose. */
  search_entries: { id: Generated<number>; block_id: string; study_id: string; part: string };
  /** Up to which change of a block they are in the index. */
  search_heads: { block_id: string; lineage: string; seq: number };
  /** States of cases that were kept. */
  case_versions: {
    id: string;
    case_id: string;
    /** named or stage */
    kind: string;
    /** As somebody typed it; of `stage`, the stage. */
    name: string;
    made_by: string | null;
    made_at: number;
    /** Of `stage`: when the case came there. */
    stage_at: number | null;
  };
  /** The last change of each section in them; a window of its history ends there. */
  version_blocks: { version_id: string; block_id: string; seq: number };
  /** What was erased for good, by ids alone (ERASE-1); repeated on whatever is restored. */
  erasures: {
    /** Client-made. */
    id: string;
    study_id: string;
    /** Null where the words of one quote were erased, and not all of somebody. */
    speaker_id: string | null;
    /** JSON: ids of quotes */
    quotes: string;
    asked_by: string;
    asked_at: number;
    /** Null until nothing of it is left: it is carried out again at every start. */
    done_at: number | null;
  };
  /** Texts that went on without what stood in them before, on a lineage of their own; `seq`: the change that they begin with. */
  block_rewrites: { block_id: string; erasure_id: string; lineage: string; seq: number; at: number };
  threads: {
    /** Client-made. */
    id: string;
    study_id: string;
    case_id: string;
    block_id: string;
    /** team or school */
    audience: string;
    /** Where somebody at a school opened it: of which school; else null. */
    school_id: string | null;
    /** Of the words that it is about now; null where it is about something else. */
    anchor: string | null;
  };
  /** What was done in a thread: appended to, and never changed but to erase words (ERASE-1). */
  thread_events: {
    thread_id: string;
    /** From 1, in the order in which they were taken. */
    seq: number;
    /** Client-made, of this thread alone. */
    id: string;
    kind: string;
    person_id: string;
    /** team or school: on which they were then, and at a school, of which. */
    side: string;
    school_id: string | null;
    at: number;
    /** JSON: the rest of the `ThreadEvent`, without what follows. */
    detail: string;
    /** What was said; null where nothing was, or once it was erased. */
    words: string | null;
    /** JSON (`KeptWords`): what an anchor was set on; null where there is none, or once it was erased. */
    kept: string | null;
  };
  /** How far somebody has read a thread. */
  thread_reads: { person_id: string; thread_id: string; comment_id: string; at: number };
  meta: { key: string; value: string };
}
