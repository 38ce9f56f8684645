import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnText } from '../../shared/document/drawn-text.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { type ComparedLine, compareTexts, linesOf } from '../../shared/history/comparison.ts';

const line = (text: string, ...marks: string[]): ProseMirrorJson => ({
  type: 'paragraph',
  content: text === '' ? [] : [{ type: 'text', text, marks: marks.map((type) => ({ type })) }],
});
const doc = (...content: ProseMirrorJson[]): ProseMirrorJson => ({ type: 'doc', content });
const item = (text: string): ProseMirrorJson => ({ type: 'listItem', content: [line(text)] });

/** `[-gone-]` and `[+new+]` in the line, after what became of it. */
function told(lines: readonly ComparedLine[]): string[] {
  const signs = { same: ['', ''], gone: ['[-', '-]'], new: ['[+', '+]'] } as const;
  return lines.map(({ became, runs }) => {
    const words = runs.map((run) => `${signs[run.became][0]}${run.text}${signs[run.became][1]}`).join('');
    return `${became}: ${words}`;
  });
}

describe('two states of a text', () => {
  it('[HISTORY-1] are told apart word by word, line by line', () => {
    const before = doc(line('Mentors met on Mondays.'), line('It stayed.'), line('This went away entirely.'));
    const after = doc(
      line('Mentors met on Thursdays.'),
      line('Something quite different came.'),
      line('It stayed.'),
    );
    expect(told(compareTexts(before, after))).toEqual([
      'changed: Mentors met on [-Mondays.-][+Thursdays.+]',
      'new: [+Something quite different came.+]',
      'same: It stayed.',
      'gone: [-This went away entirely.-]',
    ]);
  });

  it('show a change of look as one, and who wrote as none', () => {
    const written = (by: string): ProseMirrorJson => ({
      type: 'paragraph',
      content: [{ type: 'text', text: 'Same words', marks: [{ type: 'writtenBy', attrs: { by } }] }],
    });
    expect(told(compareTexts(doc(line('Same words')), doc(line('Same words', 'bold'))))).toEqual([
      'restyled: Same words',
    ]);
    expect(told(compareTexts(doc(written('a')), doc(written('b'))))).toEqual(['same: Same words']);
    expect(
      told(compareTexts(doc(line('Item')), doc({ type: 'bulletList', content: [item('Item')] }))),
    ).toEqual(['restyled: Item']);
  });

  it('have lists, tables and headings as lines', () => {
    const table: ProseMirrorJson = {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: ['a', 'b'].map((text) => ({ type: 'tableCell', content: [line(text)] })),
        },
      ],
    };
    const nested: ProseMirrorJson = {
      type: 'bulletList',
      content: [
        { type: 'listItem', content: [line('one'), { type: 'orderedList', content: [item('two')] }] },
      ],
    };
    const all = doc(
      { type: 'heading', attrs: { level: 4 }, content: line('H').content as ProseMirrorJson[] },
      nested,
      table,
      { type: 'horizontalRule' },
    );
    expect(
      linesOf(all).map(({ kind, depth, level, runs }) => [
        kind,
        depth,
        level,
        runs.map(({ text }) => text).join(''),
      ]),
    ).toEqual([
      ['heading', 0, 4, 'H'],
      ['bullet', 1, 0, 'one'],
      ['number', 2, 0, 'two'],
      ['row', 0, 0, 'a | b'],
      ['rule', 0, 0, ''],
    ]);
  });

  it('[HISTORY-1] lose and double no word, whatever they are', () => {
    const text = fc.array(
      fc
        .array(fc.constantFrom('mentor', 'time', 'head', 'a', 'the', '—', 'x y'), { maxLength: 8 })
        .map((words) => line(words.join(' '))),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = compareTexts(doc(...before), doc(...after));
        const words = (left: 'gone' | 'new') =>
          lines
            .filter(({ became }) => became !== (left === 'gone' ? 'new' : 'gone'))
            .map(({ runs }) =>
              runs
                .filter(({ became }) => became === left || became === 'same')
                .map(({ text }) => text.trim())
                .join(' ')
                .replace(/\s+/g, ' ')
                .trim(),
            );
        const plain = (of: readonly ProseMirrorJson[]) =>
          of.map((one) =>
            (one.content ?? [])
              .map(({ text = '' }) => text)
              .join('')
              .replace(/\s+/g, ' ')
              .trim(),
          );
        expect(words('new')).toEqual(plain(after));
        expect(words('gone')).toEqual(plain(before));
      }),
      { seed: 20261128 },
    );
  });

  it('[INPUT-1] of many lines and of many levels are compared all the same', () => {
    const many = Array.from({ length: 3_000 }, (_, at) => line(`line ${at}`));
    const others = Array.from({ length: 3_000 }, (_, at) => line(`other ${at * 7}`));
    expect(compareTexts(doc(...many), doc(...others)).length).toBe(6_000);
    let deep = line('deep');
    for (let level = 0; level < 3_000; level += 1) deep = { type: 'blockquote', content: [deep] };
    expect(compareTexts(doc(deep), doc(deep)).length).toBeLessThanOrEqual(1);
  });
});

it('[NAME-1] names people in what was as they are named now', () => {
  const line = (...content: ProseMirrorJson[]): ProseMirrorJson => ({
    type: 'doc',
    content: [{ type: 'paragraph', content }],
  });
  const person = { type: 'reference', attrs: { kind: 'participant', id: 'p' } };
  const met = { type: 'text', text: 'We met ' };
  const draw = (json: ProseMirrorJson) => drawnText(json, () => 'Deputy head');
  const [changed] = compareTexts(draw(line(met)), draw(line(met, person)));
  expect(changed?.runs.map(({ text, became }) => [text.trim(), became])).toContainEqual([
    'Deputy head',
    'new',
  ]);
  expect(compareTexts(draw(line(met, person)), draw(line(met, person)))[0]?.became).toBe('same');
});
