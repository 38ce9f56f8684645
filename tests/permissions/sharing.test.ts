import { describe, expect, it } from 'vitest';
import type { Section } from '../../shared/framework/framework.ts';
import {
  ACCESS_LEVELS,
  type Asker,
  type BlockFacts,
  blockFacts,
  decideBlockAccess,
  opensDocument,
} from '../../shared/permissions/access.ts';
import { contactSection, contactValues } from '../../shared/permissions/reading-copy.ts';
import { ROLES, type Role } from '../../shared/permissions/roles.ts';
import {
  ACCESS_WORDS,
  cellRule,
  effectOf,
  grantFor,
  inGridOrder,
  OFFERED_ACCESS,
  participant,
} from '../../shared/permissions/sharing.ts';
import { lockWords } from '../../shared/permissions/stage-lock.ts';

const NARRATIVE: BlockFacts = {
  caseId: 'case',
  schoolId: null,
  audience: 'print',
  perSchool: false,
  teamFields: false,
};
const OPEN = { stage: 'drafting', deleted: false } as const;
const contact: Asker = { role: 'contact', contactOf: [{ caseId: 'case', schoolId: 'school' }] };
const member = (role: Role): Asker => ({ role, contactOf: [] });

describe('what was set for a person and a section', () => {
  it('[ACCESS-1] takes away from, and gives to, everybody but a lead', () => {
    for (const level of ACCESS_LEVELS) {
      for (const role of ['editor', 'fieldworker', 'viewer'] as const) {
        expect(decideBlockAccess(member(role), { ...NARRATIVE, ...OPEN }, level).access).toBe(level);
      }
      expect(decideBlockAccess(member('owner'), { ...NARRATIVE, ...OPEN }, level).access).toBe('write');
    }
    expect(decideBlockAccess(member('fieldworker'), { ...NARRATIVE, ...OPEN }, 'read')).toEqual({
      access: 'read',
      reason: 'set',
    });
  });

  it('[ACCESS-1] never outlasts membership, nor the stage, nor the bin', () => {
    expect(decideBlockAccess({ role: null, contactOf: [] }, { ...NARRATIVE, ...OPEN }, 'write')).toEqual({
      access: 'none',
      reason: 'not-a-member',
    });
    for (const stage of ['approved', 'published', 'withdrawn', 'declined'] as const) {
      const closed = { ...NARRATIVE, ...OPEN, stage };
      expect(decideBlockAccess(member('viewer'), closed, 'write')).toEqual({
        access: 'read',
        reason: 'stage',
      });
      expect(decideBlockAccess(member('editor'), closed, 'none').access).toBe('none');
    }
    const binned = { ...NARRATIVE, stage: 'drafting', deleted: true } as const;
    expect(decideBlockAccess(contact, binned, 'write').access).toBe('none');
  });

  it('[ACCESS-5] shows a contact what is set of their own case, and nothing that is the team’s or of another school', () => {
    const says = (facts: Partial<BlockFacts>, granted: 'read' | 'write') =>
      decideBlockAccess(contact, { ...NARRATIVE, ...OPEN, ...facts }, granted).access;
    expect(says({}, 'read')).toBe('read');
    expect(says({}, 'write')).toBe('write');
    expect(says({ schoolId: 'school' }, 'write')).toBe('write');
    expect(says({ schoolId: 'other' }, 'write')).toBe('none');
    expect(says({ caseId: 'other' }, 'write')).toBe('none');
    expect(says({ audience: 'team' }, 'write')).toBe('none');
    expect(says({ teamFields: true }, 'write'), 'the document holds what is the team’s').toBe('comment');
  });

  it('[ACCESS-5] does not mix the schools of one case with those of another', () => {
    const two: Asker = {
      role: 'contact',
      contactOf: [
        { caseId: 'case', schoolId: 'north' },
        { caseId: 'other', schoolId: 'south' },
      ],
    };
    const facts = { ...NARRATIVE, ...OPEN, audience: 'shareable', perSchool: true } as const;
    expect(decideBlockAccess(two, { ...facts, schoolId: 'north' }, null).access).toBe('write');
    expect(decideBlockAccess(two, { ...facts, schoolId: 'south' }, null).access).toBe('none');
  });

  it('[ACCESS-5] lets a contact into the document only to fill it in, and others to read', () => {
    for (const role of ROLES) {
      expect(opensDocument(role, 'write')).toBe(true);
      expect(opensDocument(role, 'none')).toBe(false);
      for (const level of ['read', 'comment', 'suggest'] as const) {
        expect(opensDocument(role, level)).toBe(role !== 'contact');
      }
    }
  });
});

