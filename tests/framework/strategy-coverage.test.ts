import { describe, expect, it } from 'vitest';
import type { Field, Option } from '../../shared/framework/framework.ts';
import { mentoringAndCoaching as framework } from '../../shared/framework/mentoring-and-coaching.ts';
import { LATER_STEPS, STRATEGY_PARTS, type StrategyPart, type Target } from './coverage-row.ts';
import { OUR_ADDITIONS, STRATEGY_COVERAGE } from './strategy-coverage.ts';

const prompts = new Set<string>();
const fields = new Set<string>();
const options = new Set<string>();

function addField(path: string, field: Field): void {
  fields.add(path);
  const offered: readonly Option[] = 'options' in field ? field.options : 'items' in field ? field.items : [];
  for (const { id } of offered) options.add(`${path}/${id}`);
  if (field.kind === 'group') for (const inner of field.fields) addField(`${path}/${inner.id}`, inner);
}
for (const section of framework.sections) {
  for (const prompt of section.prompts) prompts.add(`${section.id}/${prompt.id}`);
  for (const field of section.fields) addField(`${section.id}/${field.id}`, field);
}
const ids = (entries: readonly { readonly id: string }[]) => new Set(entries.map(({ id }) => id));
const dimensions = new Set(
  framework.contextDimensions.flatMap(({ id, values }) => [
    id,
    ...values.map((value) => `${id}/${value.id}`),
  ]),
);

function exists(target: Target): boolean {
  if ('prompt' in target) return prompts.has(target.prompt);
  if ('field' in target) return fields.has(target.field);
  if ('option' in target) return options.has(target.option);
  if ('section' in target) return ids(framework.sections).has(target.section);
  if ('scoping' in target) return ids(framework.scopingQuestions).has(target.scoping);
  if ('careerStage' in target) return ids(framework.careerStages).has(target.careerStage);
  if ('stakeholder' in target) return ids(framework.stakeholderGroups).has(target.stakeholder);
  if ('dimension' in target) return dimensions.has(target.dimension);
  if ('definition' in target) return ids(framework.definitions).has(target.definition);
  if ('objective' in target) return ids(framework.learningObjectives).has(target.objective);
  return LATER_STEPS.includes(target.laterStep) && target.what.length > 0;
}

const allTargets = STRATEGY_COVERAGE.flatMap((row) => row.targets);
/** Prompts, fields and group fields by which something that the strategy asks for is answered. */
const targeted = new Set(
  allTargets.flatMap((target) =>
    'prompt' in target ? [`prompt ${target.prompt}`] : 'field' in target ? [`field ${target.field}`] : [],
  ),
);
const everything = [
  ...[...prompts].map((path) => `prompt ${path}`),
  ...[...fields].map((path) => `field ${path}`),
];

describe('what the fieldwork strategy asks for', () => {
  it('has a target that exists for every line', () => {
    const missing = STRATEGY_COVERAGE.flatMap((row) =>
      row.targets
        .filter((target) => !exists(target))
        .map((target) => ({ line: `${row.part} · ${row.source}`, target })),
    );
    expect(missing).toEqual([]);
  });

  it('is answered by every prompt and field that is not an addition of ours', () => {
    const additions = new Set(OUR_ADDITIONS);
    expect(everything.filter((path) => !targeted.has(path) && !additions.has(path))).toEqual([]);
  });

  it('lists as our additions only what exists and what no line asks for', () => {
    const known = new Set(everything);
    expect(OUR_ADDITIONS.filter((path) => !known.has(path) || targeted.has(path))).toEqual([]);
    expect(new Set(OUR_ADDITIONS).size).toBe(OUR_ADDITIONS.length);
  });

  it('is followed in its own order, with each line named once', () => {
    const order = STRATEGY_COVERAGE.map((row) => STRATEGY_PARTS.indexOf(row.part));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    const lines = STRATEGY_COVERAGE.map((row) => `${row.part} · ${row.source}`);
    expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([]);
  });

  it('reaches every section, scoping question, career stage, stakeholder group, dimension, definition and objective', () => {
    const reached = new Set(allTargets.map((target) => JSON.stringify(target)));
    const unreached = [
      ...framework.sections.map(({ id }) => ({ section: id })),
      ...framework.scopingQuestions.map(({ id }) => ({ scoping: id })),
      ...framework.careerStages.map(({ id }) => ({ careerStage: id })),
      ...framework.stakeholderGroups.map(({ id }) => ({ stakeholder: id })),
      ...framework.definitions.map(({ id }) => ({ definition: id })),
      ...framework.learningObjectives.map(({ id }) => ({ objective: id })),
    ].filter((target) => !reached.has(JSON.stringify(target)));
    // The profile is reached by its fields: no line of the strategy asks for it as such.
    expect(unreached).toEqual([{ section: 'profile' }]);
    const dimensionsReached = allTargets.flatMap((target) =>
      'dimension' in target ? [target.dimension.split('/')[0]] : [],
    );
    expect(new Set(dimensionsReached)).toEqual(ids(framework.contextDimensions));
  });

  it('keeps as many lines in each part as the document was read into', () => {
    const counted = Object.fromEntries(
      STRATEGY_PARTS.map((part) => [part, STRATEGY_COVERAGE.filter((row) => row.part === part).length]),
    );
    expect(counted).toEqual(LINES);
  });
});

/** Lines of each part, once the document had been gone through twice: one that gets lost later is noticed. */
const LINES: Readonly<Record<StrategyPart, number>> = {
  purposes: 28,
  methods: 13,
  scoping: 14,
  '1': 19,
  '2': 3,
  '2.1': 6,
  '2.2': 12,
  '2.3': 11,
  '2.4': 14,
  '2.5': 12,
  '2.6': 17,
  '3': 27,
  '4': 47,
  '5': 10,
  '6': 24,
  '7': 17,
  '8': 12,
  '9': 3,
  '10': 4,
  '11': 3,
  '12': 6,
  '13': 7,
  outputs: 11,
};
