import { describe, expect, it } from 'vitest';
import {
  keptWordsCause,
  lostWordsCause,
  refusalWords,
  whoseWords,
} from '../../client/case-study/lost-words-story.ts';
import type { LostWords } from '../../shared/api/cases.ts';
import { CLOSE_REASONS } from '../../shared/protocol/control.ts';

const PEOPLE = [
  { id: 'ruth', name: 'Ruth Okafor' },
  { id: 'tom', name: 'Tom Ashe' },
];
const LOST: LostWords = {
  id: 'l',
  blockId: 'b',
  words: 'never brings a form',
  before: '',
  after: '',
  authorId: 'ruth',
  causedById: 'tom',
  cause: 'changed-kind',
  at: 0,
};

describe('words that lost their place', () => {
  it('[SAVE-5] say whose they are and what happened, to their author', () => {
    expect(whoseWords(LOST, PEOPLE, 'ruth')).toBe('Your words');
    expect(lostWordsCause(LOST, PEOPLE, 'ruth')).toBe(
      'Tom Ashe turned this paragraph into something else while you were typing in it.',
    );
  });

  it('[SAVE-5] say so to the others too', () => {
    expect(whoseWords(LOST, PEOPLE, 'tom')).toBe('Ruth Okafor’s words');
    expect(lostWordsCause({ ...LOST, cause: 'removed' }, PEOPLE, 'tom')).toBe(
      'You removed this paragraph while Ruth Okafor was typing in it.',
    );
  });

  it('[SAVE-5] know that one person may write on two devices', () => {
    expect(lostWordsCause({ ...LOST, causedById: 'ruth' }, PEOPLE, 'ruth')).toBe(
      'You turned this paragraph into something else on another device.',
    );
  });

  it('[SAVE-5] are told of people who left without a name', () => {
    const left = { ...LOST, authorId: 'gone', causedById: null };
    expect(whoseWords(left, PEOPLE, 'tom')).toBe('Somebody’s words');
    expect(lostWordsCause(left, PEOPLE, 'tom')).toBe(
      'Somebody turned this paragraph into something else while somebody was typing in it.',
    );
  });

  it('[SAVE-5] blame nobody for what no section can hold', () => {
    expect(lostWordsCause({ ...LOST, causedById: null, cause: 'not-held' }, PEOPLE, 'ruth')).toBe(
      'They stood in something that a section cannot hold, which was taken out.',
    );
  });
});

describe('refusals', () => {
  it.each(CLOSE_REASONS)('[SAVE-6] of the kind %s are told in plain words', (reason) => {
    for (const words of [keptWordsCause(reason), refusalWords(reason)]) {
      expect(words).toMatch(/^[A-Z].*\.$/);
      expect(words).not.toMatch(/\b(block|room|replica|anchor|sync|lineage)\b/i);
    }
  });

  it('[SAVE-6] do not tell somebody who was removed that a section is gone', () => {
    expect(keptWordsCause('not-found')).toContain('You were taken out of this study, or');
  });
});
