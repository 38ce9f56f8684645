import { describe, expect, it } from 'vitest';
import {
  blockingReasons,
  boardGroups,
  EVERYTHING,
  overlapsOf,
  quotesIn,
  readyToSend,
  saidByOthers,
} from '../../client/quotes/board-view.ts';
import { hindranceOf, lineActs, linesOf, lineWords, wordsBefore } from '../../client/quotes/quote-line.ts';
import type { QuoteView, Speaker } from '../../shared/api/quotes.ts';
import type { BoardWord } from '../../shared/quotes/board-words.ts';
import type { Standing } from '../../shared/quotes/standing.ts';

const speaker = (id: string, schoolId = 'school'): Speaker => ({
  ...{ id, schoolId, name: `Name of ${id}`, role: 'Teacher', email: 'a@school.example', telephone: '' },
  ...{ address: 'personal', age: 'sixteen-or-over', naming: 'role-only', namedAs: 'role-only' },
  ...{ chosen: false, onlyOne: false, isIn: false },
});

const SPEAKERS = new Map([speaker('s1'), speaker('s2', 'other')].map((one) => [one.id, one]));

function quote(
  id: string,
  word: BoardWord,
  standing: Standing | null,
  more: Partial<QuoteView> = {},
): QuoteView {
  const speakerIds = more.speakerIds ?? ['s1'];
  const context = { before: '', between: [], after: '' };
  return {
    ...{ id, caseId: 'c1', blockId: 'b1', speakerIds, how: 'interview', saidOn: null, source: '' },
    ...{ original: '', language: '', translated: false, capturedBy: 'Ruth', capturedAt: 1 },
    ...{
      captured: `Words of ${id}`,
      word,
      asks: [],
      blocks: [],
      setAside: false,
      guardianAsks: [],
      guardianAgreed: [],
      seq: 1,
    },
    uses: standing
      ? [
          {
            ...{ use: `u-${id}`, blockId: 'b1', wording: `Words of ${id}`, overlaps: [], context },
            standings: speakerIds.map((speakerId) => ({ speakerId, standing })),
          },
        ]
      : [],
    ...more,
  };
}

describe('the board', () => {
  const quotes = [
    quote('a', 'confirmed', 'verified'),
    quote('b', 'to-send', 'checked', { speakerIds: ['s1', 's2'] }),
    quote('c', 'needs-you', 'changed', {
      speakerIds: ['s2'],
      blocks: [
        { use: 'u-c', speaker: 's2', reason: 'changed' },
        { use: 'u-c', speaker: 's2', reason: 'consent-missing' },
      ],
    }),
    quote('d', 'not-used', null, { captured: 'Words of a', speakerIds: ['s2'] }),
  ];
  const words = (filter: Parameters<typeof boardGroups>[2]) =>
    boardGroups(quotes, SPEAKERS, filter).map((group) => [group.word, group.quotes.map(({ id }) => id)]);

  it('says which other quotes some words stand in as well', () => {
    const [one, ...others] = quotes;
    const use = one?.uses[0];
    if (!one || !use) throw new Error('it stands in the text');
    const both = [{ ...one, uses: [{ ...use, overlaps: ['b', 'gone'] }] }, ...others];
    expect(overlapsOf(both).get('a')).toEqual(['Words of b']);
    expect(overlapsOf(both).get('c')).toEqual([]);
  });

  it('begins with what needs somebody, and is narrowed by word, speaker, school and what blocks', () => {
    expect(words(EVERYTHING)).toEqual([
      ['needs-you', ['c']],
      ['to-send', ['b']],
      ['confirmed', ['a']],
      ['not-used', ['d']],
    ]);
    expect(words({ ...EVERYTHING, word: 'to-send' })).toEqual([['to-send', ['b']]]);
    expect(words({ ...EVERYTHING, speakerId: 's1' }).map(([word]) => word)).toEqual(['to-send', 'confirmed']);
    expect(words({ ...EVERYTHING, schoolId: 'other' }).map(([word]) => word)).toEqual([
      'needs-you',
      'to-send',
      'not-used',
    ]);
    expect(words({ ...EVERYTHING, blocking: true })).toEqual([['needs-you', ['c']]]);
  });

  it('has one letter for each speaker of what was checked, and never of what the team does not use', () => {
    const ready = readyToSend([...quotes, quote('e', 'not-used', 'checked', { setAside: true })], SPEAKERS);
    expect(ready.map((one) => [one.speaker.id, one.lines.map(({ quoteId }) => quoteId)])).toEqual([
      ['s1', ['b']],
      ['s2', ['b']],
    ]);
  });

  it('[LINK-1] says beside it what has to be done before anything can be sent', () => {
    const child = { ...speaker('s1'), age: 'under-sixteen' } as const;
    const known = new Map([['s1', child]]);
    const agreed = quote('f', 'to-send', 'checked', { guardianAgreed: ['s1'] });
    const ready = readyToSend([quote('g', 'to-send', 'checked'), agreed], known);
    expect(ready.map(({ hindrance, lines }) => [hindrance, lines[0]?.quoteId])).toEqual([
      ['guardian', 'g'],
      [null, 'f'],
    ]);
  });

  it('counts quotes, not the places where they stand', () => {
    const [use] = quote('h', 'to-send', 'checked').uses;
    const twice = quote('h', 'to-send', 'checked', { uses: use ? [use, { ...use, use: 'again' }] : [] });
    const [one] = readyToSend([twice], SPEAKERS);
    expect([one?.lines.length, quotesIn(one?.lines ?? [])]).toEqual([2, 1]);
  });

  it('[QUOTE-3] counts each reason once for a quote', () => {
    expect(blockingReasons(quotes).map(({ count }) => count)).toEqual([1, 1]);
  });

  it('points out the same words under different speakers', () => {
    expect([...saidByOthers(quotes)].sort()).toEqual(['a', 'd']);
    expect([...saidByOthers(quotes.slice(0, 3))]).toEqual([]);
  });
});

