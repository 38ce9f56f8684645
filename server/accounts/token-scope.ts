import type { RouteKey } from '../../shared/api/contract.ts';
import type { FileRouteKey } from '../../shared/api/file-routes.ts';
import { Refusal } from '../http/refusal.ts';
import type { Records } from '../ports/record-store.ts';
import type { SignedIn, TokenScope } from './authentication.ts';
import { owesPasskeyIn, passkeyNeeded } from './passkey-duty.ts';

/** Routes that name no study, and tell nothing of others than the token's own. */
const OF_NO_STUDY: readonly (RouteKey | FileRouteKey)[] = [
  'GET /api/session',
  'GET /api/studies',
  'GET /api/frameworks',
  'GET /api/frameworks/:frameworkId/:version',
  'GET /api/frameworks/schema.json',
  'GET /api/openapi.json',
];

type Params = Readonly<Record<string, string | undefined>>;

/**
 * Holds a call by a token against how far the token reaches: a study beyond it is
 * refused as one that is not there. And any call against whether the study that it
 * names asks for a passkey (PASSKEY-2).
 * @throws Refusal `no-access`, `not-found` or `passkey-needed`
 */
export async function requireScope(
  records: Records,
  by: SignedIn | null,
  route: RouteKey | FileRouteKey,
  params: Params,
): Promise<void> {
  if (!by || OF_NO_STUDY.includes(route)) return;
  const study = await studyNamed(records, params);
  if (by.scope) holdAgainst(by.scope, route, study);
  if (study && (await owesPasskeyIn(records, by, study))) throw passkeyNeeded();
}

/** @param study as `studyNamed` found it */
function holdAgainst(scope: TokenScope, route: string, study: string | null | undefined): void {
  if (!scope.writes && !route.startsWith('GET ')) {
    throw new Refusal('no-access', 'This token may read, and change nothing.');
  }
  if (scope.studyId === null) return;
  if (study === undefined) {
    throw new Refusal('no-access', 'This token is for one study, and for nothing else.');
  }
  // What is not there at all, its route says itself.
  if (study !== null && study !== scope.studyId) {
    throw new Refusal('not-found', 'There is nothing here under this address.');
  }
}

/** @returns the study of what a route's address names; null for what does not exist, undefined where it names none */
async function studyNamed(records: Records, params: Params): Promise<string | null | undefined> {
  const { studyId, caseId, schoolId, blockId, lostId, invitationId, kind, itemId } = params;
  if (studyId !== undefined) return studyId;
  if (caseId !== undefined) return studyOfCase(records, caseId);
  if (schoolId !== undefined) return studyOfSchool(records, schoolId);
  if (blockId !== undefined) return studyOfBlock(records, blockId);
  if (lostId !== undefined) {
    const lost = records.selectFrom('lost_words').select('block_id').where('id', '=', lostId);
    const row = await lost.executeTakeFirst();
    return row ? studyOfBlock(records, row.block_id) : null;
  }
  if (invitationId !== undefined) {
    const link = records.selectFrom('links').select('study_id').where('id', '=', invitationId);
    return (await link.executeTakeFirst())?.study_id ?? null;
  }
  if (itemId === undefined) return undefined;
  if (kind === 'study') return itemId;
  return kind === 'case' ? studyOfCase(records, itemId) : studyOfSchool(records, itemId);
}

/** @returns null where there is no such case */
export async function studyOfCase(records: Records, caseId: string): Promise<string | null> {
  const row = await records
    .selectFrom('cases')
    .select('study_id')
    .where('id', '=', caseId)
    .executeTakeFirst();
  return row?.study_id ?? null;
}

/** @returns null where there is no such block */
export async function studyOfBlock(records: Records, blockId: string): Promise<string | null> {
  const row = await records
    .selectFrom('blocks')
    .innerJoin('cases', 'cases.id', 'blocks.case_id')
    .select('cases.study_id')
    .where('blocks.id', '=', blockId)
    .executeTakeFirst();
  return row?.study_id ?? null;
}

async function studyOfSchool(records: Records, schoolId: string): Promise<string | null> {
  const row = await records
    .selectFrom('schools')
    .select('study_id')
    .where('id', '=', schoolId)
    .executeTakeFirst();
  return row?.study_id ?? null;
}
