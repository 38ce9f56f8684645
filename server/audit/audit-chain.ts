import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import {
  type AuditDetails,
  type AuditKind,
  type AuditObjectKind,
  type AuditRecord,
  type AuditWay,
  BEFORE_THE_FIRST,
  canonicalDetail,
  canonicalRecord,
  SERVICE_CHAIN,
  studyChain,
} from '../../shared/audit/audit-record.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';

/** Who acts, and from where, as the server knows it. */
export interface Actor {
  readonly personId: string | null;
  readonly way: AuditWay;
  readonly tokenId: string | null;
  /** A network, never a whole address; empty where there is none. */
  readonly from: string;
}

/** Whoever types commands on the server's own machine. */
export const AT_THE_COMMAND_LINE: Actor = { personId: null, way: 'command-line', tokenId: null, from: '' };

/** What is to be written down. */
export interface Deed<K extends AuditKind = AuditKind> {
  readonly kind: K;
  readonly detail: AuditDetails[K];
  readonly by: Actor;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly caseId?: string | null;
  readonly object?: { readonly kind: AuditObjectKind; readonly id: string };
}

/**
 * Writes a deed into a study's chain, in the transaction of what it tells of:
 * both are kept, or neither.
 */
export function recordInStudy<K extends AuditKind>(
  records: Transaction<Tables>,
  studyId: string,
  deed: Deed<K>,
): Promise<void> {
  return append(records, studyChain(studyId), deed);
}

/** Writes a deed into the service's own chain: it belongs to no study. */
export function recordInService<K extends AuditKind>(
  records: Transaction<Tables>,
  deed: Deed<K>,
): Promise<void> {
  return append(records, SERVICE_CHAIN, deed);
}

/**
 * Writes down what concerns a person and not one study alone, such as that they
 * signed in: in every study that they belong to, because its lead answers for
 * who can get in; in the service's own chain where they belong to none.
 */
export async function recordOfPerson<K extends AuditKind>(
  records: Transaction<Tables>,
  personId: string,
  deed: Deed<K>,
): Promise<void> {
  const studies = await studiesOf(records, personId);
  if (studies.length === 0) return recordInService(records, deed);
  for (const studyId of studies) await recordInStudy(records, studyId, deed);
}

/** @returns ids of the studies that somebody belongs to, in any role, sorted */
export async function studiesOf(records: Records, personId: string): Promise<readonly string[]> {
  const members = await records
    .selectFrom('members')
    .select('study_id')
    .where('user_id', '=', personId)
    .execute();
  const contacts = await records
    .selectFrom('case_contacts')
    .innerJoin('cases', 'cases.id', 'case_contacts.case_id')
    .select('cases.study_id')
    .where('case_contacts.user_id', '=', personId)
    .execute();
  return [...new Set([...members, ...contacts].map((row) => row.study_id))].sort();
}

/** @returns the record's hash, in hexadecimal digits */
export function hashOf(record: AuditRecord, before: string): string {
  return createHash('sha256').update(canonicalRecord(record, before)).digest('hex');
}

async function append(records: Transaction<Tables>, chain: string, deed: Deed): Promise<void> {
  const head = await records
    .selectFrom('audit_heads')
    .select(['seq', 'hash'])
    .where('chain', '=', chain)
    .executeTakeFirst();
  const record: AuditRecord = {
    chain,
    seq: (head?.seq ?? 0) + 1,
    at: deed.at,
    kind: deed.kind,
    personId: deed.by.personId,
    way: deed.by.way,
    tokenId: deed.by.tokenId,
    from: deed.by.from,
    caseId: deed.caseId ?? null,
    objectKind: deed.object?.kind ?? null,
    objectId: deed.object?.id ?? null,
    detail: canonicalDetail({ ...deed.detail }),
  };
  const hash = hashOf(record, head?.hash ?? BEFORE_THE_FIRST);
  await records.insertInto('audit').values(asRow(record, hash)).execute();
  const end = { seq: record.seq, hash };
  await records
    .insertInto('audit_heads')
    .values({ chain, ...end })
    .onConflict((conflict) => conflict.column('chain').doUpdateSet(end))
    .execute();
}

function asRow(record: AuditRecord, hash: string): Tables['audit'] {
  return {
    chain: record.chain,
    seq: record.seq,
    at: record.at,
    kind: record.kind,
    person_id: record.personId,
    way: record.way,
    token_id: record.tokenId,
    from_block: record.from,
    case_id: record.caseId,
    object_kind: record.objectKind,
    object_id: record.objectId,
    detail: record.detail,
    hash,
  };
}

export function asRecord(row: Tables['audit']): AuditRecord {
  return {
    chain: row.chain,
    seq: Number(row.seq),
    at: Number(row.at),
    kind: row.kind,
    personId: row.person_id,
    way: row.way,
    tokenId: row.token_id,
    from: row.from_block,
    caseId: row.case_id,
    objectKind: row.object_kind,
    objectId: row.object_id,
    detail: row.detail,
  };
}
