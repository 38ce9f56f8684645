import { sql } from 'kysely';
import type { Parts } from '../parts.ts';

/**
 * Lets go of readings of texts as they were before they were rewritten: whoever was reading at that
 * moment may have kept one afterwards. They would be made anew when next asked for; until then words
 * would be left in them (ERASE-1).
 * @returns how many there were
 */
export async function dropStaleReadings({
  records,
  search,
}: Pick<Parts, 'records' | 'search'>): Promise<number> {
  const projections = await records.read
    .deleteFrom('projections')
    .where('block_id', 'in', (eb) => eb.selectFrom('block_rewrites').select('block_id'))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('block_heads')
            .select('block_heads.block_id')
            .whereRef('block_heads.block_id', '=', 'projections.block_id')
            // A reading has the way of reading before the lineage, and whose names are in it behind.
            .where(sql<boolean>`'/' || projections.lineage || '/' like '%/' || block_heads.lineage || '/%'`),
        ),
      ),
    )
    .executeTakeFirst();
  const indexed = await records.read
    .selectFrom('search_heads')
    .innerJoin('block_heads', 'block_heads.block_id', 'search_heads.block_id')
    .select('search_heads.block_id')
    .where('search_heads.block_id', 'in', (eb) => eb.selectFrom('block_rewrites').select('block_id'))
    // The index puts its own version before the lineage.
    .where(sql<boolean>`search_heads.lineage not like '%' || block_heads.lineage`)
    .execute();
  for (const { block_id: blockId } of indexed) await search.forget(blockId);
  return Number(projections.numDeletedRows) + indexed.length;
}
