import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import { loadAsker } from '../studies/access-lookup.ts';
import type { Actor } from './audit-chain.ts';
import type { RefusedDeed } from './refusals.ts';

/** Where a socket wanted something: a document, who is where in a case, or word of what changes there. */
export interface WantedPlace {
  readonly kind: 'block' | 'case' | 'study';
  readonly id: string;
}

/** Something that a socket wanted, and was refused. */
export interface RefusedInRoom {
  readonly place: WantedPlace;
  readonly by: Actor & { readonly personId: string };
  readonly act: 'join' | 'write' | 'follow';
  /** What they have instead. */
  readonly access: string;
}

/**
 * @returns the same for the record of the place's study; there is nothing to note of a place
 *   that does not exist, or that an open page asks for again which held it until a moment ago
 */
export function refusedRoom(
  parts: Pick<Parts, 'records' | 'refusals' | 'clock'>,
  refused: RefusedInRoom,
): RefusedDeed {
  const { place, by, act, access } = refused;
  const at = parts.clock.now();
  const blockId = place.kind === 'block' ? place.id : null;
  return {
    by,
    what: `${act} ${place.kind}/${place.id}`,
    find: async () => {
      const found = await findPlace(parts.records.read, place);
      if (!found) return null;
      const { studyId, caseId } = found;
      const asked = { personId: by.personId, studyId, blockId, at };
      if (act !== 'write' && by.way === 'page' && parts.refusals.taken.explains(asked)) return null;
      const { role } = await loadAsker(parts.records.read, by.personId, studyId);
      const known = role ? 'member' : 'stranger';
      const on = { caseId, ...(blockId !== null && { object: { kind: 'block', id: blockId } as const }) };
      const method = act === 'follow' ? 'FOLLOW' : 'JOIN';
      return {
        where: { studyId },
        deed: (times) =>
          act === 'write'
            ? { kind: 'write-refused', ...on, detail: { access, times } }
            : { kind: 'refused', ...on, detail: { method, route: `/collab/${place.kind}`, known, times } },
      };
    },
  };
}

async function findPlace(
  records: Records,
  { kind, id }: WantedPlace,
): Promise<{ readonly studyId: string; readonly caseId: string | null } | null> {
  if (kind === 'study') {
    const study = await records.selectFrom('studies').select('id').where('id', '=', id).executeTakeFirst();
    return study ? { studyId: study.id, caseId: null } : null;
  }
  const found =
    kind === 'case'
      ? await records.selectFrom('cases').select(['id', 'study_id']).where('id', '=', id).executeTakeFirst()
      : await records
          .selectFrom('blocks')
          .innerJoin('cases', 'cases.id', 'blocks.case_id')
          .select(['cases.id', 'cases.study_id'])
          .where('blocks.id', '=', id)
          .executeTakeFirst();
  return found ? { studyId: found.study_id, caseId: found.id } : null;
}
