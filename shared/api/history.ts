import { z } from 'zod';
import type { FieldValues, ProseMirrorJson } from '../document/reading.ts';
import { id } from './scalars.ts';

const at = z.number().int();

/** A stretch of time in which a section was written in; its end can be had again. */
export const historyMoment = z.object({
  /** Of its last change: names the section as it was then. */
  seq: z.number().int().positive(),
  /** Milliseconds since 1970, of the first and the last change. */
  from: at,
  to: at,
  /** Who wrote, most first; null: the service itself. `written`: letters, roughly, that they typed. */
  people: z.array(z.object({ id: id.nullable(), written: z.number().int().nonnegative() })),
  /** `here`: words were erased for good, and its past with them; `gone`: it is of that past, and nothing of it can be shown. */
  erased: z.enum(['here', 'gone']).nullable(),
});
export type HistoryMoment = z.output<typeof historyMoment>;

/** A state of the whole case that was kept. */
export const caseVersion = z.object({
  id,
  /** `named` by somebody; `stage`: kept when the case came to a stage, whose id is its name. */
  kind: z.enum(['named', 'stage']),
  name: z.string(),
  by: id.nullable(),
  at,
  /** The section's last change in it. */
  seq: z.number().int().positive(),
});
export type CaseVersion = z.output<typeof caseVersion>;

/** The longest name of a version, in characters. */
export const MOST_VERSION_NAME = 120;
export const newVersion = z.object({ id, name: z.string().trim().min(1).max(MOST_VERSION_NAME) });

export const blockHistory = z.object({
  /** Newest first. */
  moments: z.array(historyMoment),
  /** Older ones, before the last of these. */
  more: z.boolean(),
  /** Names of whoever wrote in them. */
  people: z.array(z.object({ id, name: z.string(), colour: z.string() })),
  /** All in which it stands, newest first. */
  versions: z.array(caseVersion),
});
export type BlockHistoryReply = z.output<typeof blockHistory>;

/** One field that said something, in words. */
const fieldLine = z.object({
  /** The same for the same field and row of every moment. */
  key: z.string(),
  label: z.string(),
  words: z.string(),
});
export type FieldLine = z.output<typeof fieldLine>;

/** A section as it was. */
export const pastSection = z.object({
  seq: z.number().int().nonnegative(),
  /** The mark `writtenBy` of its pieces names a person, by `by`; none where nobody is known. */
  text: z.custom<ProseMirrorJson>((value) => typeof value === 'object' && value !== null),
  values: z.custom<FieldValues>((value) => typeof value === 'object' && value !== null),
  fields: z.array(fieldLine),
  people: z.array(z.object({ id, name: z.string(), colour: z.string() })),
});
export type PastSection = z.output<typeof pastSection>;
