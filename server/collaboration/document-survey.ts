import * as Y from 'yjs';
import type { BlockDocument } from './block-document.ts';
import { ClockSet } from './clock-set.ts';
import type { ClockId } from './new-structs.ts';
import type { Survey } from './update-survey.ts';

/**
 * What has to be known of a block, asked of its document where there is one: that takes
 * a fraction of reading its bytes again.
 * @param document nothing of it waits for what is not there, and what was deleted is thrown away
 * @returns as `surveyUpdate` finds it in the bytes that the document encodes; the weight is the document's own
 */
export function surveyDocument(document: BlockDocument): Survey {
  const states = new Map<number, number>();
  const deleted = new ClockSet();
  const keyed = new ClockSet();
  const elements = new ClockSet();
  const removed = new ClockSet();
  const lastRights = new Map<number, ClockId>();
  let count = 0;
  for (const [client, structs] of document.doc.store.clients) {
    for (const struct of structs) {
      const from = struct.id.clock;
      const to = from + struct.length;
      if (struct.deleted) deleted.add(client, from, to);
      if (!(struct instanceof Y.Item)) {
        removed.add(client, from, to);
        continue;
      }
      if (struct.parentSub !== null) keyed.add(client, from, to);
      if (struct.content instanceof Y.ContentType) elements.add(client, from, to);
    }
    const last = structs.at(-1);
    if (!last) continue;
    count += structs.length;
    states.set(client, last.id.clock + last.length);
    if (last instanceof Y.Item && last.rightOrigin) {
      const { client: rightClient, clock } = last.rightOrigin;
      lastRights.set(client, { client: rightClient, clock });
    }
  }
  const { weight } = document;
  return { states, deleted, keyed, elements, removed, weight, structs: count, lastRights };
}
