import { readText } from '../../shared/document/reading.ts';
import { readUses } from '../../shared/document/wording.ts';
import { readBlock } from '../collaboration/block-reading.ts';
import type { BlockStore } from '../ports/block-store.ts';
import type { RecordStore, Records } from '../ports/record-store.ts';
import type { Erasure } from './erasures.ts';

/**
 * Looks whether anything is left of what was erased for good (ERASE-1), as far as that can be told
 * without the words: rows that should be empty, and texts that were rewritten for it.
 * @returns one line for each thing that is left
 */
export async function checkErasures(
  { read: records }: RecordStore,
  blocks: Pick<BlockStore, 'load'>,
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const erasure of await records.selectFrom('erasures').selectAll().orderBy('asked_at').execute()) {
    if (erasure.done_at === null) {
      faults.push(`erasure ${erasure.id}: is not carried out yet; it is at the next start`);
      continue;
    }
    const left = [
      ...(await leftInRecords(records, erasure)),
      ...(await leftInTexts(records, blocks, erasure)),
    ];
    faults.push(...left.map((what) => `erasure ${erasure.id}: ${what}`));
  }
  return faults;
}

async function leftInRecords(records: Records, erasure: Erasure): Promise<string[]> {
  const left: string[] = [];
  const quoteIds = JSON.parse(erasure.quotes) as string[];
  if (quoteIds.length > 0) {
    const words = await records
      .selectFrom('quote_words')
      .select('quote_id')
      .distinct()
      .where('quote_id', 'in', quoteIds)
      .execute();
    const quotes = await records
      .selectFrom('quotes')
      .select('id')
      .where('id', 'in', quoteIds)
      .where((eb) => eb.or([eb('captured', '<>', ''), eb('original', '<>', ''), eb('source', '<>', '')]))
      .execute();
    const ids = new Set([...words.map((row) => row.quote_id), ...quotes.map(({ id }) => id)]);
    left.push(...[...ids].map((id) => `words of quote ${id} are left in its record`));
  }
  if (erasure.speaker_id === null) return left;
  const speaker = await records
    .selectFrom('speakers')
    .select('id')
    .where('id', '=', erasure.speaker_id)
    .where((eb) => eb.or([eb('name', '<>', ''), eb('email', '<>', ''), eb('telephone', '<>', '')]))
    .executeTakeFirst();
  return speaker ? [...left, `who speaker ${speaker.id} is, is left`] : left;
}

/** A text that cannot be read is told of by the check of texts. */
async function leftInTexts(
  records: Records,
  blocks: Pick<BlockStore, 'load'>,
  erasure: Erasure,
): Promise<string[]> {
  const quoteIds = new Set(JSON.parse(erasure.quotes) as string[]);
  const rewritten = await records
    .selectFrom('block_rewrites')
    .select('block_id')
    .where('erasure_id', '=', erasure.id)
    .execute();
  const left: string[] = [];
  for (const { block_id: blockId } of rewritten) {
    const opened = await readBlock(blocks, blockId).catch(() => null);
    if (!opened) continue;
    const uses = readUses(readText(opened.doc)).filter(({ quote }) => quoteIds.has(quote));
    opened.doc.destroy();
    if (uses.length > 0) left.push(`its words stand in block ${blockId}`);
  }
  return left;
}
