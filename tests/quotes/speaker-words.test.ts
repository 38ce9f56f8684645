import { describe, expect, it } from 'vitest';
import {
  isOpen,
  markOf,
  othersOf,
  printWords,
  progressOf,
  situationOf,
  telephoneLink,
  timeNeeded,
  titleOf,
  whatFollows,
  whatIsLeft,
} from '../../client/speaker/speaker-words.ts';
import type { OwnQuote } from '../../shared/api/speaker-quotes.ts';
import { receiptLine, receiptText } from '../../shared/quotes/receipt.ts';

const NOW = 1_000_000;
const SHOWN = { wording: 'I send for her.', before: 'They plan.', between: [], after: '' };
const OPEN: OwnQuote = {
  quoteId: 'quote',
  askId: 'ask',
  shown: SHOWN,
  now: null,
  gone: false,
  namedAs: { naming: 'role-only', text: 'Class teacher' },
  askedBy: 'Imogen Farrell',
  askedAt: NOW - 1_000,
  until: NOW + 1_000,
  over: null,
  answer: null,
  decided: null,
  verified: false,
  consent: null,
  withdrawn: null,
  source: { how: 'interview', saidOn: null, original: '', language: '', translated: false },
  exchange: false,
};
const said = (kind: NonNullable<OwnQuote['answer']>['kind']) =>
  ({ kind, wording: null, at: NOW - 10, way: 'page', code: 'quote.abc' }) as const;
const other = { ...SHOWN, wording: 'I sent for her.' };

describe('how a question stands for whoever is asked', () => {
  it.each<[string, Partial<OwnQuote>, ReturnType<typeof situationOf>]>([
    ['as it was sent', {}, 'waiting'],
    ['[QUOTE-2] with other words in the text by now', { now: other }, 'changed'],
    ['with its words gone from the text', { gone: true }, 'changed'],
    ['answered', { answer: said('confirmed') }, 'answered'],
    ['answered, with its day over', { answer: said('declined'), until: NOW }, 'answered'],
    ['[QUOTE-5] silent to its end', { until: NOW }, 'lapsed'],
    ['[QUOTE-5] lapsed', { over: 'lapsed' }, 'lapsed'],
    ['taken back by the team', { over: 'recalled' }, 'recalled'],
    [
      'taken back by them, though they had said yes',
      { over: 'withdrawn', answer: said('confirmed') },
      'withdrawn',
    ],
  ])('%s', (_, part, situation) => {
    expect(situationOf({ ...OPEN, ...part }, NOW)).toBe(situation);
  });

  it('dials a number as it is dialled from anywhere', () => {
    expect(telephoneLink('+44 (0)20 7946 0012 ext 4')).toBe('tel:+442079460012');
    expect(telephoneLink('020 7946 0012')).toBe('tel:02079460012');
  });

  it('says until when taking words back reaches print, that day included', () => {
    const noon = Date.UTC(2031, 2, 1, 12);
    expect(printWords(null, noon)).toBe('');
    expect(printWords('2031-03-01', noon)).toBe(
      ' Until 1 March 2031, taking them back still reaches what is printed.',
    );
    expect(printWords('2031-03-01', noon + 24 * 60 * 60_000)).toBe(
      ' What went to print after 1 March 2031 stays as it is.',
    );
  });

  it('an answer can be changed until the day that the page names, and not after it', () => {
    const answered = { ...OPEN, answer: said('confirmed') };
    expect(isOpen(answered, NOW + 999)).toBe(true);
    expect(isOpen(answered, NOW + 1_000)).toBe(false);
    expect(isOpen({ ...answered, over: 'recalled' }, NOW)).toBe(false);
  });

  it('[QUOTE-2] says confirmed only of words that stand in the text as they were confirmed', () => {
    const yes = { ...OPEN, answer: said('confirmed') };
    const consent = { channels: ['print' as const], until: null, naming: 'role-only' as const };
    expect(markOf({ ...yes, verified: true, consent }, 'answered')).toEqual({
      look: 'good',
      words: 'Confirmed',
    });
    expect(markOf({ ...yes, now: other }, 'answered').look).not.toBe('good');
    expect(whatFollows({ ...yes, now: other }, 'answered')).toContain('asked again');
  });

  it('[QUOTE-5] says of silence that it is no yes', () => {
    expect(whatFollows({ ...OPEN, over: 'lapsed' }, 'lapsed')).toContain('Silence is no yes');
  });
});

