import type { RouteReply } from '../../shared/api/contract.ts';
import type { Records } from '../ports/record-store.ts';
import { CODE_DIGITS } from './quote-views.ts';

type Check = RouteReply<'GET /api/certificates/:code'>;

/**
 * @param code as it stands on a certificate or a receipt
 * @returns what it says of the record, and nothing of the quote; null where the record holds no such step
 */
export async function checkCertificate(records: Records, code: string): Promise<Check | null> {
  const dot = code.lastIndexOf('.');
  const rows = await records
    .selectFrom('quote_steps')
    .select(['seq', 'at', 'hash'])
    .where('quote_id', '=', code.slice(0, Math.max(0, dot)))
    .orderBy('seq')
    .execute();
  const shown = rows.find(({ hash }) => hash.slice(0, CODE_DIGITS) === code.slice(dot + 1));
  return shown ? { at: shown.at, steps: shown.seq, since: rows.length - shown.seq } : null;
}
