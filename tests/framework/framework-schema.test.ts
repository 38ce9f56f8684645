import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Framework } from '../../shared/framework/framework.ts';
import {
  exportFramework,
  type FrameworkProblem,
  frameworkJsonSchema,
  parseFramework,
} from '../../shared/framework/framework-schema.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';

/** Change it to look elsewhere; a failure prints it with the path to the counterexample. */
const SEED = Number(process.env.CASEBOOK_SEED ?? 20260314);

function small(): Framework {
  return {
    id: 'small',
    version: 1,
    title: 'Small',
    description: 'A framework just large enough.',
    language: 'en-GB',
    sections: [
      {
        id: '1',
        number: '1',
        title: 'First',
        purpose: 'To begin.',
        required: true,
        occurrence: 'once',
        audience: 'shareable',
        prose: true,
        prompts: [{ id: 'why', label: 'Why', question: 'Why?' }],
        fields: [
          {
            id: 'colour',
            kind: 'choice',
            label: 'Colour',
            options: [
              { id: 'red', label: 'Red' },
              { id: 'blue', label: 'Blue' },
            ],
          },
          { id: 'count', kind: 'number', label: 'Count', min: 0, max: 9 },
          {
            id: 'rows',
            kind: 'group',
            label: 'Rows',
            rowName: 'row',
            fields: [{ id: 'what', kind: 'short-text', label: 'What' }],
          },
        ],
      },
      {
        id: '1.1',
        title: 'Second',
        purpose: 'To go on.',
        parent: '1',
        required: false,
        occurrence: 'once',
        audience: 'print',
        prose: true,
        prompts: [],
        fields: [],
      },
    ],
    scopingQuestions: [{ id: 'clear', label: 'Clear', question: 'Is it clear?' }],
    stakeholderGroups: [{ id: 'pupils', label: 'Pupils' }],
    careerStages: [{ id: 'trainee', label: 'Trainee' }],
    contextDimensions: [{ id: 'area', label: 'Area', values: [{ id: 'rural', label: 'Rural' }] }],
    definitions: [{ id: 'mentoring', term: 'Mentoring', text: 'Help by someone experienced.' }],
    learningObjectives: [{ id: 'listen', text: 'Listen.' }],
  };
}

/** A copy of `small()` with the value at `path` replaced; `undefined` takes the key away. */
function withValue(path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(small());
  let at = copy as unknown as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  const last = path[path.length - 1] as string | number;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

function problemsOf(json: unknown): readonly FrameworkProblem[] {
  const parsed = parseFramework(json);
  return parsed.ok ? [] : parsed.problems;
}

/** The same value with the keys of every object in the opposite order. */
function keysReversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysReversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, keysReversed(inner)]),
  );
}

const ROWS: readonly [
  what: string,
  at: readonly (string | number)[],
  value: unknown,
  path: string,
  message: RegExp,
][] = [
  ['an unknown key', ['colour'], 'red', 'colour', /not something a framework has/],
  [
    'an unknown key deep down',
    ['sections', 0, 'fields', 0, 'options', 1, 'x'],
    1,
    'sections[0].fields[0].options[1].x',
    /not something/,
  ],
  ['a missing list', ['careerStages'], undefined, 'careerStages', /is missing/],
  ['text where a list belongs', ['sections', 0, 'prompts'], 'why', 'sections[0].prompts', /must be a list/],
  [
    'an id with capitals',
    ['sections', 0, 'fields', 0, 'options', 1, 'id'],
    'Blue',
    'sections[0].fields[0].options[1].id',
    /small letter/,
  ],
  ['an id with a slash', ['sections', 0, 'id'], '1/2', 'sections[0].id', /small letter/],
  ['an id of 65 letters', ['sections', 0, 'id'], 'a'.repeat(65), 'sections[0].id', /64 at most/],
  ['a framework id with a dot', ['id'], 'a.b', 'id', /joined by hyphens/],
  ['a version of 0', ['version'], 0, 'version', /at least 1/],
  ['half a version', ['version'], 1.5, 'version', /whole number/],
  ['an empty title', ['sections', 1, 'title'], ' ', 'sections[1].title', /must have words/],
  [
    'a line break in a label',
    ['sections', 0, 'prompts', 0, 'label'],
    'a\nb',
    'sections[0].prompts[0].label',
    /line breaks/,
  ],
  ['half a surrogate pair', ['title'], 'a\ud800', 'title', /control characters/],
  ['a label of 201 characters', ['title'], 'a'.repeat(201), 'title', /more characters than 200/],
  [
    'an unknown kind of field',
    ['sections', 0, 'fields', 1, 'kind'],
    'sum',
    'sections[0].fields[1].kind',
    /, group$/,
  ],
  [
    'a group inside a group',
    ['sections', 0, 'fields', 2, 'fields', 0, 'kind'],
    'group',
    'sections[0].fields[2].fields[0].kind',
    /, checklist$/,
  ],
  [
    'an unknown audience',
    ['sections', 0, 'audience'],
    'all',
    'sections[0].audience',
    /one of print, shareable, team/,
  ],
  [
    'a choice without options',
    ['sections', 0, 'fields', 0, 'options'],
    [],
    'sections[0].fields[0].options',
    /must not be empty/,
  ],
  [
    'an option twice',
    ['sections', 0, 'fields', 0, 'options', 1, 'id'],
    'red',
    'sections[0].fields[0].options[1].id',
    /used already by sections\[0\]\.fields\[0\]\.options\[0\]/,
  ],
  ['a field twice', ['sections', 0, 'fields', 2, 'id'], 'colour', 'sections[0].fields[2].id', /used already/],
  ['a section twice', ['sections', 1, 'id'], '1', 'sections[1].id', /used already by sections\[0\]/],
  ['a parent that is not there', ['sections', 1, 'parent'], '7', 'sections[1].parent', /names no section: 7/],
  [
    'a section that is its own parent',
    ['sections', 1, 'parent'],
    '1.1',
    'sections[1].parent',
    /must stand before/,
  ],
  ['a parent that comes later', ['sections', 0, 'parent'], '1.1', 'sections[0].parent', /must stand before/],
  [
    'a least above the most',
    ['sections', 0, 'fields', 1, 'min'],
    10,
    'sections[0].fields[1].max',
    /less than min/,
  ],
  [
    'a field for more people than its section',
    ['sections', 0, 'fields', 1, 'audience'],
    'print',
    'sections[0].fields[1].audience',
    /wider/,
  ],
  ['a language with a space', ['language'], 'en GB', 'language', /language tag/],
  [
    '201 sections',
    ['sections'],
    Array.from({ length: 201 }, (_, n) => ({ ...small().sections[0], id: `s${n}` })),
    'sections',
    /more entries than 200/,
  ],
];

