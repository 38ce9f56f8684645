import express from 'express';
import { contentDisposition } from '../../shared/publishing/file-name.ts';
import { SCAN_ENDINGS } from '../../shared/quotes/scan.ts';
import { scanOfStep } from '../../shared/quotes/step-words.ts';
import { actorOf } from '../accounts/authentication.ts';
import { requireScope } from '../accounts/token-scope.ts';
import { recordInStudy } from '../audit/audit-chain.ts';
import { addressOf, limitKey } from '../http/addresses.ts';
import { Refusal } from '../http/refusal.ts';
import { signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { DamagedFileError } from '../ports/file-store.ts';
import { nothingThere, openBlock } from '../studies/study-gate.ts';
import { loadQuote } from './quote-store.ts';

const ROUTE = 'GET /api/quotes/:quoteId/steps/:step/scan';

/** Whatever is in the file, it is saved and never shown here, and nothing in it runs (INPUT-2). */
const SCAN_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'private, no-store',
};

/** Scans of answers on paper, behind the access of their quote: `GET /api/quotes/:quoteId/steps/:step/scan`. */
export function scanFiles(parts: Parts): express.Router {
  const router = express.Router();
  router.get('/api/quotes/:quoteId/steps/:step/scan', async (request, response) => {
    const { records, clock, files, log } = parts;
    const by = await parts.authentication.ofRequest(request);
    parts.limits.take(by, limitKey(addressOf(request)), ROUTE);
    const { personId } = signedIn({ by });
    const { quoteId, step } = request.params;
    await requireScope(records.read, by, ROUTE, { quoteId });
    const quote = await loadQuote(records.read, quoteId);
    if (!quote) throw nothingThere();
    await openBlock(records.read, personId, quote.row.block_id, 'see-study', 'read');
    const event = /^[1-9]\d{0,5}$/.test(step) ? quote.events[Number(step) - 1] : undefined;
    const scan = event && scanOfStep(event);
    if (!scan) throw nothingThere();
    const content = await files.get(scan.hash).catch((cause: unknown) => {
      if (!(cause instanceof DamagedFileError)) throw cause;
      log.error('a scan is not as it was sent', { quote: quoteId, step }, cause);
      return null;
    });
    if (!content) throw new Refusal('gone', 'This scan is no longer there as it was sent.');
    // What cannot be recorded is not given out.
    await records.transaction((transaction) =>
      recordInStudy(transaction, quote.row.study_id, {
        kind: 'quote-scan-downloaded',
        by: actorOf(request, by),
        at: clock.now(),
        caseId: quote.row.case_id,
        detail: { quote: quoteId, step: Number(step) },
      }),
    );
    const ending = SCAN_ENDINGS[scan.type];
    const title = scan.name.replace(/\.[A-Za-z]{3,4}$/, '') || 'Scan';
    response
      .set({
        ...SCAN_HEADERS,
        'Content-Type': scan.type,
        'Content-Disposition': contentDisposition(title, ending, 'attachment'),
      })
      .send(content);
  });
  return router;
}
