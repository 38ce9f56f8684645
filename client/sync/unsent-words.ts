/** Words that the server never got, taken out of a replica that ends (SAVE-6). */
import * as Y from 'yjs';
import { CONTENT, FIELDS } from '../../shared/document/block-parts.ts';

/** Clients of a Y.Doc to the clock up to which the server has acknowledged them. */
export type AcknowledgedState = ReadonlyMap<number, number>;

/** Stands between two stretches with acknowledged text between them. */
const GAP = ' … ';
/** Keys of `fields` whose values somebody typed; others are choices and marks. */
const TYPED_VALUE = /^(value|year|source)\//;

/**
 * The text inserted beyond `acknowledged` that still stands, in the order of the
 * block: running text first, then text fields, then single values; a line for
 * each paragraph or field.
 * @param acknowledged a client that is absent has nothing acknowledged
 * @returns the empty string where nothing was inserted
 */
export function unsentWords(doc: Y.Doc, acknowledged: AcknowledgedState): string {
  const lines: string[] = [];
  collect(doc.getXmlFragment(CONTENT), acknowledged, lines);
  for (const name of [...doc.share.keys()].sort()) {
    if (name.startsWith('field/')) collect(doc.getText(name), acknowledged, lines);
  }
  const fields = doc.getMap(FIELDS);
  for (const [key, item] of [...fields._map].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (item.deleted || !TYPED_VALUE.test(key) || isAcknowledged(item, acknowledged)) continue;
    const value = fields.get(key);
    if (typeof value === 'string' && value !== '') lines.push(value);
  }
  return lines.join('\n');
}

function isAcknowledged(item: Y.Item, acknowledged: AcknowledgedState): boolean {
  return item.id.clock + item.length <= (acknowledged.get(item.id.client) ?? 0);
}

function collect(
  type: Y.XmlFragment | Y.Text | Y.XmlElement,
  acknowledged: AcknowledgedState,
  lines: string[],
): void {
  let line = '';
  let gap = false;
  for (let item = type._start; item; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentType) {
      const inner = item.content.type;
      if (inner instanceof Y.XmlFragment || inner instanceof Y.Text) collect(inner, acknowledged, lines);
    } else if (item.content instanceof Y.ContentString) {
      const known = Math.max(0, (acknowledged.get(item.id.client) ?? 0) - item.id.clock);
      const words = item.content.str.slice(known);
      if (known > 0 && line !== '') gap = true;
      if (words === '') continue;
      line += gap && line !== '' ? GAP + words : words;
      gap = false;
    }
  }
  if (line.trim() !== '') lines.push(line);
}

/**
 * The text that updates insert, as far as it can be told without the block that they
 * belong to: in the order of typing, without what they delete again.
 * @param wanted which characters count; all, where it is absent
 */
export function wordsOfUpdates(
  updates: readonly Uint8Array[],
  wanted: (client: number, clock: number) => boolean = () => true,
): string {
  const pieces: string[] = [];
  const decoded = updates.map((update) => Y.decodeUpdate(update));
  const deleted = (client: number, clock: number) =>
    decoded.some(({ ds }) =>
      ds.clients.get(client)?.some((range) => clock >= range.clock && clock < range.clock + range.len),
    );
  for (const { structs } of decoded) {
    for (const struct of structs) {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
      const { client, clock } = struct.id;
      const { str } = struct.content;
      let words = '';
      for (let index = 0; index < str.length; index++) {
        const at = clock + index;
        if (wanted(client, at) && !deleted(client, at)) words += str[index];
      }
      const last = pieces.length - 1;
      const goesOn = struct.origin?.client === client && struct.origin.clock === clock - 1;
      if (goesOn && last >= 0) pieces[last] += words;
      else pieces.push(words);
    }
  }
  return pieces.filter((piece) => piece.trim() !== '').join('\n');
}

/**
 * All words of `waiting` updates that still stand in the doc, are not in it yet
 * because they build on what is missing here, or were hidden in it by what somebody
 * else, or another tab, made of the text around them.
 */
export function wordsNotSent(doc: Y.Doc, waiting: readonly Uint8Array[]): string {
  const isAbsent = (client: number, clock: number) => {
    if (clock >= Y.getState(doc.store, client)) return true;
    return Y.getItem(doc.store, Y.createID(client, clock)).deleted;
  };
  const words = [unsentWords(doc, acknowledgedState(doc, waiting)), wordsOfUpdates(waiting, isAbsent)];
  return words.filter((part) => part !== '').join('\n');
}

/**
 * What the server has acknowledged of a doc in which `waiting` updates have not been.
 */
export function acknowledgedState(doc: Y.Doc, waiting: readonly Uint8Array[]): AcknowledgedState {
  const state = Y.decodeStateVector(Y.encodeStateVector(doc));
  for (const update of waiting) {
    for (const [client, clock] of Y.parseUpdateMeta(update).from) {
      if (clock < (state.get(client) ?? 0)) state.set(client, clock);
    }
  }
  return state;
}
