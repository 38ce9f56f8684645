import type { Selectable } from 'kysely';
import type { LinkPurpose } from '../../shared/api/account.ts';
import type { Person } from '../../shared/api/people.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import { ROLES } from '../../shared/permissions/roles.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { currentSheet } from '../protection/information-sheets.ts';
import { tokenHash } from './hashing.ts';
import { findByEmail, loadPerson, normalEmail } from './people.ts';

export type LinkKind = LinkPurpose['kind'];

const HOUR = 60 * 60_000;
/** How long an unused link works, in milliseconds. */
export const LINK_LIFETIME: Readonly<Record<LinkKind, number>> = {
  owner: 7 * 24 * HOUR,
  member: 14 * 24 * HOUR,
  contact: 14 * 24 * HOUR,
  demo: 24 * HOUR,
  'sign-in': 10 * 60_000,
};

/** What a link is to do once its opener decides so. */
export interface WantedLink {
  readonly kind: LinkKind;
  /** Client- or caller-made; a fresh one where absent. */
  readonly id?: string;
  /** Whom it signs in, where that is already decided. */
  readonly personId?: string;
  readonly email?: string;
  readonly name?: string;
  readonly studyId?: string;
  readonly role?: Role;
  readonly caseId?: string;
  readonly schoolId?: string;
  readonly createdBy?: string;
  /** Milliseconds; that of the kind where absent. */
  readonly lifetime?: number;
}

export interface IssuedLink {
  readonly id: string;
  /** To be told once; the database has only its hash. */
  readonly token: string;
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

type LinkRow = Selectable<Tables['links']>;
type LinkNeeds = Pick<Parts, 'clock' | 'random' | 'settings'>;

/**
 * Makes a one-time link (LINK-1). Its token stands in the fragment, which no
 * browser sends to a server and no server writes into a log.
 * @param records the transaction that the link belongs to, if any
 */
export async function issueLink(
  parts: LinkNeeds & Pick<Parts, 'records'>,
  wanted: WantedLink,
  records: Records = parts.records.read,
): Promise<IssuedLink> {
  const token = Buffer.from(parts.random.bytes(32)).toString('base64url');
  const { id, expiresAt } = await addLink(parts, wanted, tokenHash(token), records);
  return { id, token, url: linkUrl(parts, token), expiresAt };
}

/**
 * Keeps the place of a link that nobody has yet, as its letter is still to go:
 * no token fits it until `giveToken`.
 * @returns its id
 */
export async function reserveLink(parts: LinkNeeds, wanted: WantedLink, records: Records): Promise<string> {
  const id = wanted.id ?? parts.random.id();
  // No hash of anything: those have 43 characters, and no colon.
  await addLink(parts, { ...wanted, id }, `reserved:${id}`, records);
  return id;
}

/** @returns whether no token fits a link yet, and none ever did */
export function isReserved(tokenHash: string): boolean {
  return tokenHash.startsWith('reserved:');
}

/** Makes a link work by this token and no other, until then; one that was used or revoked stays so. */
export async function giveToken(
  records: Records,
  id: string,
  token: string,
  expiresAt: number,
): Promise<void> {
  await records
    .updateTable('links')
    .set({ token_hash: tokenHash(token), expires_at: expiresAt })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute();
}

/**
 * @param page `quotes`: the small one, for whoever checks their words
 * @returns the address of a link's page; the token stands in its fragment
 */
export function linkUrl(
  parts: Pick<Parts, 'settings'>,
  token: string,
  page: 'enter' | 'quotes' = 'enter',
): string {
  return `${parts.settings.publicUrl}/${page}#${token}`;
}

async function addLink(
  parts: LinkNeeds,
  wanted: WantedLink,
  hash: string,
  records: Records,
): Promise<{ readonly id: string; readonly expiresAt: number }> {
  const id = wanted.id ?? parts.random.id();
  const now = parts.clock.now();
  const expiresAt = now + (wanted.lifetime ?? LINK_LIFETIME[wanted.kind]);
  await records
    .insertInto('links')
    .values({
      id,
      token_hash: hash,
      kind: wanted.kind,
      user_id: wanted.personId ?? null,
      email: normalEmail(wanted.email ?? ''),
      name: wanted.name ?? '',
      study_id: wanted.studyId ?? null,
      role: wanted.role ?? null,
      case_id: wanted.caseId ?? null,
      school_id: wanted.schoolId ?? null,
      created_at: now,
      created_by: wanted.createdBy ?? null,
      expires_at: expiresAt,
      used_at: null,
      revoked_at: null,
    })
    .execute();
  return { id, expiresAt };
}

/** Which open links are meant; at least one of these is given. */
export interface LinkChoice {
  readonly id?: string;
  readonly kind?: LinkKind;
  readonly personId?: string;
}

/** Makes open links worthless. @returns how many there were */
export async function revokeLinks(
  parts: Pick<Parts, 'clock'>,
  records: Records,
  choice: LinkChoice,
): Promise<number> {
  if (Object.keys(choice).length === 0) throw new Error('revokeLinks needs to be told which links');
  let query = records
    .updateTable('links')
    .set({ revoked_at: parts.clock.now() })
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null);
  if (choice.id !== undefined) query = query.where('id', '=', choice.id);
  if (choice.kind !== undefined) query = query.where('kind', '=', choice.kind);
  if (choice.personId !== undefined) query = query.where('user_id', '=', choice.personId);
  const { numUpdatedRows } = await query.executeTakeFirst();
  return Number(numUpdatedRows);
}

