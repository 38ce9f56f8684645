/** People, as the HTTP interface tells them; the routes themselves stand in `contract.ts`. */

import { z } from 'zod';
import { id, role, time } from './scalars.ts';

export const person = z.object({
  id,
  name: z.string(),
  email: z.string(),
  /** Of carets and badges: `#rrggbb`, dark enough for white text. */
  colour: z.string(),
  initials: z.string(),
});
export type Person = z.infer<typeof person>;

export const member = person.extend({ role, since: time, caseIds: z.array(id) });
export type Member = z.infer<typeof member>;
