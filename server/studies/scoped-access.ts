import { includesAccess } from '../../shared/permissions/access.ts';
import type { TokenScope } from '../accounts/authentication.ts';
import { studyOfBlock, studyOfCase } from '../accounts/token-scope.ts';
import type { Records } from '../ports/record-store.ts';
import type { RoomAccess } from './room-access.ts';

/**
 * What rooms may do with a token that reaches less far than its person: at most
 * that. Another study's are as if they were not there.
 */
export function scopedAccess(access: RoomAccess, records: Records, scope: TokenScope): RoomAccess {
  const within = async (studyId: string | null) => scope.studyId === null || studyId === scope.studyId;
  return {
    block: async (personId, blockId) => {
      if (!(await within(await studyOfBlock(records, blockId)))) return null;
      const decision = await access.block(personId, blockId);
      if (!decision || scope.writes || !includesAccess(decision.access, 'comment')) return decision;
      // A contact who does not write gets a reading copy, and no room (ACCESS-5).
      return { access: decision.team ? 'read' : 'none', reason: 'role', team: decision.team };
    },
    case: async (personId, caseId) =>
      (await within(await studyOfCase(records, caseId))) ? access.case(personId, caseId) : 'closed',
    topic: async (personId, topic) => {
      const [kind, id = ''] = topic.split('/');
      // Of no study: it says to oneself that something was shared, and nothing of what.
      if (kind === 'person' || kind === 'own-threads') return access.topic(personId, topic);
      const studyId = kind === 'case' || kind === 'threads' ? await studyOfCase(records, id) : id;
      return (await within(studyId)) ? access.topic(personId, topic) : 'closed';
    },
    person: (personId) => access.person(personId),
  };
}
