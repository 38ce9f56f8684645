/** The record of who did what, as the HTTP interface tells it. */

import { z } from 'zod';
import { AUDIT_GROUP_IDS, AUDIT_OBJECTS, AUDIT_WAYS } from '../audit/audit-record.ts';
import { id, time } from './scalars.ts';

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