describe('what is offered for a quote', () => {
  const line = (standing: Standing, asks: QuoteView['asks'] = []) => {
    const [one] = linesOf(quote('a', 'needs-you', standing, { asks }));
    if (!one) throw new Error('there is a line');
    return one;
  };
  const ask = (more: Partial<QuoteView['asks'][number]>): QuoteView['asks'][number] => ({
    ...{ id: 'k1', use: 'u-a', speakerId: 's1', way: 'link', wording: 'Old words', sentAt: 1 },
    ...{ goesAt: null, openedAt: null, lapsesAt: 9, over: null, answer: null },
    ...more,
  });
  const member = { mayQuote: true, mayFindFair: false };

  it('[ACCESS-1] is nothing for who may only read, and an editor’s judgement for editors alone', () => {
    expect(lineActs(line('checked'), { mayQuote: false, mayFindFair: false })).toEqual([]);
    expect(lineActs(line('context-changed'), member)).not.toContain('find-fair');
    expect(lineActs(line('context-changed'), { mayQuote: true, mayFindFair: true })[0]).toBe('find-fair');
    // whoever is named more closely is asked, whatever an editor finds
    expect(lineActs(line('context-closer'), { mayQuote: true, mayFindFair: true })).not.toContain(
      'find-fair',
    );
  });

  it('[QUOTE-2] is to put back what they agreed to last, a correction that was taken up included', () => {
    expect(lineActs(line('changed'), member)).not.toContain('restore');
    const asked = line('changed', [ask({})]);
    expect(wordsBefore(asked)).toBe('Old words');
    expect(lineActs(asked, member)[0]).toBe('restore');
    expect(lineWords(asked)).not.toContain('confirmed');
    expect(lineWords({ ...asked, agreed: 'Old words' })).toContain('confirmed');
    const confirmed = line('changed', [ask({ answer: { kind: 'confirmed', wording: null, decided: null } })]);
    expect(confirmed.agreed).toBe('Old words');
    expect(lineActs(confirmed, member)[0]).toBe('restore');
    const corrected = line('changed', [
      ask({ answer: { kind: 'confirmed', wording: null, decided: null } }),
      ask({
        id: 'k2',
        answer: { kind: 'correction-proposed', wording: 'New words', decided: 'accepted' },
      }),
    ]);
    expect(corrected.agreed).toBe('New words');
  });

  it('begins with a parent’s consent where the speaker is a child: nobody is asked before', () => {
    const child = { ...speaker('s1'), age: 'under-sixteen' } as const;
    expect(hindranceOf(line('checked'), child)).toBe('guardian');
    expect(lineActs(line('checked'), member, 'guardian')).toEqual(['ask-guardian', 'consent', 'set-aside']);
    expect(lineActs(line('checked'), member, 'guardian-asked')).toEqual(['consent', 'set-aside']);
    expect(lineActs(line('captured'), member, 'guardian')).not.toContain('consent');
    // once it is written down, they are asked like anybody else
    const agreed = linesOf(quote('a', 'to-send', 'checked', { guardianAgreed: ['s1'] }));
    expect(agreed.map((one) => hindranceOf(one, child))).toEqual([null]);
  });

  it('[LINK-1] is no letter to whoever has no address of their own', () => {
    expect(hindranceOf(line('checked'), { ...speaker('s1'), email: '' })).toBe('no-address');
    expect(hindranceOf(line('checked'), { ...speaker('s1'), address: 'shared' })).toBe('no-address');
    expect(lineActs(line('checked'), member, 'no-address')).toEqual(['record-answer', 'set-aside']);
  });

  it('is to decide on a correction that nobody decided on', () => {
    const open = line('correction-proposed', [
      ask({ answer: { kind: 'correction-proposed', wording: 'New words', decided: null } }),
    ]);
    expect(open.ask?.correction).toBe('New words');
    expect(lineActs(open, member)).toEqual(['take-up', 'go-back', 'withdraw']);
  });
});
