import type { ThreadAudience } from '../../shared/comments/thread-event.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import type { Parts } from '../parts.ts';
import { lookUpBlock } from '../studies/access-lookup.ts';
import { commenterOf, type PresentCommenter, sees } from './commenters.ts';
import { caseSight, schoolSight } from './school-sight.ts';
import { type KeptThread, loadThread } from './thread-store.ts';

/** What was done, and where. */
export interface DoneInThread {
  readonly caseId: string;
  readonly blockId: string;
  readonly thread: string;
  readonly act: string;
}

/**
 * Tells open pages that a thread changed: the team's, and of one that schools read, those of the
 * contacts who are shown it, or were before. Of all others, no school hears (REVIEW-4).
 * @param before the thread before it; null where it was opened
 */
export async function threadChanged(
  parts: Pick<Parts, 'records' | 'bus' | 'blocks' | 'folder'>,
  { caseId, blockId, thread, act }: DoneInThread,
  audience: ThreadAudience,
  before: KeptThread | null,
): Promise<void> {
  const { records, bus } = parts;
  bus.publish({ t: 'changed', topic: `threads/${caseId}` });
  if (audience === 'team') return;
  const now = await loadThread(records.read, thread);
  const states = [before, now].filter((kept) => kept !== null);
  const isOnQuote = states.some((kept) => kept.thread.target.on === 'quote');
  const ofCase = isOnQuote ? await caseSight(records.read, caseId) : null;
  const contacts = await records.read
    .selectFrom('case_contacts')
    .select('user_id')
    .distinct()
    .where('case_id', '=', caseId)
    .where('quotes_alone', '=', 0)
    .execute();
  for (const { user_id: personId } of contacts) {
    const who = await commenterOf(records.read, personId, await lookUpBlock(records.read, personId, blockId));
    if (!includesAccess(who.access, 'read')) continue;
    const fillsIn = includesAccess(who.access, 'write');
    const sight = ofCase && (await schoolSight(parts, personId, blockId, ofCase, fillsIn));
    const isShown = states.some((kept) => sees(kept, who, sight) !== null);
    if (isShown && !(now && isHidden(now, act, who))) readMarksChanged({ bus }, personId);
  }
}

/** What somebody of another school said is not in the thread for them. */
function isHidden(now: KeptThread, act: string, who: PresentCommenter): boolean {
  const schoolId = now.schools.get(act);
  const { kind, by } = now.thread.known.get(act) ?? {};
  const says = kind === 'replied' || kind === 'edited';
  return says && schoolId !== undefined && by !== who.id && !who.schoolIds.includes(schoolId);
}

/** Tells all open pages of one person that threads, or what of them they have read, changed. */
export function readMarksChanged({ bus }: Pick<Parts, 'bus'>, personId: string): void {
  bus.publish({ t: 'changed', topic: `own-threads/${personId}` });
}
