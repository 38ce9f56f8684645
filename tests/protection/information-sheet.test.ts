import { describe, expect, it } from 'vitest';
import {
  changedParts,
  gapIn,
  SHEET_PART_IDS,
  SHEET_PART_LIMIT,
  type SheetParts,
  sheetBlocks,
  sheetFaults,
  sheetTemplate,
} from '../../shared/protection/information-sheet.ts';

const template = sheetTemplate({
  studyTitle: 'Mentoring in the north',
  lead: { name: 'Ada Lead', email: 'ada@team.example' },
});
const filled = Object.fromEntries(SHEET_PART_IDS.map((part) => [part, `Words of ${part}.`])) as SheetParts;

describe('the text that a lead begins with', () => {
  it('[PRIVACY-1] leaves a gap for everything that only the lead can know, and names nobody else', () => {
    expect(sheetFaults(template).map(({ part }) => part)).toEqual([
      'about',
      'controller',
      'purpose',
      'basis',
      'seen-by',
      'retention',
      'complaints',
    ]);
    expect(template.contact).toBe('Ada Lead, who leads the study: ada@team.example');
    for (const part of SHEET_PART_IDS) expect(template[part].length).toBeLessThan(SHEET_PART_LIMIT / 2);
  });
});

describe('what keeps a sheet from being shown', () => {
  it('[PRIVACY-1] is an empty part, a gap, or too many words', () => {
    expect(sheetFaults(filled)).toEqual([]);
    expect(sheetFaults({ ...filled, held: ' \n ' })).toEqual([{ part: 'held', message: 'needs some words' }]);
    expect(sheetFaults({ ...filled, basis: 'x'.repeat(SHEET_PART_LIMIT + 1) })).toMatchObject([
      { part: 'basis' },
    ]);
    expect(sheetFaults({ ...filled, rights: 'All. [Which ones?]' })).toEqual([
      { part: 'rights', message: 'still has a gap in square brackets: Which ones?' },
    ]);
  });

  it.each([
    ['nothing in brackets', 'We keep it (for two years).', null],
    ['brackets without words', 'See 1 [2] and [ ].', null],
    ['a gap', 'Until [say when].', 'say when'],
    ['the first of two', '[one] and [two]', 'one'],
    ['a bracket over two lines', 'a [b\nc] d', null],
    ['another alphabet', '[когда]', 'когда'],
  ])('a gap is words in square brackets: %s', (_, text, gap) => {
    expect(gapIn(text)).toBe(gap);
  });
});

describe('a sheet as it is drawn', () => {
  it('has paragraphs, lines and lists', () => {
    expect(sheetBlocks('One\ntwo\n\n- a\n – b\n• c\nafter\n\n\n  \nlast')).toEqual([
      { kind: 'words', lines: ['One', 'two'] },
      { kind: 'list', items: ['a', 'b', 'c'] },
      { kind: 'words', lines: ['after'] },
      { kind: 'words', lines: ['last'] },
    ]);
    expect(sheetBlocks('Before:\n- a')).toEqual([
      { kind: 'words', lines: ['Before:'] },
      { kind: 'list', items: ['a'] },
    ]);
    expect(sheetBlocks(' \n\n ')).toEqual([]);
  });

  it('[PRIVACY-2] tells which parts differ, whatever stands around their words', () => {
    expect(changedParts(filled, { ...filled, held: `  ${filled.held}\n`, rights: 'Others.' })).toEqual([
      'rights',
    ]);
    expect(changedParts(null, filled)).toEqual(SHEET_PART_IDS);
  });
});
