/**
 * Reads one struct of a Yjs update (encoding 1) at a time into its own fields.
 * The layout is that of yjs 13 `readClientsStructRefs`.
 */
import * as encoding from 'lib0/encoding';
import { CONTENT, FIELDS } from '../../shared/document/block-parts.ts';
import { MAX_KEY_CHARACTERS } from './bounds.ts';
import { MalformedUpdateError, UpdateCursor } from './update-cursor.ts';
import {
  AnyReader,
  asciiBytes,
  beginsAt,
  ELEMENT_WEIGHT,
  isAt,
  isReservedAt,
  jsonRefusal,
} from './update-values.ts';

/** What a struct holds: the low five bits of its first byte. */
export const GC = 0;
export const DELETED = 1;
const JSON_VALUES = 2;
const BINARY = 3;
export const TEXT = 4;
const EMBED = 5;
const FORMAT = 6;
export const TYPE = 7;
export const ANY_VALUES = 8;
const DOCUMENT = 9;
export const SKIP = 10;

const KIND = 0x1f;
const HAS_KEY = 0x20;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_ORIGIN = 0x80;

const XML_ELEMENT = 3;
const XML_HOOK = 5;
const XML_TEXT = 6;

const CONTENT_NAME = asciiBytes(CONTENT);
const FIELDS_NAME = asciiBytes(FIELDS);
const FIELD_PREFIX = asciiBytes('field/');

