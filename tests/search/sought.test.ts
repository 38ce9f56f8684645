import { describe, expect, it } from 'vitest';
import { foundRanges, snippetOf, soughtTerms } from '../../shared/search/sought.ts';

const texts = (typed: string) => soughtTerms(typed).map(({ text, prefix }) => `${text}${prefix ? '*' : ''}`);
const found = (text: string, typed: string) =>
  foundRanges(text, soughtTerms(typed))?.map(({ from, to }) => text.slice(from, to));
const snippet = (text: string, typed: string) =>
  snippetOf(text, soughtTerms(typed))
    .map((part) => (part.found ? `[${part.text}]` : part.text))
    .join('');

describe('what somebody looks for', () => {
  it('is words that may go on, and phrases that stand as they are', () => {
    expect(texts('mentor "peer coaching" time')).toEqual(['mentor*', 'peer coaching', 'time*']);
  });

  it('[INPUT-1] is nothing where nothing can be looked for, and never more than is told', () => {
    expect(texts('')).toEqual([]);
    expect(texts('* - ( ) : ^ NEAR/ "" a')).toEqual(['NEAR/*']);
    expect(texts('“an open phrase')).toEqual(['an open phrase']);
    expect(soughtTerms(Array.from({ length: 90 }, (_, at) => `w${at}`).join(' ')).length).toBe(12);
    expect(soughtTerms('word '.repeat(100_000)).length).toBeLessThanOrEqual(12);
  });

  it('is found whatever its case and the marks on its letters', () => {
    expect(found('The CAFÉ beside the café.', 'cafe')).toEqual(['CAFÉ', 'café']);
    expect(found('ﬁnding a way', 'find')).toEqual(['ﬁnd']);
    expect(found('Straße', 'straße')).toEqual(['Straße']);
  });

  it('begins words, and stands nowhere within them', () => {
    expect(found('comentor, mentoring', 'mentor')).toEqual(['mentor']);
    expect(found('comentor', 'mentor')).toBeUndefined();
    expect(found('peer-coaching and peer  coaching', '"peer coaching"')).toEqual([
      'peer-coaching',
      'peer  coaching',
    ]);
    expect(found('coaching', '"coach"')).toBeUndefined();
  });

  it('must all be there', () => {
    expect(found('mentors need time', 'mentor time')).toEqual(['mentor', 'time']);
    expect(found('mentors need time', 'mentor money')).toBeUndefined();
  });
});

/** Half of a letter beyond 16 bits. */
const HALF = /[\ud800-\udfff]/u;

describe('the words shown of a place', () => {
  it('are few, and what was found stands out', () => {
    expect(snippet('Mentors need time.', 'time')).toBe('Mentors need [time].');
    const long = `${'before '.repeat(60)}the mentor met her weekly ${'after '.repeat(60)}`;
    const shown = snippet(long, 'mentor weekly');
    expect(shown).toMatch(/^… before .*the \[mentor\] met her \[weekly\] after .* …$/);
    expect(shown.length).toBeLessThan(300);
  });

  it('are those where most of it stands together', () => {
    const long = `mentor ${'x '.repeat(300)} mentor time money ${'x '.repeat(300)}`;
    expect(snippet(long, 'mentor time money')).toContain('[mentor] [time] [money]');
  });

  it('are found in a long text without reading all of it, wherever they stand', () => {
    const filling = 'and the lesson went on as it does each week of the year, without them. ';
    const far = `${filling.repeat(3_000)}The comentor met a mentor. ${filling.repeat(3_000)}`;
    expect(snippet(far, 'mentor')).toMatch(/comentor met a \[mentor\]\./);
    let read = 0;
    const early = `The mentor came. ${filling.repeat(3_000)}`;
    const counted = Object.assign(Object(early), {
      slice(from: number, to: number) {
        read += to - from;
        return early.slice(from, to);
      },
    }) as string;
    expect(snippet(counted, 'mentor')).toMatch(/^The \[mentor\] came\./);
    expect(read).toBeLessThan(10_000);
  });

  it('cut no letter in two', () => {
    const shown = snippet('😀'.repeat(400), 'x');
    expect(shown).not.toMatch(HALF);
    expect(snippet(`${'😀'.repeat(99)} mentor ${'😀'.repeat(300)}`, 'mentor')).not.toMatch(HALF);
  });
});
