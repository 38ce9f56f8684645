import { useTopic } from '../sync/hooks.ts';
import { queries, routeKey, useRoute } from '../ui/query.ts';

/** What is out of date once a request was made or changed. */
export const CHANGED_BY_ASKING = [
  'GET /api/cases/:caseId/information',
  'GET /api/studies/:studyId/information',
  'GET /api/cases/:caseId',
  'GET /api/cases/:caseId/sharing',
  'GET /api/studies/:studyId/letters',
  'GET /api/studies/:studyId/invitations',
] as const;

/**
 * What schools of a case were asked for, followed while the page is open.
 * @param studyId - null while it is not known; a change of its people is one of its own
 */
export function useCaseInformation(caseId: string, studyId: string | null) {
  const params = { caseId };
  const reply = useRoute('GET /api/cases/:caseId/information', params, { keep: true, staleTime: 0 });
  const again = () => {
    void queries.invalidateQueries({ queryKey: routeKey('GET /api/cases/:caseId/information', params) });
  };
  useTopic(`case/${caseId}`, again);
  useTopic(studyId === null ? null : `study/${studyId}`, again);
  return reply;
}
