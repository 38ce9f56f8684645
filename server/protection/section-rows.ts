import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { PersonFileRow } from '../../shared/protection/person-file.ts';
import { readGrant } from '../studies/access-lookup.ts';
import { instant, instantOrNull, type PersonReach } from './person-reach.ts';
import { type SectionPlace, SectionPlaces } from './section-places.ts';

/** What is held on a person section by section. */

/** Rows read at once: what waits in memory, and how long others wait for the database. */
const ROWS_AT_ONCE = 200;

interface OfBlock {
  readonly blockId: string;
}

/**
 * Rows whose sections are in reach, with where these stand, so many at a time that nobody waits for it.
 * @param read the rows after one of them, in one order; `ROWS_AT_ONCE` where there are so many
 */
async function* placed<R extends OfBlock, S extends object>(
  reach: PersonReach,
  read: (after: R | null) => Promise<readonly R[]>,
  tell: (row: R) => S,
): AsyncGenerator<SectionPlace & S> {
  const places = new SectionPlaces(reach);
  let last: R | null = null;
  for (;;) {
    const page: readonly R[] = await read(last);
    const known = await places.of(page.map(({ blockId }) => blockId));
    for (const row of page) {
      const place = known.get(row.blockId);
      if (place) yield { ...place, ...tell(row) };
    }
    if (page.length < ROWS_AT_ONCE) return;
    last = page.at(-1) ?? null;
    await setImmediate();
  }
}

/** What is set for them in grids of sharing, block by block. */
export function sharingRows(reach: PersonReach): AsyncGenerator<PersonFileRow<'sharing'>> {
  const read = (after: (OfBlock & { readonly level: string | null; readonly at: number }) | null) =>
    reach.records
      .selectFrom('block_grants')
      .select(['block_id as blockId', 'level', 'set_at as at'])
      .where('person_id', '=', reach.personId)
      .$if(after !== null, (query) =>
        query.where((eb) =>
          eb(eb.refTuple('set_at', 'block_id'), '>', eb.tuple(after?.at ?? 0, after?.blockId ?? '')),
        ),
      )
      .orderBy('set_at')
      .orderBy('block_id')
      .limit(ROWS_AT_ONCE)
      .execute();
  return placed(reach, read, ({ level, at }) => ({ level: readGrant(level), at: instant(at) }));
}

export function assignedRows(reach: PersonReach): AsyncGenerator<PersonFileRow<'assigned'>> {
  const read = (after: (OfBlock & { readonly dueOn: string | null }) | null) =>
    reach.records
      .selectFrom('section_status')
      .select(['block_id as blockId', 'due_on as dueOn'])
      .where('assignee_id', '=', reach.personId)
      .where('block_id', '>', after?.blockId ?? '')
      .orderBy('block_id')
      .limit(ROWS_AT_ONCE)
      .execute();
  return placed(reach, read, ({ dueOn }) => ({ dueOn }));
}

export function statusRows(reach: PersonReach): AsyncGenerator<PersonFileRow<'statuses'>> {
  const read = (after: OfBlock | null) =>
    reach.records
      .selectFrom('section_status')
      .select(['block_id as blockId', 'status', 'not_applicable as notApplicable', 'set_at as at'])
      .where('set_by', '=', reach.personId)
      .where('block_id', '>', after?.blockId ?? '')
      .orderBy('block_id')
      .limit(ROWS_AT_ONCE)
      .execute();
  return placed(reach, read, ({ status, notApplicable, at }) => ({
    status,
    notApplicable,
    at: instantOrNull(at),
  }));
}

/** Words of theirs whole; of others' that their edit hid, or that they settled, only that it was so. */
export function lostWordsRows(reach: PersonReach): AsyncGenerator<PersonFileRow<'lostWords'>> {
  const { records, personId } = reach;
  const read = (after: (OfBlock & { readonly id: string; readonly at: number }) | null) =>
    records
      .selectFrom('lost_words')
      .select(['id', 'block_id as blockId', 'words', 'at', 'author_id', 'caused_by_id'])
      .where((eb) =>
        eb.or([
          eb('author_id', '=', personId),
          eb('caused_by_id', '=', personId),
          eb('settled_by', '=', personId),
        ]),
      )
      .$if(after !== null, (query) =>
        query.where((eb) => eb(eb.refTuple('at', 'id'), '>', eb.tuple(after?.at ?? 0, after?.id ?? ''))),
      )
      .orderBy('at')
      .orderBy('id')
      .limit(ROWS_AT_ONCE)
      .execute();
  return placed(reach, read, (row) => ({
    words: row.author_id === personId ? row.words : '',
    at: instant(row.at),
    part:
      row.author_id === personId
        ? ('wrote' as const)
        : row.caused_by_id === personId
          ? ('hid' as const)
          : ('settled' as const),
  }));
}

