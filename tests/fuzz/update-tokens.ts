import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** What a token of an update says. */
export type Role =
  | 'sections'
  | 'structs'
  | 'client'
  | 'clock'
  | 'info'
  | 'id-client'
  | 'id-clock'
  | 'parent-kind'
  | 'name'
  | 'length'
  | 'type'
  | 'text'
  | 'json'
  | 'any'
  | 'deleting-clients'
  | 'deleting-client'
  | 'deleted-ranges'
  | 'deleted-clock'
  | 'deleted-length';

/** A number, a text, or bytes as they are. */
export interface Token {
  readonly role: Role;
  readonly value: number | string | Uint8Array;
}

/** One struct's tokens, one section's, one client's deletions: what may be taken out, doubled and moved as a whole. */
export interface Span {
  readonly kind: 'struct' | 'section' | 'deletions';
  readonly from: number;
  readonly to: number;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly spans: readonly Span[];
}

/** Takes an honest update apart. */
export function tokensOf(update: Uint8Array): Tokens {
  return new Taking(update).take();
}

export function writeTokens(tokens: readonly Token[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const { role, value } of tokens) {
    if (value instanceof Uint8Array) encoding.writeUint8Array(encoder, value);
    else if (typeof value === 'string') encoding.writeVarString(encoder, value);
    else if (role === 'info') encoding.writeUint8(encoder, value & 0xff);
    else encoding.writeVarUint(encoder, value);
  }
  return encoding.toUint8Array(encoder);
}

class Taking {
  readonly #decoder: decoding.Decoder;
  readonly #tokens: Token[] = [];
  readonly #spans: Span[] = [];

  constructor(update: Uint8Array) {
    this.#decoder = decoding.createDecoder(update);
  }

  take(): Tokens {
    for (let left = this.#number('sections'); left > 0; left--) {
      const from = this.#tokens.length;
      const count = this.#number('structs');
      this.#number('client');
      this.#number('clock');
      for (let structs = count; structs > 0; structs--) this.#struct();
      this.#spans.push({ kind: 'section', from, to: this.#tokens.length });
    }
    for (let left = this.#number('deleting-clients'); left > 0; left--) {
      const from = this.#tokens.length;
      this.#number('deleting-client');
      for (let ranges = this.#number('deleted-ranges'); ranges > 0; ranges--) {
        this.#number('deleted-clock');
        this.#number('deleted-length');
      }
      this.#spans.push({ kind: 'deletions', from, to: this.#tokens.length });
    }
    return { tokens: this.#tokens, spans: this.#spans };
  }

  #struct(): void {
    const from = this.#tokens.length;
    const info = decoding.readUint8(this.#decoder);
    this.#tokens.push({ role: 'info', value: info });
    const kind = info & 0x1f;
    if (kind === 0 || kind === 10) {
      this.#number('length');
    } else {
      if (info & 0x80) this.#id();
      if (info & 0x40) this.#id();
      if ((info & 0xc0) === 0) {
        if (this.#number('parent-kind') === 1) this.#text('name');
        else this.#id();
        if (info & 0x20) this.#text('name');
      }
      this.#content(kind);
    }
    this.#spans.push({ kind: 'struct', from, to: this.#tokens.length });
  }

  #content(kind: number): void {
    switch (kind) {
      case 1:
        this.#number('length');
        return;
      case 4:
        this.#text('text');
        return;
      case 6:
        this.#text('name');
        this.#text('json');
        return;
      case 7:
        if (this.#number('type') === 3) this.#text('name');
        return;
      case 8:
        for (let values = this.#number('length'); values > 0; values--) {
          const from = this.#decoder.pos;
          decoding.readAny(this.#decoder);
          this.#tokens.push({ role: 'any', value: this.#decoder.arr.slice(from, this.#decoder.pos) });
        }
        return;
      default:
        throw new Error(`content of kind ${kind} in an honest update`);
    }
  }

  #id(): void {
    this.#number('id-client');
    this.#number('id-clock');
  }

  #number(role: Role): number {
    const value = decoding.readVarUint(this.#decoder);
    this.#tokens.push({ role, value });
    return value;
  }

  #text(role: Role): void {
    this.#tokens.push({ role, value: decoding.readVarString(this.#decoder) });
  }
}
