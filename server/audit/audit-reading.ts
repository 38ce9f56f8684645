import { setImmediate } from 'node:timers/promises';
import type { AuditChoice, AuditEntry } from '../../shared/api/audit.ts';
import {
  AUDIT_GROUPS,
  AUDIT_OBJECTS,
  AUDIT_WAYS,
  type AuditKind,
  studyChain,
} from '../../shared/audit/audit-record.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { formerNames } from '../protection/former-people.ts';

/** Which part of a chain is read: newest first, from before a record. */
export interface AuditPart {
  readonly chain: string;
  readonly choice: AuditChoice;
  /** The record after the newest that is wanted; absent: from the newest of all. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/**
 * Records looked through in one statement, first and at most. No index helps with
 * every filter, and a statement holds everybody up: these are a few milliseconds
 * of it, however long the chain is and however seldom what is asked for.
 */
const FIRST_LOOK = 1_000;
const LONGEST_LOOK = 5_000;

/** @returns the part, newest first */
export async function readAudit(records: Records, part: AuditPart): Promise<AuditEntry[]> {
  const end = ((await sealOf(records, part.chain))?.seq ?? 0) + 1;
  const found: AuditEntry[] = [];
  let before = Math.min(part.before ?? end, end);
  let look = FIRST_LOOK;
  while (before > 1 && found.length < part.limit) {
    if (look > FIRST_LOOK) await setImmediate();
    const from = Math.max(1, before - look);
    const rows = await choose(records, part, { from, before })
      .orderBy('seq', 'desc')
      .limit(part.limit - found.length)
      .execute();
    found.push(...rows.map(asEntry));
    before = from;
    look = Math.min(look * 4, LONGEST_LOOK);
  }
  return found;
}

function choose(
  records: Records,
  { chain, choice }: AuditPart,
  range: { readonly from: number; readonly before: number },
) {
  let query = records
    .selectFrom('audit')
    .selectAll()
    .where('chain', '=', chain)
    .where('seq', '>=', range.from)
    .where('seq', '<', range.before);
  const { person } = choice;
  if (person !== undefined) {
    query = query.where((eb) =>
      eb.or([
        eb('person_id', '=', person),
        eb.and([eb('object_kind', '=', 'person'), eb('object_id', '=', person)]),
      ]),
    );
  }
  if (choice.about !== undefined) query = query.where('kind', 'in', kindsOf(choice.about));
  if (choice.case !== undefined) query = query.where('case_id', '=', choice.case);
  if (choice.since !== undefined) query = query.where('at', '>=', choice.since);
  if (choice.until !== undefined) query = query.where('at', '<', choice.until);
  return query;
}

/** @returns where a chain ends; null for one without records */
export async function sealOf(
  records: Records,
  chain: string,
): Promise<{ readonly seq: number; readonly hash: string } | null> {
  const head = await records
    .selectFrom('audit_heads')
    .select(['seq', 'hash'])
    .where('chain', '=', chain)
    .executeTakeFirst();
  return head ? { seq: Number(head.seq), hash: head.hash } : null;
}

/** @returns everybody whom the records of a study name and who is still here, by name */
export async function peopleOfAudit(
  records: Records,
  studyId: string,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const chain = studyChain(studyId);
  // Asked for each person, of whom there are few: the index answers without reading the chain.
  const rows = await records
    .selectFrom('user')
    .select(['id', 'name'])
    .where((eb) =>
      eb.or([
        eb.exists(
          eb
            .selectFrom('audit')
            .select('seq')
            .where('chain', '=', chain)
            .whereRef('person_id', '=', 'user.id'),
        ),
        eb.exists(
          eb
            .selectFrom('audit')
            .select('seq')
            .where('chain', '=', chain)
            .where('object_kind', '=', 'person')
            .whereRef('object_id', '=', 'user.id'),
        ),
      ]),
    )
    .execute();
  const former = await formerNames(records, studyId);
  const people = rows.map(({ id, name }) => ({ id, name: former.get(id) ?? name }));
  return people.sort(
    (one, other) => one.name.localeCompare(other.name, 'en') || (one.id < other.id ? -1 : 1),
  );
}

function kindsOf(group: keyof typeof AUDIT_GROUPS): readonly AuditKind[] {
  return AUDIT_GROUPS[group];
}

/** @returns a record as it is told */
export function asEntry(row: Tables['audit']): AuditEntry {
  const objectKind = AUDIT_OBJECTS.find((kind) => kind === row.object_kind);
  return {
    seq: Number(row.seq),
    at: Number(row.at),
    kind: row.kind,
    personId: row.person_id,
    way: AUDIT_WAYS.find((way) => way === row.way) ?? 'server',
    tokenId: row.token_id,
    from: row.from_block,
    caseId: row.case_id,
    object: objectKind && row.object_id !== null ? { kind: objectKind, id: row.object_id } : null,
    detail: JSON.parse(row.detail) as AuditEntry['detail'],
    hash: row.hash,
  };
}
