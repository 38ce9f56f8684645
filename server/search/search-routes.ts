import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { openStudy } from '../studies/study-gate.ts';
import { Indexing } from './indexing.ts';
import { searchStudy } from './searching.ts';

/** Words found in a study, for whoever is on its team. */
export function searchRoutes(parts: Parts): Routes {
  const indexing = new Indexing(parts);
  return {
    'GET /api/studies/:studyId/search': async (call) => {
      const { personId } = signedIn(call);
      const { study } = await openStudy(parts.records.read, personId, call.params.studyId, 'see-study');
      return searchStudy(parts, indexing, { study, personId, typed: call.query.words });
    },
  };
}
