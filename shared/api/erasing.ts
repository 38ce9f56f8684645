/** Erasing people’s words for good, as the HTTP interface tells it (ERASE-1). */

import { z } from 'zod';
import { id, time } from './scalars.ts';

/** Somebody whose words are quoted, as the lead sees what is held on them. */
export const heldSpeaker = z.object({
  id,
  /** Empty once it was erased. */
  name: z.string(),
  role: z.string(),
  school: z.string(),
  /** They came in by themselves: what is held on them by their account stands with the people of the study. */
  hasAccount: z.boolean(),
  quotes: z.number().int(),
  /** Of those, how many are also the words of others. */
  shared: z.number().int(),
  /** Letters of the study to them. */
  letters: z.number().int(),
  erasedAt: time.nullable(),
  /** It was asked for, and not all of it is done yet. */
  erasing: z.boolean(),
});
export type HeldSpeaker = z.infer<typeof heldSpeaker>;

/** The same id again does nothing. */
export const erasureWish = z.object({ id });

/** False where something of it is still to be done: it is, as soon as it can be. */
export const erasureReply = z.object({ done: z.boolean() });

/** What devices are to let go of: texts that went on without what they held before. */
export const erasedTexts = z.object({
  erasures: z.array(
    z.object({
      id,
      studyId: id,
      /** Cases of which the server’s answers told the words. */
      caseIds: z.array(id),
      /** With the lineage that each has now. */
      blocks: z.array(z.object({ blockId: id, lineage: z.string() })),
    }),
  ),
});
export type ErasedTexts = z.infer<typeof erasedTexts>;
