/** A child's words, as a parent or carer is asked for them; the routes themselves stand in `contract.ts`. */
import { z } from 'zod';
import { CHANNELS } from '../quotes/consent.ts';
import { NAMINGS } from '../quotes/naming.ts';
import { linkDays } from './letters.ts';
import { ownTeam, shownWords, wordsSource } from './own-parts.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'not an id');
const time = z.number().int();

const consent = z.object({
  channels: z.array(z.enum(CHANNELS)),
  until: time.nullable(),
  naming: z.enum(NAMINGS),
});

/** One quote of a child. */
export const guardedQuote = z.object({
  quoteId: id,
  askId: id,
  /** As they were asked about it. */
  shown: shownWords,
  source: wordsSource,
  /** What stands in the text where that is something else by now. */
  now: shownWords.nullable(),
  gone: z.boolean(),
  askedBy: z.string(),
  askedAt: time,
  until: time,
  /** Why it is not answered any more; none once they agreed. */
  over: z.enum(['lapsed', 'recalled', 'withdrawn']).nullable(),
  /** What they, or another parent, agreed to. */
  consent: consent.extend({ at: time, code: z.string() }).nullable(),
  /** The child agreed: as they told (`told`), or themselves. */
  assent: z.object({ told: z.boolean(), at: time }).nullable(),
  withdrawn: z.object({ at: time, code: z.string() }).nullable(),
});
export type GuardedQuote = z.infer<typeof guardedQuote>;

/** A child's words of one school, as one study quotes them. */
export const guardedWords = z.object({
  speakerId: id,
  /** Of the child. */
  name: z.string(),
  schoolName: z.string(),
  studyTitle: z.string(),
  namings: z.array(z.object({ naming: z.enum(NAMINGS), text: z.string() })),
  /** As the team proposes, or was chosen. */
  naming: z.enum(NAMINGS),
  onlyOne: z.boolean(),
  team: ownTeam,
  printOn: z.string().nullable(),
  quotes: z.array(guardedQuote),
});
export type GuardedWords = z.infer<typeof guardedWords>;

/** Where the words of a child may appear, as a parent or carer says it. */
export const guardianConsent = z.object({
  speakerId: id,
  quoteIds: z.array(id).min(1).max(500),
  naming: z.enum(NAMINGS),
  channels: z.array(z.enum(CHANNELS)).min(1, 'say where').max(CHANNELS.length),
  until: time.nullable().default(null),
});

export const guardianAssent = z.object({ speakerId: id, quoteIds: z.array(id).min(1).max(500) });

/** As the team has them, to write to. */
export const guardian = z.object({
  /** Empty where none is known. */
  name: z.string(),
  email: z.string(),
  /** They came in: another is asked by phone or on paper. */
  isIn: z.boolean(),
  /** Until when they could answer if they were asked now; null where there are too few school days ahead. */
  lapsesAt: time.nullable(),
});

/** Asks a parent or carer about any number of uses, by one letter. */
export const newGuardianAsks = z.object({
  /** Of the letter. */
  id,
  speakerId: id,
  guardian: z.object({
    name: z
      .string()
      .trim()
      .min(1, 'needs a name')
      .max(120)
      .regex(/^\P{Cc}*$/u, 'is one line'),
    email: z.string().trim().toLowerCase().max(254).pipe(z.email('not an e-mail address')),
  }),
  asks: z
    .array(z.object({ id, quoteId: id, use: id }))
    .min(1, 'needs a quote')
    .max(200),
  days: linkDays,
});
