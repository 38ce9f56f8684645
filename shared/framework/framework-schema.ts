import { z } from 'zod';
import type { Audience, Field, Framework, Section } from './framework.ts';
import { frameworkShape } from './framework-shape.ts';

/** One thing wrong with a framework, said to the person who wrote it. */
export interface FrameworkProblem {
  /** Where, such as `sections[3].fields[0].options[2].id`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

export type ParsedFramework =
  | { readonly ok: true; readonly framework: Framework }
  | { readonly ok: false; readonly problems: readonly FrameworkProblem[] };

/** Problems reported at once; more would help nobody. */
const MAX_PROBLEMS = 100;
/** Values, of any kind, that are looked at before the shape is checked at all. */
const MAX_VALUES = 200_000;
/** UTF-16 code units of all strings and keys together. */
const MAX_CHARACTERS = 4_000_000;
/** A framework is seven levels deep. */
const MAX_DEPTH = 12;

/**
 * Reads a framework from parsed JSON, from anybody. Never throws: whatever is
 * wrong comes back as problems, at most a hundred.
 * The framework returned is a copy with its keys in the order of the schema.
 */
export function parseFramework(json: unknown): ParsedFramework {
  const size = sizeProblem(json);
  if (size) return { ok: false, problems: [size] };
  const parsed = frameworkShape.safeParse(json, { reportInput: true });
  if (!parsed.success) return refused(parsed.error.issues.flatMap(shapeProblems));
  const problems = ruleProblems(parsed.data);
  return problems.length > 0 ? refused(problems) : { ok: true, framework: parsed.data };
}

function refused(problems: readonly FrameworkProblem[]): ParsedFramework {
  return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) };
}

/** The JSON schema of a framework (draft 2020-12), for editors and other tools. */
export function frameworkJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(frameworkShape, { target: 'draft-2020-12' });
  return {
    $schema,
    title: 'Casebook framework',
    description:
      'What a study asks of every case. Beyond this schema, ids differ within their list, ' +
      'a parent stands before its children, and no field has a wider audience than its section.',
    ...schema,
  };
}

/**
 * A framework as a file: the same framework gives the same bytes, whatever the
 * order in which its objects were built. Ends with a line feed.
 * @throws if the framework is not valid: one that could not be read back is never written
 */
export function exportFramework(framework: Framework): string {
  const parsed = parseFramework(framework);
  if (!parsed.ok) {
    const { path, message } = parsed.problems[0] ?? { path: '', message: '' };
    throw new Error(`framework ${framework.id} cannot be exported: ${path}: ${message}`);
  }
  return `${JSON.stringify(parsed.framework, null, 2)}\n`;
}

