/** Errors of the HTTP interface: RFC 9457 problem details with a stable `code`. */
export const PROBLEM_CODES = [
  'bad-request',
  'not-signed-in',
  'no-access',
  'not-found',
  'conflict',
  'gone',
  'too-large',
  'too-many',
  'link-not-usable',
  'code-not-usable',
  'passkey-not-usable',
  'oidc-not-usable',
  'not-known-here',
  'passkey-needed',
  'unsupported',
  'internal',
  'unavailable',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  /** For people, in plain words. */
  readonly detail: string;
  /** Of a malformed body: which parts, and what is wrong with each. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

export const PROBLEM_STATUS: Readonly<Record<ProblemCode, number>> = {
  'bad-request': 400,
  'not-signed-in': 401,
  'no-access': 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  'too-many': 429,
  'link-not-usable': 400,
  'code-not-usable': 400,
  'passkey-not-usable': 400,
  'oidc-not-usable': 400,
  'not-known-here': 403,
  'passkey-needed': 403,
  unsupported: 415,
  internal: 500,
  unavailable: 503,
};