const DAY = 86_400_000;

interface Written {
  readonly block_id: string;
  /** Days since 1970, UTC. */
  readonly day: number;
  readonly first: number;
  readonly last: number;
  readonly edits: number;
}

/**
 * Where somebody wrote, and when, from the authors of the log: section by section,
 * day by day, so many sections at a time that nobody waits for it.
 */
export async function* wroteRows(reach: PersonReach): AsyncGenerator<PersonFileRow<'wrote'>> {
  const places = new SectionPlaces(reach);
  for await (const ids of places.blockIds()) {
    const written = [...(await inLog(reach, ids)), ...(await inChangesets(reach, ids))];
    const known = await places.of(written.map((row) => row.block_id));
    for (const row of byDay(written, ids)) {
      const place = known.get(row.block_id);
      if (!place) continue;
      yield {
        ...place,
        day: instant(row.day * DAY).slice(0, 10),
        from: instant(row.first),
        to: instant(row.last),
        edits: row.edits,
      };
    }
    await setImmediate();
  }
}

/** Rows that still stand one by one. */
function inLog({ records, personId }: PersonReach, ids: readonly string[]): Promise<Written[]> {
  return asWritten(
    records
      .selectFrom('block_log')
      .select(['block_id', sql<number>`server_time / ${sql.lit(DAY)}`.as('day')])
      .select((eb) => [
        eb.fn.min<number>('server_time').as('first'),
        eb.fn.max<number>('server_time').as('last'),
        eb.fn.countAll<number>().as('edits'),
      ])
      .where('block_id', 'in', ids)
      .where((eb) => eb.or([eb('author_id', '=', personId), eb('on_behalf_of', '=', personId)]))
      .groupBy(['block_id', 'day'])
      .execute(),
  );
}

/** Rows that were folded, as one for each window. */
function inChangesets({ records, personId }: PersonReach, ids: readonly string[]): Promise<Written[]> {
  return asWritten(
    records
      .selectFrom('block_changesets')
      .select(['block_id', sql<number>`from_time / ${sql.lit(DAY)}`.as('day')])
      .select((eb) => [
        eb.fn.min<number>('from_time').as('first'),
        eb.fn.max<number>('to_time').as('last'),
        eb.fn.sum<number>('row_count').as('edits'),
      ])
      .where('block_id', 'in', ids)
      .where((eb) => eb.or([eb('author_id', '=', personId), eb('on_behalf_of', '=', personId)]))
      .groupBy(['block_id', 'day'])
      .execute(),
  );
}

/** Whatever number the database makes of a sum. */
async function asWritten(
  rows: Promise<
    readonly { readonly [K in keyof Written]: K extends 'block_id' ? string : number | string }[]
  >,
): Promise<Written[]> {
  return (await rows).map((row) => ({
    block_id: row.block_id,
    day: Number(row.day),
    first: Number(row.first),
    last: Number(row.last),
    edits: Number(row.edits),
  }));
}

/** @returns one row for each block and day, in the order of the blocks, then of the days */
function byDay(written: readonly Written[], ids: readonly string[]): readonly Written[] {
  const days = new Map<string, Written>();
  for (const row of written) {
    const key = `${row.block_id} ${row.day}`;
    const other = days.get(key) ?? row;
    const edits = other === row ? row.edits : row.edits + other.edits;
    const first = Math.min(row.first, other.first);
    days.set(key, { ...row, first, last: Math.max(row.last, other.last), edits });
  }
  return [...days.values()].sort(
    (one, other) => ids.indexOf(one.block_id) - ids.indexOf(other.block_id) || one.day - other.day,
  );
}
