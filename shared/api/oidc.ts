import { z } from 'zod';

/** An account at another service that signs a person in here. */
export const oidcBinding = z.object({
  id: z.string(),
  /** As the page calls the service. */
  service: z.string(),
  /** It is another service than the one that is set up now, and signs nobody in. */
  elsewhere: z.boolean(),
  createdAt: z.number().int(),
  lastUsedAt: z.number().int(),
  /** This session was begun or confirmed so. */
  current: z.boolean(),
});
export type OidcBinding = z.infer<typeof oidcBinding>;

/** The one's own, and the service that is set up; `service` null where none is. */
export const oidcBindings = z.object({ service: z.string().nullable(), bindings: z.array(oidcBinding) });

/** What the service sent the browser back with; its own errors are words of the protocol. */
export const oidcReturn = z.object({
  state: z.string().min(1).max(200),
  code: z.string().min(1).max(4_096).optional(),
  iss: z.string().max(2_048).optional(),
  error: z.string().max(200).optional(),
});
export type OidcReturn = z.infer<typeof oidcReturn>;
