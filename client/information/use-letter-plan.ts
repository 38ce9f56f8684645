import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RouteBody } from '../../shared/api/contract.ts';
import type { LetterPlan } from '../../shared/api/information.ts';
import { wordsFor } from '../ui/query.ts';
import { ProblemError, request } from '../ui/request.ts';

const ROUTE = 'POST /api/cases/:caseId/information/when';

/** When the letter would go that asks somebody. */
export interface KnownPlan {
  /** Null while it is not known. */
  readonly plan: LetterPlan | null;
  /** Why it could not go at all, in plain words. */
  readonly problem: string | null;
}

/** Asks the server, which alone knows the study's hours and its other letters; anew whenever the answer may be another. */
export function useLetterPlan(caseId: string, asked: RouteBody<typeof ROUTE> | null): KnownPlan {
  const { data, error } = useQuery({
    queryKey: [ROUTE, caseId, asked],
    enabled: asked !== null,
    staleTime: 0,
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request(ROUTE, { params: { caseId }, body: asked ?? { schoolId: '' }, signal }),
  });
  return {
    plan: data ?? null,
    // Whatever else went wrong, sending says it; nobody is kept from writing on by it.
    problem: error instanceof ProblemError && error.problem.code === 'conflict' ? wordsFor(error) : null,
  };
}
