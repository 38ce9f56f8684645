import type { ThreadAudience } from '../../shared/comments/thread-event.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import type { Parts } from '../parts.ts';
import { lookUpBlock } from '../studies/access-lookup.ts';

/**
 * Tells open pages that threads of a section changed: the team's, and of a thread that schools read,
 * those of its contacts who may read the section. Of the team's own, no school hears (REVIEW-4).
 */
export async function threadChanged(
  { records, bus }: Pick<Parts, 'records' | 'bus'>,
  { caseId, blockId }: { readonly caseId: string; readonly blockId: string },
  audience: ThreadAudience,
): Promise<void> {
  bus.publish({ t: 'changed', topic: `threads/${caseId}` });
  if (audience === 'team') return;
  const contacts = await records.read
    .selectFrom('case_contacts')
    .select('user_id')
    .distinct()
    .where('case_id', '=', caseId)
    .where('quotes_alone', '=', 0)
    .execute();
  for (const { user_id: personId } of contacts) {
    const found = await lookUpBlock(records.read, personId, blockId);
    if (found && includesAccess(found.decision.access, 'read')) readMarksChanged({ bus }, personId);
  }
}

/** Tells all open pages of one person that threads, or what of them they have read, changed. */
export function readMarksChanged({ bus }: Pick<Parts, 'bus'>, personId: string): void {
  bus.publish({ t: 'changed', topic: `own-threads/${personId}` });
}
