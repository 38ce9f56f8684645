import { queries, routeQuery } from '../ui/query.ts';

/**
 * Asks for what a case's page shows, before the page itself has come.
 * @returns once it is here; the page asks again for what is not, and says what is the matter
 */
export async function preloadCase(caseId: string): Promise<void> {
  const params = { caseId };
  const framework = async () => {
    const { study } = await queries.fetchQuery(routeQuery('GET /api/cases/:caseId', params, { keep: true }));
    await queries.prefetchQuery(
      routeQuery(
        'GET /api/frameworks/:frameworkId/:version',
        { frameworkId: study.frameworkId, version: String(study.frameworkVersion) },
        { keep: true },
      ),
    );
  };
  await Promise.allSettled([
    queries.prefetchQuery(routeQuery('GET /api/cases/:caseId/text', params, { keep: true })),
    framework(),
  ]);
}