/** Bounds the work that checking can cost, before any of it is done; also stops at cycles. */
function sizeProblem(json: unknown): FrameworkProblem | undefined {
  const tooLarge = { path: '', message: 'is far larger than any framework; was this the right file?' };
  let values = 0;
  let characters = 0;
  const waiting: { value: unknown; depth: number }[] = [{ value: json, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string') characters += value.length;
    if (typeof value === 'object' && value !== null) {
      if (depth >= MAX_DEPTH) return { path: '', message: 'is nested more deeply than any framework' };
      for (const key of Object.keys(value)) {
        values += 1;
        if (!Array.isArray(value)) characters += key.length;
        if (values > MAX_VALUES) return tooLarge;
        waiting.push({ value: (value as Record<string, unknown>)[key], depth: depth + 1 });
      }
    }
    if (characters > MAX_CHARACTERS) return tooLarge;
  }
  return undefined;
}

type Path = readonly PropertyKey[];

/** `['sections', 3, 'id']` as `sections[3].id`. */
function pathText(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${shortened(String(step))}`))
    .join('')
    .replace(/^\./, '');
}

/** Keys are anybody's: kept to one readable line. */
function shortened(words: string): string {
  const line = words.replace(/[\p{Cc}\p{Cs}]/gu, '?');
  return line.length > 60 ? `${line.slice(0, 60).replace(/\p{Cs}$/u, '')}…` : line;
}

function shapeProblems(issue: z.core.$ZodIssue): FrameworkProblem[] {
  const at = (message: string, key?: string): FrameworkProblem => ({
    path: pathText(key === undefined ? issue.path : [...issue.path, key]),
    message,
  });
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, MAX_PROBLEMS).map((key) => at('is not something a framework has', key));
    case 'invalid_type':
      return [
        at(issue.input === undefined ? 'is missing' : `must be ${TYPES[issue.expected] ?? issue.expected}`),
      ];
    case 'invalid_value':
      return [at(`must be one of ${issue.values.map(String).join(', ')}`)];
    case 'invalid_union':
      return [at(`must be one of ${insideGroup(issue.path) ? ROW_KINDS : `${ROW_KINDS}, group`}`)];
    case 'too_big':
      return [at(`${OVER[issue.origin] ?? 'is more than'} ${issue.maximum}`)];
    case 'too_small':
      return [at(issue.origin === 'array' ? 'must not be empty' : `must be at least ${issue.minimum}`)];
    case 'invalid_format':
      return [at(formatMessage(issue.path))];
    default:
      return [at('is not what a framework has here')];
  }
}

const ROW_KINDS = 'short-text, long-text, number, date, choice, many-choices, yes-no, checklist';

/** `sections[n].fields[n].fields[n]`: a group stands in a section only, never in a group. */
function insideGroup(path: Path): boolean {
  return path.filter((step) => step === 'fields').length > 1;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'an object',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
};

const OVER: Readonly<Record<string, string>> = {
  string: 'has more characters than',
  array: 'has more entries than',
};

function formatMessage(path: Path): string {
  const key = path.at(-1);
  if (key === 'id' && path.length === 1)
    return 'must be words of small letters and digits, joined by hyphens';
  if (key === 'id' || key === 'parent') {
    return 'must begin with a small letter or digit and go on with small letters, digits, dots or hyphens, 64 at most';
  }
  if (key === 'language') return 'must be a language tag such as en-GB';
  return 'must have words in it, and no control characters or line breaks';
}

/** The rules that reach across places. */
function ruleProblems(framework: Framework): FrameworkProblem[] {
  const problems: FrameworkProblem[] = [];
  const report = (path: Path, message: string) => problems.push({ path: pathText(path), message });

  const uniqueIds = (path: Path, entries: readonly { readonly id: string }[]) => {
    const first = new Map<string, number>();
    for (const [index, { id }] of entries.entries()) {
      const earlier = first.get(id);
      if (earlier === undefined) first.set(id, index);
      else report([...path, index, 'id'], `is used already by ${pathText([...path, earlier])}`);
    }
  };

  const checkField = (path: Path, field: Field, section: Section) => {
    const own = field.audience;
    if (own && AUDIENCE_WIDTH[own] > AUDIENCE_WIDTH[section.audience]) {
      report([...path, 'audience'], `is wider than that of its section (${section.audience})`);
    }
    if (own === 'team' && filledInBySchools(section)) {
      report(
        [...path, 'audience'],
        'cannot be team: schools fill in this section themselves and would see it',
      );
    }
    if (field.kind === 'choice' || field.kind === 'many-choices')
      uniqueIds([...path, 'options'], field.options);
    if (field.kind === 'checklist') uniqueIds([...path, 'items'], field.items);
    if (field.kind === 'number' && (field.min ?? -Infinity) > (field.max ?? Infinity)) {
      report([...path, 'max'], 'is less than min');
    }
    if (field.kind === 'group') {
      uniqueIds([...path, 'fields'], field.fields);
      for (const [index, inner] of field.fields.entries())
        checkField([...path, 'fields', index], inner, section);
    }
  };

  const indexOf = new Map(framework.sections.map((section, index) => [section.id, index]));
  uniqueIds(['sections'], framework.sections);
  for (const [index, section] of framework.sections.entries()) {
    const path = ['sections', index];
    if (section.parent !== undefined) {
      const parent = indexOf.get(section.parent);
      if (parent === undefined) report([...path, 'parent'], `names no section: ${section.parent}`);
      else if (parent >= index) report([...path, 'parent'], 'must stand before this section in the list');
    }
    uniqueIds([...path, 'prompts'], section.prompts);
    uniqueIds([...path, 'fields'], section.fields);
    for (const [at, field] of section.fields.entries()) checkField([...path, 'fields', at], field, section);
  }
  for (const list of ENTRY_LISTS) uniqueIds([list], framework[list]);
  for (const [index, dimension] of framework.contextDimensions.entries()) {
    uniqueIds(['contextDimensions', index, 'values'], dimension.values);
  }
  return problems;
}

const AUDIENCE_WIDTH: Readonly<Record<Audience, number>> = { team: 0, shareable: 1, print: 2 };

/** A school that fills in a section holds the whole document of it, team-only fields included. */
function filledInBySchools(section: Section): boolean {
  return section.occurrence === 'per-school' && section.audience === 'shareable';
}

const ENTRY_LISTS = [
  'scopingQuestions',
  'stakeholderGroups',
  'careerStages',
  'contextDimensions',
  'definitions',
  'learningObjectives',
] as const;
