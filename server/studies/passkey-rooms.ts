import { owesPasskeyIn, type WayIn } from '../accounts/passkey-duty.ts';
import { studyOfBlock, studyOfCase } from '../accounts/token-scope.ts';
import type { Records } from '../ports/record-store.ts';
import type { RoomAccess } from './room-access.ts';

/**
 * What rooms may do for somebody who came in this way: those of a study that asks
 * for a passkey are as if they were not there, until one is shown (PASSKEY-2).
 */
export function passkeyAccess(access: RoomAccess, records: Records, by: WayIn): RoomAccess {
  const open = async (studyId: string | null) =>
    studyId === null || !(await owesPasskeyIn(records, by, studyId));
  return {
    block: async (personId, blockId) =>
      (await open(await studyOfBlock(records, blockId))) ? access.block(personId, blockId) : null,
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
