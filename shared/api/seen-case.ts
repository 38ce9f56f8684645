import { z } from 'zod';
import { STAGES } from '../permissions/access.ts';
import { id } from './scalars.ts';

const text = z.string().max(500);

/** What a page showed of a case when its reader decided to move it: it is moved only while that holds. */
export const seenCase = z.object({
  stage: z.enum(STAGES),
  /** Of every section that they may read; left out where the page said nothing of them. */
  sections: z
    .array(
      z.object({
        blockId: id,
        status: text,
        agreementStale: z.boolean(),
        notApplicable: text.nullable(),
        /** Left out: it was said to be written in, and whatever stands there by then will do. */
        seq: z.number().int().optional(),
      }),
    )
    .max(2_000)
    .optional(),
});
export type SeenCase = z.infer<typeof seenCase>;
