import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longDate } from '../../shared/document/long-date.ts';
import type { Framework, Section } from '../../shared/framework/framework.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';
import { type BlockContent, type CaseContent, caseOutline } from '../../shared/publishing/case-outline.ts';
import { draftHtml } from '../../shared/publishing/draft-html.ts';
import { contentDisposition } from '../../shared/publishing/file-name.ts';
import { assertInert } from '../document/inert.ts';

const prose = (...texts: string[]) => ({
  type: 'doc',
  content: texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
});
const block = (
  sectionId: string,
  schoolId: string | null,
  content: Partial<BlockContent> = {},
): BlockContent => ({
  sectionId,
  schoolId,
  text: { type: 'doc', content: [] },
  values: {},
  notApplicable: null,
  ...content,
});
const section = (id: string, change: Partial<Section> = {}): Section => ({
  id,
  title: `Section ${id}`,
  purpose: 'x',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [],
  fields: [],
  ...change,
});
const content = (sections: Section[], blocks: BlockContent[]): CaseContent => ({
  studyTitle: 'The study',
  title: 'The case',
  subtitle: '',
  schools: [
    { id: 's1', name: 'Hill', place: 'Northtown' },
    { id: 's2', name: 'Brook', place: '' },
  ],
  framework: { ...mentoringAndCoaching, sections } as Framework,
  blocks,
  day: '2031-03-04',
});

describe('a case as a tree', () => {
  it('follows the framework, schools in the case’s order, and leaves out what the asker may not read', () => {
    const sections = [
      section('2', { number: '2' }),
      section('2.1', { number: '2.1', parent: '2', audience: 'team' }),
      section('4', { occurrence: 'per-school', audience: 'shareable' }),
      section('hidden'),
    ];
    const outline = caseOutline(
      content(sections, [
        block('4', 's2'),
        block('2.1', null),
        block('4', 's1'),
        block('2', null),
        block('gone', null),
      ]),
    );
    expect(outline.sections.map(({ title, level, marking }) => [title, level, marking])).toEqual([
      ['Section 2', 2, null],
      ['Section 2.1', 3, 'Team only'],
      ['Section 4', 2, 'Team and school'],
    ]);
    expect(outline.sections[2]?.parts.map((part) => part.school)).toEqual(['Hill, Northtown', 'Brook']);
    expect(outline).toMatchObject({ date: '4 March 2031', schools: ['Hill, Northtown', 'Brook'] });
  });

  it('says every kind of field in words, and leaves out those without an answer', () => {
    const options = [
      { id: 'a', label: 'Option A' },
      { id: 'b', label: 'Option B' },
    ];
    const fields: Section['fields'] = [
      { id: 'short', kind: 'short-text', label: 'Short' },
      { id: 'long', kind: 'long-text', label: 'Long' },
      { id: 'roll', kind: 'number', label: 'Roll', unit: 'pupils', withYear: true, withSource: true },
      { id: 'share', kind: 'number', label: 'Share', unit: '%' },
      { id: 'day', kind: 'date', label: 'Day' },
      { id: 'one', kind: 'choice', label: 'One', options },
      { id: 'many', kind: 'many-choices', label: 'Many', options },
      { id: 'asked', kind: 'yes-no', label: 'Asked' },
      { id: 'todo', kind: 'checklist', label: 'To do', items: options, audience: 'team' },
      { id: 'none', kind: 'short-text', label: 'None' },
      {
        id: 'people',
        kind: 'group',
        label: 'People',
        rowName: 'collaborator',
        fields: [{ id: 'name', kind: 'short-text', label: 'Name' }],
      },
    ];
    const values = {
      'field/short': 'one line',
      'field/long': 'first\n\nsecond',
      'value/roll': '240',
      'year/roll': '2030',
      'source/roll': 'the census',
      'value/share': '12',
      'value/day': '2031-12-01',
      'value/one': 'b',
      'option/many/b': true,
      'option/many/a': true,
      'value/asked': 'unknown',
      'option/todo/b': true,
      'row/people/r2': 'b',
      'row/people/r1': 'a',
      'row/people/r0': '0',
      'field/people/r1/name': 'Ada',
      'field/people/r2/name': 'Ben',
    };
    const [first] = caseOutline(content([section('1', { fields })], [block('1', null, { values })])).sections;
    const said = first?.parts[0]?.fields.map(({ label, value }) => [label, value]);
    expect(said).toEqual([
      ['Short', { kind: 'lines', lines: ['one line'] }],
      ['Long', { kind: 'lines', lines: ['first', 'second'] }],
      ['Roll', { kind: 'lines', lines: ['240 pupils (2030; the census)'] }],
      ['Share', { kind: 'lines', lines: ['12%'] }],
      ['Day', { kind: 'lines', lines: ['1 December 2031'] }],
      ['One', { kind: 'lines', lines: ['Option B'] }],
      ['Many', { kind: 'choices', choices: ['Option A', 'Option B'] }],
      ['Asked', { kind: 'lines', lines: ['Not known'] }],
      [
        'To do',
        {
          kind: 'checks',
          checks: [
            { label: 'Option A', done: false },
            { label: 'Option B', done: true },
          ],
        },
      ],
      [
        'People',
        {
          kind: 'rows',
          rows: ['Ada', 'Ben'].map((name, index) => ({
            title: `Collaborator ${index + 1}`,
            fields: [{ label: 'Name', marking: null, value: { kind: 'lines', lines: [name] } }],
          })),
        },
      ],
    ]);
    expect(first?.parts[0]?.fields.find((field) => field.label === 'To do')?.marking).toBe('Team only');
  });

  it('leaves words that are no date as they are', () => {
    expect(['2031-13-01', 'soon', '2031-01-09'].map(longDate)).toEqual([
      '2031-13-01',
      'soon',
      '9 January 2031',
    ]);
  });
});

