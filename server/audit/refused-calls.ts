import type express from 'express';
import { contract } from '../../shared/api/contract.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import { actorOf, type SignedIn } from '../accounts/authentication.ts';
import { type NamedPlace, placeNamed } from '../accounts/token-scope.ts';
import type { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import { loadAsker, lookUpBlock } from '../studies/access-lookup.ts';
import type { RefusedDeed } from './refusals.ts';

/**
 * A call that was refused, for the record of the study that its address names.
 * Nobody in particular is not noted: whoever is not signed in learns of nothing.
 * @returns null for a refusal that keeps nobody from anything, such as of a body that cannot be read
 */
export async function refusedCall(
  parts: Pick<Parts, 'authentication' | 'records' | 'refusals' | 'clock'>,
  { code }: Refusal,
  request: express.Request,
): Promise<RefusedDeed | null> {
  if (code !== 'no-access' && code !== 'not-found') return null;
  const { method } = request;
  const at = parts.clock.now();
  const route = routeOf(request);
  if (route === null) return null;
  const by = await parts.authentication.ofRequest(request);
  if (!by) return null;
  const params = paramsOf(route, request);
  // Files are downloaded by people; what a page asks for by itself has a route of the contract.
  const byItself = by.via === 'session' && method === 'GET' && `GET ${route}` in contract;
  return {
    by: actorOf(request, by),
    what: JSON.stringify([method, route, params.studyId ?? params]),
    find: async () => {
      const records = parts.records.read;
      const place = await placeNamed(records, params);
      // What a token for one study may not do at all, that study hears of.
      const studyId = place === undefined ? by.scope?.studyId : place?.studyId;
      if (!studyId || !(await exists(records, studyId))) return null;
      const asked = { personId: by.personId, studyId, blockId: place?.blockId ?? null, at };
      if (byItself && parts.refusals.taken.explains(asked)) return null;
      const { role } = await loadAsker(records, by.personId, studyId);
      const outside = role === null || role === 'contact' || beyond(by, studyId);
      // What a member does not find there is not there, except for a section that they may not read.
      if (code === 'not-found' && !outside && !(await closed(records, by, place))) return null;
      const known = role ? 'member' : 'stranger';
      return {
        where: { studyId },
        deed: (times) => ({
          kind: 'refused',
          caseId: place?.caseId ?? null,
          detail: { method, route, known, times },
        }),
      };
    },
  };
}

type Params = Readonly<Record<string, string>>;

function beyond({ scope }: SignedIn, studyId: string): boolean {
  return scope !== undefined && scope.studyId !== null && scope.studyId !== studyId;
}

async function exists(records: Records, studyId: string): Promise<boolean> {
  const study = records.selectFrom('studies').select('id').where('id', '=', studyId);
  return (await study.executeTakeFirst()) !== undefined;
}

async function closed(
  records: Records,
  by: SignedIn,
  place: NamedPlace | null | undefined,
): Promise<boolean> {
  if (!place?.blockId) return false;
  const found = await lookUpBlock(records, by.personId, place.blockId);
  return found !== null && !includesAccess(found.decision.access, 'read');
}

/** @returns the route as the interface has it, with the names of its parts; null for what is no route */
function routeOf(request: express.Request): string | null {
  const path: unknown = request.route?.path;
  if (typeof path !== 'string') return null;
  // By the time that a refusal is answered, the router has taken its own part off.
  return path.startsWith('/api/') ? path : `/api${path}`;
}

/** What stood in the place of the names; by then the router has taken them off as well. */
function paramsOf(route: string, request: express.Request): Params {
  const [path = ''] = request.originalUrl.split('?');
  const told = path.split('/');
  const named = route
    .split('/')
    .flatMap((part, at) => (part.startsWith(':') ? [[part.slice(1), told[at] ?? ''] as const] : []));
  // A token is asked for with its study in the body.
  const { studyId } = (request.body ?? {}) as { readonly studyId?: unknown };
  return { ...(typeof studyId === 'string' && { studyId }), ...Object.fromEntries(named) };
}
