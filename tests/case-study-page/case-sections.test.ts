import { describe, expect, it } from 'vitest';
import {
  caseSections,
  outlineRows,
  schoolsLine,
  sectionBySlug,
} from '../../client/case-study/case-sections.ts';
import { caseDetail, framework, schools, sectionsOf } from './case-on-paper.ts';

describe('the sections of a case', () => {
  it('stand in the order of the framework, whatever order the blocks came in', () => {
    const detail = caseDetail();
    const shuffled = { ...detail, blocks: [...detail.blocks].reverse() };
    const order = caseSections(framework, shuffled).map(({ section }) => section.id);
    expect(order).toEqual(
      framework.sections.filter(({ onlyForAuthority }) => !onlyForAuthority).map(({ id }) => id),
    );
  });

  it('name the school where several are asked, and only there', () => {
    const one = sectionsOf();
    expect(one.find(({ section }) => section.id === '4-facts')?.full).toBe('4 Context');
    const many = caseSections(framework, caseDetail({ schools: 2 }));
    const facts = many.filter(({ section }) => section.id === '4-facts');
    expect(facts.map(({ full }) => full)).toEqual(['4 Context, Larkfield Primary', '4 Context, Harrow Lane']);
    expect(many.find(({ section }) => section.id === '2.4')?.full).toBe('2.4 Observing');
  });

  it('[ACCESS-1] leave out what the reader may not read', () => {
    const sections = sectionsOf({ '2.4': { access: 'none', reason: 'not-shared' } });
    expect(sections.some(({ section }) => section.id === '2.4')).toBe(false);
  });

  it('are found again by what a link names', () => {
    const many = caseSections(framework, caseDetail({ schools: 2 }));
    for (const section of many) expect(sectionBySlug(many, section.slug)).toBe(section);
    expect(new Set(many.map(({ slug }) => slug)).size).toBe(many.length);
  });

  it('are found by a link that names a school of former days, or none', () => {
    const many = caseSections(framework, caseDetail({ schools: 2 }));
    expect(sectionBySlug(many, '4-facts~gone')?.school?.name).toBe('Larkfield Primary');
    expect(sectionBySlug(many, '4-facts')?.school?.name).toBe('Larkfield Primary');
    expect(sectionBySlug(many, 'no such section')).toBeNull();
  });
});

describe('the outline', () => {
  it('lists every section once', () => {
    const many = caseSections(framework, caseDetail({ schools: 3 }));
    const listed = outlineRows(many).flatMap((row) => (row.kind === 'section' ? [row.section] : []));
    expect(listed).toEqual(many);
  });

  it('puts several schools under a row of their section', () => {
    const rows = outlineRows(caseSections(framework, caseDetail({ schools: 2 })));
    const at = rows.findIndex((row) => row.kind === 'group' && row.title === 'Context');
    expect(rows[at]).toMatchObject({ kind: 'group', number: '4' });
    expect(
      rows
        .slice(at + 1, at + 3)
        .map((row) => row.kind === 'section' && [row.section.school?.name, row.depth]),
    ).toEqual([
      ['Larkfield Primary', 1],
      ['Harrow Lane', 1],
    ]);
  });

  it('indents what stands under another section', () => {
    const rows = outlineRows(sectionsOf());
    const depth = (id: string) => rows.find((row) => row.kind === 'section' && row.section.section.id === id);
    expect(depth('2.4')).toMatchObject({ depth: 1 });
    expect(depth('3')).toMatchObject({ depth: 0 });
  });
});

describe('where a case is', () => {
  it.each([
    [0, ''],
    [1, 'Larkfield Primary'],
    [2, 'Larkfield Primary and Harrow Lane'],
    [4, 'Larkfield Primary and 3 more schools'],
  ])('of %i schools is said as “%s”', (count, words) => {
    expect(schoolsLine(schools(count))).toBe(words);
  });
});
