import { createHash } from 'node:crypto';
import type { SharingStep } from '../../shared/api/sharing.ts';
import type { AuditDetails } from '../../shared/audit/audit-record.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';

/** Sections that a record names: the change beside it holds them all. */
const NAMED_AT_MOST = 20;

/**
 * @param steps the whole change
 * @returns how the record tells of what it set for one person
 */
export function sharingDetail(
  change: { readonly id: string; readonly steps: readonly SharingStep[] },
  personId: string,
): AuditDetails['sharing-set'] {
  const theirs = change.steps.filter((step) => step.personId === personId);
  return {
    sections: theirs.length,
    ...whichOf(theirs.map(({ blockId }) => blockId)),
    to: [...new Set(theirs.map(({ to }) => to ?? 'usual'))].sort().join(','),
    change: change.id,
    cells: sealOfCells(sharingCells(change.steps)),
  };
}

/** @returns which sections they were; a whole grid would make an entry long without end */
function whichOf(blocks: readonly string[]): Pick<AuditDetails['sharing-set'], 'block' | 'blocks' | 'more'> {
  const [block] = blocks;
  if (block !== undefined && blocks.length === 1) return { block };
  const more = blocks.length - NAMED_AT_MOST;
  return { blocks: blocks.slice(0, NAMED_AT_MOST).join(','), ...(more > 0 && { more }) };
}

/** @returns a change's cells as they are kept beside the record */
export function sharingCells(steps: readonly SharingStep[]): string {
  return JSON.stringify(steps);
}

/** @returns numbers of the records whose sharing change is not there as it was made; earlier versions noted none */
export async function unheldSharing(
  records: Records,
  rows: readonly Tables['audit'][],
): Promise<ReadonlySet<number>> {
  const told = rows.flatMap(({ seq, kind, detail }) => {
    if (kind !== 'sharing-set') return [];
    const { change, cells } = JSON.parse(detail) as Partial<AuditDetails['sharing-set']>;
    return change === undefined ? [] : [{ seq: Number(seq), change, cells }];
  });
  if (told.length === 0) return new Set();
  const changes = await records
    .selectFrom('sharing_changes')
    .select(['id', 'cells'])
    .where('id', 'in', [...new Set(told.map(({ change }) => change))])
    .execute();
  const seals = new Map(changes.map(({ id, cells }) => [id, sealOfCells(cells)]));
  return new Set(told.flatMap(({ seq, change, cells }) => (seals.get(change) === cells ? [] : [seq])));
}

function sealOfCells(cells: string): string {
  return createHash('sha256').update(cells).digest('hex');
}
