import { MAX_CLOCK } from './bounds.ts';

/** Bytes that are no update, or none that a block may hold; the message says why. */
export class MalformedUpdateError extends Error {
  override readonly name = 'MalformedUpdateError';
}

/** Where the eighth byte of a varUint counts; no safe integer needs a ninth. */
const LAST_UNIT = 2 ** 49;

/**
 * Reads the numbers and texts of lib0 one after the other, and believes none.
 * Unlike lib0 it never reads past the end, takes a number in one form only, the
 * shortest, and nothing beyond 2⁵³−1 (lib0 makes NaN of a number that is long enough).
 * All methods throw MalformedUpdateError.
 */
export class UpdateCursor {
  readonly bytes: Uint8Array;
  at = 0;
  /** Where the bytes of the last text begin; they end at `at`. */
  textAt = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get atEnd(): boolean {
    return this.at === this.bytes.length;
  }

  byte(): number {
    if (this.at >= this.bytes.length) throw new MalformedUpdateError('ends too early');
    return this.bytes[this.at++] as number;
  }

  varUint(): number {
    let byte = this.byte();
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let unit = 0x80; ; unit *= 0x80) {
      if (unit > LAST_UNIT) throw new MalformedUpdateError('a number beyond the limit');
      byte = this.byte();
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) break;
    }
    if (byte === 0) throw new MalformedUpdateError('a number that is longer than it needs to be');
    if (value > Number.MAX_SAFE_INTEGER) throw new MalformedUpdateError('a number beyond the limit');
    return value;
  }

  /** Skips a varInt: sign and six bits in its first byte, seven in every other. */
  skipVarInt(): void {
    let byte = this.byte();
    let value = byte & 0x3f;
    for (let unit = 0x40; byte >= 0x80; unit *= 0x80) {
      if (unit > LAST_UNIT) throw new MalformedUpdateError('a number beyond the limit');
      byte = this.byte();
      value += (byte & 0x7f) * unit;
    }
    if (value > Number.MAX_SAFE_INTEGER) throw new MalformedUpdateError('a number beyond the limit');
  }

  clock(): number {
    const clock = this.varUint();
    if (clock > MAX_CLOCK) throw new MalformedUpdateError('a clock beyond the limit');
    return clock;
  }

  length(): number {
    const length = this.clock();
    if (length === 0) throw new MalformedUpdateError('a length of nothing');
    return length;
  }

  skip(bytes: number): void {
    if (bytes > this.bytes.length - this.at) throw new MalformedUpdateError('ends too early');
    this.at += bytes;
  }

  /** Skips a varUint and so many bytes of UTF-8. @returns its length in UTF-16 code units */
  skipText(): number {
    const bytes = this.varUint();
    this.textAt = this.at;
    this.skip(bytes);
    return utf16Length(this.bytes, this.textAt, this.at);
  }
}

/** Takes what a strict TextDecoder takes, which Yjs reads with, and no more. */
function utf16Length(bytes: Uint8Array, from: number, to: number): number {
  let length = 0;
  let at = from;
  while (at < to) {
    const byte = bytes[at++] as number;
    length++;
    if (byte < 0x80) continue;
    if (byte < 0xc2 || byte > 0xf4) throw new MalformedUpdateError('a text that is no UTF-8');
    const more = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    if (at + more > to) throw new MalformedUpdateError('a text that is no UTF-8');
    const next = bytes[at] as number;
    // Neither longer than need be, nor half a surrogate pair, nor beyond the last plane.
    const least = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    const most = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
    let sound = next >= least && next <= most;
    for (let i = 1; i < more; i++) sound &&= ((bytes[at + i] as number) & 0xc0) === 0x80;
    if (!sound) throw new MalformedUpdateError('a text that is no UTF-8');
    at += more;
    if (more === 3) length++;
  }
  return length;
}
