import { describe, expect, test } from 'vitest';
import {
  MAX_CLIENTS_PER_UPDATE,
  MAX_CLOCK,
  MAX_DELETIONS_PER_UPDATE,
  MAX_DEPTH,
  MAX_KEY_CHARACTERS,
  MAX_MESSAGE_BYTES,
  MAX_STRUCT_LENGTH,
  MAX_STRUCTS_PER_UPDATE,
  MAX_VALUE_CHARACTERS,
  MAX_VALUE_DEPTH,
} from '../../server/collaboration/bounds.ts';
import { inspectUpdate } from '../../server/collaboration/update-inspector.ts';
import { knownBlock, NOTHING_KNOWN, newsOf } from '../support/kept-block.ts';
import {
  any,
  bytes,
  type Content,
  deleted,
  element,
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
const why = (bytes: Uint8Array, block = NOTHING_KNOWN) => {
  const inspection = inspectUpdate(bytes, block);
  return inspection.kind === 'malformed' ? inspection.why : inspection.kind;
};

const inField = (content: Content, place: Place = { parent: AIMS }): Struct => item(place, content);
const inFields = (key: string, ...found: readonly unknown[]): Struct =>
  item({ parent: 'fields', key }, values(...found.map(any)));
const paragraph: Struct = item({ parent: 'content' }, element('paragraph'));
const under = (clock: number, content: Content, key?: string): Struct =>
  item({ parent: [7, clock], ...(key === undefined ? {} : { key }) }, content);

describe('what is no update', () => {
  const bad = (content: Content, place?: Place) => fromOne([inField(content, place)]);
  const long = (characters: number) => 'n'.repeat(characters);
  const nestedJson = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const nested = (depth: number) => Uint8Array.from([...Array(depth).fill([117, 1]).flat(), 126]);

  test.each<[string, Uint8Array, string]>([
    ['no bytes', new Uint8Array(), 'ends too early'],
    ['an end after the structs', bytes(0), 'ends too early'],
    ['bytes after its end', bytes(0, 0, 1), 'bytes after its end'],
    ['more clients than there are', bytes(2 ** 40), 'ends too early'],
    ['more structs than there are', bytes(1, 2 ** 40, 7, 0, [0], 1), 'ends too early'],
    ['more values than there are', bytes(1, 1, 7, 0, [8], 1, AIMS, 2 ** 30), 'ends too early'],
    ['a text beyond the end', bytes(1, 1, 7, 0, [4], 1, AIMS, 2 ** 40), 'ends too early'],
    [
      'ascending clients',
      update([
        { client: 7, clock: 0, structs: [garbage(1)] },
        { client: 8, clock: 0, structs: [garbage(1)] },
      ]),
      'clients out of order',
    ],
    [
      'a client twice',
      update([
        { client: 7, clock: 0, structs: [garbage(1)] },
        { client: 7, clock: 1, structs: [garbage(1)] },
      ]),
      'clients out of order',
    ],
    ['a client without structs', bytes(1, 0, 7, 0, 0), 'a client without structs'],
    ['garbage of no length', fromOne([garbage(0)]), 'a length of nothing'],
    ['garbage of a giant length', fromOne([garbage(2 ** 50)]), 'a clock beyond the limit'],
    [
      'garbage of a length beyond the bound',
      fromOne([garbage(MAX_STRUCT_LENGTH + 1)]),
      'a length beyond the limit',
    ],
    ['deleted content of no length', bad(deleted(0)), 'a length of nothing'],
    ['a hole of no length', fromOne([skip(0)]), 'a length of nothing'],
    ['an empty text', bad(text('')), 'an empty text'],
    ['no values', bad([8, 0]), 'a length of nothing'],
    [
      'a clock beyond the bound',
      update([{ client: 7, clock: MAX_CLOCK, structs: [garbage(1)] }]),
      'a clock beyond the limit',
    ],
    [
      'a number that no double holds',
      bytes(1, 1, [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20]),
      'a number beyond the limit',
    ],
    ['a number without end', bytes([...Array(60).fill(0x80), 0]), 'a number beyond the limit'],
    ['a number longer than need be', bytes([0x80, 0], 0), 'a number that is longer than it needs to be'],
    ['flags on garbage', fromOne([[[0x80], 1]]), 'flags on what is no item'],
    ['flags on a hole', fromOne([[[0x8a], 1]]), 'flags on what is no item'],
    ['content of an unknown kind', bad([11, 1]), 'content of an unknown kind'],
    ['a type of an unknown kind', bad([7, 7]), 'a type of an unknown kind'],
    ['a value of an unknown kind', bad([8, 1, [7]]), 'a value of an unknown kind'],
    ['a parent of an unknown kind', fromOne([[[4], 2, 'content', 'x']]), 'a parent of an unknown kind'],
    ['a text that is no UTF-8', bad([4, 1, [0xff]]), 'a text that is no UTF-8'],
    ['half a surrogate pair', bad([4, 3, [0xed, 0xa0, 0x80]]), 'a text that is no UTF-8'],
    ['a deletion of nothing', update([], [[7, [[0, 0]]]]), 'a length of nothing'],
    ['a deletion beyond the bound', update([], [[7, [[1, MAX_CLOCK]]]]), 'a deletion beyond the limit'],
    [
      'deletions of a client twice',
      update(
        [],
        [
          [7, [[0, 1]]],
          [7, [[2, 1]]],
        ],
      ),
      'deletions of a client twice',
    ],
    [
      'values within values without end',
      bad([8, 1, [...nested(MAX_VALUE_DEPTH + 1)]]),
      'a value that nests too deeply',
    ],
    [
      'an origin ahead of itself',
      bad(text('x'), { origin: [7, 5] }),
      'a struct that builds on itself or a later one',
    ],
    [
      'a struct that is its own origin',
      bad(text('x'), { origin: [7, 0] }),
      'a struct that builds on itself or a later one',
    ],
    [
      'a struct before itself',
      bad(text('x'), { right: [7, 0] }),
      'a struct that builds on itself or a later one',
    ],
    [
      'an element in itself',
      bad(element('p'), { parent: [7, 0] }),
      'a struct that builds on itself or a later one',
    ],
    [
      'a root that no block has',
      bad(text('x'), { parent: 'elsewhere' }),
      'a part that a block does not have',
    ],
    ['a root like one', bad(text('x'), { parent: 'fiel' }), 'a part that a block does not have'],
    [
      'a root of too long a name',
      bad(text('x'), { parent: `field/${long(MAX_KEY_CHARACTERS)}` }),
      'a name that is too long',
    ],
    ['words beside the elements', bad(text('x'), { parent: 'content' }), 'beside the elements, what is none'],
    ['an element in a field', bad(element('p')), 'in a field, what is no text'],
    ['a key in a field', bad(values(any(1)), { parent: AIMS, key: 'a' }), 'a key where there are none'],
    ['a value without a key', bad(values(any(1)), { parent: 'fields' }), 'a value without a key'],
    [
      'an element under a key',
      bad(element('p'), { parent: 'fields', key: 'a' }),
      'under a key, what is no value',
    ],
    ['old JSON values', bad([2, 1, '1']), 'content that no block holds'],
    ['bytes', bad([3, 1, [0]]), 'content that no block holds'],
    ['an embedded object', bad([5, '{}']), 'content that no block holds'],
    [
      'a document within the document',
      bad([9, 'guid', [118], 0], { parent: 'content' }),
      'content that no block holds',
    ],
    ...[0, 1, 2, 4].map((kind): [string, Uint8Array, string] => [
      `a type of kind ${kind}`,
      bad([7, kind], { parent: 'content' }),
      'a type that no block holds',
    ]),
    ['a hook', bad([7, 5, 'hook'], { parent: 'content' }), 'a type that no block holds'],
    ['bytes in a value', fromOne([inFields('a', { b: [new Uint8Array(3)] })]), 'a value that is no JSON'],
    ['a big integer', fromOne([inFields('a', 2n)]), 'a value that is no JSON'],
    [
      'a value that is too large',
      fromOne([inFields('a', long(MAX_VALUE_CHARACTERS))]),
      'a value that is too large',
    ],
    ['a mark that is no JSON', bad(format('bold', '{')), 'a value that is no JSON'],
    [
      'a mark that is too large',
      bad(format('bold', `"${long(MAX_VALUE_CHARACTERS)}"`)),
      'a value that is too large',
    ],
    [
      'a mark that nests too deeply',
      bad(format('bold', nestedJson(MAX_VALUE_DEPTH + 1))),
      'a value that nests too deeply',
    ],
    [
      'a mark that nests very deeply',
      bad(format('bold', nestedJson(30_000))),
      'a value that nests too deeply',
    ],
    ['a mark of too long a name', bad(format(long(MAX_KEY_CHARACTERS + 1), '{}')), 'a name that is too long'],
    ...['__proto__', 'constructor', 'prototype'].flatMap((name): [string, Uint8Array, string][] => [
      [`a key ${name}`, fromOne([inFields(name, 1)]), 'a reserved name'],
      [`an attribute ${name}`, fromOne([paragraph, under(0, values(any(1)), name)]), 'a reserved name'],
      [`a mark ${name}`, bad(format(name, '{}')), 'a reserved name'],
      [`an element ${name}`, bad(element(name), { parent: 'content' }), 'a reserved name'],
      [
        `a value with ${name}`,
        fromOne([[[0x28], 1, 'fields', 'a', 1, [118], 1, name, [126]]]),
        'a reserved name',
      ],
      [`a mark with ${name}`, bad(format('link', `[{"${name}":1}]`)), 'a reserved name'],
    ]),
  ])('[INPUT-1] %s', (_what, sent, reason) => {
    expect(why(sent)).toBe(reason);
  });

  test('[INPUT-1] structs that wait for one another', () => {
    const waiting = update([
      { client: 9, clock: 0, structs: [inField(text('a')), inField(text('b'), { origin: [8, 1] })] },
      { client: 8, clock: 0, structs: [inField(text('c')), inField(text('d'), { right: [7, 0] })] },
      { client: 7, clock: 0, structs: [inField(text('e'), { origin: [9, 1] })] },
    ]);
    expect(why(waiting)).toBe('structs that wait for one another');
    expect(why(waiting, knownBlock({ 9: 2 }))).toBe('news');
  });

  test('[INPUT-1] keys, values and depths up to the bound are taken', () => {
    expect(why(bad(text('x'), { parent: `field/${long(MAX_KEY_CHARACTERS - 6)}` }))).toBe('news');
    const single = [long(MAX_VALUE_CHARACTERS - 1), undefined, null, -1.5, 2 ** 40];
    expect(why(fromOne(single.map((value, at) => inFields(`value/${at}`, value))))).toBe('news');
    expect(why(bad(format('bold', nestedJson(MAX_VALUE_DEPTH))))).toBe('news');
    expect(why(bad([8, 1, [...nested(MAX_VALUE_DEPTH)]], { parent: 'fields', key: 'a' }))).toBe('news');
    expect(why(fromOne([inFields('proto', { construct: 1 })]))).toBe('news');
    expect(why(bad(text('\ufeff\ufffd߿ࠀ\ud7ff\ue000\u{10000}\u{10ffff}')))).toBe('news');
  });

  test('[INPUT-1] elements that nest more deeply than any page does', () => {
    const nesting = (depth: number) =>
      fromOne([paragraph, ...Array.from({ length: depth - 1 }, (_, at) => under(at, element('blockquote')))]);
    expect(newsOf(nesting(MAX_DEPTH)).depth).toBe(MAX_DEPTH);
    expect(why(nesting(MAX_DEPTH + 1))).toBe('elements within too many elements');
    // Beside one another, and handed from client to client: the place is copied from what it follows.
    const beside = [
      paragraph,
      ...Array.from({ length: 999 }, (_, at) => item({ origin: [7, at] }, element('p'))),
    ];
    expect(newsOf(fromOne(beside)).depth).toBe(1);
    const climbing = (depth: number) =>
      update(
        [9, 8].map((client) => ({
          client,
          clock: 0,
          structs: Array.from({ length: depth }, (_, at) => {
            const above: Place = at === 0 ? { parent: 'content' } : { parent: [8, 2 * at - 1] };
            const place: Place = client === 9 ? above : { origin: [9, 2 * at] };
            return [item(place, element('li')), item({ origin: [client, 2 * at] }, element('li'))];
          }).flat(),
        })),
      );
    expect(newsOf(climbing(MAX_DEPTH)).depth).toBe(MAX_DEPTH);
    expect(why(climbing(MAX_DEPTH + 1))).toBe('elements within too many elements');
  });

  test('[INPUT-1] more of anything than an update may have', () => {
    const clients = (count: number, states: Record<number, number> = {}) =>
      why(
        update(
          Array.from({ length: count }, (_, at) => ({ client: count - at, clock: 0, structs: [garbage(1)] })),
        ),
        knownBlock(states),
      );
    expect(clients(MAX_CLIENTS_PER_UPDATE)).toBe('news');
    expect(clients(MAX_CLIENTS_PER_UPDATE + 1)).toBe('too many clients');
    expect(clients(MAX_CLIENTS_PER_UPDATE + 1, { 1: 1 })).toBe('news');
    const structs = (count: number) => fromOne(Array.from({ length: count }, () => garbage(1)));
    expect(why(structs(MAX_STRUCTS_PER_UPDATE))).toBe('news');
    expect(why(structs(MAX_STRUCTS_PER_UPDATE + 1))).toBe('too many structs');
    expect(why(structs(MAX_STRUCTS_PER_UPDATE + 1), knownBlock({ 7: 1 }))).toBe('news');
    const deletions = (count: number) =>
      update([], [[7, Array.from({ length: count }, (_, at) => [2 * at, 1] as const)]]);
    const state = { 7: 2 * MAX_DELETIONS_PER_UPDATE + 2 };
    expect(why(deletions(MAX_STRUCTS_PER_UPDATE), knownBlock(state))).toBe('news');
    expect(why(deletions(MAX_STRUCTS_PER_UPDATE + 1), knownBlock(state))).toBe('too many deletions');
    const all: readonly [number, number, number][] = [[7, 0, state[7]]];
    expect(why(deletions(MAX_DELETIONS_PER_UPDATE), knownBlock(state, all))).toBe('known');
    expect(why(deletions(MAX_DELETIONS_PER_UPDATE + 1), knownBlock(state, all))).toBe('too many deletions');
    expect(why(fromOne([inField(text('x'.repeat(MAX_MESSAGE_BYTES)))]))).toBe('too many bytes');
  });
});
