import type { UseQueryResult } from '@tanstack/react-query';
import type { Framework } from '../../shared/framework/framework.ts';
import { useRoute } from '../ui/query.ts';

/** One version of a framework; it never changes, so it is asked for once and kept. */
export function useFramework(frameworkId: string, version: number): UseQueryResult<Framework, Error> {
  const query = useRoute(
    'GET /api/frameworks/:frameworkId/:version',
    { frameworkId, version: String(version) },
    { keep: true, staleTime: Number.POSITIVE_INFINITY },
  );
  // The contract leaves the reply open, since frameworks are data; the server checked it when it was imported.
  return query as UseQueryResult<Framework, Error>;
}