describe('a draft as a page', () => {
  it('is marked as a draft, says what is empty and what does not apply, and keeps headings in order', () => {
    const sections = [
      section('1', { number: '1' }),
      section('2'),
      section('3', { occurrence: 'per-school' }),
    ];
    const inside = {
      type: 'doc',
      content: [{ type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Inside' }] }],
    };
    const html = draftHtml(
      caseOutline(
        content(sections, [
          block('1', null, { text: prose('Written.') }),
          block('2', null, { notApplicable: 'nobody <asked>' }),
          block('3', 's1', { text: inside }),
          block('3', 's2'),
        ]),
      ),
    );
    expect(html).toContain('Draft – not for circulation');
    expect(html).toContain('<h2><span class="number">1</span> Section 1</h2>\n<p>Written.</p>');
    expect(html).toContain('Does not apply: nobody &lt;asked&gt;');
    expect(html).toContain('<h3>Hill, Northtown</h3>\n<h4>Inside</h4>');
    expect(html).toContain('<h3>Brook</h3>\n<p class="empty">Nothing written yet.</p>');
    assertInert(html);
  });

  it('[INPUT-2] fetches nothing and runs nothing, whatever words stand in it', () => {
    const nasty = fc.oneof(
      fc.constantFrom(
        '</style><script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        'javascript:alert(1)',
      ),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(nasty, nasty, nasty, nasty, (title, words, value, href) => {
        const fields: Section['fields'] = [{ id: 'f', kind: 'long-text', label: 'F' }];
        const link = { type: 'link', attrs: { href } };
        const text = {
          type: 'doc',
          content: [{ type: 'paragraph', content: [{ type: 'text', text: words, marks: [link] }] }],
        };
        const given = content(
          [section('1', { fields })],
          [block('1', null, { text, values: { 'field/f': value }, notApplicable: words })],
        );
        const html = draftHtml(caseOutline({ ...given, title, subtitle: words, studyTitle: value }));
        assertInert(html);
        expect(/<style>([^<]*)<\/style>/.exec(html)?.[1]).not.toMatch(/url\(|@import/);
      }),
      { numRuns: 200 },
    );
  });
});

describe('names of files', () => {
  it.each([
    ['Plain words', 'attachment; filename="Plain words.docx"; filename*=UTF-8\'\'Plain%20words.docx'],
    [
      'École “Ü”',
      'attachment; filename="_cole ___.docx"; filename*=UTF-8\'\'%C3%89cole%20%E2%80%9C%C3%9C%E2%80%9D.docx',
    ],
    ['../../etc/passwd', 'attachment; filename="etc passwd.docx"; filename*=UTF-8\'\'etc%20passwd.docx'],
    [
      'a"\r\nX-Evil: 1\u0000',
      'attachment; filename="a X-Evil 1.docx"; filename*=UTF-8\'\'a%20X-Evil%201.docx',
    ],
    ['\u202efdp.exe', 'attachment; filename="fdp.exe.docx"; filename*=UTF-8\'\'fdp.exe.docx'],
    ['...', 'attachment; filename="Case study.docx"; filename*=UTF-8\'\'Case%20study.docx'],
  ])('[INPUT-2] are safe for headers and folders: %j', (title, header) => {
    expect(contentDisposition(title, '.docx', 'attachment')).toBe(header);
  });

  it('[INPUT-2] are one line of plain signs for any title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        expect(contentDisposition(title, '.html', 'inline')).toMatch(/^[\x20-\x7e]+$/);
      }),
    );
  });
});
