import type { BlockState } from '../../shared/api/cases.ts';
import type { Access, Decision } from '../../shared/permissions/access.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { type BlockFigures, isEmpty } from './projections.ts';

export type StatusRow = Tables['section_status'];
/** What somebody said of a block; what a block without a row says. */
export type SaidStatus = 'drafting' | 'ready' | 'agreed';

/** @returns what was said of each block of these cases, by block id */
export async function loadStatuses(
  records: Records,
  caseIds: readonly string[],
): Promise<Map<string, StatusRow>> {
  if (caseIds.length === 0) return new Map();
  const rows = await records
    .selectFrom('section_status')
    .innerJoin('blocks', 'blocks.id', 'section_status.block_id')
    .selectAll('section_status')
    .where('blocks.case_id', 'in', caseIds)
    .execute();
  return new Map(rows.map((row) => [row.block_id, row]));
}

/** @returns what somebody said; never `empty`, which is for the text to say */
export function saidStatus(row: StatusRow | undefined): SaidStatus {
  return row?.status === 'ready' || row?.status === 'agreed' ? row.status : 'drafting';
}

/** @returns whether somebody agreed and the text is no longer the one they agreed to */
export function isStale(figures: BlockFigures, row: StatusRow | undefined): boolean {
  return saidStatus(row) === 'agreed' && row?.agreed_fingerprint !== figures.fingerprint;
}

/** @returns whether nothing is left to do: agreed as it reads now, or it does not apply */
export function isDone(figures: BlockFigures, row: StatusRow | undefined): boolean {
  if (row?.not_applicable != null) return true;
  return saidStatus(row) === 'agreed' && !isStale(figures, row) && !isEmpty(figures);
}

/** A status below agreed keeps the fingerprint of the agreement that it took back. */
function setBack(row: StatusRow | undefined): BlockState['setBack'] {
  if (saidStatus(row) === 'agreed' || row?.agreed_fingerprint == null || row.set_at === null) return null;
  return { by: row.set_by, at: row.set_at };
}

/** @returns the decision as far as it can be kept to: nobody does anything with what cannot be read */
export function readableDecision(
  figures: BlockFigures,
  decision: Decision,
): { readonly access: Access; readonly reason?: BlockState['reason'] } {
  return figures.damaged ? { access: 'none', reason: 'damaged' } : decision;
}

/**
 * What the database and the text together say of one block.
 * @param schoolAccess the most that anybody at a school may do with it
 */
export function blockState(
  figures: BlockFigures,
  row: StatusRow | undefined,
  decision: Decision,
  schoolAccess: Access,
): BlockState {
  const said = saidStatus(row);
  const readable = readableDecision(figures, decision);
  return {
    blockId: figures.blockId,
    sectionId: figures.section.id,
    schoolId: figures.schoolId,
    access: readable.access,
    reason: readable.reason ?? null,
    status: isEmpty(figures) ? 'empty' : said,
    agreementStale: isStale(figures, row),
    agreedBy: said === 'agreed' ? (row?.set_by ?? null) : null,
    agreedAt: said === 'agreed' ? (row?.set_at ?? null) : null,
    setBack: setBack(row),
    notApplicable: row?.not_applicable ?? null,
    assigneeId: row?.assignee_id ?? null,
    dueOn: row?.due_on ?? null,
    words: figures.words,
    filled: figures.filled,
    fields: figures.fields,
    prompts: { ...figures.prompts },
    changedAt: figures.changedAt,
    seq: figures.seq,
    schoolAccess,
  };
}
