import { z } from 'zod';
import { MOST_SOUGHT } from '../search/sought.ts';
import { id } from './scalars.ts';

/** What is looked for in a study. */
export const searchChoice = z.object({ words: z.string().trim().max(MOST_SOUGHT).default('') });

const part = z.object({ text: z.string(), found: z.boolean() });

/** One place where the words stand. */
export const searchHit = z.object({
  /** `case`: in its title, subtitle or schools; `text` and `field`: in a section; `quote`: in its original, source or speaker. */
  kind: z.enum(['case', 'text', 'field', 'quote']),
  caseId: id,
  caseTitle: z.string(),
  /** Null for a case as a whole. */
  sectionId: z.string().nullable(),
  /** Of a section that each school has its own of. */
  schoolId: id.nullable(),
  blockId: id.nullable(),
  /** Of a quote. */
  quoteId: id.nullable(),
  /** The section, with its school where there are several; the field; whose words. */
  place: z.string(),
  snippet: z.array(part),
});
export type SearchHit = z.output<typeof searchHit>;

export const searchReply = z.object({
  hits: z.array(searchHit),
  /** There is more than is told. */
  more: z.boolean(),
});
export type SearchReply = z.output<typeof searchReply>;
