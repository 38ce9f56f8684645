/** Their own quotes, as a speaker has them (ACCESS-5); the routes themselves stand in `contract.ts`. */
import { z } from 'zod';
import { MOST_WORDING } from '../document/wording-form.ts';
import { CHANNELS } from '../quotes/consent.ts';
import { NAMINGS } from '../quotes/naming.ts';
import { HOW_SAID } from '../quotes/source.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'not an id');
const time = z.number().int();

const shownWords = z.object({
  wording: z.string(),
  before: z.string(),
  /** What was left out between parts of the wording. */
  between: z.array(z.string()),
  after: z.string(),
  /** Of an exchange, its lines; absent where it is not told whose they are. */
  turns: z.array(z.object({ own: z.boolean(), words: z.string() })).optional(),
});

export const ANSWER_KINDS = ['confirmed', 'correction-proposed', 'disputed', 'declined'] as const;

/** One question about words of theirs. */
export const ownQuote = z.object({
  quoteId: id,
  askId: id,
  /** As they were asked about it, and as an answer counts for it. */
  shown: shownWords,
  /** Where the words come from. */
  source: z.object({
    how: z.enum(HOW_SAID),
    /** A day; null where nobody said. */
    saidOn: z.string().nullable(),
    /** As they said it, letter for letter, where that is known and nobody else speaks in it. */
    original: z.string(),
    /** BCP 47, of the original; empty for the language of the case. */
    language: z.string(),
    translated: z.boolean(),
  }),
  /** What stands in the text where that is something else by now; null where it is the same, or nothing. */
  now: shownWords.nullable(),
  /** It is not in the text any more. */
  gone: z.boolean(),
  /** How they would be named beside these words. */
  namedAs: z.object({ naming: z.enum(NAMINGS), text: z.string() }),
  askedBy: z.string(),
  askedAt: time,
  /** Until when it can be answered, and the answer changed. */
  until: time,
  /** Why it is not answered any more; `withdrawn`: by anybody of those whose words they are. */
  over: z.enum(['lapsed', 'recalled', 'replaced', 'withdrawn']).nullable(),
  answer: z
    .object({
      kind: z.enum(ANSWER_KINDS),
      wording: z.string().nullable(),
      at: time,
      /** On the page; else somebody of the team wrote it down for them. */
      way: z.enum(['page', 'phone', 'paper']),
      /** By which what was recorded can be checked. */
      code: z.string(),
    })
    .nullable(),
  /** They, or for a child a parent or carer, took the words back. */
  withdrawn: z.object({ at: time, code: z.string() }).nullable(),
  /** The team took their correction up, or went back to what they had said. */
  decided: z.enum(['accepted', 'returned']).nullable(),
  /** Confirmed, and standing so in the text. */
  verified: z.boolean(),
  /** Where it may be published; null: they have not said. */
  consent: z
    .object({ channels: z.array(z.enum(CHANNELS)), until: time.nullable(), naming: z.enum(NAMINGS) })
    .nullable(),
  /** Others who speak in it confirm their own parts. */
  exchange: z.boolean(),
});
export type OwnQuote = z.infer<typeof ownQuote>;

/** Somebody's words of one school, as one study quotes them. */
export const ownWords = z.object({
  speakerId: id,
  name: z.string(),
  role: z.string(),
  schoolName: z.string(),
  studyTitle: z.string(),
  naming: z.enum(NAMINGS),
  /** Each way of being named, as it would stand there. */
  namings: z.array(z.object({ naming: z.enum(NAMINGS), text: z.string() })),
  /** Nobody else at the school has their role: it tells who they are. */
  onlyOne: z.boolean(),
  /** A parent or carer has to agree as well. */
  needsGuardian: z.boolean(),
  /** Somebody of the team to talk to. */
  team: z.object({
    name: z.string(),
    email: z.string(),
    telephone: z.string(),
    /** Whom one can ask and how, as the information sheet of the study says it; empty where there is none. */
    about: z.string(),
  }),
  /** The day up to which taking words back still reaches print; null where the team has not said. */
  printOn: z.string().nullable(),
  /** Newest question first; of what was asked again about one place, the last alone. */
  quotes: z.array(ownQuote),
});
export type OwnWords = z.infer<typeof ownWords>;

export const speakerQuotes = z.object({ words: z.array(ownWords), now: time });
export type SpeakerQuotes = z.infer<typeof speakerQuotes>;

export const ownAnswer = z.object({
  kind: z.enum(ANSWER_KINDS),
  /** Of a correction. */
  wording: z
    .string()
    .max(4 * MOST_WORDING)
    .optional(),
  /** When the answer was given that their page shows; null for none: of two at once, the second asks. */
  after: time.nullable(),
});

export const ownConsent = z.object({
  speakerId: id,
  naming: z.enum(NAMINGS),
  channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length),
  until: time.nullable().default(null),
  /** Which quotes; how they are named holds for all. */
  quoteIds: z.array(id).min(1).max(500),
});

/** What counts from now on, told on the page and by mail. */
export const receipt = z.object({
  words: speakerQuotes,
  receipt: z.object({ at: time, line: z.string(), code: z.string() }),
});
export type Receipt = z.infer<typeof receipt>;
