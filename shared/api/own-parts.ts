/** What pages of speakers and of parents show alike. */
import { z } from 'zod';
import { HOW_SAID } from '../quotes/source.ts';

export const shownWords = z.object({
  wording: z.string(),
  before: z.string(),
  /** What was left out between parts of the wording. */
  between: z.array(z.string()),
  after: z.string(),
  /** Of an exchange, its lines; absent where it is not told whose they are. */
  turns: z.array(z.object({ own: z.boolean(), words: z.string() })).optional(),
});

/** Where the words come from. */
export const wordsSource = z.object({
  how: z.enum(HOW_SAID),
  /** A day; null where nobody said. */
  saidOn: z.string().nullable(),
  /** As they said it, letter for letter, where that is known and nobody else speaks in it. */
  original: z.string(),
  /** BCP 47, of the original; empty for the language of the case. */
  language: z.string(),
  translated: z.boolean(),
});

/** Somebody of the team to talk to. */
export const ownTeam = z.object({
  name: z.string(),
  email: z.string(),
  telephone: z.string(),
  /** Whom one can ask and how, as the information sheet of the study says it; empty where there is none. */
  about: z.string(),
});
