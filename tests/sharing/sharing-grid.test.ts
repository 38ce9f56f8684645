import { describe, expect, it } from 'vitest';
import { directLevel, placeAfter } from '../../client/sharing/grid-keys.ts';
import { gridMenu } from '../../client/sharing/grid-menu.ts';
import { SharingGrid, undoOf } from '../../client/sharing/sharing-grid.ts';
import {
  cellWords,
  changeWords,
  schoolGlance,
  sectionNotes,
  showsWords,
} from '../../client/sharing/sharing-words.ts';
import type { Sharing, SharingPerson, SharingSection } from '../../shared/api/sharing.ts';
import type { Role } from '../../shared/permissions/roles.ts';

const person = (id: string, name: string, role: Role, schoolIds: string[] = []): SharingPerson => ({
  id,
  name,
  role,
  schoolIds,
  initials: 'X',
  colour: '#000000',
});
const section = (blockId: string, more: Partial<SharingSection> = {}): SharingSection => ({
  blockId,
  sectionId: blockId,
  number: null,
  title: blockId,
  schoolId: null,
  audience: 'print',
  perSchool: false,
  teamFields: false,
  notApplicable: false,
  holds: { words: 0, filled: 0 },
  ...more,
});

const LEAD = person('lead', 'Imogen Farrell', 'owner');
const HEAD = person('head', 'Derek Onslow', 'contact', ['s1']);
const VIEWER = person('viewer', 'Vera Lund', 'viewer');
const SHARING: Sharing = {
  caseId: 'case',
  studyId: 'study',
  studyTitle: 'Study',
  title: 'Case',
  stage: 'drafting',
  deleted: false,
  mayChange: true,
  schools: [{ id: 's1', name: 'Larkfield', place: '', deletedAt: null }],
  people: [HEAD, LEAD, VIEWER],
  sections: [
    section('2.4'),
    section('facts', { perSchool: true, audience: 'shareable', schoolId: 's1' }),
    section('culture', { audience: 'team' }),
    section('mixed', { teamFields: true }),
  ],
  cells: [{ blockId: 'mixed', personId: 'viewer', level: 'comment', by: 'lead', at: Date.UTC(2026, 2, 3) }],
  changes: [],
  asked: [],
  others: [],
};
const [OBSERVING, FACTS, CULTURE, MIXED] = SHARING.sections as [
  SharingSection,
  SharingSection,
  SharingSection,
  SharingSection,
];
const grid = new SharingGrid(SHARING, 'lead');