describe('whether all is said', () => {
  const yes = { ...OPEN, answer: said('confirmed'), verified: true };
  const consented = (...channels: ('print' | 'web')[]) => ({
    ...yes,
    consent: { channels, until: null, naming: 'role-only' as const },
  });

  it('[NAME-1] a yes to words that may appear nowhere is not all, and says what is missing', () => {
    for (const half of [yes, consented()]) {
      expect(markOf(half, 'answered')).toEqual({
        ...{ look: 'wait', words: 'Confirmed. Say where it may be printed' },
      });
      expect(whatFollows(half, 'answered')).not.toContain('may stand');
      expect(progressOf([half, consented('web')], NOW)).toEqual({
        ...{ all: 2, done: 1, words: '1 of 2 done. Say where your words may appear' },
      });
    }
    expect(progressOf([consented('print')], NOW).words).toBe('All done');
    // to be asked again first, or not wanted at all
    const later = { ...yes, verified: false, now: other };
    expect(progressOf([later, { ...OPEN, answer: said('declined') }], NOW).words).toBe('All done');
    expect(titleOf(['answered'], 1)).toContain('where your words may appear');
  });

  it('“the same for” the others means no words that they refused', () => {
    const quotes = [
      yes,
      { ...OPEN, quoteId: 'waiting' },
      { ...OPEN, quoteId: 'declined', answer: said('declined') },
      { ...OPEN, quoteId: 'back', over: 'withdrawn' as const },
    ];
    expect(othersOf({ quotes }, yes)).toEqual(['waiting']);
  });
});

it('who declined is told of nothing to take back', () => {
  const no = { ...OPEN, answer: said('declined') };
  expect(whatIsLeft(no, true)).not.toContain('take your words back');
  expect(whatIsLeft(no, false)).toBe('');
  expect(whatIsLeft({ ...OPEN, answer: said('confirmed') }, false)).toContain('take your words back');
});

describe('what the page is headed with', () => {
  it('counts what is to be checked, in words', () => {
    expect(titleOf(['waiting', 'answered'])).toBe('One thing you said, to check before anyone prints it');
    expect(titleOf(['waiting', 'changed', 'waiting'])).toBe(
      'Three things you said, to check before anyone prints them',
    );
    expect(titleOf(Array(12).fill('waiting'))).toBe('12 things you said, to check before anyone prints them');
    expect(titleOf(['answered', 'lapsed'])).toBe('Thank you, that is all for now');
    expect(titleOf(['lapsed'])).toBe('There is nothing to check just now');
    expect(titleOf([])).toBe('There is nothing to check just now');
  });

  it('says how long it takes', () => {
    expect([1, 3, 60].map(timeNeeded)).toEqual([
      'About a minute.',
      'About two minutes.',
      'About 40 minutes.',
    ]);
  });
});

describe('a receipt', () => {
  it('names each quote by its beginning, without cutting a character in two', () => {
    expect(receiptLine('confirmed', 'I send\n for her.')).toBe('You confirmed “I send for her.”');
    expect(receiptLine('declined', '😀'.repeat(61))).toBe(
      `You do not want to be quoted with “${'😀'.repeat(60)} …”`,
    );
  });

  it('[QUOTE-6] tells what was said, when, how they are named and where, until when it can be changed, and the code', () => {
    const day = Date.UTC(2026, 10, 27);
    const text = receiptText({
      name: 'Ann Lee',
      studyTitle: 'Mentoring that lasts',
      page: 'https://casebook.example/quotes',
      checks: 'https://casebook.example/check/',
      lines: [
        {
          ...{ wording: 'I send for her.', said: 'confirmed', at: day, namedAs: 'Class teacher' },
          ...{ channels: ['print', 'web'], until: day + 86_400_000, code: 'quote.abc' },
        },
        {
          ...{ wording: 'Never.', said: 'withdrawn', at: day, namedAs: '' },
          ...{ channels: [], until: day, code: 'other.def' },
        },
      ],
    });
    expect(text).toContain('You confirmed, on 27 November 2026:\n“I send for her.”\n');
    expect(text).toContain('You appear as Class teacher, in the printed booklet and on the web.');
    expect(text).toContain(
      'You can change this until 28 November 2026.\nTo check what was recorded: https://casebook.example/check/quote.abc',
    );
    expect(text).toContain('You took back, on 27 November 2026:\n“Never.”\nTo check what was recorded:');
    expect(text).toContain('https://casebook.example/quotes');
  });
});
