/** Passkeys, in the words of WebAuthn; bytes are text here. */

import { z } from 'zod';
import { NO_PASSKEY_REASONS } from '../accounts/passkey-place.ts';
import { id, time } from './scalars.ts';

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