/** For a client id: nothing is named. */
export const NONE = -1;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class StructReader {
  readonly #cursor: UpdateCursor;
  readonly #values: AnyReader;
  #info = 0;
  #typeKind = 0;
  #isRoot = false;
  #rootFrom = 0;
  #rootTo = 0;
  #keyFrom = 0;
  #keyTo = 0;
  #nameFrom = 0;
  #nameTo = 0;
  #longestName = 0;
  #contentAt = 0;

  kind = GC;
  /** Clocks that it takes. */
  length = 0;
  /** Characters of its text, with a little for every element and value. */
  weight = 0;
  originClient = NONE;
  originClock = 0;
  rightClient = NONE;
  rightClock = 0;
  /** The type that it stands in; told only where it has neither origin. */
  parentClient = NONE;
  parentClock = 0;
  /** It names a key; told only where it has neither origin. */
  isKeyed = false;

  constructor(cursor: UpdateCursor) {
    this.#cursor = cursor;
    this.#values = new AnyReader(cursor);
  }

  /** @throws MalformedUpdateError for what is no struct in any document */
  read(): void {
    const info = this.#cursor.byte();
    this.#info = info;
    this.kind = info & KIND;
    this.originClient = this.rightClient = this.parentClient = NONE;
    this.#isRoot = false;
    this.isKeyed = false;
    this.#longestName = 0;
    if (this.kind === GC || this.kind === SKIP) {
      // With flags, one part of Yjs takes it for an item and another does not.
      if (info !== this.kind) throw new MalformedUpdateError('flags on what is no item');
      this.length = this.#cursor.length();
      this.weight = 0;
    } else {
      this.#readPlace(info);
      this.#readContent();
    }
  }

  #readPlace(info: number): void {
    const cursor = this.#cursor;
    if (info & HAS_ORIGIN) {
      this.originClient = cursor.varUint();
      this.originClock = cursor.clock();
    }
    if (info & HAS_RIGHT_ORIGIN) {
      this.rightClient = cursor.varUint();
      this.rightClock = cursor.clock();
    }
    // With an origin, all this is copied from there, and the key's flag says no more than that there is one.
    if (info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) return;
    const isRoot = cursor.varUint();
    if (isRoot > 1) throw new MalformedUpdateError('a parent of an unknown kind');
    if (isRoot === 1) {
      this.#isRoot = true;
      this.#skipName();
      this.#rootFrom = cursor.textAt;
      this.#rootTo = cursor.at;
    } else {
      this.parentClient = cursor.varUint();
      this.parentClock = cursor.clock();
    }
    if (info & HAS_KEY) {
      this.isKeyed = true;
      this.#skipName();
      this.#keyFrom = cursor.textAt;
      this.#keyTo = cursor.at;
    }
  }

  #readContent(): void {
    const cursor = this.#cursor;
    this.#contentAt = cursor.at;
    this.length = 1;
    this.weight = ELEMENT_WEIGHT;
    switch (this.kind) {
      case TEXT:
        this.length = this.weight = cursor.skipText();
        if (this.length === 0) throw new MalformedUpdateError('an empty text');
        return;
      case DELETED:
        this.length = cursor.length();
        this.weight = 0;
        return;
      case TYPE:
        this.#typeKind = cursor.varUint();
        if (this.#typeKind > XML_TEXT) throw new MalformedUpdateError('a type of an unknown kind');
        if (this.#typeKind === XML_ELEMENT || this.#typeKind === XML_HOOK) this.#readName();
        return;
      case FORMAT:
        this.#readName();
        this.weight += cursor.skipText();
        return;
      case ANY_VALUES:
        this.length = cursor.length();
        this.weight = this.#skipValues(this.length);
        return;
      default:
        this.#skipForeign();
    }
  }

  /** Content that no block takes, but that a block may have held before it was so. */
  #skipForeign(): void {
    const cursor = this.#cursor;
    switch (this.kind) {
      case JSON_VALUES:
        this.length = cursor.length();
        for (let left = this.length; left > 0; left--) cursor.skipText();
        return;
      case BINARY:
        cursor.skip(cursor.varUint());
        return;
      case EMBED:
        cursor.skipText();
        return;
      case DOCUMENT:
        cursor.skipText();
        this.#values.skip();
        return;
      default:
        throw new MalformedUpdateError('content of an unknown kind');
    }
  }

  #skipValues(count: number): number {
    this.#values.refusal = null;
    let weight = 0;
    for (let left = count; left > 0; left--) weight += this.#values.skip();
    return weight;
  }

  #readName(): void {
    this.#skipName();
    this.#nameFrom = this.#cursor.textAt;
    this.#nameTo = this.#cursor.at;
  }

  #skipName(): void {
    this.#longestName = Math.max(this.#longestName, this.#cursor.skipText());
  }

  /**
   * To be asked of a struct that is new, once it is read.
   * @returns why no block may hold it, wherever it stands; null if one may
   */
  refusal(): string | null {
    const { kind } = this;
    if (kind === TEXT || kind === DELETED || kind === FORMAT || kind === ANY_VALUES) {
      if (this.#isRoot || this.isKeyed) {
        const refusal = this.#placeRefusal();
        if (refusal) return refusal;
      }
      if (kind === ANY_VALUES) return this.#values.refusal;
      return kind === FORMAT ? this.#formatRefusal() : null;
    }
    if (kind === GC) return null;
    if (kind !== TYPE) return 'content that no block holds';
    if (this.#typeKind === XML_ELEMENT) {
      const refusal = this.#nameRefusal(this.#nameFrom, this.#nameTo);
      if (refusal) return refusal;
    } else if (this.#typeKind !== XML_TEXT) {
      return 'a type that no block holds';
    }
    return this.#isRoot || this.isKeyed ? this.#placeRefusal() : null;
  }

  #placeRefusal(): string | null {
    if (this.isKeyed) {
      const refusal = this.#nameRefusal(this.#keyFrom, this.#keyTo);
      if (refusal) return refusal;
    }
    return this.#isRoot ? this.#rootRefusal() : null;
  }

  #rootRefusal(): string | null {
    const { bytes } = this.#cursor;
    const { kind } = this;
    if (this.#longestName > MAX_KEY_CHARACTERS) return 'a name that is too long';
    if (isAt(bytes, this.#rootFrom, this.#rootTo, FIELDS_NAME)) {
      return this.isKeyed ? null : 'a value without a key';
    }
    if (this.isKeyed) return 'a key where there are none';
    if (isAt(bytes, this.#rootFrom, this.#rootTo, CONTENT_NAME)) {
      return kind === TYPE || kind === DELETED ? null : 'beside the elements, what is none';
    }
    if (!beginsAt(bytes, this.#rootFrom, this.#rootTo, FIELD_PREFIX)) {
      return 'a part that a block does not have';
    }
    return kind === TYPE || kind === ANY_VALUES ? 'in a field, what is no text' : null;
  }

  #nameRefusal(from: number, to: number): string | null {
    if (this.#longestName > MAX_KEY_CHARACTERS) return 'a name that is too long';
    return isReservedAt(this.#cursor.bytes, from, to) ? 'a reserved name' : null;
  }

  #formatRefusal(): string | null {
    const refusal = this.#nameRefusal(this.#nameFrom, this.#nameTo);
    if (refusal) return refusal;
    const { bytes, textAt, at } = this.#cursor;
    return jsonRefusal(utf8.decode(bytes.subarray(textAt, at)));
  }

  /**
   * @param client the client of the struct that was read last
   * @param clock its first clock
   * @param offset clocks that are left out, fewer than its length
   * @returns the bytes of the rest, as Yjs' `struct.write(encoder, offset)` makes them: it follows its
   *   own part before; `weight` becomes that of the rest
   */
  rest(client: number, clock: number, offset: number): Uint8Array {
    const encoder = encoding.createEncoder();
    if (this.kind === GC) {
      encoding.writeUint8(encoder, GC);
      encoding.writeVarUint(encoder, this.length - offset);
    } else {
      encoding.writeUint8(encoder, this.#info | HAS_ORIGIN);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock + offset - 1);
      if (this.rightClient !== NONE) {
        encoding.writeVarUint(encoder, this.rightClient);
        encoding.writeVarUint(encoder, this.rightClock);
      }
      this.#writeContent(encoder, offset);
    }
    return encoding.toUint8Array(encoder);
  }

  #writeContent(encoder: encoding.Encoder, offset: number): void {
    const { bytes, textAt, at } = this.#cursor;
    switch (this.kind) {
      case TEXT: {
        // Half a surrogate pair becomes a replacement character, as it does in Yjs.
        const rest = utf8.decode(bytes.subarray(textAt, at)).slice(offset);
        encoding.writeVarString(encoder, rest);
        this.weight = rest.length;
        return;
      }
      case ANY_VALUES: {
        const values = new UpdateCursor(bytes);
        values.at = this.#contentAt;
        values.length();
        const reader = new AnyReader(values);
        for (let left = offset; left > 0; left--) this.weight -= reader.skip();
        encoding.writeVarUint(encoder, this.length - offset);
        encoding.writeUint8Array(encoder, bytes.subarray(values.at, at));
        return;
      }
      default:
        // Deleted content; and what no block holds, which is refused before its bytes are used.
        encoding.writeVarUint(encoder, this.length - offset);
    }
  }
}
