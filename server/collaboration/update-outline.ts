/**
 * Reads a Yjs update (encoding 1) once, without a Y.Doc: which structs and
 * deletions it brings and what they need. Yjs believes its input: an origin ahead
 * of itself or a zero length throws in the middle of a merge, a count without
 * content allocates. Here such bytes are turned away first.
 * The layout is that of yjs 13 `readClientsStructRefs` and `readDeleteSet`.
 */
import * as decoding from 'lib0/decoding';
import { CONTENT, FIELDS } from '../../shared/document/block-parts.ts';
import type { ClientRange } from '../ports/block-store.ts';
import {
  MAX_CLIENTS_PER_UPDATE,
  MAX_CLOCK,
  MAX_KEY_CHARACTERS,
  MAX_STRUCT_LENGTH,
  MAX_STRUCTS_PER_UPDATE,
  MAX_VALUE_CHARACTERS,
} from './bounds.ts';

export interface Deletion {
  readonly clock: number;
  readonly len: number;
}

export interface UpdateOutline {
  /** Structs by client, in the order of the bytes; a client with a hole has several. */
  readonly ranges: readonly ClientRange[];
  /** Bytes of all structs: never less than the text in them has characters. */
  readonly structBytes: number;
  /** For each client, the highest clock that a struct builds on. */
  readonly needs: ReadonlyMap<number, number>;
  /** Deleted clocks by client, sorted and merged. */
  readonly deletions: ReadonlyMap<number, readonly Deletion[]>;
}

export class MalformedUpdateError extends Error {
  override readonly name = 'MalformedUpdateError';
}

const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_PARENT_KEY = 0x20;
const KIND = 0x1f;
const XML_ELEMENT = 3;
const XML_HOOK = 5;
const LAST_TYPE = 6;

/** @throws MalformedUpdateError for what is no update, or none that a block may hold */
export function readUpdateOutline(update: Uint8Array): UpdateOutline {
  try {
    return readOutline(decoding.createDecoder(update));
  } catch (cause) {
    if (cause instanceof MalformedUpdateError) throw cause;
    throw new MalformedUpdateError('ends too early or nests too deeply', { cause });
  }
}

function readOutline(decoder: decoding.Decoder): UpdateOutline {
  const ranges: ClientRange[] = [];
  const needs = new Map<number, number>();
  const seen = new Set<number>();
  let structs = 0;
  const sections = decoding.readVarUint(decoder);
  if (sections > MAX_CLIENTS_PER_UPDATE) throw new MalformedUpdateError('too many clients');
  for (let i = 0; i < sections; i++) {
    const count = decoding.readVarUint(decoder);
    const client = readClient(decoder);
    if (count === 0) throw new MalformedUpdateError('a client without structs');
    structs += count;
    if (structs > MAX_STRUCTS_PER_UPDATE) throw new MalformedUpdateError('too many structs');
    if (seen.has(client)) throw new MalformedUpdateError('a client twice');
    seen.add(client);
    readSection(decoder, client, count, ranges, needs);
  }
  const structBytes = decoder.pos;
  const deletions = readDeletions(decoder);
  if (decoding.hasContent(decoder)) throw new MalformedUpdateError('bytes after its end');
  return { ranges, structBytes, needs, deletions };
}

function readSection(
  decoder: decoding.Decoder,
  client: number,
  count: number,
  ranges: ClientRange[],
  needs: Map<number, number>,
): void {
  let clock = readClock(decoder);
  let from = clock;
  for (let i = 0; i < count; i++) {
    const info = decoding.readUint8(decoder);
    if (info === 10) {
      if (clock > from) ranges.push({ client, from, to: clock });
      clock += readLength(decoder);
      from = clock;
    } else {
      clock += (info & KIND) === 0 ? readLength(decoder) : readItem(decoder, info, client, clock, needs);
    }
    if (clock > MAX_CLOCK) throw new MalformedUpdateError('a clock beyond the limit');
  }
  if (clock > from) ranges.push({ client, from, to: clock });
}

/** @returns the item's length */
function readItem(
  decoder: decoding.Decoder,
  info: number,
  client: number,
  clock: number,
  needs: Map<number, number>,
): number {
  const readNeed = () => {
    const needed = readClient(decoder);
    const at = readClock(decoder);
    if (needed === client) {
      if (at >= clock) throw new MalformedUpdateError('a struct that builds on a later one');
    } else if ((needs.get(needed) ?? -1) < at) {
      needs.set(needed, at);
    }
  };
  if (info & HAS_ORIGIN) readNeed();
  if (info & HAS_RIGHT_ORIGIN) readNeed();
  if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) {
    if (decoding.readVarUint(decoder) === 1) readRoot(decoder);
    else readNeed();
    if (info & HAS_PARENT_KEY) readKey(decoder);
  }
  return readContent(decoder, info & KIND);
}

