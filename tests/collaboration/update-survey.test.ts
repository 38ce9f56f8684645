import { describe, expect, test } from 'vitest';
import { surveyUpdate } from '../../server/collaboration/update-survey.ts';
import { KeptBlock } from '../support/kept-block.ts';
import {
  any,
  deleted,
  element,
  elementText,
  fromOne,
  garbage,
  item,
  type Struct,
  skip,
  text,
  update,
  values,
} from '../support/update-bytes.ts';

const heading: readonly Struct[] = [
  item({ parent: 'content' }, element('heading')),
  item({ parent: [7, 0], key: 'level' }, values(any(3))),
  item({ parent: [7, 0] }, elementText),
  item({ parent: [7, 2] }, text('words')),
  item({ origin: [7, 1] }, values(any(4))),
];

describe('a survey of what is stored', () => {
  test('finds what was known of the block that was written', () => {
    const block = new KeptBlock();
    block.receive(
      fromOne(heading, [
        [
          7,
          [
            [1, 1],
            [3, 2],
          ],
        ],
      ]),
    );
    block.receive(
      update([{ client: 9, clock: 0, structs: [item({ right: [7, 1] }, deleted(2)), garbage(1)] }]),
    );
    const survey = surveyUpdate(block.whole());
    expect([...survey.states].sort()).toEqual([...block.states].sort());
    expect([...survey.deleted]).toEqual([...block.deleted]);
    expect([...survey.keyed]).toEqual([...block.keyed]);
    expect([...survey.keyed]).toEqual([
      { client: 9, from: 0, to: 2 },
      { client: 7, from: 1, to: 2 },
      { client: 7, from: 8, to: 9 },
    ]);
    expect(survey.weight).toBe(8 + 8 + 3 + 8);
    expect(surveyUpdate(Uint8Array.of(0, 0)).states.size).toBe(0);
  });

  test('reads what was stored before it was refused', () => {
    const old = fromOne([
      item({ parent: 'elsewhere' }, [2, 1, 'undefined']),
      item({ origin: [7, 0] }, [5, '{}']),
      item({ parent: 'content' }, [7, 1]),
      item({ parent: [7, 2], key: '__proto__' }, text('ab')),
    ]);
    expect([...surveyUpdate(old).keyed]).toEqual([{ client: 7, from: 3, to: 5 }]);
  });

  test.each<[string, Uint8Array]>([
    ['begins in the middle', update([{ client: 7, clock: 1, structs: [garbage(1)] }])],
    ['has a hole', fromOne([garbage(1), skip(1), garbage(1)])],
    ['builds on what is not there', fromOne([item({ origin: [9, 0] }, text('a'))])],
    ['ends too early', fromOne(heading).slice(0, -2)],
    ['goes on after its end', Uint8Array.of(0, 0, 0)],
  ])('says of one that %s that it is not all of a block', (_what, bytes) => {
    expect(() => surveyUpdate(bytes)).toThrow();
  });
});
