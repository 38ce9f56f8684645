/**
 * When a section was written in, and by whom: from the log's own columns, without a byte
 * of what was written.
 */
import type { HistoryMoment } from '../../shared/api/history.ts';
import type { Records } from '../ports/record-store.ts';

/** Rows of one hand so long apart are two stretches of work, milliseconds. */
const PAUSE_MS = 10 * 60_000;
/** The longest stretch that is told as one. */
const LONGEST_MS = 60 * 60_000;

interface Part {
  readonly personId: string | null;
  readonly written: number;
  readonly from: number;
  readonly to: number;
  /** Of its last row. */
  readonly seq: number;
  /** Its end can be had again only with those of the same window; null: each row can. */
  readonly window: number | null;
}

/**
 * @param before only moments that ended before this row; null: from the newest
 * @returns so many, newest first, and whether there are older ones
 */
export async function loadTimeline(
  records: Records,
  blockId: string,
  before: number | null,
  most: number,
): Promise<{ readonly moments: readonly HistoryMoment[]; readonly more: boolean }> {
  const begun = await erasedBefore(records, blockId);
  const moments = momentsOf(await loadParts(records, blockId))
    .map((moment): HistoryMoment => {
      const { seq } = moment;
      return { ...moment, erased: seq < begun ? 'gone' : seq === begun ? 'here' : null };
    })
    .reverse();
  const older = before === null ? moments : moments.filter(({ seq }) => seq < before);
  return { moments: older.slice(0, most), more: older.length > most };
}

/**
 * @returns the change with which a section began anew when words were erased in it, the last time; 0: they
 *   never were (ERASE-2)
 */
export async function erasedBefore(records: Records, blockId: string): Promise<number> {
  const row = await records
    .selectFrom('block_rewrites')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('block_id', '=', blockId)
    .executeTakeFirst();
  return Number(row?.seq ?? 0);
}

async function loadParts(records: Records, blockId: string): Promise<readonly Part[]> {
  const windows = await records
    .selectFrom('block_changesets')
    .select(['author_id', 'on_behalf_of', 'clients', 'from_time', 'to_time', 'last_seq', 'window_number'])
    .where('block_id', '=', blockId)
    .orderBy('window_number')
    .orderBy('ordinal')
    .execute();
  const rows = await records
    .selectFrom('block_log')
    .select(['author_id', 'on_behalf_of', 'clients', 'server_time', 'seq'])
    .where('block_id', '=', blockId)
    .orderBy('seq')
    .execute();
  return [
    ...windows.map((one) => ({
      personId: writerOf(one),
      written: writtenBy(one.clients),
      from: one.from_time,
      to: one.to_time,
      seq: one.last_seq,
      window: one.window_number,
    })),
    ...rows.map((one) => ({
      personId: writerOf(one),
      written: writtenBy(one.clients),
      from: one.server_time,
      to: one.server_time,
      seq: one.seq,
      window: null,
    })),
  ];
}

/** What the service writes for somebody is theirs, but for the two ends of a mark: who says something of a text has not written in it. */
const MARK_ALONE = 2;

function writerOf(one: {
  readonly author_id: string | null;
  readonly on_behalf_of: string | null;
  readonly clients: string;
}): string | null {
  return one.author_id ?? (writtenBy(one.clients) <= MARK_ALONE ? null : one.on_behalf_of);
}

/** @param clients JSON: `[[client, from, to], …]` */
function writtenBy(clients: string): number {
  return (JSON.parse(clients) as [number, number, number][]).reduce(
    (sum, [, from, to]) => sum + to - from,
    0,
  );
}

/** @param parts oldest first @returns oldest first */
export function momentsOf(parts: readonly Part[]): Omit<HistoryMoment, 'erased'>[] {
  const groups: Part[][] = [];
  for (const part of parts) {
    const group = groups.at(-1);
    if (group && belongs(group, part)) group.push(part);
    else groups.push([part]);
  }
  return groups.map((group) => {
    const people = new Map<string | null, number>();
    for (const { personId, written } of group) people.set(personId, (people.get(personId) ?? 0) + written);
    return {
      seq: Math.max(...group.map(({ seq }) => seq)),
      from: Math.min(...group.map(({ from }) => from)),
      to: Math.max(...group.map(({ to }) => to)),
      people: [...people].sort(([, one], [, other]) => other - one).map(([id, written]) => ({ id, written })),
    };
  });
}

function belongs(group: readonly Part[], part: Part): boolean {
  const [first] = group as [Part];
  if (first.window !== null || part.window !== null) return first.window === part.window;
  const last = group.at(-1) as Part;
  // a clock that was set back makes no stretch longer
  return Math.abs(part.from - last.to) < PAUSE_MS && Math.abs(part.from - first.from) < LONGEST_MS;
}
