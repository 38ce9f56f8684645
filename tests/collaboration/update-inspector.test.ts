import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { MAX_STRUCT_LENGTH } from '../../server/collaboration/bounds.ts';
import { ClockSet } from '../../server/collaboration/clock-set.ts';
import { NONE } from '../../server/collaboration/struct-reader.ts';
import { inspectUpdate } from '../../server/collaboration/update-inspector.ts';
import { KeptBlock, knownBlock, newsOf } from '../support/kept-block.ts';
import {
  any,
  type Content,
  deleted,
  element,
  elementText,
  format,
  fromOne,
  garbage,
  item,
  type Place,
  type Struct,
  skip,
  text,
  update,
  values,
} from '../support/update-bytes.ts';

const AIMS = 'field/aims';
const inField = (content: Content, place: Place = { parent: AIMS }): Struct => item(place, content);
const inFields = (key: string, ...found: readonly unknown[]): Struct =>
  item({ parent: 'fields', key }, values(...found.map(any)));
const paragraph: Struct = item({ parent: 'content' }, element('paragraph'));
const under = (clock: number, content: Content, key?: string): Struct =>
  item({ parent: [7, clock], ...(key === undefined ? {} : { key }) }, content);

describe('what is new', () => {
  test('[INPUT-1] what turns out to be under a key only later in the update stands in no row', () => {
    const before = { client: 9, clock: 0, structs: [item({ right: [7, 0] }, values(any(1)))] };
    const keyed = { client: 7, clock: 0, structs: [inFields('roll', 2)] };
    const news = newsOf(update([before, keyed], [[9, [[0, 1]]]]));
    expect(news.keyed.has(9, 0)).toBe(true);
    expect(news.placements).toEqual([]);
  });

  test('[SAVE-4] a whole update is kept as it is, and shares no memory', () => {
    const sent = fromOne([inField(text('abc'))]);
    const news = newsOf(sent);
    expect(news).toEqual({
      bytes: sent,
      ranges: [{ client: 7, from: 0, to: 3 }],
      deletions: new ClockSet(),
      garbage: new ClockSet(),
      keyed: new ClockSet(),
      weight: 3,
      elements: [],
      depth: 0,
      placements: [
        {
          ...{ client: 7, from: 0, to: 3, structs: 1, isElement: false, isSearched: true },
          ...{ originClient: NONE, originClock: 0, rightClient: NONE, rightClock: 0 },
          ...{ parentClient: NONE, parentClock: 0 },
        },
      ],
      searches: 1,
      structs: 1,
      lastRights: [null],
      neighbours: [],
      parents: [],
    });
    expect(news.bytes.buffer).not.toBe(sent.buffer);
  });

  test('[SAVE-3] what the state covers is left out, whoever wrote it', () => {
    const sent = update([
      { client: 9, clock: 4, structs: [garbage(2), inField(text('xy'), { origin: [8, 0] })] },
      { client: 8, clock: 0, structs: [inField(text('ab'))] },
      { client: 7, clock: 2, structs: [inField(text('c'), { origin: [7, 1] })] },
    ]);
    const news = newsOf(sent, knownBlock({ 9: 6, 8: 2, 7: 2 }));
    expect(news.ranges).toEqual([
      { client: 9, from: 6, to: 8 },
      { client: 7, from: 2, to: 3 },
    ]);
    expect(news.bytes).toEqual(
      update([
        { client: 9, clock: 6, structs: [inField(text('xy'), { origin: [8, 0] })] },
        { client: 7, clock: 2, structs: [inField(text('c'), { origin: [7, 1] })] },
      ]),
    );
    expect(news.neighbours).toEqual([
      { client: 8, clock: 0 },
      { client: 7, clock: 1 },
    ]);
    expect(inspectUpdate(sent, knownBlock({ 9: 8, 8: 2, 7: 3 }))).toEqual({ kind: 'known' });
  });

  test.each<[string, Struct, number, Struct]>([
    ['text', inField(text('abcd')), 1, item({ origin: [7, 0] }, text('bcd'))],
    [
      'text before something',
      inField(text('abcd'), { right: [5, 1] }),
      3,
      item({ origin: [7, 2], right: [5, 1] }, text('d')),
    ],
    [
      'text between two',
      inField(text('abcd'), { origin: [5, 0], right: [5, 1] }),
      2,
      item({ origin: [7, 1], right: [5, 1] }, text('cd')),
    ],
    ['half a pair', inField(text('a😀b')), 2, item({ origin: [7, 1] }, text('\ufffdb'))],
    ['what follows a pair', inField(text('a😀b')), 3, item({ origin: [7, 2] }, text('b'))],
    ['deleted content', inField(deleted(5)), 2, item({ origin: [7, 1] }, deleted(3))],
    ['garbage', garbage(5), 2, garbage(3)],
    [
      'values',
      inFields('value/a', 'x', { y: [1, 2] }, 3),
      1,
      [[0xa8], 7, 0, 2, [...any({ y: [1, 2] })], [...any(3)]],
    ],
  ])(
    '[SAVE-3] of %s that is known in part, the rest is kept as Yjs would write it',
    (_what, struct, state, rest) => {
      const block = knownBlock({ 7: state, 5: 9 });
      const { bytes: kept, ranges } = newsOf(update([{ client: 7, clock: 0, structs: [struct] }]), block);
      const to = Y.decodeUpdate(fromOne([struct])).structs[0]?.length as number;
      const structs = update([{ client: 7, clock: state, structs: [rest] }]).slice(0, -1);
      expect(kept.slice(0, structs.length)).toEqual(structs);
      expect(ranges).toEqual([{ client: 7, from: state, to }]);
      const diff = Y.diffUpdate(fromOne([struct]), Y.encodeStateVector(new Map([[7, state]])));
      expect(kept.slice(0, diff.length - 1)).toEqual(diff.slice(0, -1));
    },
  );

  test('[SAVE-3] a known part may have holes and anything that is well-formed', () => {
    const foreign: Struct[] = [
      item({ parent: 'elsewhere' }, [2, 3, '1', 'undefined', '{']),
      item({ origin: [1, 1] }, [3, 2, [1, 2]]),
      item({ parent: AIMS }, [5, '{"image":1}']),
      item({ parent: 'fields', key: '__proto__' }, [9, 'guid', [...any({ gc: false })]]),
      item({ parent: 'content' }, [7, 1]),
      item({ parent: 'content' }, [7, 5, 'hook']),
      item({ parent: 'fields', key: 'a' }, values(any(new Uint8Array([1])), any(1n), any(undefined))),
      skip(5),
      garbage(MAX_STRUCT_LENGTH + 1),
    ];
    const clocks = 3 + 1 + 1 + 1 + 1 + 1 + 3 + 5 + MAX_STRUCT_LENGTH + 1;
    const sent = fromOne([...foreign, item({ origin: [7, clocks - 1] }, text('new'))]);
    const news = newsOf(sent, knownBlock({ 7: clocks }));
    expect(news.ranges).toEqual([{ client: 7, from: clocks, to: clocks + 3 }]);
    expect(inspectUpdate(fromOne(foreign), knownBlock({ 7: clocks }))).toEqual({ kind: 'known' });
  });

  test('[SAVE-4] deletions that are known are left out, the others are written as Yjs does', () => {
    const block = knownBlock({ 7: 30, 9: 30 }, [
      [7, 5, 10],
      [7, 12, 14],
    ]);
    const sent = update(
      [],
      [
        [
          7,
          [
            [13, 5],
            [0, 13],
          ],
        ],
        [9, [[4, 2]]],
      ],
    );
    const news = newsOf(sent, block);
    expect([...news.deletions].map(({ client, from, to }) => [client, from, to])).toEqual([
      [9, 4, 6],
      [7, 0, 5],
      [7, 10, 12],
      [7, 14, 18],
    ]);
    expect(news.bytes).toEqual(
      update(
        [],
        [
          [9, [[4, 2]]],
          [
            7,
            [
              [0, 5],
              [10, 2],
              [14, 4],
            ],
          ],
        ],
      ),
    );
    expect(news.ranges).toEqual([]);
    expect(inspectUpdate(update([], [[7, [[6, 3]]]]), block)).toEqual({ kind: 'known' });
    expect(inspectUpdate(update([], []), block)).toEqual({ kind: 'known' });
  });

  test('[SAVE-4] garbage counts as deleted, whether or not the update says so', () => {
    const { deletions, weight } = newsOf(fromOne([garbage(3), inField(text('ab')), inField(deleted(2))]));
    expect([...deletions]).toEqual([
      { client: 7, from: 0, to: 3 },
      { client: 7, from: 5, to: 7 },
    ]);
    expect(weight).toBe(2);
  });

  test('weighs what stands: text by its length, all else a little more, and nothing for what it deletes', () => {
    const structs = [
      inField(text('abcdefgh')),
      inField(format('bold', '{}'), { origin: [7, 7] }),
      paragraph,
      inFields('value/a', { four: [null, 'x', true] }),
    ];
    const whole = 8 + 10 + 8 + (8 + 4 + 8 + 8 + 2 + 8);
    expect(newsOf(fromOne(structs)).weight).toBe(whole);
    const lighter = newsOf(
      fromOne(structs, [
        [
          7,
          [
            [2, 3],
            [9, 1],
          ],
        ],
      ]),
    );
    expect(newsOf(fromOne(structs)).weight - lighter.weight).toBe(3 + 8);
    expect(newsOf(update([], [[7, [[0, 3]]]]), knownBlock({ 7: 3 })).weight).toBe(0);
  });

  test('[SAVE-4] what follows garbage is under no key, whatever was there before', () => {
    const block = new KeptBlock();
    block.receive(fromOne([paragraph, under(0, values(any(3)), 'level')]));
    const sent = update([
      { client: 9, clock: 0, structs: [item({ origin: [7, 2] }, text('x'))] },
      { client: 7, clock: 0, structs: [garbage(3)] },
    ]);
    expect(block.receive(sent).kind).toBe('news');
    expect([...block.keyed]).toEqual([{ client: 7, from: 1, to: 2 }]);
  });

  test('tells the elements, and each known neighbour once', () => {
    const news = newsOf(
      update([
        {
          client: 7,
          clock: 10,
          structs: [
            item({ origin: [5, 3], right: [5, 4] }, element('paragraph')),
            under(10, elementText),
            under(11, text('abc')),
            item({ origin: [5, 3], right: [7, 10] }, element('paragraph')),
            item({ origin: [7, 9], right: [5, 4] }, text('x')),
            item({ parent: [6, 0], key: 'level' }, values(any(3))),
          ],
        },
      ]),
      knownBlock({ 7: 10, 5: 9, 6: 1 }),
    );
    expect(news.elements).toEqual([10, 11, 15].map((clock) => ({ client: 7, clock })));
    expect(news.neighbours).toEqual([
      { client: 5, clock: 3 },
      { client: 5, clock: 4 },
      { client: 7, clock: 9 },
      { client: 6, clock: 0 },
    ]);
    expect(news.parents).toEqual([{ client: 6, clock: 0 }]);
  });

  test('counts the places that Yjs has to look for', () => {
    const typed = (structs: readonly Struct[]) =>
      newsOf(update([{ client: 7, clock: 10, structs }]), knownBlock({ 7: 10, 5: 1_000 })).searches;
    expect(typed([item({ origin: [7, 9], right: [5, 4] }, text('typed'))])).toBe(1);
    const formatted = ['a', 'b', 'c'].map((letter, at) =>
      item({ origin: [7, 9 + at], right: [5, 4] }, text(letter)),
    );
    expect(typed(formatted)).toBe(1);
    const apart = ['a', 'b', 'c'].map((letter, at) => item({ right: [5, 4 + at] }, text(letter)));
    expect(typed(apart)).toBe(3);
    const beforeOthers = ['a', 'b', 'c'].map((letter, at) =>
      item({ origin: [7, 9 + at], right: [5, 4 + at] }, text(letter)),
    );
    expect(typed(beforeOthers)).toBe(3);
    const knownWith = (right: { client: number; clock: number }) =>
      knownBlock({ 7: 10, 5: 1_000 }, [], { 7: right });
    const typedOn = update([
      { client: 7, clock: 10, structs: [item({ origin: [7, 9], right: [5, 4] }, text('on'))] },
    ]);
    expect(newsOf(typedOn, knownWith({ client: 5, clock: 4 }))).toMatchObject({
      searches: 0,
      lastRights: [{ client: 5, clock: 4 }],
    });
    expect(newsOf(typedOn, knownWith({ client: 5, clock: 5 })).searches).toBe(1);
    const row = [
      paragraph,
      under(10, values(any(1)), 'level'),
      under(10, elementText),
      under(12, text('words')),
    ];
    expect(typed(row)).toBe(1);
    expect(typed([garbage(1), garbage(1)])).toBe(0);
  });
});

