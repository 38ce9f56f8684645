import { useParams } from '@tanstack/react-router';
import { useRoute } from '../ui/query.ts';

/** So many studies are searched where none is at hand. */
const MOST_STUDIES = 6;

/** @returns ids of the studies that a search from here looks through: the one in view, else one's own */
export function useStudiesAtHand(): readonly string[] {
  const { studyId, caseId } = useParams({ strict: false }) as { studyId?: string; caseId?: string };
  const ofCase = useRoute(
    'GET /api/cases/:caseId',
    { caseId: caseId ?? '' },
    { enabled: caseId !== undefined },
  );
  const all = useRoute('GET /api/studies', {});
  const here = studyId ?? ofCase.data?.studyId;
  if (here !== undefined) return [here];
  // of a case that is still on its way, its own study alone is meant
  if (caseId !== undefined && ofCase.isPending) return [];
  return (all.data?.studies ?? []).slice(0, MOST_STUDIES).map(({ id }) => id);
}