describe('the grid of a case', () => {
  it('stands the people of a school together, before the team', () => {
    expect(grid.groups.map(({ school, people }) => [school?.name, people.map(({ id }) => id)])).toEqual([
      ['Larkfield', ['head']],
      [undefined, ['lead', 'viewer']],
    ]);
  });

  it('[ACCESS-1] says what each has', () => {
    const effects = (who: SharingPerson) => SHARING.sections.map((one) => grid.cell(who, one).effect);
    expect(effects(HEAD)).toEqual(['none', 'write', 'none', 'none']);
    expect(effects(LEAD)).toEqual(['write', 'write', 'write', 'write']);
    expect(effects(VIEWER)).toEqual(['read', 'read', 'read', 'comment']);
    expect(cellWords(grid.cell(VIEWER, MIXED), grid)).toMatch(
      /^Vera Lund, mixed: Comments\. Set by Imogen Farrell, 3 March.*; usually reads\.$/,
    );
    expect(cellWords(grid.cell(HEAD, CULTURE), grid)).toBe(
      'Derek Onslow, culture: The team’s alone: no school ever sees it.',
    );
  });

  it('changes a row or a column at once, and only what can and has to be changed', () => {
    expect(grid.steps([HEAD], SHARING.sections, 'write')).toEqual([
      { blockId: '2.4', personId: 'head', from: null, to: 'write' },
      { blockId: 'mixed', personId: 'head', from: null, to: 'comment' },
    ]);
    expect(grid.steps(SHARING.people, [OBSERVING], 'read')).toEqual([
      { blockId: '2.4', personId: 'head', from: null, to: 'read' },
    ]);
    expect(grid.steps([VIEWER], [MIXED], 'read')).toEqual([
      { blockId: 'mixed', personId: 'viewer', from: 'comment', to: null },
    ]);
    expect(grid.steps([VIEWER], [MIXED], 'comment')).toEqual([]);
    expect(grid.steps([VIEWER], SHARING.sections, null)).toEqual([
      { blockId: 'mixed', personId: 'viewer', from: 'comment', to: null },
    ]);
  });

  it('[ACCESS-6] asks before a school sees more, and not before it sees less', () => {
    const shared = (level: 'none' | 'read' | 'write', one: SharingSection) =>
      grid
        .newlyShared(grid.steps([HEAD, VIEWER], [one], level))
        .map(({ person, effect }) => [person.id, effect]);
    expect(shared('read', OBSERVING)).toEqual([['head', 'read']]);
    expect(shared('write', OBSERVING)).toEqual([['head', 'write']]);
    expect(shared('none', FACTS)).toEqual([]);
    expect(shared('read', FACTS)).toEqual([]);
  });

  it('takes a change back while it stands', () => {
    const step = { blockId: 'mixed', personId: 'viewer', from: null, to: 'comment' } as const;
    const steps = [step];
    expect(grid.stillStanding(steps)).toEqual(steps);
    expect(undoOf(steps)).toEqual([{ blockId: 'mixed', personId: 'viewer', from: 'comment', to: null }]);
    expect(grid.stillStanding([{ ...step, to: 'read' }])).toBeNull();
    expect(grid.stillStanding([{ ...step, personId: 'gone' }])).toBeNull();
  });

  it('says in words what was changed, and what a school sees', () => {
    expect(changeWords(grid.steps([HEAD], [OBSERVING], 'read'), grid)).toBe('Derek Onslow now reads 2.4.');
    expect(changeWords(grid.steps([HEAD], SHARING.sections, 'read'), grid)).toBe(
      'Derek Onslow now reads 3 sections.',
    );
    const none = grid.steps([HEAD, VIEWER], [FACTS], 'none');
    expect(changeWords(none, grid)).toBe('2 people now see nothing of facts.');
    expect(changeWords(grid.steps([HEAD], [OBSERVING], 'comment'), grid)).toBe(
      'Derek Onslow now comments on 2.4.',
    );
    const glance = schoolGlance(grid, [HEAD]);
    expect([glance.write, glance.read].map((some) => some.map(({ title }) => title))).toEqual([
      ['facts'],
      [],
    ]);
  });

  it('[ACCESS-6] says what a school gets, of what does not apply as well: that is only left out of its page', () => {
    const holds = { words: 1_200, filled: 1 };
    expect(showsWords(section('2.4', { holds }))).toBe(' · 1,200 words, 1 field filled in');
    expect(showsWords(section('2.4'))).toBe(' · nothing written yet');
    expect(showsWords(section('2.4', { holds: null }))).toBe('');
    expect(showsWords(section('2.4', { holds, notApplicable: true }))).toBe(
      ' · 1,200 words, 1 field filled in · does not apply: their page leaves it out until it does',
    );
  });

  it('[ACCESS-1] offers nobody a choice that the server would refuse', () => {
    const set: unknown[] = [];
    const acts = { set: (...what: unknown[]) => set.push(what), viewAs: () => {} };
    const menu = gridMenu(grid, SHARING.sections, { person: HEAD, section: MIXED }, acts);
    expect(menu?.items.map(({ label, unavailable }) => [label, !unavailable])).toEqual([
      ['Nothing', true],
      ['Reads', true],
      ['Comments', true],
      ['Fills in', false],
    ]);
    const fieldworker = new SharingGrid({ ...SHARING, mayChange: false }, 'viewer');
    expect(gridMenu(fieldworker, SHARING.sections, { person: HEAD, section: MIXED }, acts)).toBeNull();
    expect(gridMenu(fieldworker, SHARING.sections, { person: null, section: MIXED }, acts)).toBeNull();
    const column = gridMenu(fieldworker, SHARING.sections, { person: HEAD, section: null }, acts);
    expect(column?.items.map(({ label }) => label)).toEqual(['See the case as Derek Onslow']);
  });
});

describe('the keys of the grid', () => {
  const size = { rows: 30, columns: 4 };
  const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false, altKey: false });
  const go = (name: string, row: number, column: number, ctrl = false) =>
    placeAfter(key(name, ctrl), { row, column }, size);

  it('move among cells and heads, and never to the empty corner or beyond', () => {
    expect(go('ArrowDown', 0, 0)).toEqual({ row: 1, column: 0 });
    expect(go('ArrowUp', 0, 0)).toEqual({ row: -1, column: 0 });
    expect(go('ArrowLeft', 0, 0)).toEqual({ row: 0, column: -1 });
    expect(go('ArrowUp', 0, -1)).toEqual({ row: 0, column: -1 });
    expect(go('ArrowRight', 0, 3)).toEqual({ row: 0, column: 3 });
    expect(go('PageDown', 25, 1)).toEqual({ row: 29, column: 1 });
    expect(go('PageUp', 5, 1)).toEqual({ row: 0, column: 1 });
    expect(go('Home', 4, 3)).toEqual({ row: 4, column: -1 });
    expect(go('End', 4, 0)).toEqual({ row: 4, column: 3 });
    expect(go('Home', 4, 3, true)).toEqual({ row: 0, column: 0 });
    expect(go('End', 4, 0, true)).toEqual({ row: 29, column: 3 });
    expect(go('x', 4, 0)).toBeNull();
  });

  it('set a level by its letter', () => {
    expect(['n', 'R', 'f', 'x'].map((name) => directLevel(key(name)))).toEqual([
      'none',
      'read',
      'write',
      null,
    ]);
    expect(directLevel(key('r', true))).toBeNull();
  });
});

it('two sections of one number are told apart by what they are about', () => {
  const four = [
    section('facts', { number: '4', perSchool: true, audience: 'shareable', schoolId: 's1' }),
    section('culture', { number: '4', audience: 'team' }),
    section('five', { number: '5' }),
  ];
  const sharing = { ...SHARING, sections: four };
  expect(four.map((one) => sectionNotes(one, sharing))).toEqual([
    ['Larkfield'],
    ['on the whole case', 'team only'],
    [],
  ]);
});
