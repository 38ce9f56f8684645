/** An account and the ways into it, as the HTTP interface tells them. */

import { z } from 'zod';
import { informationSheet } from './protection.ts';
import { id, role, time } from './scalars.ts';

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
