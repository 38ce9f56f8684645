import type { Problem, ProblemCode } from '../../shared/api/problem.ts';

/** An expected refusal of a call; it is answered as problem details (INPUT-1). */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProblemCode;
  readonly errors: Problem['errors'];
  /** Seconds after which trying again can help; only of `too-many`. */
  readonly retryAfter: number | undefined;

  /** @param detail for people, in plain words */
  constructor(code: ProblemCode, detail: string, errors?: Problem['errors'], retryAfter?: number) {
    super(detail);
    this.code = code;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }
}
