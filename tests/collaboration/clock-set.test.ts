import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { ClockSet, readDeleteSet, writeDeleteSet } from '../../server/collaboration/clock-set.ts';
import { seededRandomness } from '../support/randomness.ts';

const SEED = 20260320;

/** The same set, kept clock by clock. */
class PlainSet {
  readonly ids = new Set<string>();
  add(client: number, from: number, to: number): void {
    for (let clock = from; clock < to; clock++) this.ids.add(`${client}/${clock}`);
  }
}

function idsOf(set: ClockSet): string[] {
  const plain = new PlainSet();
  for (const { client, from, to } of set) plain.add(client, from, to);
  return [...plain.ids].sort();
}

function written(set: ClockSet): Uint8Array {
  const encoder = encoding.createEncoder();
  writeDeleteSet(encoder, set);
  return encoding.toUint8Array(encoder);
}

describe('a set of clocks', () => {
  test(`says what a plain set says, whatever is added in whatever order (seed ${SEED})`, () => {
    const random = seededRandomness(SEED);
    const roll = (below: number) => (random.bytes(1)[0] as number) % below;
    for (let run = 0; run < 500; run++) {
      const sets = [new ClockSet(), new ClockSet()] as const;
      const plains = [new PlainSet(), new PlainSet()] as const;
      for (let i = 0; i < 30; i++) {
        const which = roll(2) as 0 | 1;
        const client = roll(3);
        const from = roll(40);
        const to = from + roll(8);
        if (roll(4) > 0) {
          sets[which].add(client, from, to);
          plains[which].add(client, from, to);
        } else {
          const ranges = Array.from({ length: roll(5) }, () => roll(40)).flatMap((at) => [
            at,
            at + 1 + roll(6),
          ]);
          sets[which].addRanges(client, ranges);
          for (let at = 0; at < ranges.length; at += 2) {
            plains[which].add(client, ranges[at] as number, ranges[at + 1] as number);
          }
        }
      }
      const [set, other] = sets;
      const [plain, otherPlain] = plains;
      expect(idsOf(set)).toEqual([...plain.ids].sort());
      expect(idsOf(set.without(other))).toEqual(
        [...plain.ids].filter((id) => !otherPlain.ids.has(id)).sort(),
      );
      expect(set.size).toBe([...set].length);
      expect(set.isEmpty).toBe(plain.ids.size === 0);
      for (let i = 0; i < 20; i++) {
        const client = roll(3);
        const from = roll(48);
        const to = from + roll(6);
        const clocks = Array.from({ length: to - from }, (_, at) => plain.ids.has(`${client}/${from + at}`));
        expect(set.has(client, from)).toBe(plain.ids.has(`${client}/${from}`));
        expect(set.covers(client, from, to)).toBe(clocks.every(Boolean));
        expect(set.intersects(client, from, to)).toBe(clocks.some(Boolean));
        expect(set.count(client, from, to)).toBe(clocks.filter(Boolean).length);
      }
      const before = idsOf(other);
      set.addAll(other);
      expect(idsOf(set)).toEqual([...new Set([...plain.ids, ...otherPlain.ids])].sort());
      set.add(0, 0, 100);
      expect(idsOf(other)).toEqual(before);
      const ends = [...set].map(({ client, from, to }) => [client, from, to]);
      for (const [at, [client, , to]] of ends.entries()) {
        const next = ends[at + 1];
        if (next && next[0] === client) expect(next[1]).toBeGreaterThan(to as number);
        else if (next) expect(next[0]).toBeLessThan(client as number);
      }
    }
  });

  test('is written and read as Yjs writes and reads it', () => {
    const doc = new Y.Doc();
    doc.clientID = 500;
    const text = doc.getText('field/aims');
    text.insert(0, 'abcdefghijklmnopqrstuvwxyz'.repeat(50));
    for (let at = 0; at < 300; at++) text.delete(at, 2);
    const other = new Y.Doc();
    other.clientID = 70_000;
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    other.getText('field/aims').insert(3, 'xyz');
    other.getText('field/aims').delete(2, 3);
    const { ds } = Y.decodeUpdate(Y.encodeStateAsUpdate(other));
    const set = new ClockSet();
    for (const [client, ranges] of ds.clients) {
      for (const { clock, len } of [...ranges].reverse()) set.add(client, clock, clock + len);
    }
    expect(set.size).toBe(300);
    const update = bytesWithoutStructs(written(set));
    expect(Y.decodeUpdate(update).ds).toEqual(ds);
    const inOrder = Y.mergeUpdates([update, update]);
    expect(update).toEqual(inOrder);
    expect([...readDeleteSet(decoding.createDecoder(written(set)))]).toEqual([...set]);
  });

  test('copies nothing of what was deleted before for a few deletions more', () => {
    const set = new ClockSet();
    for (let at = 0; at < 30_000; at += 3) set.add(1, at, at + 1);
    const ranges = set.rangesOf(1);
    const more = new ClockSet();
    more.addRanges(1, [7, 8, 40_000, 40_001]);
    set.addAll(more);
    expect(set.size).toBe(10_001);
    expect(set.covers(1, 6, 8) && set.has(1, 40_000)).toBe(true);
    expect(set.rangesOf(1)).toBe(ranges);
  });

  test('takes many ranges in the worst order in good time', () => {
    const ranges = Array.from({ length: 100_000 }, (_, at) => 300_000 - 3 * at).flatMap((from) => [
      from,
      from + 1,
    ]);
    const set = new ClockSet();
    set.addRanges(1, ranges);
    expect(set.size).toBe(100_000);
    expect(set.without(set).isEmpty).toBe(true);
    const odd = new ClockSet();
    odd.addRanges(
      1,
      ranges.map((clock) => clock + 1),
    );
    set.addAll(odd);
    expect(set.size).toBe(100_000);
    expect(set.count(1, 0, 400_000)).toBe(200_000);
  });
});

function bytesWithoutStructs(deletions: Uint8Array): Uint8Array {
  return Uint8Array.of(0, ...deletions);
}
