import { threadOf } from '../../shared/comments/thread.ts';
import type { RecordStore, Records } from '../ports/record-store.ts';
import { eventOf } from './thread-store.ts';

export interface ThreadCheck {
  readonly threads: number;
  /** One line for each thread that cannot be read whole. */
  readonly faults: readonly string[];
}

/** Threads read at once. */
const AT_ONCE = 200;

/** Reads every thread from its first act to its last. */
export function checkThreads(records: RecordStore): Promise<ThreadCheck> {
  return records.transaction(readAll);
}

async function readAll(records: Records): Promise<ThreadCheck> {
  const faults: string[] = [];
  let threads = 0;
  for (let after = ''; ; ) {
    const rows = await records
      .selectFrom('threads')
      .select(['id', 'audience', 'anchor'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(AT_ONCE)
      .execute();
    for (const row of rows) {
      const fault = await faultOf(records, row);
      if (fault !== null) faults.push(`thread ${row.id}: ${fault}`);
    }
    threads += rows.length;
    if (rows.length < AT_ONCE) break;
    after = rows.at(-1)?.id ?? after;
  }
  const stray = await records
    .selectFrom('thread_events')
    .select('thread_id')
    .where('thread_id', 'not in', records.selectFrom('threads').select('id'))
    .distinct()
    .execute();
  for (const { thread_id } of stray)
    faults.push(`thread ${thread_id}: something was done in it and it is not there`);
  return { threads, faults };
}

async function faultOf(
  records: Records,
  row: { readonly id: string; readonly audience: string; readonly anchor: string | null },
): Promise<string | null> {
  const rows = await records
    .selectFrom('thread_events')
    .selectAll()
    .where('thread_id', '=', row.id)
    .orderBy('seq')
    .execute();
  const missing = rows.findIndex(({ seq }, at) => Number(seq) !== at + 1);
  if (missing !== -1) return `act ${missing + 1} is missing`;
  try {
    const thread = threadOf(rows.map(eventOf));
    if (!thread) return 'nothing was done in it';
    const anchor = thread.target.on === 'range' ? thread.target.anchor : null;
    if (thread.audience !== row.audience) return 'its acts say that others may read it';
    return anchor === row.anchor ? null : 'its acts say that it is about other words';
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}
