import { studyChain } from '../../shared/audit/audit-record.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { openStudy } from '../studies/study-gate.ts';
import { namesOf } from './audit-names.ts';
import { peopleOfAudit, readAudit, sealOf } from './audit-reading.ts';

/** Records told at once. */
const PAGE = 50;

/** Who did what in a study, for its lead. */
export function auditRoutes(parts: Pick<Parts, 'records'>): Routes {
  const records = parts.records.read;
  return {
    'GET /api/studies/:studyId/audit': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records, personId, studyId, 'see-audit', { binned: true });
      const chain = studyChain(studyId);
      const { before, ...choice } = call.query;
      const found = await readAudit(records, { chain, choice, before, limit: PAGE + 1 });
      const entries = found.slice(0, PAGE);
      return {
        entries,
        names: await namesOf(records, entries, studyId),
        people: before === undefined ? await peopleOfAudit(records, studyId) : [],
        more: found.length > PAGE,
        seal: await sealOf(records, chain),
      };
    },
  };
}
