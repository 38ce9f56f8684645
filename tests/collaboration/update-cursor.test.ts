import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { describe, expect, test } from 'vitest';
import { UpdateCursor } from '../../server/collaboration/update-cursor.ts';
import { AnyReader } from '../../server/collaboration/update-values.ts';
import { Dice } from '../support/dice.ts';

const SEED = 20260322;

/** @returns what the reading gives, or null where it throws */
function attempt<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** Bytes that are often a character, and often almost one. */
function almostText(dice: Dice): number[] {
  const found = [
    ...new TextEncoder().encode(
      dice.pick(['a', 'é', '߿', 'ࠀ', '漢', '\ud7ff', '\ufeff', '\uffff', '😀', '\u{10ffff}']),
    ),
  ];
  if (dice.once(3))
    found[dice.roll(found.length)] = dice.pick([
      0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xe0, 0xed, 0xf0, 0xf4, 0xf5,
    ]);
  if (dice.once(6)) found.splice(dice.roll(found.length), 1);
  return found;
}

describe('reading numbers, texts and values', () => {
  test(`[INPUT-1] a text is one where Yjs finds one, and as long (seed ${SEED})`, () => {
    const dice = new Dice(SEED);
    let texts = 0;
    for (let run = 0; run < 20_000; run++) {
      const characters = Array.from({ length: dice.roll(5) }, () => almostText(dice)).flat();
      const bytes = Uint8Array.from([characters.length, ...characters, 0x80]);
      const cursor = new UpdateCursor(bytes);
      const read = attempt(() => decoding.readVarString(decoding.createDecoder(bytes)));
      expect(attempt(() => cursor.skipText())).toBe(read?.length ?? null);
      if (read !== null) {
        expect(cursor.at).toBe(characters.length + 1);
        texts++;
      }
    }
    expect(texts).toBeGreaterThan(5_000);
    expect(texts).toBeLessThan(15_000);
  });

  test(`[INPUT-1] a number is what lib0 wrote, and nothing else is one (seed ${SEED})`, () => {
    const dice = new Dice(SEED);
    for (let run = 0; run < 20_000; run++) {
      const number = Math.floor(2 ** (53 * (dice.roll(1_000) / 1_000))) - dice.roll(2);
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, number);
      const bytes = encoding.toUint8Array(encoder);
      const cursor = new UpdateCursor(bytes);
      expect(cursor.varUint()).toBe(number);
      expect(cursor.atEnd).toBe(true);
      expect(attempt(() => new UpdateCursor(bytes.slice(0, -1)).varUint())).toBeNull();
      const changed = bytes.map((byte) => (dice.once(3) ? dice.roll(256) : byte));
      const other = new UpdateCursor(changed);
      const read = attempt(() => other.varUint());
      if (read === null) continue;
      const again = encoding.createEncoder();
      encoding.writeVarUint(again, read);
      expect(encoding.toUint8Array(again)).toEqual(changed.slice(0, other.at));
    }
    expect(new UpdateCursor(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 15)).varUint()).toBe(
      2 ** 53 - 1,
    );
  });

  test(`[INPUT-1] a value ends where lib0 ends it (seed ${SEED})`, () => {
    const dice = new Dice(SEED);
    let values = 0;
    for (let run = 0; run < 20_000; run++) {
      const bytes = Uint8Array.from({ length: 12 }, () =>
        dice.once(2) ? 116 + dice.roll(12) : dice.roll(dice.once(2) ? 4 : 256),
      );
      const cursor = new UpdateCursor(bytes);
      const decoder = decoding.createDecoder(bytes);
      const taken = attempt(() => new AnyReader(cursor).skip());
      const read = attempt(() => {
        decoding.readAny(decoder);
        return decoder.pos;
      });
      if (taken === null) continue;
      expect(cursor.at).toBe(read);
      values++;
    }
    expect(values).toBeGreaterThan(5_000);
  });
});
