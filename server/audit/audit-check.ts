import { BEFORE_THE_FIRST } from '../../shared/audit/audit-record.ts';
import type { RecordStore, Records } from '../ports/record-store.ts';
import { asRecord, hashOf } from './audit-chain.ts';
import { unheldSharing } from './sharing-seal.ts';

export interface AuditCheck {
  readonly chains: number;
  readonly records: number;
  /** One line for each chain that does not hold, naming its first broken record. */
  readonly faults: readonly string[];
}

/** Records read at once. */
const AT_ONCE = 1_000;

/**
 * Follows every chain from its first record to the end that was noted for it.
 * Whoever can write the database can also make all of it anew: against that
 * helps only the seal (the last hash), kept somewhere else. All is read as it was
 * at one moment: what a running service records meanwhile is not looked at.
 */
export function checkAudit(records: RecordStore): Promise<AuditCheck> {
  return records.transaction(followAll);
}

async function followAll(records: Records): Promise<AuditCheck> {
  const heads = await records.selectFrom('audit_heads').selectAll().orderBy('chain').execute();
  const chains = await records.selectFrom('audit').select('chain').distinct().orderBy('chain').execute();
  const ends = new Map(heads.map((head) => [head.chain, head]));
  const names = [...new Set([...heads, ...chains].map((row) => row.chain))].sort();
  const faults: string[] = [];
  let count = 0;
  for (const chain of names) {
    const end = ends.get(chain);
    const found = await follow(records, chain);
    count += found.seq;
    if (found.fault !== null) faults.push(`audit of ${chain}: ${found.fault}`);
    else if (!end) faults.push(`audit of ${chain}: it is not noted where it ends`);
    else if (Number(end.seq) > found.seq) {
      faults.push(`audit of ${chain}: record ${found.seq + 1} is missing, it ended with ${end.seq}`);
    } else if (Number(end.seq) < found.seq) {
      faults.push(`audit of ${chain}: record ${Number(end.seq) + 1} was added past its end`);
    } else if (end.hash !== found.hash) {
      faults.push(`audit of ${chain}: record ${found.seq} is not the one that it ended with`);
    }
  }
  return { chains: names.length, records: count, faults };
}

interface Followed {
  /** The last record that holds. */
  readonly seq: number;
  readonly hash: string;
  readonly fault: string | null;
}

async function follow(records: Records, chain: string): Promise<Followed> {
  let seq = 0;
  let hash = BEFORE_THE_FIRST;
  for (;;) {
    const rows = await records
      .selectFrom('audit')
      .selectAll()
      .where('chain', '=', chain)
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(AT_ONCE)
      .execute();
    const unheld = await unheldSharing(records, rows);
    for (const row of rows) {
      const record = asRecord(row);
      if (record.seq !== seq + 1) {
        const fault = `record ${seq + 1} is missing, record ${record.seq} stands in its place`;
        return { seq, hash, fault };
      }
      const expected = hashOf(record, hash);
      if (row.hash !== expected) {
        return { seq, hash, fault: `record ${record.seq} is not what was written` };
      }
      if (unheld.has(record.seq)) {
        const fault = `record ${record.seq} tells of a change of sharing that is not there as it was made`;
        return { seq, hash, fault };
      }
      seq = record.seq;
      hash = expected;
    }
    if (rows.length < AT_ONCE) return { seq, hash, fault: null };
  }
}
