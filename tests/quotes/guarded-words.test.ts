import { describe, expect, it } from 'vitest';
import {
  guardedFollows,
  guardedOthers,
  guardedSituation,
  guardedTitle,
} from '../../client/speaker/guarded-words.ts';
import type { GuardedQuote, GuardedWords } from '../../shared/api/guardian-quotes.ts';

const NOW = 1_000_000;
const ASKED: GuardedQuote = {
  ...{ quoteId: 'q1', askId: 'g1', now: null, gone: false, askedBy: 'Imogen Farrell' },
  shown: { wording: 'We knew.', before: '', between: [], after: '' },
  source: { how: 'interview', saidOn: null, original: '', language: '', translated: false },
  ...{ askedAt: NOW - 1_000, until: NOW + 1_000, over: null },
  ...{ consent: null, assent: null, withdrawn: null },
};
const AGREED: GuardedQuote = {
  ...ASKED,
  consent: { channels: ['print'], until: null, naming: 'role-only', at: NOW, code: 'q1.x' },
};
const BOTH: GuardedQuote = { ...AGREED, assent: { told: true, at: NOW } };
const child = (...quotes: GuardedQuote[]): GuardedWords => ({
  ...{ speakerId: 's1', name: 'Ivy', schoolName: 'Hillside', studyTitle: 'A study', quotes },
  ...{ namings: [], naming: 'role-only', onlyOne: false, printOn: null },
  team: { name: '', email: '', telephone: '', about: '' },
});

describe('the words of a child, for a parent or carer', () => {
  it('[GUARDIAN-1] are asked about, then the child is, then both have agreed; nothing is past what is over', () => {
    expect([ASKED, AGREED, BOTH].map((one) => guardedSituation(one, NOW))).toEqual([
      ...['asked', 'child-next', 'agreed'],
    ]);
    expect(guardedSituation(ASKED, ASKED.until)).toBe('lapsed');
    expect(guardedSituation({ ...ASKED, over: 'recalled' }, NOW)).toBe('recalled');
    // what they agreed to holds when the question is long over
    expect(guardedSituation(AGREED, NOW + 1e9)).toBe('child-next');
    expect(guardedSituation({ ...BOTH, over: 'withdrawn' }, NOW)).toBe('withdrawn');
  });

  it('[QUOTE-5] says of silence that it is no yes', () => {
    expect(guardedFollows(ASKED, 'lapsed', 'Ivy')).toContain('Silence is no yes');
  });

  it('is headed with what is left to do', () => {
    expect(guardedTitle([child(ASKED)], NOW)).toBe('May we quote Ivy?');
    expect(guardedTitle([child(AGREED)], NOW)).toBe('One thing is left: ask Ivy');
    expect(guardedTitle([child(BOTH)], NOW)).toBe('Thank you, that is all for now');
    expect(guardedTitle([child({ ...ASKED, over: 'lapsed' })], NOW)).toBe('There is nothing to say just now');
    expect(guardedTitle([child(ASKED), child(ASKED)], NOW)).toBe('May we quote your children?');
  });

  it('means by the same for everything what can still be answered, once each', () => {
    const gone = { ...ASKED, quoteId: 'q3', over: 'lapsed' } as const;
    const other = { ...ASKED, quoteId: 'q2' };
    expect(guardedOthers(child(ASKED, other, { ...other, askId: 'g9' }, gone), ASKED, NOW)).toEqual(['q2']);
  });
});