/** The one answer to every link that does not work, so that none can be told from another. */
export function linkNotUsable(): Refusal {
  return new Refusal(
    'link-not-usable',
    'This link does not work: it may have been used, withdrawn or have run out. Ask for a new one.',
  );
}

/**
 * @returns the link's row while it can be used
 * @throws Refusal `link-not-usable` for every other token
 */
export async function openLink(records: Records, token: string, now: number): Promise<LinkRow> {
  const row = await records
    .selectFrom('links')
    .selectAll()
    .where('token_hash', '=', tokenHash(token))
    .executeTakeFirst();
  if (!row || row.used_at !== null || row.revoked_at !== null || row.expires_at <= now) throw linkNotUsable();
  return row;
}

/** What the page of a link says before anything happens; changes nothing (LINK-1, QUOTE-4). */
export async function inspectLink(
  parts: Pick<Parts, 'records' | 'clock' | 'settings'>,
  token: string,
): Promise<LinkPurpose> {
  const records = parts.records.read;
  const link = await openLink(records, token, parts.clock.now());
  const bound = link.user_id === null ? null : await loadPerson(records, link.user_id);
  const account = await accountOfLink(records, link);
  const study = link.study_id
    ? await records
        .selectFrom('studies')
        .select(['title', 'deleted_at'])
        .where('id', '=', link.study_id)
        .executeTakeFirst()
    : undefined;
  if (link.study_id && (!study || study.deleted_at !== null)) throw linkNotUsable();
  return {
    kind: linkKind(link),
    // Of an invitation, what the inviter wrote: how an account calls itself is not for every holder of a link.
    name: bound?.name ?? link.name,
    email: bound?.email ?? link.email,
    role: linkRole(link),
    studyTitle: study?.title ?? '',
    needsIdentity: bound === null && account === null && (link.email === '' || link.name === ''),
    needsSignIn: account !== null,
    needsCode: account === null && (await needsCode(parts, records, link)),
    sheet: link.kind === 'contact' && link.study_id ? await currentSheet(records, link.study_id) : null,
  };
}

/**
 * Whoever invites knows the link, so a link must not sign in as somebody who has
 * an account: that takes the account's own way in.
 * @returns the account that has the address of an invitation; null for other links, which name a person
 */
export async function accountOfLink(records: Records, link: LinkRow): Promise<Person | null> {
  if (link.user_id !== null || link.email === '') return null;
  return findByEmail(records, link.email);
}

/**
 * A contact's link alone does not let in whoever holds it, because it may have
 * been forwarded: the digits go to the address on file. Where no mail goes out,
 * nobody would ever get them, so there the link has to do; and where its study's
 * lead says so.
 */
export async function needsCode(
  parts: Pick<Parts, 'settings'>,
  records: Records,
  link: LinkRow,
): Promise<boolean> {
  if (link.kind !== 'contact' || parts.settings.smtpUrl === null) return false;
  return link.study_id === null || linkCodesRequired(records, link.study_id);
}

/** @returns whether links of the study's school contacts are to need a code, as its lead set it */
export async function linkCodesRequired(records: Records, studyId: string): Promise<boolean> {
  const row = await records
    .selectFrom('code_free_studies')
    .select('study_id')
    .where('study_id', '=', studyId)
    .executeTakeFirst();
  return row === undefined;
}

export function linkKind(link: LinkRow): LinkKind {
  if (!(link.kind in LINK_LIFETIME)) throw new Error(`link ${link.id} is of an unknown kind`);
  return link.kind as LinkKind;
}

export function linkRole(link: LinkRow): Role | null {
  return ROLES.find((role) => role === link.role) ?? null;
}
