/** Scans of answers on paper; the routes themselves stand in `contract.ts` and `file-routes.ts`. */
import { z } from 'zod';
import { SCAN_TYPES } from '../quotes/scan.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'not an id');
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u, 'is one line');

/** A scan that was taken in and stands with no answer yet. */
export const keptScan = z.object({
  id,
  /** Told by its content. */
  type: z.enum(SCAN_TYPES),
  /** In bytes. */
  size: z.number().int(),
  /** SHA-256 of its content. */
  hash: z.string(),
});
export type KeptScan = z.infer<typeof keptScan>;

/** Where an answer that a member writes down can be found, or when the call was. */
export const evidence = z
  .object({
    how: z.enum(['phone', 'paper']),
    note: line(500).min(1, 'say where it can be found'),
    /** One that the same member sent before, with the name of its file. */
    scan: z
      .object({ id, name: line(200) })
      .nullable()
      .default(null),
  })
  .refine(({ how, scan }) => scan === null || how === 'paper', {
    path: ['scan'],
    message: 'a scan is of an answer on paper',
  });
export type WrittenEvidence = z.output<typeof evidence>;