describe('reading a framework', () => {
  it('gives back what was exported, and the same bytes whatever the order of keys', () => {
    const file = exportFramework(small());
    expect(parseFramework(JSON.parse(file))).toEqual({ ok: true, framework: small() });
    const reordered = keysReversed(small()) as Framework;
    expect(exportFramework(reordered)).toBe(file);
    expect(file.endsWith('}\n')).toBe(true);
  });

  it('never writes a framework that could not be read back', () => {
    expect(() => exportFramework(withValue(['title'], '') as Framework)).toThrow(
      /framework small cannot be exported: title/,
    );
  });

  it.each(ROWS)('[INPUT-1] names the place of %s', (_what, at, value, path, message) => {
    const problem = problemsOf(withValue(at, value)).find((candidate) => candidate.path === path);
    expect(problem?.message).toMatch(message);
  });

  it('[INPUT-1] reports several problems at once, and no more than a hundred', () => {
    const twoWrong = withValue(['version'], 0) as Record<string, unknown>;
    twoWrong.title = '';
    expect(problemsOf(twoWrong).map(({ path }) => path)).toEqual(['version', 'title']);
    const manyKeys = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`key${n}`, n]));
    expect(problemsOf({ ...small(), ...manyKeys })).toHaveLength(100);
  });

  it('refuses a team-only field where schools fill in the section themselves', () => {
    const filledIn = withValue(['sections', 0, 'occurrence'], 'per-school') as {
      sections: { fields: object[] }[];
    };
    filledIn.sections[0]?.fields.push({
      id: 'secret',
      kind: 'short-text',
      label: 'Secret',
      audience: 'team',
    });
    expect(problemsOf(filledIn)).toEqual([
      { path: 'sections[0].fields[3].audience', message: expect.stringMatching(/would see it/) },
    ]);
  });

  it('publishes a JSON schema that refuses unknown keys', () => {
    const schema = frameworkJsonSchema();
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(schema.required).toEqual(Object.keys(small()));
    expect(() => JSON.stringify(schema)).not.toThrow();
  });
});

describe('[INPUT-1] hostile input', () => {
  it('is refused whatever it is, with a path and a message, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (json) => {
        const problems = problemsOf(json);
        expect(problems.length).toBeGreaterThan(0);
        for (const problem of problems) expect(problem.message).not.toBe('');
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('is refused or read when one place of a good framework holds anything at all', () => {
    const places = leaves(small());
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 3 }), (place, value) => {
        const parsed = parseFramework(withValue(place, value));
        if (parsed.ok) expect(exportFramework(parsed.framework)).not.toBe('');
        else expect(parsed.problems.length).toBeGreaterThan(0);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['a nesting of 100,000 lists', () => JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))],
    ['half a million sections', () => ({ ...small(), sections: new Array(500_000).fill({}) })],
    ['190,000 sections', () => ({ ...small(), sections: new Array(190_000).fill({}) })],
    ['a title of ten million spaces', () => ({ ...small(), title: ' '.repeat(10_000_000) })],
    ['an id made to backtrack', () => ({ ...small(), id: `${'a-'.repeat(1_000_000)}!` })],
    ['keys of a million characters', () => ({ ...small(), ['k'.repeat(1_000_000)]: 1 })],
    ['a prototype', () => JSON.parse(`{"__proto__":{"id":"x"},${JSON.stringify(small()).slice(1)}`)],
    [
      'a framework that contains itself',
      () => {
        const circular = { ...small(), sections: [] as unknown[] };
        circular.sections.push(circular);
        return circular;
      },
    ],
  ])('is refused in few words when it is %s', (_what, make) => {
    const problems = problemsOf(make());
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(100);
    for (const { path, message } of problems) expect(path.length + message.length).toBeLessThan(400);
  });

  it('leaves the framework that it was given as it was', () => {
    const before = JSON.stringify(mentoringAndCoaching);
    parseFramework(mentoringAndCoaching);
    expect(JSON.stringify(mentoringAndCoaching)).toBe(before);
  });
});

/** The path of every value in it, objects and lists included, except the whole. */
function leaves(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    return [here, ...leaves(inner, here)];
  });
}
