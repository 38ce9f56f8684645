/** Whether links of school contacts need a code as well (LINK-1), as the HTTP interface tells it. */
import { z } from 'zod';

export const linkCodes = z.object({
  /** What the lead set; on until they turn it off. */
  required: z.boolean(),
  /** The same, as far as it can be kept: where no mail goes out, no code can be sent, and the link alone opens. */
  asked: z.boolean(),
});
export type LinkCodes = z.infer<typeof linkCodes>;

export const newLinkCodes = linkCodes.pick({ required: true });
