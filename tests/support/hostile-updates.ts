/** Updates that no honest client sends; well-formed to a reader that believes what it reads. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** Writes an update by hand: numbers as varUints, texts as strings, `[n]` as a single byte. */
export function bytes(...parts: (number | string | [number])[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part);
    else if (typeof part === 'string') encoding.writeVarString(encoder, part);
    else encoding.writeUint8(encoder, part[0]);
  }
  return encoding.toUint8Array(encoder);
}

export const TEXT_IN_ROOT: [number] = [4];
export const TEXT_AFTER_ORIGIN: [number] = [0x84];
/** One client, one struct, client 7 from clock 0. */
const ONE = [1, 1, 7, 0] as const;
export const NO_DELETIONS = 0;

/** What each is, and its bytes. */
export const HOSTILE: readonly (readonly [string, Uint8Array])[] = [
  ['an empty text', bytes(...ONE, TEXT_IN_ROOT, 1, 'field/aims', '', NO_DELETIONS)],
  ['an origin ahead of itself', bytes(...ONE, TEXT_AFTER_ORIGIN, 7, 5, 'x', NO_DELETIONS)],
  ['a struct that is its own origin', bytes(...ONE, TEXT_AFTER_ORIGIN, 7, 0, 'x', NO_DELETIONS)],
  ['garbage of a giant length', bytes(...ONE, [0], 2 ** 50, NO_DELETIONS)],
  ['garbage of no length', bytes(...ONE, [0], 0, NO_DELETIONS)],
  ['a clock beyond reason', bytes(1, 1, 7, 2 ** 52, TEXT_IN_ROOT, 1, 'field/aims', 'x', NO_DELETIONS)],
  ['a client twice', bytes(2, 1, 7, 0, [0], 1, 1, 7, 1, [0], 1, NO_DELETIONS)],
  ['a client without structs', bytes(1, 0, 7, 0, NO_DELETIONS)],
  ['a count of structs that are not there', bytes(1, 2 ** 40, 7, 0, [0], 1)],
  ['a count of clients that are not there', bytes(2 ** 40)],
  ['a root that no block has', bytes(...ONE, TEXT_IN_ROOT, 1, 'elsewhere', 'x', NO_DELETIONS)],
  ['a document within the document', bytes(...ONE, [9], 1, 'content', 'guid', [118], 0, NO_DELETIONS)],
  ['an unknown type', bytes(...ONE, [7], 1, 'content', 99, NO_DELETIONS)],
  ['a mark that is no JSON', bytes(...ONE, [6], 1, 'field/aims', 'bold', '{', NO_DELETIONS)],
  ['a deletion of nothing', bytes(0, 1, 7, 1, 0, 0)],
  ['a deletion beyond reason', bytes(0, 1, 7, 1, 0, 2 ** 50)],
  ['bytes after its end', bytes(0, 0, 1)],
  ['no bytes', new Uint8Array()],
];

/** @returns elements within elements, so deep */
export function nested(depth: number): Uint8Array {
  const doc = new Y.Doc();
  let inner: Y.XmlFragment = doc.getXmlFragment('content');
  for (let i = 0; i < depth; i++) {
    const next = new Y.XmlElement('blockquote');
    inner.insert(0, [next]);
    inner = next;
  }
  return Y.encodeStateAsUpdate(doc);
}

/**
 * @returns an update of client 7 whose every letter stands before another letter of client 5's line in
 *   `field/aims`, so that each has to look for its place
 */
export function searchingUpdate(count: number, from = 0): Uint8Array {
  const structs = Array.from({ length: count }, (_, at) => [[0x44] as [number], 5, from + at + 1, 'x']);
  return bytes(1, count, 7, from, ...structs.flat(), NO_DELETIONS);
}
