import { describe, expect, it } from 'vitest';
import { dayInWords, figureHint, readFigure, yearHint } from '../../client/editor/figures.ts';
import { linkAddress } from '../../client/editor/link-address.ts';

describe('figures as people type them', () => {
  it.each([
    ['240', 240],
    [' 1,240 ', 1240],
    ['1 240 000', 1240000],
    ['12.5 %', 12.5],
    ['£3,000', 3000],
    ['-4', -4],
    ['\u22124', -4],
  ])('reads %j', (typed, value) => {
    expect(readFigure(typed)).toEqual({ kind: 'figure', value });
    expect(figureHint(typed, {})).toBeNull();
  });

  it.each(['about 240', '240 or so', '1,24', '12-15', 'two', '1e9'])(
    'keeps %j as words, with a hint',
    (typed) => {
      expect(readFigure(typed)).toEqual({ kind: 'words' });
      expect(figureHint(typed, {})).toMatch(/Kept as you typed it/);
    },
  );

  it('only hints where a figure is out of its usual bounds', () => {
    expect(figureHint('101', { min: 0, max: 100 })).toMatch(/100 or less/);
    expect(figureHint('-1', { min: 0, max: 100 })).toMatch(/0 or more/);
    expect(figureHint('', { min: 1 })).toBeNull();
  });

  it('takes years and school years', () => {
    for (const year of ['2025', '2024/25', '2024-2025', '2024\u201325', ''])
      expect(yearHint(year)).toBeNull();
    for (const other of ['last year', '25', '2025/6', '1066']) expect(yearHint(other)).not.toBeNull();
  });

  it('says a day in words, and nothing of what is no day', () => {
    expect(dayInWords('2026-03-14')).toBe('14 March 2026');
    for (const other of ['2026-02-30', 'spring', '', '2026-3-4']) expect(dayInWords(other)).toBeNull();
  });
});

describe('addresses of links', () => {
  it.each([
    ['example.org', 'https://example.org'],
    ['example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
    ['localhost.test:4400/x', 'https://localhost.test:4400/x'],
    ['head@larkfield.example', 'mailto:head@larkfield.example'],
    ['http://example.org', 'http://example.org'],
    ['tel:+441234', 'tel:+441234'],
  ])('makes %j whole', (typed, whole) => {
    expect(linkAddress(typed)).toBe(whole);
  });

  it.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.org/1',
    'two words',
    'nothing',
    '',
    'java\nscript:alert(1)',
  ])('[INPUT-2] refuses %j', (typed) => {
    expect(linkAddress(typed)).toBeNull();
  });
});
