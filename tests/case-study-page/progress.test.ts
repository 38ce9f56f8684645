import { describe, expect, it } from 'vitest';
import {
  caseProgress,
  factsFromServer,
  progressWords,
  ringOf,
  type SectionFacts,
  standingOf,
  wordsPhrase,
} from '../../client/case-study/progress.ts';
import { blockState, sectionOf, sectionsOf } from './case-on-paper.ts';

const NOTHING: SectionFacts = { words: 0, filled: 0, fields: 5, prompts: {} };
const SOME: SectionFacts = { ...NOTHING, words: 120 };

describe('how far a section is', () => {
  it('is computed as empty from its text, whatever was said of it', () => {
    expect(standingOf(blockState('2.4', { status: 'ready' }), NOTHING).kind).toBe('empty');
    expect(standingOf(blockState('2.4', { status: 'drafting' }), NOTHING).kind).toBe('empty');
  });

  it('is in work as soon as there are words or a field', () => {
    expect(standingOf(blockState('2.4'), SOME).kind).toBe('drafting');
    expect(standingOf(blockState('2.4'), { ...NOTHING, filled: 1 }).kind).toBe('drafting');
  });

  it('names who agreed, and goes stale when the text changed since', () => {
    const agreed = { status: 'agreed', agreedBy: 'ruth', agreedAt: 5 } as const;
    expect(standingOf(blockState('2.4', agreed), SOME)).toEqual({ kind: 'agreed', by: 'ruth', at: 5 });
    expect(standingOf(blockState('2.4', { ...agreed, agreementStale: true }), SOME).kind).toBe('stale');
  });

  it('may be that it does not apply, with the reason', () => {
    const state = blockState('2.4', { status: 'agreed', notApplicable: 'nobody observed anybody' });
    expect(standingOf(state, SOME)).toEqual({ kind: 'not-applicable', reason: 'nobody observed anybody' });
  });
});

describe('the ring of a section', () => {
  const ring = (facts: SectionFacts, change = {}) => ringOf(sectionOf('2.4', change), facts);

  it('is open while empty and closed only when agreed or not applicable', () => {
    expect(ring(NOTHING)).toBe(0);
    expect(ring(SOME, { status: 'agreed' })).toBe(100);
    expect(ring(NOTHING, { notApplicable: 'so' })).toBe(100);
    expect(ring(SOME, { status: 'ready' })).toBeLessThan(100);
    expect(ring(SOME, { status: 'agreed', agreementStale: true })).toBeLessThan(100);
  });

  it('grows with text, fields and answered prompts, and never looks finished in work', () => {
    const { prompts } = sectionOf('2.4').section;
    const answered = Object.fromEntries(prompts.map(({ id }) => [id, 'answered' as const]));
    const steps = [
      ring(SOME),
      ring({ ...SOME, filled: 3 }),
      ring({ ...SOME, filled: 3, prompts: answered }),
      ring({ ...SOME, filled: 5, prompts: answered }),
    ];
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
    expect(new Set(steps).size).toBe(steps.length);
    expect(Math.max(...steps)).toBeLessThan(ring(SOME, { status: 'ready' }));
  });
});

describe('how far a case is', () => {
  const progress = (changes: Parameters<typeof sectionsOf>[0]) =>
    caseProgress(sectionsOf(changes), ({ state }) => factsFromServer(state));

  it('counts agreed and not applicable as done, and what is begun as in work', () => {
    const found = progress({
      '1': { status: 'agreed', words: 10 },
      '2': { notApplicable: 'so', words: 99 },
      '2.1': { status: 'agreed', agreementStale: true, words: 20 },
      '2.2': { status: 'drafting', words: 5 },
    });
    expect(found).toEqual({ total: 22, done: 2, inWork: 2, words: 35 });
  });

  it('is said in words', () => {
    expect(progressWords({ total: 19, done: 11, inWork: 2, words: 0 })).toBe('11 of 19 agreed');
    expect(progressWords({ total: 19, done: 0, inWork: 2, words: 0 })).toBe('2 of 19 in work');
    expect(progressWords({ total: 19, done: 0, inWork: 0, words: 0 })).toBe('19 sections, none begun');
    expect(progressWords({ total: 19, done: 19, inWork: 0, words: 0 })).toBe('all agreed');
  });

  it('counts words as people write them', () => {
    expect([wordsPhrase(0), wordsPhrase(1), wordsPhrase(1312)]).toEqual(['', '1 word', '1,312 words']);
  });
});
