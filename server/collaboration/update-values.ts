/**
 * Plain values inside an update: lib0's `any`, and JSON in a text. Editors,
 * exports and Yjs itself walk them by recursion and copy them by key.
 */
import { MAX_VALUE_CHARACTERS, MAX_VALUE_DEPTH } from './bounds.ts';
import { MalformedUpdateError, type UpdateCursor } from './update-cursor.ts';

/** An element or a single value costs more than a character: it is an object here, and often a node on every page. */
export const ELEMENT_WEIGHT = 8;

export const asciiBytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
/** Names that reach an object's prototype where somebody copies by key. */
const RESERVED_NAMES = ['__proto__', 'constructor', 'prototype'];
const RESERVED_BYTES = RESERVED_NAMES.map(asciiBytes);

/** @returns whether the bytes between are exactly these */
export function isAt(bytes: Uint8Array, from: number, to: number, name: Uint8Array): boolean {
  return to - from === name.length && beginsAt(bytes, from, to, name);
}

export function beginsAt(bytes: Uint8Array, from: number, to: number, name: Uint8Array): boolean {
  if (to - from < name.length) return false;
  for (let i = 0; i < name.length; i++) {
    if (bytes[from + i] !== name[i]) return false;
  }
  return true;
}

/** @returns whether the bytes between are a name that no key may have */
export function isReservedAt(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from;
  if (length < 9 || length > 11) return false;
  return RESERVED_BYTES.some((name) => isAt(bytes, from, to, name));
}

/** Reads over values of lib0's `any`. */
export class AnyReader {
  readonly #cursor: UpdateCursor;
  /** Why a block may not hold what was read since this was last null. */
  refusal: string | null = null;

  constructor(cursor: UpdateCursor) {
    this.#cursor = cursor;
  }

  /**
   * @returns the value's weight: its characters, with a little for all that is no text
   * @throws MalformedUpdateError where it is no value or nests too deeply
   */
  skip(): number {
    const weight = this.#skip(0);
    if (weight > MAX_VALUE_CHARACTERS) this.refusal = 'a value that is too large';
    return weight;
  }

  #skip(depth: number): number {
    const cursor = this.#cursor;
    switch (cursor.byte()) {
      case 127: // undefined
      case 126: // null
      case 121: // false
      case 120: // true
        return ELEMENT_WEIGHT;
      case 125:
        cursor.skipVarInt();
        return ELEMENT_WEIGHT;
      case 124:
        cursor.skip(4);
        return ELEMENT_WEIGHT;
      case 123:
        cursor.skip(8);
        return ELEMENT_WEIGHT;
      case 122:
        cursor.skip(8);
        // Whoever writes it as JSON fails.
        this.refusal = 'a value that is no JSON';
        return ELEMENT_WEIGHT;
      case 119:
        return cursor.skipText() + 1;
      case 118:
        return this.#skipEntries(depth, true);
      case 117:
        return this.#skipEntries(depth, false);
      case 116:
        cursor.skip(cursor.varUint());
        this.refusal = 'a value that is no JSON';
        return ELEMENT_WEIGHT;
      default:
        throw new MalformedUpdateError('a value of an unknown kind');
    }
  }

  #skipEntries(depth: number, named: boolean): number {
    if (depth === MAX_VALUE_DEPTH) throw new MalformedUpdateError('a value that nests too deeply');
    const cursor = this.#cursor;
    let weight = ELEMENT_WEIGHT;
    // Every entry takes a byte at least, so that a false count ends with the bytes.
    for (let left = cursor.varUint(); left > 0; left--) {
      if (named) {
        const length = cursor.skipText();
        if (isReservedAt(cursor.bytes, cursor.textAt, cursor.at)) this.refusal = 'a reserved name';
        weight += length;
      }
      weight += this.#skip(depth + 1);
    }
    return weight;
  }
}

/**
 * @param text what Yjs will parse as JSON
 * @returns why a block may not hold it; null if it may
 */
export function jsonRefusal(text: string): string | null {
  if (text.length > MAX_VALUE_CHARACTERS) return 'a value that is too large';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'a value that is no JSON';
  }
  return valueRefusal(value, 0);
}

function valueRefusal(value: unknown, depth: number): string | null {
  if (value === null || typeof value !== 'object') return null;
  if (depth === MAX_VALUE_DEPTH) return 'a value that nests too deeply';
  for (const key of Object.keys(value)) {
    if (RESERVED_NAMES.includes(key)) return 'a reserved name';
    const refusal = valueRefusal((value as Record<string, unknown>)[key], depth + 1);
    if (refusal) return refusal;
  }
  return null;
}
