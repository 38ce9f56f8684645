import { z } from 'zod';
import type { Framework } from './framework.ts';

/** Bounds of a framework; far above what a study needs, far below what would hurt. */
export const FRAMEWORK_LIMITS = {
  sections: 200,
  prompts: 200,
  fields: 200,
  options: 500,
  /** scoping questions, definitions, objectives, dimensions, stakeholder groups, career stages: each */
  entries: 500,
  /** UTF-16 code units */
  label: 200,
  /** UTF-16 code units */
  text: 4000,
} as const;

const id = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/);
const frameworkId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
/** Something to read in it, no control characters, no half of a surrogate pair. */
const READABLE = /^(?=.*\S)[^\p{Cc}\p{Cs}]*$/u;
const label = z.string().max(FRAMEWORK_LIMITS.label).regex(READABLE);
const text = z.string().max(FRAMEWORK_LIMITS.text).regex(READABLE);

const option = z.strictObject({ id, label, help: text.optional(), group: label.optional() });
const options = z.array(option).min(1).max(FRAMEWORK_LIMITS.options);
const entries = z.array(option).max(FRAMEWORK_LIMITS.entries);

const audience = z.enum(['print', 'shareable', 'team']);
const fieldBase = {
  id,
  label,
  help: text.optional(),
  required: z.boolean().optional(),
  audience: audience.optional(),
};

const simpleFields = [
  z.strictObject({ kind: z.literal('short-text'), ...fieldBase }),
  z.strictObject({ kind: z.literal('long-text'), ...fieldBase }),
  z.strictObject({
    kind: z.literal('number'),
    ...fieldBase,
    unit: label.optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    withYear: z.boolean().optional(),
    withSource: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('date'), ...fieldBase }),
  z.strictObject({ kind: z.literal('choice'), ...fieldBase, options }),
  z.strictObject({ kind: z.literal('many-choices'), ...fieldBase, options }),
  z.strictObject({ kind: z.literal('yes-no'), ...fieldBase }),
  z.strictObject({ kind: z.literal('checklist'), ...fieldBase, items: options }),
] as const;

const group = z.strictObject({
  kind: z.literal('group'),
  ...fieldBase,
  rowName: label,
  fields: z.array(z.discriminatedUnion('kind', simpleFields)).min(1).max(FRAMEWORK_LIMITS.fields),
});

const section = z.strictObject({
  id,
  number: z.string().max(20).regex(READABLE).optional(),
  title: label,
  purpose: text,
  parent: id.optional(),
  required: z.boolean(),
  occurrence: z.enum(['once', 'per-school']),
  audience,
  onlyForAuthority: z.boolean().optional(),
  prose: z.boolean(),
  prompts: z.array(z.strictObject({ id, label, question: text })).max(FRAMEWORK_LIMITS.prompts),
  fields: z.array(z.discriminatedUnion('kind', [...simpleFields, group])).max(FRAMEWORK_LIMITS.fields),
});

/**
 * The shape of a framework as JSON. What depends on several places at once
 * (ids that must differ, parents that must come first) is checked elsewhere,
 * so this alone does not make a framework valid: use `parseFramework`.
 */
export const frameworkShape = z.strictObject({
  id: frameworkId,
  version: z.int().min(1).max(1_000_000),
  title: label,
  description: text,
  language: z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,7}$/),
  sections: z.array(section).min(1).max(FRAMEWORK_LIMITS.sections),
  scopingQuestions: z.array(z.strictObject({ id, label, question: text })).max(FRAMEWORK_LIMITS.entries),
  stakeholderGroups: entries,
  careerStages: entries,
  contextDimensions: z.array(z.strictObject({ id, label, values: options })).max(FRAMEWORK_LIMITS.entries),
  definitions: z.array(z.strictObject({ id, term: label, text })).max(FRAMEWORK_LIMITS.entries),
  learningObjectives: z.array(z.strictObject({ id, text })).max(FRAMEWORK_LIMITS.entries),
});

/** Fails to compile when the shape and the model part ways, in either direction. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type DeepReadonly<T> = T extends readonly (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;
true satisfies Same<DeepReadonly<z.infer<typeof frameworkShape>>, Framework>;
