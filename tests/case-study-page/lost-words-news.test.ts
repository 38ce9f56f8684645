import { describe, expect, it } from 'vitest';
import { lostWordsNews } from '../../client/case-study/lost-words-news.ts';
import type { LostWords } from '../../shared/api/cases.ts';

const lost = (id: string, blockId: string, authorId = 'ruth'): LostWords => ({
  id,
  blockId,
  words: 'never brings a form',
  before: '',
  after: '',
  authorId,
  causedById: 'tom',
  cause: 'changed-kind',
  at: 0,
});
const SHORT: Record<string, string> = { a: '2.4', b: '3', c: '4 Context' };
const news = (words: readonly LostWords[], known: readonly string[] = []) =>
  lostWordsNews(words, new Set(known), 'ruth', (blockId) => SHORT[blockId] ?? null);

describe('words that have just lost their place', () => {
  it('[SAVE-5] are told to their author, with where they were', () => {
    expect(news([lost('1', 'a')])).toEqual({
      text: 'Words of yours lost their place in 2.4. They are kept.',
      blockId: 'a',
    });
    expect(news([lost('1', 'a'), lost('2', 'a'), lost('3', 'b')])?.text).toContain(' in 2.4 and 3. ');
    expect(news([lost('1', 'a'), lost('2', 'b'), lost('3', 'c')])?.text).toContain(
      ' in 2.4, 3 and 4 Context. ',
    );
  });

  it('[SAVE-5] are told once, to nobody else, and not where they cannot be shown', () => {
    expect(news([lost('1', 'a')], ['1'])).toBeNull();
    expect(news([lost('1', 'a', 'tom')])).toBeNull();
    expect(news([lost('1', 'elsewhere')])).toBeNull();
    expect(news([lost('1', 'elsewhere'), lost('2', 'b')])?.blockId).toBe('b');
  });
});