describe('a gap', () => {
  test.each<[string, Uint8Array, Record<number, number>]>([
    ['begins after the state', update([{ client: 7, clock: 3, structs: [garbage(1)] }]), { 7: 2 }],
    ['follows what never came', fromOne([inField(text('x'), { origin: [5, 2] })]), { 5: 2 }],
    ['stands before what never came', fromOne([inField(text('x'), { right: [5, 2] })]), { 5: 2 }],
    ['stands in what never came', fromOne([item({ parent: [5, 0] }, text('x'))]), {}],
    [
      'follows what is beyond the end of another section',
      update([
        { client: 9, clock: 0, structs: [inField(text('x'), { origin: [8, 2] })] },
        { client: 8, clock: 0, structs: [inField(text('ab'))] },
      ]),
      {},
    ],
    ['deletes what never came', update([], [[7, [[1, 2]]]]), { 7: 2 }],
    ['deletes beyond its own end', fromOne([inField(text('ab'))], [[7, [[1, 2]]]]), {}],
    ['has a hole', fromOne([garbage(2), skip(2), garbage(1)]), { 7: 2 }],
    ['has a hole that begins in what is known', fromOne([garbage(1), skip(3), garbage(1)]), { 7: 2 }],
    ['ends in a hole', fromOne([garbage(2), skip(1)]), { 7: 1 }],
  ])('[INPUT-1] an update that %s is asked for, and nobody punished', (_what, sent, states) => {
    expect(inspectUpdate(sent, knownBlock(states))).toEqual({ kind: 'gap' });
  });

  test('[SAVE-4] what waits for another section of the same update is no gap', () => {
    const sent = update(
      [
        {
          client: 9,
          clock: 0,
          structs: [
            inField(text('a'), { origin: [8, 1] }),
            inField(text('b'), { origin: [8, 3], right: [9, 0] }),
          ],
        },
        {
          client: 8,
          clock: 0,
          structs: [inField(text('cd')), inField(text('ef'), { origin: [8, 1], right: [9, 0] })],
        },
      ],
      [[8, [[3, 1]]]],
    );
    const block = new KeptBlock();
    expect(block.receive(sent).kind).toBe('news');
    const doc = new Y.Doc();
    Y.applyUpdate(doc, block.whole());
    expect(doc.store.pendingStructs).toBeNull();
    expect(doc.getText(AIMS).toString().length).toBe(5);
  });
});
