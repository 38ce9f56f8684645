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
  const place = await placeNamed(records, params);
  if (by.scope) holdAgainst(by.scope, route, place);
  if (place && (await owesPasskeyIn(records, by, place.studyId))) throw passkeyNeeded();
}

/** @param place as `placeNamed` found it */
function holdAgainst(scope: TokenScope, route: string, place: NamedPlace | null | undefined): void {
  if (!scope.writes && !route.startsWith('GET ')) {
    throw new Refusal('no-access', 'This token may read, and change nothing.');
  }
  if (scope.studyId === null) return;
  if (place === undefined) {
    throw new Refusal('no-access', 'This token is for one study, and for nothing else.');
  }
  // What is not there at all, its route says itself.
  if (place !== null && place.studyId !== scope.studyId) {
    throw new Refusal('not-found', 'There is nothing here under this address.');
  }
}

/** Where something lies that a route's address names. */
export interface NamedPlace {
  readonly studyId: string;
  /** Null where it is no case, and nothing in one. */
  readonly caseId: string | null;
  readonly blockId: string | null;
}

/**
 * @returns where it lies; null for what does not exist, undefined where the address
 *   names nothing of a study. That the study exists is not looked up where the address names it.
 */
export async function placeNamed(records: Records, params: Params): Promise<NamedPlace | null | undefined> {
  const { studyId, caseId, schoolId, blockId, lostId, invitationId, letterId, kind, itemId } = params;
  const { quoteId } = params;
  if (studyId !== undefined) return inStudy(studyId);
  if (caseId !== undefined) return placeOfCase(records, caseId);
  if (schoolId !== undefined) return placeOfSchool(records, schoolId);
  if (blockId !== undefined) return placeOfBlock(records, blockId);
  if (lostId !== undefined) {
    const lost = records.selectFrom('lost_words').select('block_id').where('id', '=', lostId);
    const row = await lost.executeTakeFirst();
    return row ? placeOfBlock(records, row.block_id) : null;
  }
  if (quoteId !== undefined) {
    const quote = records.selectFrom('quotes').select('block_id').where('id', '=', quoteId);
    const row = await quote.executeTakeFirst();
    return row ? placeOfBlock(records, row.block_id) : null;
  }
  if (invitationId !== undefined) {
    const link = records.selectFrom('links').select('study_id').where('id', '=', invitationId);
    return inStudy((await link.executeTakeFirst())?.study_id);
  }
  if (letterId !== undefined) {
    const letter = records.selectFrom('letters').select('study_id').where('id', '=', letterId);
    return inStudy((await letter.executeTakeFirst())?.study_id);
  }
  if (itemId === undefined) return undefined;
  if (kind === 'study') return inStudy(itemId);
  return kind === 'case' ? placeOfCase(records, itemId) : placeOfSchool(records, itemId);
}

/** @returns null where there is no such case */
export async function studyOfCase(records: Records, caseId: string): Promise<string | null> {
  return (await placeOfCase(records, caseId))?.studyId ?? null;
}

/** @returns null where there is no such block */
export async function studyOfBlock(records: Records, blockId: string): Promise<string | null> {
  return (await placeOfBlock(records, blockId))?.studyId ?? null;
}

function inStudy(studyId: string | null | undefined): NamedPlace | null {
  return studyId ? { studyId, caseId: null, blockId: null } : null;
}

async function placeOfCase(records: Records, caseId: string): Promise<NamedPlace | null> {
  const row = await records
    .selectFrom('cases')
    .select('study_id')
    .where('id', '=', caseId)
    .executeTakeFirst();
  return row ? { studyId: row.study_id, caseId, blockId: null } : null;
}

async function placeOfBlock(records: Records, blockId: string): Promise<NamedPlace | null> {
  const row = await records
    .selectFrom('blocks')
    .innerJoin('cases', 'cases.id', 'blocks.case_id')
    .select(['cases.study_id', 'blocks.case_id'])
    .where('blocks.id', '=', blockId)
    .executeTakeFirst();
  return row ? { studyId: row.study_id, caseId: row.case_id, blockId } : null;
}

async function placeOfSchool(records: Records, schoolId: string): Promise<NamedPlace | null> {
  const row = await records
    .selectFrom('schools')
    .select('study_id')
    .where('id', '=', schoolId)
    .executeTakeFirst();
  return inStudy(row?.study_id);
}
