import type { Transaction } from 'kysely';
import { type Deed, recordInStudy } from '../audit/audit-chain.ts';
import type { Tables } from '../ports/tables.ts';
import { type StatusRow, saidStatus } from './block-states.ts';

type SectionDeed = Pick<Deed, 'kind' | 'detail' | 'object'>;

/**
 * @param said what stood in the database before; undefined where nothing did
 * @returns what of it is another now; agreeing anew to changed words as well, of reasons only that they changed
 */
export function sectionDeeds(said: StatusRow | undefined, next: StatusRow): readonly SectionDeed[] {
  const blockId = next.block_id;
  const object = { kind: 'block', id: blockId } as const;
  const deeds: SectionDeed[] = [];
  const [from, to] = [saidStatus(said), saidStatus(next)];
  if (from !== to || (said?.agreed_fingerprint ?? null) !== next.agreed_fingerprint) {
    deeds.push({ kind: 'section-status', object, detail: { from, to } });
  }
  const [before, after] = [said?.not_applicable ?? null, next.not_applicable];
  if (before !== after) {
    const detail = { from: applies(before), to: applies(after) };
    deeds.push({ kind: 'section-applies', object, detail });
  }
  const [earlier, assignee] = [said?.assignee_id ?? null, next.assignee_id];
  if (earlier !== assignee) {
    const detail = { block: blockId };
    const of = (id: string) => ({ object: { kind: 'person', id } as const, detail });
    if (assignee !== null) deeds.push({ kind: 'section-assigned', ...of(assignee) });
    else if (earlier !== null) deeds.push({ kind: 'section-unassigned', ...of(earlier) });
  }
  const [due, dueNow] = [said?.due_on ?? null, next.due_on];
  if (due !== dueNow) {
    deeds.push({ kind: 'section-due', object, detail: { from: due ?? 'none', to: dueNow ?? 'none' } });
  }
  return deeds;
}

/** Writes them into the study's record, in the transaction of the change. */
export async function recordSection(
  records: Transaction<Tables>,
  studyId: string,
  deeds: readonly SectionDeed[],
  made: Pick<Deed, 'by' | 'at' | 'caseId'>,
): Promise<void> {
  for (const deed of deeds) await recordInStudy(records, studyId, { ...deed, ...made });
}

function applies(reason: string | null): 'yes' | 'no' {
  return reason === null ? 'yes' : 'no';
}
