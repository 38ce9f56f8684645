import type { Parts } from '../parts.ts';
import { loadAsker } from '../studies/access-lookup.ts';
import type { Actor } from './audit-chain.ts';
import type { RefusedDeed } from './refusals.ts';

/** Something that a socket wanted of a block, and was refused. */
export interface RefusedInRoom {
  readonly blockId: string;
  readonly by: Actor & { readonly personId: string };
  readonly act: 'join' | 'write';
  /** What they have instead. */
  readonly access: string;
}

/**
 * @returns the same for the record of the block's study; there is nothing to note of a block
 *   that does not exist, or that an open page asks for again which held it until a moment ago
 */
export function refusedRoom(
  parts: Pick<Parts, 'records' | 'refusals' | 'clock'>,
  refused: RefusedInRoom,
): RefusedDeed {
  const { blockId, by, act, access } = refused;
  const at = parts.clock.now();
  return {
    by,
    what: `${act} ${blockId}`,
    find: async () => {
      const block = await parts.records.read
        .selectFrom('blocks')
        .innerJoin('cases', 'cases.id', 'blocks.case_id')
        .select(['cases.id', 'cases.study_id'])
        .where('blocks.id', '=', blockId)
        .executeTakeFirst();
      if (!block) return null;
      const asked = { personId: by.personId, studyId: block.study_id, blockId, at };
      if (act === 'join' && by.way === 'page' && parts.refusals.taken.explains(asked)) return null;
      const { role } = await loadAsker(parts.records.read, by.personId, block.study_id);
      const known = role ? 'member' : 'stranger';
      const on = { caseId: block.id, object: { kind: 'block', id: blockId } } as const;
      return {
        where: { studyId: block.study_id },
        deed: (times) =>
          act === 'write'
            ? { kind: 'write-refused', ...on, detail: { access, times } }
            : { kind: 'refused', ...on, detail: { method: 'JOIN', route: '/collab/block', known, times } },
      };
    },
  };
}
