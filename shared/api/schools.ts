/** Schools of a study, as the HTTP interface tells them. */

import { z } from 'zod';
import { id, time } from './scalars.ts';

/** That there is a school of this name in the study already is known: this is another one. */
export const sameName = z.boolean().optional();

export const school = z.object({ id, name: z.string(), place: z.string(), deletedAt: time.nullable() });
export type School = z.infer<typeof school>;
