import * as Y from 'yjs';
import type { NewLogRow } from '../../server/ports/block-store.ts';
import { Paper } from '../collaboration/paper.ts';
import { BLOCK, LINEAGE } from './world.ts';

/** Who wrote before the schedule began. */
const BEFORE = 'dov';

/**
 * The log of a block that somebody has written in: three paragraphs, then letters
 * in a text field.
 * @param count rows, of which the first has the paragraphs; 0 is an empty block
 */
export function pastRows(count: number): readonly NewLogRow[] {
  const rows: NewLogRow[] = [];
  const doc = new Y.Doc();
  doc.clientID = 1;
  doc.on('update', (bytes: Uint8Array) => {
    const to = Y.getState(doc.store, 1);
    const from = rows.at(-1)?.clients[0]?.to ?? 0;
    const author = { authorId: BEFORE, onBehalfOf: null };
    const time = { serverTime: 0, deviceTime: null };
    rows.push({
      blockId: BLOCK,
      lineage: LINEAGE,
      ...author,
      ...time,
      clients: [{ client: 1, from, to }],
      bytes,
    });
  });
  if (count > 0) new Paper(doc).write('first words', 'second words', 'third words');
  while (rows.length < count) doc.getText('field/aims').insert(0, 'a');
  return rows;
}
