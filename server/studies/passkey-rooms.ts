import { owesPasskeyIn, type WayIn } from '../accounts/passkey-duty.ts';
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
      (await open(await askingStudyOfBlock(records, blockId))) ? access.block(personId, blockId) : OWED,
    case: async (personId, caseId) =>
      (await open(await askingStudyOfCase(records, caseId))) ? access.case(personId, caseId) : 'owes-passkey',
    topic: async (personId, topic) => {
      const [kind, id = ''] = topic.split('/');
      const ofCase = kind === 'case' || kind === 'threads';
      if (ofCase && !(await open(await askingStudyOfCase(records, id)))) return 'owes-passkey';
      if (kind === 'study' && !(await open(id))) return 'owes-passkey';
      return access.topic(personId, topic);
    },
    person: (personId) => access.person(personId),
  };
}

/** @returns the block's study where that asks for a passkey; most do not, and that is one look */
async function askingStudyOfBlock(records: Records, blockId: string): Promise<string | null> {
  const row = await records
    .selectFrom('blocks')
    .innerJoin('cases', 'cases.id', 'blocks.case_id')
    .innerJoin('passkey_studies', 'passkey_studies.study_id', 'cases.study_id')
    .select('cases.study_id')
    .where('blocks.id', '=', blockId)
    .executeTakeFirst();
  return row?.study_id ?? null;
}

async function askingStudyOfCase(records: Records, caseId: string): Promise<string | null> {
  const row = await records
    .selectFrom('cases')
    .innerJoin('passkey_studies', 'passkey_studies.study_id', 'cases.study_id')
    .select('cases.study_id')
    .where('cases.id', '=', caseId)
    .executeTakeFirst();
  return row?.study_id ?? null;
}
