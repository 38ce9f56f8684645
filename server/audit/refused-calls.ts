import type express from 'express';
import { actorOf } from '../accounts/authentication.ts';
import type { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';

/**
 * Notes a call that was refused in a study, for its record. Nobody in
 * particular is not noted: whoever is not signed in learns of nothing.
 */
export async function noteRefusedCall(
  parts: Pick<Parts, 'authentication' | 'refusals' | 'clock'>,
  refusal: Refusal,
  request: express.Request,
): Promise<void> {
  const { refusedIn } = refusal;
  if (!refusedIn) return;
  const by = actorOf(request, await parts.authentication.ofRequest(request));
  if (by.personId === null) return;
  const { studyId, caseId, known } = refusedIn;
  const route = routeOf(request);
  const at = parts.clock.now();
  parts.refusals.note({
    where: { studyId },
    what: `${request.method} ${route} ${caseId ?? ''}`,
    deed: (times) => ({
      kind: 'refused',
      by,
      at,
      caseId,
      detail: { method: request.method, route, known, times },
    }),
  });
}

/** As the interface has it, with the names of its parts and not what was put in their place. */
function routeOf(request: express.Request): string {
  const path: unknown = request.route?.path;
  if (typeof path !== 'string') return '';
  // By the time that a refusal is answered, the router has taken its own part off.
  return path.startsWith('/api/') ? path : `/api${path}`;
}
