import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordDifference } from '../../shared/document/word-difference.ts';

const shown = (before: string, after: string) =>
  wordDifference(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'gone' ? `-${text}-` : `+${text}+`))
    .join('');

describe('what became of words', () => {
  it('is told word by word, what went before what came', () => {
    expect(shown('We tried it twice.', 'We tried it once.')).toBe('We tried it -twice.-+once.+');
    expect(shown('We all tried it.', 'We tried it.')).toBe('We -all -tried it.');
    expect(shown('We tried.', 'We have tried.')).toBe('We +have +tried.');
    expect(shown('One two three', 'Four five')).toBe('-One two three-+Four five+');
    expect(shown('', 'Words')).toBe('+Words+');
  });

  it('is nothing where only white space or the form of a letter differs', () => {
    expect(shown('Café  now', 'Café\nnow')).toBe('Café\nnow');
    expect(shown('cafe\u0301', 'café')).toBe('café');
  });

  it('[QUOTE-2] gives back both texts, whatever they are', () => {
    const words = fc
      .array(fc.constantFrom('a', 'b', 'c', 'dog', ' ', '\n'), { maxLength: 30 })
      .map((some) => some.join(' '));
    fc.assert(
      fc.property(words, words, (before, after) => {
        const pieces = wordDifference(before, after);
        const tight = (text: string) => text.replace(/\s+/g, '');
        const of = (kind: 'gone' | 'new') =>
          pieces.filter((piece) => piece.kind === 'same' || piece.kind === kind);
        expect(
          of('new')
            .map(({ text }) => text)
            .join(''),
        ).toBe(after);
        expect(
          tight(
            of('gone')
              .map(({ text }) => text)
              .join(''),
          ),
        ).toBe(tight(before));
      }),
      { seed: 20261127 },
    );
  });

  it('does not compare texts of a size that would take long', () => {
    const long = (word: string) => Array.from({ length: 3_000 }, (_, at) => `${word}${at}`).join(' ');
    expect(wordDifference(long('a'), long('b')).map(({ kind }) => kind)).toEqual(['gone', 'new']);
  });
});
