import type { Commenter, People } from '../../shared/comments/acts.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import type { Records } from '../ports/record-store.ts';
import { type BlockLookup, lookUpBlock } from '../studies/access-lookup.ts';
import type { SchoolSight } from './school-sight.ts';
import { type KeptThread, loadThreads } from './thread-store.ts';

/** Somebody at a block; at a school, with those that they speak for in its case. */
export interface PresentCommenter extends Commenter {
  readonly schoolIds: readonly string[];
}

/** @param found what was looked up of the block, for this person */
export async function commenterOf(
  records: Records,
  personId: string,
  found: Pick<BlockLookup, 'caseId' | 'role' | 'decision'> | null,
): Promise<PresentCommenter> {
  if (!found?.role) return { id: personId, side: 'team', access: 'none', schoolIds: [] };
  const { role, decision, caseId } = found;
  if (role !== 'contact') return { id: personId, side: 'team', access: decision.access, schoolIds: [] };
  const schoolIds = await schoolsOf(records, personId, caseId);
  return { id: personId, side: 'school', access: decision.access, schoolIds };
}

/** @returns ids of the schools that somebody speaks for in a case, in the order in which they came to */
export async function schoolsOf(records: Records, personId: string, caseId: string): Promise<string[]> {
  const rows = await records
    .selectFrom('case_contacts')
    .select('school_id')
    .where('user_id', '=', personId)
    .where('case_id', '=', caseId)
    .where('quotes_alone', '=', 0)
    .orderBy('since')
    .orderBy('school_id')
    .execute();
  return rows.map((row) => row.school_id);
}

/**
 * A thread as it is for somebody, or null where there is none for them: at a school, what was said
 * by people of other schools is not theirs to know of (ACCESS-5). What they wrote themselves is,
 * for whichever school they speak now.
 */
export function forReader(
  kept: KeptThread,
  who: Pick<PresentCommenter, 'id' | 'side' | 'schoolIds'>,
): KeptThread | null {
  if (who.side === 'team') return kept;
  const { row, thread, schools } = kept;
  if (row.audience !== 'school') return null;
  const isTheirs = (schoolId: string | null | undefined) =>
    schoolId === null || schoolId === undefined || who.schoolIds.includes(schoolId);
  const wrote = thread.comments.some(({ by }) => by === who.id);
  if (!wrote && !isTheirs(row.school_id)) return null;
  const comments = thread.comments.filter(({ id, by }) => by === who.id || isTheirs(schools.get(id)));
  return comments.length === thread.comments.length ? kept : { ...kept, thread: { ...thread, comments } };
}

/**
 * The one answer to whether somebody is shown a thread, for all that lists it, tells of it or acts in it.
 * @param sight of somebody at a school: of quotes that are held back from them, no thread is told either
 * @returns it as it is for them; null where there is none
 */
export function sees(kept: KeptThread, who: PresentCommenter, sight: SchoolSight | null): KeptThread | null {
  const one = forReader(kept, who);
  if (!one || !includesAccess(who.access, 'read')) return null;
  const { target } = one.thread;
  return who.side === 'school' && target.on === 'quote' && !sight?.readsQuote(target.quote) ? null : one;
}

/**
 * @param ids of those whom an act names
 * @param around.thread that they are named in; null where it is being opened
 * @param around.sight of somebody at a school
 * @returns what each of them may read of it. Somebody at a school names those alone who are in a
 *   thread that they read: who else there is they are not told (ACCESS-5)
 */
export async function peopleNamed(
  records: Records,
  who: PresentCommenter,
  blockId: string,
  ids: readonly string[],
  around: { readonly thread: KeptThread | null; readonly sight: SchoolSight | null },
): Promise<People> {
  const { thread, sight } = around;
  const known = new Map<string, Commenter>();
  const met = who.side === 'school' && ids.length > 0 ? await peopleMet(records, who, blockId, sight) : null;
  for (const id of new Set(ids)) {
    if (met && !met.has(id)) continue;
    const named = await commenterOf(records, id, await lookUpBlock(records, id, blockId));
    const isTold = thread === null || forReader(thread, named) !== null;
    known.set(id, isTold ? named : { ...named, access: 'none' });
  }
  return (id) => known.get(id) ?? { id, side: 'team', access: 'none' };
}

/** @returns whoever wrote in threads of the block that somebody at a school reads, and themselves */
export async function peopleMet(
  records: Records,
  who: PresentCommenter,
  blockId: string,
  sight: SchoolSight | null,
): Promise<ReadonlySet<string>> {
  const threads = await loadThreads(records, { blockIds: [blockId] });
  const met = threads.flatMap((kept) => sees(kept, who, sight)?.thread.comments.map(({ by }) => by) ?? []);
  return new Set([who.id, ...met]);
}
