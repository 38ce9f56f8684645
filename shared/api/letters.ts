/** What the HTTP interface says of letters to school contacts; its routes stand in `contract.ts`. */
import { z } from 'zod';
import { LETTER_KINDS, LETTER_STATES } from '../letters/letter-state.ts';
import { LINK_DAYS, SUBJECT_LIMIT, TEXT_LIMIT, USUAL_LINK_DAYS } from '../letters/letter-text.ts';
import { isTimeZone, WEEK_DAYS } from '../letters/school-hours.ts';
import { id, time } from './scalars.ts';

export const linkDays = z.literal(LINK_DAYS).default(USUAL_LINK_DAYS);

/** What somebody wrote to a school contact. */
export const letterWords = z.object({
  subject: z
    .string()
    .trim()
    .min(1, 'needs a subject')
    .max(SUBJECT_LIMIT)
    .regex(/^\P{Cc}*$/u, 'is one line'),
  /** `[link]` stands where the link goes. */
  text: z
    .string()
    .trim()
    .min(1, 'needs some words')
    .max(TEXT_LIMIT)
    .overwrite((text) => text.replace(/\r\n?/g, '\n'))
    .regex(/^[\P{Cc}\n\t]*$/u, 'holds characters that no letter can'),
  /** Goes out of school hours as well; not before its ten minutes. */
  anyHour: z.boolean().default(false),
});
export type LetterWords = z.input<typeof letterWords>;

/** A letter as lists have it. */
export const letter = z.object({
  id,
  kind: z.enum(LETTER_KINDS),
  caseId: id,
  schoolId: id,
  /** The invitation whose link it carries; null where they are in already. */
  invitationId: id.nullable(),
  personId: id.nullable(),
  toName: z.string(),
  toAddress: z.string(),
  subject: z.string(),
  state: z.enum(LETTER_STATES),
  madeBy: id,
  madeAt: time,
  /** When it goes, or is tried again. */
  dueAt: time,
  /** What it waits for. */
  waitsFor: z.enum(['call-back', 'week', 'school-hours', 'mail-server']),
  tries: z.number().int(),
  sentAt: time.nullable(),
  /** For how many days its link works, from when it goes. */
  days: z.number().int(),
});
export type Letter = z.infer<typeof letter>;

/** One letter with what stands in it. Its link is not kept: `[link]` stands in its place. */
export const wholeLetter = letter.extend({
  text: z.string(),
  from: z.string(),
  replyTo: z.string(),
});
export type WholeLetter = z.infer<typeof wholeLetter>;

/** To whom and what about a letter is, before it is sent. */
export const plannedLetter = letterWords.extend({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email('not an e-mail address')),
  name: z.string().trim().max(120).default(''),
  days: linkDays,
});

/** The letter as the person would get it, and when. */
export const letterPreview = z.object({
  from: z.string(),
  replyTo: z.string(),
  to: z.string(),
  subject: z.string(),
  /** With its link left out: that is made when it goes. */
  text: z.string(),
  /** Null where no mail goes out from here. */
  dueAt: time.nullable(),
  waitsFor: letter.shape.waitsFor,
});
export type LetterPreview = z.infer<typeof letterPreview>;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is a time such as 08:00');

/** When letters of a study may go (`SchoolHours`). */
export const schoolHours = z.object({
  days: z
    .array(z.literal(WEEK_DAYS))
    .min(1, 'needs a day')
    .max(7)
    .overwrite((days) => [...new Set(days)].sort()),
  from: clockTime,
  to: clockTime,
  zone: z.string().max(64).refine(isTimeZone, 'is no time zone that is known here'),
  holidays: z
    .array(z.object({ from: z.iso.date(), to: z.iso.date() }))
    .max(60, 'are more than can be kept')
    .default([]),
});

/** The same, where the end comes after the beginning. */
export const newSchoolHours = schoolHours
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be later than the beginning' })
  .refine(({ holidays }) => holidays.every(({ from, to }) => from <= to), {
    path: ['holidays'],
    message: 'must each end on or after the day on which they begin',
  });
