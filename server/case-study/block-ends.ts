import type { BlockStore } from '../ports/block-store.ts';
import type { RecordStore, Records } from '../ports/record-store.ts';

/**
 * The sequence number of a block's last change, whether its row still stands
 * or a window of history has taken its place.
 * @returns a query; 0 for a block that was never written in
 */
export function lastChange(records: Records, blockId: string) {
  return records
    .selectFrom('block_heads')
    .select((eb) =>
      eb.fn
        .coalesce(
          eb
            .selectFrom('block_log')
            .select((log) => log.fn.max('block_log.seq').as('seq'))
            .whereRef('block_log.block_id', '=', 'block_heads.block_id'),
          eb
            .selectFrom('block_changesets')
            .select((window) => window.fn.max('block_changesets.last_seq').as('seq'))
            .whereRef('block_changesets.block_id', '=', 'block_heads.block_id'),
          eb.lit(0),
        )
        .as('seq'),
    )
    .where('block_heads.block_id', '=', blockId);
}

/** @returns when the change with this sequence number, the block's last, was made; null: there is none */
export async function changedAt(
  parts: { readonly blocks: Pick<BlockStore, 'rowsAfter'>; readonly records: RecordStore },
  blockId: string,
  seq: number,
): Promise<number | null> {
  const [row] = await parts.blocks.rowsAfter(blockId, seq - 1, 1);
  if (row) return row.serverTime;
  const window = await parts.records.read
    .selectFrom('block_changesets')
    .select('to_time')
    .where('block_id', '=', blockId)
    .orderBy('last_seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return window?.to_time ?? null;
}
