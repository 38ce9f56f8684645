import type { Problem, ProblemCode } from '../../shared/api/problem.ts';

/** What a refusal kept somebody from, for the study's record; never told to them. */
export interface RefusedIn {
  readonly studyId: string;
  readonly caseId: string | null;
  /** Whether whoever asked belongs to the study. */
  readonly known: 'member' | 'stranger';
}

/** An expected refusal of a call; it is answered as problem details (INPUT-1). */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProblemCode;
  readonly errors: Problem['errors'];
  /** Seconds after which trying again can help; only of `too-many`. */
  readonly retryAfter: number | undefined;
  readonly refusedIn: RefusedIn | undefined;

  /** @param detail for people, in plain words */
  constructor(
    code: ProblemCode,
    detail: string,
    errors?: Problem['errors'],
    retryAfter?: number,
    refusedIn?: RefusedIn,
  ) {
    super(detail);
    this.code = code;
    this.errors = errors;
    this.retryAfter = retryAfter;
    this.refusedIn = refusedIn;
  }
}
