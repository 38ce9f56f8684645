import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  blockSlots,
  childSections,
  type Field,
  findSection,
  promptLead,
} from '../../shared/framework/framework.ts';
import { exportFramework, parseFramework } from '../../shared/framework/framework-schema.ts';
import { mentoringAndCoaching as framework } from '../../shared/framework/mentoring-and-coaching.ts';
import { allIds } from './all-ids.ts';
import keptIds from './ids-v1.json' with { type: 'json' };

describe('the framework for mentoring and coaching', () => {
  it('is a valid framework and comes back from its file unchanged', () => {
    expect(parseFramework(framework)).toEqual({ ok: true, framework });
    expect(parseFramework(JSON.parse(exportFramework(framework)))).toEqual({ ok: true, framework });
  });

  it('keeps every id of version 1, in order: what has changed needs a new version', () => {
    expect(allIds(framework)).toEqual(keptIds);
  });

  it('has the profile, the summary card and sections 1 to 13', () => {
    expect(framework.sections.map(({ id }) => id)).toEqual([
      'profile',
      'summary',
      '1',
      '2',
      '2.1',
      '2.2',
      '2.3',
      '2.4',
      '2.5',
      '2.6',
      '3',
      '4-facts',
      '4-culture',
      '4-authority',
      '5',
      '6',
      '7',
      '8',
      '9',
      '10',
      '11',
      '12',
      '13',
    ]);
    expect(childSections(framework, '2').map(({ id }) => id)).toEqual([
      '2.1',
      '2.2',
      '2.3',
      '2.4',
      '2.5',
      '2.6',
    ]);
  });

  it('says of every section what it is for, and asks at least one question in it', () => {
    for (const section of framework.sections) {
      expect(section.purpose.length, section.id).toBeGreaterThan(30);
      expect(section.prompts.length, section.id).toBeGreaterThan(0);
    }
  });

  it('labels prompts in one to four words and ends every question as a sentence', () => {
    for (const section of framework.sections) {
      for (const prompt of section.prompts) {
        expect(prompt.label.split(' ').length, `${section.id}/${prompt.id}`).toBeLessThanOrEqual(4);
        expect(prompt.question, `${section.id}/${prompt.id}`).toMatch(/[.?)]$/);
      }
    }
  });

  it('gives each school its own facts, contacts and filming, and a whole authority one section more', () => {
    const shape = { schoolIds: ['a', 'b'], authority: false };
    const perSchool = blockSlots(framework, shape).filter(({ schoolId }) => schoolId === 'b');
    expect(perSchool.map(({ sectionId }) => sectionId)).toEqual(['4-facts', '12', '13']);
    const sectionsAsked = (authority: boolean) =>
      new Set(blockSlots(framework, { ...shape, authority }).map(({ sectionId }) => sectionId));
    expect(sectionsAsked(false).has('4-authority')).toBe(false);
    expect(sectionsAsked(true).has('4-authority')).toBe(true);
  });

  it('keeps leadership and culture to the team, and hides nothing in what schools fill in themselves', () => {
    expect(findSection(framework, '4-culture')?.audience).toBe('team');
    for (const id of ['4-facts', '12', '13']) {
      const section = findSection(framework, id);
      expect(section?.audience).toBe('shareable');
      expect(section?.fields.filter(({ audience }) => audience === 'team')).toEqual([]);
    }
  });

  it('asks for the year and the source of every figure of a school', () => {
    const figures = (fields: readonly Field[]): Field[] =>
      fields.flatMap((field) =>
        field.kind === 'group' ? figures(field.fields) : field.kind === 'number' ? [field] : [],
      );
    for (const id of ['4-facts', '4-authority']) {
      for (const figure of figures(findSection(framework, id)?.fields ?? [])) {
        expect(figure, `${id}/${figure.id}`).toMatchObject({ withYear: true, withSource: true });
      }
    }
  });

  it('counts coverage along lists that are also fields', () => {
    const profile = findSection(framework, 'profile');
    const choices = (id: string) => {
      const field = profile?.fields.find((candidate) => candidate.id === id);
      return field?.kind === 'many-choices' ? field.options : undefined;
    };
    expect(choices('career-stages')).toEqual(framework.careerStages);
    for (const dimension of framework.contextDimensions)
      expect(choices(dimension.id)).toEqual(dimension.values);
    const outcomes = findSection(framework, '6')?.fields.find(({ id }) => id === 'outcomes');
    const stakeholder =
      outcomes?.kind === 'group' ? outcomes.fields.find(({ id }) => id === 'stakeholder') : undefined;
    expect(stakeholder?.kind === 'choice' && stakeholder.options).toEqual(framework.stakeholderGroups);
  });

  it('has six career stages, nine stakeholder groups and four scoping questions', () => {
    expect(framework.careerStages).toHaveLength(6);
    expect(framework.stakeholderGroups).toHaveLength(9);
    expect(framework.scopingQuestions).toHaveLength(4);
  });

  it('is plain data: neither the model nor the data brings zod into the page', () => {
    const folder = new URL('../../shared/framework/', import.meta.url);
    const data = readdirSync(new URL('mentoring-and-coaching/', folder)).map(
      (name) => `mentoring-and-coaching/${name}`,
    );
    const modules = ['framework.ts', 'mentoring-and-coaching.ts', ...data];
    expect(modules.length).toBeGreaterThan(5);
    for (const name of modules) {
      const imports = readFileSync(new URL(name, folder), 'utf8').match(/from '[^']+'/g) ?? [];
      expect(
        imports.filter((line) => /zod|framework-s/.test(line)),
        name,
      ).toEqual([]);
    }
  });
});

describe('how a prompt leads its question', () => {
  it('ends with a full stop unless it asks already', () => {
    expect(promptLead('Span')).toBe('Span.');
    expect(promptLead('Part of it?')).toBe('Part of it?');
  });
});