describe('a cell of the grid', () => {
  const person = (id: string, role: Role, schoolIds: readonly string[] = []) =>
    participant({ id, role, schoolIds }, 'case');
  const lead = person('lead', 'owner');
  const editor = person('editor', 'editor');
  const head = person('head', 'contact', ['school']);
  const rule = (changer: typeof lead, target: typeof lead, facts: Partial<BlockFacts> = {}) =>
    cellRule(changer, null, target, { ...NARRATIVE, ...facts });

  it('[ACCESS-6] is changed by the lead and editors, never one’s own, and never a lead’s', () => {
    expect(rule(lead, editor).fixed).toBeNull();
    expect(rule(editor, head).fixed).toBeNull();
    expect(rule(editor, editor).fixed).toBe('yourself');
    expect(rule(editor, lead).fixed).toBe('lead');
    expect(rule(lead, lead).fixed).toBe('lead');
    for (const role of ['fieldworker', 'viewer', 'contact'] as const) {
      expect(rule(person('x', role, ['school']), editor).fixed).toBe('not-yours');
    }
  });

  it('[ACCESS-6] is changed by nobody who does not fill the section in', () => {
    expect(cellRule(editor, 'read', head, NARRATIVE).fixed).toBe('not-held');
    expect(cellRule(editor, 'none', head, NARRATIVE).fixed).toBe('not-held');
  });

  it('[ACCESS-5] says what no school ever sees', () => {
    expect(rule(lead, head, { audience: 'team' }).fixed).toBe('team-only');
    expect(rule(lead, head, { schoolId: 'other' }).fixed).toBe('other-school');
    expect(rule(lead, head, { teamFields: true })).toMatchObject({ fixed: null, most: 'comment' });
  });

  it('is kept only where it is not what the person has anyway', () => {
    const forHead = rule(lead, head, { teamFields: true });
    expect(grantFor('none', forHead)).toBeNull();
    expect(grantFor('read', forHead)).toBe('read');
    expect(grantFor('write', forHead), 'as far as it goes').toBe('comment');
    expect(grantFor('write', rule(lead, editor))).toBeNull();
  });

  it('offers only words that do today what they say', () => {
    expect(OFFERED_ACCESS.map((level) => ACCESS_WORDS[level])).toEqual([
      'Nothing',
      'Reads',
      'Comments',
      'Suggests',
      'Fills in',
    ]);
    expect(ACCESS_LEVELS.map((level) => effectOf(level, 'viewer'))).toEqual(ACCESS_LEVELS);
    expect(effectOf('suggest', 'contact')).toBe('comment');
  });

  it('stands in the order in which one looks: schools first, then the team by part and name', () => {
    const people = [
      { name: 'Zoe', role: 'fieldworker' },
      { name: 'Amy', role: 'fieldworker' },
      { name: 'Lea', role: 'owner' },
      { name: 'Hal', role: 'contact' },
    ] as const;
    expect(inGridOrder(people).map(({ name }) => name)).toEqual(['Hal', 'Lea', 'Amy', 'Zoe']);
  });
});

describe('a reading copy for a school', () => {
  const section: Section = {
    id: '7',
    title: 'Evidence',
    purpose: '',
    required: false,
    occurrence: 'once',
    audience: 'print',
    prose: true,
    prompts: [{ id: 'why', label: 'Why', question: 'Why?' }],
    fields: [
      { id: 'open', kind: 'short-text', label: 'Open' },
      { id: 'private', kind: 'choice', label: 'Private', audience: 'team', options: [] },
      {
        id: 'rows',
        kind: 'group',
        label: 'Rows',
        rowName: 'row',
        fields: [
          { id: 'shown', kind: 'number', label: 'Shown' },
          { id: 'kept', kind: 'long-text', label: 'Kept', audience: 'team' },
        ],
      },
      { id: 'team', kind: 'group', label: 'Team', rowName: 'row', audience: 'team', fields: [] },
    ],
  };

  it('[ACCESS-5] holds no field that is the team’s alone, and none that the section does not know', () => {
    expect(blockFacts(section, { caseId: 'c', schoolId: null }).teamFields).toBe(true);
    const values = {
      'field/open': 'yes',
      'value/private': 'secret',
      'row/rows/r1': 'a0',
      'value/rows/r1/shown': '3',
      'year/rows/r1/shown': '2026',
      'field/rows/r1/kept': 'secret',
      'row/team/r2': 'a0',
      'field/team/r2/anything': 'secret',
      'field/unknown': 'secret',
      'field/rows': 'secret',
      'field/rows/r1': 'secret',
    };
    expect(contactValues(section, values)).toEqual({
      'field/open': 'yes',
      'row/rows/r1': 'a0',
      'value/rows/r1/shown': '3',
      'year/rows/r1/shown': '2026',
    });
  });

  it('[ACCESS-5] is drawn without those fields, and with the questions only for whoever is asked them', () => {
    const copy = contactSection(section, 'read');
    expect(contactSection(section, 'write').prompts).toEqual(section.prompts);
    expect(copy.prompts).toEqual([]);
    expect(copy.fields.map(({ id }) => id)).toEqual(['open', 'rows']);
    expect(copy.fields[1]).toMatchObject({ fields: [{ id: 'shown' }] });
  });
});

it('[ACCESS-1] a closed case says who closed it, when and why', () => {
  const lock = { stage: 'approved', by: 'Helen Voss', on: '3 May', why: 'Read by both schools' } as const;
  expect(lockWords(lock)).toBe(
    'Approved by Helen Voss on 3 May: “Read by both schools”. Nothing in it can be changed.',
  );
  expect(lockWords({ ...lock, why: '' })).toBe(
    'Approved by Helen Voss on 3 May. Nothing in it can be changed.',
  );
  expect(lockWords({ ...lock, by: null, on: null, why: '' })).toBe(
    'This case is approved. Nothing in it can be changed.',
  );
});