function readContent(decoder: decoding.Decoder, kind: number): number {
  switch (kind) {
    case 1:
      return readLength(decoder);
    case 2: {
      const count = readLength(decoder);
      for (let i = 0; i < count; i++) {
        const text = readValueText(decoder);
        if (text !== 'undefined') parseJson(text);
      }
      return count;
    }
    case 3:
      decoding.readVarUint8Array(decoder);
      return 1;
    case 4: {
      const { length } = decoding.readVarString(decoder);
      if (length === 0) throw new MalformedUpdateError('an empty text');
      return length;
    }
    case 5:
      parseJson(readValueText(decoder));
      return 1;
    case 6:
      readKey(decoder);
      parseJson(readValueText(decoder));
      return 1;
    case 7: {
      const type = decoding.readVarUint(decoder);
      if (type > LAST_TYPE) throw new MalformedUpdateError('an unknown type');
      if (type === XML_ELEMENT || type === XML_HOOK) readKey(decoder);
      return 1;
    }
    case 8: {
      const count = readLength(decoder);
      for (let i = 0; i < count; i++) decoding.readAny(decoder);
      return count;
    }
    default:
      throw new MalformedUpdateError(`content of kind ${kind}`);
  }
}

function readDeletions(decoder: decoding.Decoder): Map<number, Deletion[]> {
  const deletions = new Map<number, Deletion[]>();
  let ranges = 0;
  const clients = decoding.readVarUint(decoder);
  for (let i = 0; i < clients; i++) {
    const client = readClient(decoder);
    const count = decoding.readVarUint(decoder);
    ranges += count;
    if (ranges > MAX_STRUCTS_PER_UPDATE) throw new MalformedUpdateError('too many deletions');
    const found = deletions.get(client) ?? [];
    for (let j = 0; j < count; j++) {
      const clock = readClock(decoder);
      const len = decoding.readVarUint(decoder);
      if (len === 0 || clock + len > MAX_CLOCK) throw new MalformedUpdateError('a deletion beyond the limit');
      found.push({ clock, len });
    }
    deletions.set(client, found);
  }
  for (const [client, found] of deletions) deletions.set(client, merged(found));
  return deletions;
}

function merged(found: Deletion[]): Deletion[] {
  found.sort((a, b) => a.clock - b.clock);
  const result: Deletion[] = [];
  for (const next of found) {
    const last = result.at(-1);
    if (last && last.clock + last.len >= next.clock) {
      const len = Math.max(last.len, next.clock + next.len - last.clock);
      result[result.length - 1] = { clock: last.clock, len };
    } else {
      result.push(next);
    }
  }
  return result;
}

/** @returns whether the outline's own deletions name this struct's first clock */
export function deletes(outline: UpdateOutline, client: number, clock: number): boolean {
  const found = outline.deletions.get(client);
  if (!found) return false;
  let low = 0;
  let high = found.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const deletion = found[middle] as Deletion;
    if (deletion.clock > clock) high = middle - 1;
    else if (deletion.clock + deletion.len <= clock) low = middle + 1;
    else return true;
  }
  return false;
}

function readClient(decoder: decoding.Decoder): number {
  const client = decoding.readVarUint(decoder);
  if (!Number.isSafeInteger(client)) throw new MalformedUpdateError('a client id beyond the limit');
  return client;
}

function readClock(decoder: decoding.Decoder): number {
  const clock = decoding.readVarUint(decoder);
  if (clock > MAX_CLOCK) throw new MalformedUpdateError('a clock beyond the limit');
  return clock;
}

function readLength(decoder: decoding.Decoder): number {
  const length = decoding.readVarUint(decoder);
  if (length === 0 || length > MAX_STRUCT_LENGTH) throw new MalformedUpdateError('a length beyond the limit');
  return length;
}

function readRoot(decoder: decoding.Decoder): void {
  const name = readKey(decoder);
  if (name !== CONTENT && name !== FIELDS && !name.startsWith('field/')) {
    throw new MalformedUpdateError('a part that a block does not have');
  }
}

function readKey(decoder: decoding.Decoder): string {
  const key = decoding.readVarString(decoder);
  if (key.length > MAX_KEY_CHARACTERS) throw new MalformedUpdateError('a key that is too long');
  return key;
}

function readValueText(decoder: decoding.Decoder): string {
  const text = decoding.readVarString(decoder);
  if (text.length > MAX_VALUE_CHARACTERS) throw new MalformedUpdateError('a value that is too long');
  return text;
}

function parseJson(text: string): void {
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new MalformedUpdateError('a value that is no JSON', { cause });
  }
}
