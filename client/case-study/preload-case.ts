import { queries, routeQuery } from '../ui/query.ts';

/** Asks for what a case's page shows, before the page itself has come. */
export function preloadCase(caseId: string): void {
  const params = { caseId };
  void queries.prefetchQuery(routeQuery('GET /api/cases/:caseId/text', params, { keep: true }));
  void queries
    .fetchQuery(routeQuery('GET /api/cases/:caseId', params, { keep: true }))
    .then(({ study }) =>
      queries.prefetchQuery(
        routeQuery(
          'GET /api/frameworks/:frameworkId/:version',
          { frameworkId: study.frameworkId, version: String(study.frameworkVersion) },
          { keep: true },
        ),
      ),
    )
    .catch(() => {
      // The page asks again, and says what is the matter.
    });
}
