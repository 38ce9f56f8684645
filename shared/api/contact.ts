/** What a school contact gets, as the HTTP interface tells it. */

import { z } from 'zod';
import type { Section } from '../framework/framework.ts';
import { blockState, caseText, nameInText } from './cases.ts';
import { ownRequest } from './information.ts';
import { id } from './scalars.ts';

/** A section that somebody at a school fills in or reads, and nothing of how the team is getting on with it (ACCESS-5). */
export const contactBlock = blockState
  .pick({ blockId: true, schoolId: true, access: true, reason: true })
  .extend({
    /** As a school gets it: without what is the team's alone. */
    section: z.custom<Section>(),
  });
export type ContactBlock = z.infer<typeof contactBlock>;

/** What is asked of, or shared with, somebody at a school. */
export const contactCase = z.object({
  caseId: id,
  studyTitle: z.string(),
  schoolName: z.string(),
  askedBy: z.string(),
  /** What was asked of them with a day, newest first, and not withdrawn. */
  requests: z.array(ownRequest),
  blocks: z.array(contactBlock),
  /** Reading copies of those that they read and do not fill in (ACCESS-5). */
  copies: caseText.shape.blocks,
  /** How the texts that they fill in name those who are referred to there. */
  names: z.array(nameInText),
});
export type ContactCase = z.infer<typeof contactCase>;
