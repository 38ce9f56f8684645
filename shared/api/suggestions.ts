/** What is asked and answered about suggestions; they themselves stand in the text of their section. */
import { z } from 'zod';
import { id } from './scalars.ts';

/** Suggestions that one call decides; an editor who selects a whole section has some hundred. */
export const MOST_DECIDED = 1_000;

/** A suggestion's id is its page's choice, and its author's alone: see `suggestion-key.ts`. */
const opaque = z.string().regex(/^[\w-]{1,64}$/);

export const suggestionDecision = z.object({
  decision: z.enum(['accept', 'refuse']),
  whose: z.union([
    z.literal('all'),
    z.object({ author: opaque }),
    z.object({
      those: z
        .array(z.object({ id: opaque, author: opaque }))
        .min(1)
        .max(MOST_DECIDED),
    }),
  ]),
});

export const suggestionsDecided = z.object({
  /** How many marks were; 0 where somebody else decided meanwhile. */
  decided: z.number().int(),
  /** Under which it is undone for some time; null where nothing was done. */
  undo: id.nullable(),
});
