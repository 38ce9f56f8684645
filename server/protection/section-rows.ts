import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { PersonFileRow } from '../../shared/protection/person-file.ts';
import { grantsFor } from './account-rows.ts';
import { instant, instantOrNull, type PersonReach } from './person-reach.ts';
import { BLOCKS_AT_ONCE, type SectionPlace, SectionPlaces } from './section-places.ts';

/** What is held on a person section by section. */

/** @returns the rows whose sections are in reach, with where these stand */
async function placed<R extends { readonly blockId: string }>(
  reach: PersonReach,
  rows: readonly R[],
): Promise<(Omit<R, 'blockId'> & SectionPlace)[]> {
  const places = await new SectionPlaces(reach).of(rows.map(({ blockId }) => blockId));
  return rows.flatMap(({ blockId, ...rest }) => {
    const place = places.get(blockId);
    return place ? [{ ...place, ...rest }] : [];
  });
}

export async function sharingRows(reach: PersonReach): Promise<PersonFileRow<'sharing'>[]> {
  return placed(reach, await grantsFor(reach));
}

export async function assignedRows(reach: PersonReach): Promise<PersonFileRow<'assigned'>[]> {
  const rows = await reach.records
    .selectFrom('section_status')
    .select(['block_id as blockId', 'due_on as dueOn'])
    .where('assignee_id', '=', reach.personId)
    .execute();
  return placed(reach, rows);
}

export async function statusRows(reach: PersonReach): Promise<PersonFileRow<'statuses'>[]> {
  const rows = await reach.records
    .selectFrom('section_status')
    .select(['block_id', 'status', 'not_applicable', 'set_at'])
    .where('set_by', '=', reach.personId)
    .execute();
  return placed(
    reach,
    rows.map((row) => ({
      blockId: row.block_id,
      status: row.status,
      notApplicable: row.not_applicable,
      at: instantOrNull(row.set_at),
    })),
  );
}

/** @returns words of theirs whole; of others' that their edit hid, or that they settled, only that it was so */
export async function lostWordsRows(reach: PersonReach): Promise<PersonFileRow<'lostWords'>[]> {
  const { personId } = reach;
  const rows = await reach.records
    .selectFrom('lost_words')
    .select(['block_id', 'words', 'at', 'author_id', 'caused_by_id', 'settled_by'])
    .where((eb) =>
      eb.or([
        eb('author_id', '=', personId),
        eb('caused_by_id', '=', personId),
        eb('settled_by', '=', personId),
      ]),
    )
    .orderBy('at')
    .execute();
  return placed(
    reach,
    rows.map((row) => ({
      blockId: row.block_id,
      words: row.author_id === personId ? row.words : '',
      at: instant(row.at),
      part:
        row.author_id === personId
          ? ('wrote' as const)
          : row.caused_by_id === personId
            ? ('hid' as const)
            : ('settled' as const),
    })),
  );
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
  const blockIds = await places.blockIds();
  for (let at = 0; at < blockIds.length; at += BLOCKS_AT_ONCE) {
    const ids = blockIds.slice(at, at + BLOCKS_AT_ONCE);
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
