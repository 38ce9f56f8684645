import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express from 'express';
import { auditChoice } from '../../shared/api/audit.ts';
import { studyChain } from '../../shared/audit/audit-record.ts';
import { contentDisposition } from '../../shared/publishing/file-name.ts';
import { actorOf } from '../accounts/authentication.ts';
import { requireScope } from '../accounts/token-scope.ts';
import { addressOf, limitKey } from '../http/addresses.ts';
import { readAs } from '../http/route-binder.ts';
import { signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { openStudy } from '../studies/study-gate.ts';
import { recordInStudy } from './audit-chain.ts';
import { auditCsv } from './audit-csv.ts';
import { sealOf } from './audit-reading.ts';

const ROUTE = 'GET /api/studies/:studyId/audit.csv';

/** The record of a study as a file: `GET /api/studies/:studyId/audit.csv`, with the filters of the page. */
export function auditFiles(
  parts: Pick<Parts, 'records' | 'authentication' | 'limits' | 'clock' | 'log'>,
): express.Router {
  const { records, clock, log } = parts;
  const router = express.Router();
  router.get('/api/studies/:studyId/audit.csv', async (request, response) => {
    const by = await parts.authentication.ofRequest(request);
    parts.limits.take(by, limitKey(addressOf(request)), ROUTE);
    const { personId } = signedIn({ by });
    const { studyId } = request.params;
    await requireScope(records.read, by, ROUTE, { studyId });
    const choice = readAs(auditChoice, request.query);
    const { study } = await openStudy(records.read, personId, studyId, 'see-audit', { binned: true });
    const chain = studyChain(studyId);
    await records.transaction((transaction) =>
      recordInStudy(transaction, studyId, {
        kind: 'exported',
        by: actorOf(request, by),
        at: clock.now(),
        detail: { format: 'csv' },
      }),
    );
    const end = (await sealOf(records.read, chain))?.seq ?? 0;
    response
      .set({
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-store',
        'Content-Disposition': contentDisposition(`${study.title} (record)`, '.csv', 'attachment'),
      })
      .type('text/csv; charset=utf-8');
    try {
      await pipeline(Readable.from(auditCsv(records.read, chain, choice, end + 1)), response);
    } catch (cause) {
      // Half a file is on its way: it is cut, so that nobody takes it for a whole one.
      log.warn('a record could not be sent whole', { study: studyId }, cause);
      response.destroy();
    }
  });
  return router;
}
