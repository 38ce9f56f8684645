import { createHash } from 'node:crypto';
import type { RecordStore } from '../ports/record-store.ts';
import type { AuthoredWords } from './shape-check.ts';

/**
 * Puts words that stood in what no editor can hold into the tray (SAVE-5). A record is
 * named after who typed the first of them, and where: what is kept again, by this
 * server or another, is the same record, with the longer words.
 * @param at milliseconds since 1970
 */
export async function keepUnheldWords(
  records: RecordStore,
  blockId: string,
  pieces: readonly AuthoredWords[],
  at: number,
): Promise<void> {
  await records.transaction(async (transaction) => {
    for (const piece of pieces) {
      const id = idOf(blockId, piece);
      const known = await transaction
        .selectFrom('lost_words')
        .select('words')
        .where('id', '=', id)
        .executeTakeFirst();
      if (!known) {
        await transaction
          .insertInto('lost_words')
          .values({
            id,
            block_id: blockId,
            words: piece.words,
            before_text: piece.before,
            after_text: piece.after,
            author_id: piece.authorId,
            caused_by_id: null,
            cause: 'not-held',
            at,
            settled_at: null,
            settled_by: null,
            settled_how: null,
          })
          .execute();
      } else if (known.words.length < piece.words.length) {
        await transaction
          .updateTable('lost_words')
          .set({ words: piece.words })
          .where('id', '=', id)
          .where('settled_at', 'is', null)
          .execute();
      }
    }
  });
}

/** As many random-looking characters as any other id. */
function idOf(blockId: string, { client, from }: AuthoredWords): string {
  return createHash('sha256')
    .update(`not-held ${blockId} ${client} ${from}`)
    .digest('base64url')
    .slice(0, 22);
}
