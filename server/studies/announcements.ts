import type { Records } from '../ports/record-store.ts';
import type { RoomBus } from '../ports/room-bus.ts';

/** Pages that show the study fetch it again. */
export function studyChanged(bus: RoomBus, studyId: string): void {
  bus.publish({ t: 'changed', topic: `study/${studyId}` });
}

/** Pages that show the case, or its study, fetch it again. */
export function caseChanged(bus: RoomBus, studyId: string, caseId: string): void {
  bus.publish({ t: 'changed', topic: `case/${caseId}` });
  studyChanged(bus, studyId);
}

/** Open rooms of the case are decided anew, for everybody (ACCESS-4). */
export function caseAccessChanged(bus: RoomBus, caseId: string): void {
  bus.publish({ t: 'access-changed', personId: null, caseId });
}

/** Open rooms of the person are decided anew, everywhere, and their pages ask again (ACCESS-4). */
export function personAccessChanged(bus: RoomBus, personId: string): void {
  bus.publish({ t: 'access-changed', personId, caseId: null });
}

/** @returns ids of all cases of a study, those in the bin included */
export async function caseIdsOf(records: Records, studyId: string): Promise<string[]> {
  const rows = await records.selectFrom('cases').select('id').where('study_id', '=', studyId).execute();
  return rows.map((row) => row.id);
}
