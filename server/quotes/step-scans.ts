import type { Transaction } from 'kysely';
import type { WrittenEvidence } from '../../shared/api/quote-scans.ts';
import type { Evidence } from '../../shared/quotes/quote-event.ts';
import { SCAN_TYPES } from '../../shared/quotes/scan.ts';
import { Refusal } from '../http/refusal.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import type { StepNeeds } from './quote-acts.ts';

/**
 * @param caseId of the quote; a scan of another case, or that somebody else sent, is none here
 * @returns evidence as its step keeps it
 * @throws Refusal bad-request where the scan that it names is not there
 */
export async function evidenceOf(
  records: Records,
  { caseId, personId }: { readonly caseId: string; readonly personId: string },
  { how, note, scan }: WrittenEvidence,
): Promise<Evidence> {
  if (!scan) return { how, note };
  const row = await records
    .selectFrom('evidence_files')
    .selectAll()
    .where('id', '=', scan.id)
    .where('case_id', '=', caseId)
    .where('made_by', '=', personId)
    .where('discard', '=', 0)
    .executeTakeFirst();
  const type = SCAN_TYPES.find((known) => known === row?.type);
  if (!row || type === undefined) throw notThere();
  return { how, note, scan: { name: scan.name, type, size: row.size, hash: row.hash } };
}

/** @returns what notes, beside the step that is taken, that it has this scan; undefined where there is none */
export function besideScan({ scan }: WrittenEvidence) {
  if (!scan) return undefined;
  return async (records: Transaction<Tables>, { quote }: Pick<StepNeeds, 'quote'>): Promise<void> => {
    const row = await records
      .selectFrom('evidence_files')
      .select('id')
      .where('id', '=', scan.id)
      .where('discard', '=', 0)
      .executeTakeFirst();
    if (!row) throw notThere();
    await records
      .insertInto('evidence_uses')
      .values({ quote_id: quote.row.id, seq: quote.steps.length, file_id: scan.id })
      .execute();
  };
}

/** Erases the scans of steps (ERASE-1); their content goes with the next look, where no other step has it. */
export async function forgetScans(
  records: Records,
  steps: readonly Pick<Tables['quote_steps'], 'quote_id' | 'seq'>[],
): Promise<void> {
  for (const { quote_id, seq } of steps) {
    const use = await records
      .selectFrom('evidence_uses')
      .select('file_id')
      .where('quote_id', '=', quote_id)
      .where('seq', '=', seq)
      .executeTakeFirst();
    if (!use) continue;
    await records
      .deleteFrom('quote_words')
      .where('part', '=', 'scan')
      .where('quote_id', '=', quote_id)
      .where('seq', '=', seq)
      .execute();
    await records
      .deleteFrom('evidence_uses')
      .where('quote_id', '=', quote_id)
      .where('seq', '=', seq)
      .execute();
    await records
      .updateTable('evidence_files')
      .set({ discard: 1 })
      .where('id', '=', use.file_id)
      .where('id', 'not in', records.selectFrom('evidence_uses').select('file_id'))
      .execute();
  }
}

function notThere(): Refusal {
  const message = 'The scan did not arrive. Choose it once more.';
  return new Refusal('bad-request', message, [{ path: 'evidence.scan', message }]);
}
