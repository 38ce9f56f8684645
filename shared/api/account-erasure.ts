import { z } from 'zod';

const titled = z.array(z.object({ id: z.string(), title: z.string() }));

/** What deleting one's own account would mean, and what stands in its way. */
export const erasureView = z.object({
  /** Studies that they are alone the lead of: somebody else has to be made a lead first. */
  ledAlone: titled,
  /** The same, of studies in the bin: nobody could take them out of it any more. */
  binnedAlone: titled,
  /** Studies that they are in otherwise. */
  studies: titled,
  /** Nobody else owns this Casebook. */
  ownsAlone: z.boolean(),
  /** A passkey was shown in this session so lately that no code is needed. */
  passkeyShown: z.boolean(),
});
export type ErasureView = z.infer<typeof erasureView>;

/** The digits that were sent for it; null where a passkey was just shown. */
export const erasureOrder = z.object({
  code: z
    .string()
    .regex(/^\d{6}$/, 'has six digits')
    .nullable(),
});
