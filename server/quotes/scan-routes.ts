import { MOST_SCAN_BYTES } from '../../shared/quotes/scan.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import { readSentBytes } from '../http/sent-bytes.ts';
import type { Parts } from '../parts.ts';
import { openCase } from '../studies/study-gate.ts';
import type { ScanKeeping } from './scan-keeping.ts';

/** Takes scans of answers on paper in. */
export function scanRoutes(parts: Parts, scans: ScanKeeping): Routes {
  return {
    'PUT /api/cases/:caseId/scans/:scanId': async (call) => {
      const { personId } = signedIn(call);
      const { caseId, scanId: id } = call.params;
      const { studyId } = await openCase(parts.records.read, personId, caseId, 'keep-quotes');
      const content = await readSentBytes(call.request, personId, MOST_SCAN_BYTES);
      return { id, ...(await scans.keep({ id, studyId, caseId, personId }, content)) };
    },
  };
}
