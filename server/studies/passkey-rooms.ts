import { owesPasskeyIn, type WayIn } from '../accounts/passkey-duty.ts';
import { studyOfBlock, studyOfCase } from '../accounts/token-scope.ts';
import type { Records } from '../ports/record-store.ts';
import type { BlockDecision, RoomAccess } from './room-access.ts';

const OWED: BlockDecision = { access: 'none', reason: 'role', team: true, owesPasskey: true };

/**
 * What rooms may do for somebody who came in this way: nothing in those of a study
 * that asks for a passkey, until one is shown (PASSKEY-2).
 */
export function passkeyAccess(access: RoomAccess, records: Records, by: WayIn): RoomAccess {
  const open = async (studyId: string | null) =>
    studyId === null || !(await owesPasskeyIn(records, by, studyId));
  return {
    block: async (personId, blockId) =>
      (await open(await studyOfBlock(records, blockId))) ? access.block(personId, blockId) : OWED,
    case: async (personId, caseId) =>
      (await open(await studyOfCase(records, caseId))) && access.case(personId, caseId),
    topic: async (personId, topic) => {
      const [kind, id = ''] = topic.split('/');
      const studyId = kind === 'case' ? await studyOfCase(records, id) : kind === 'study' ? id : null;
      return (await open(studyId)) && access.topic(personId, topic);
    },
    person: (personId) => access.person(personId),
  };
}
