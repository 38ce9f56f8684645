import type { Parts } from '../parts.ts';
import { DamagedFileError } from '../ports/file-store.ts';

export interface ScanCheck {
  readonly scans: number;
  /** One line for each scan that is not there as it was sent. */
  readonly faults: readonly string[];
}

/** Reads every scan that a step of a quote has, and holds it against its hash (QUOTE-6). */
export async function checkScans({ records, files }: Pick<Parts, 'records' | 'files'>): Promise<ScanCheck> {
  const uses = await records.read
    .selectFrom('evidence_uses')
    .leftJoin('evidence_files', 'evidence_files.id', 'evidence_uses.file_id')
    .select(['quote_id', 'seq', 'hash'])
    .orderBy('quote_id')
    .orderBy('seq')
    .execute();
  const faults: string[] = [];
  for (const { quote_id, seq, hash } of uses) {
    const fault = await faultOf(files, hash);
    if (fault !== null) faults.push(`quote ${quote_id}: the scan of step ${seq} ${fault}`);
  }
  return { scans: uses.length, faults };
}

async function faultOf(files: Parts['files'], hash: string | null): Promise<string | null> {
  try {
    return hash !== null && (await files.get(hash)) ? null : 'is missing';
  } catch (cause) {
    if (cause instanceof DamagedFileError) return 'is not as it was sent';
    throw cause;
  }
}
