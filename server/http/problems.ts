import type { ErrorRequestHandler, Request, Response } from 'express';
import { PROBLEM_STATUS, type Problem, type ProblemCode } from '../../shared/api/problem.ts';
import type { Log } from '../log.ts';
import { isOpenedByHand, PROBLEM_PAGE_POLICY, problemPage } from './problem-page.ts';
import { Refusal } from './refusal.ts';

const TITLES: Readonly<Record<ProblemCode, string>> = {
  'bad-request': 'This could not be read',
  'not-signed-in': 'Not signed in',
  'no-access': 'Not allowed',
  'not-found': 'Not found',
  conflict: 'In conflict with what is there',
  gone: 'Gone',
  'too-large': 'Too large',
  'too-many': 'Too often',
  'link-not-usable': 'This link does not work',
  'code-not-usable': 'This code does not work',
  'passkey-not-usable': 'This passkey does not work',
  'oidc-not-usable': 'This sign-in did not work',
  'not-known-here': 'Not known here',
  'passkey-needed': 'A passkey is needed',
  unsupported: 'Of a kind that is not understood',
  internal: 'Something went wrong',
  unavailable: 'Not available now',
};

/** Answers with problem details (RFC 9457); whoever opened the address by hand, with a page that says so. */
export function sendProblem(response: Response, refusal: Refusal): void {
  const status = PROBLEM_STATUS[refusal.code];
  if (refusal.retryAfter !== undefined) response.set('Retry-After', String(refusal.retryAfter));
  response.vary('Accept');
  if (isOpenedByHand(response.req)) {
    const [path = ''] = response.req.originalUrl.split('?');
    response
      .status(status)
      .set({ 'Content-Security-Policy': PROBLEM_PAGE_POLICY, 'Cache-Control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(problemPage(refusal.code, refusal.message, path));
    return;
  }
  const problem: Problem = {
    type: `urn:casebook:problem:${refusal.code}`,
    title: TITLES[refusal.code],
    status,
    code: refusal.code,
    detail: refusal.message,
    ...(refusal.errors ? { errors: refusal.errors } : {}),
  };
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}

/**
 * The last stop of every request: whatever was thrown becomes an answer, and the process goes on (INPUT-1).
 * @param refused told of every refusal once it is answered
 */
export function problemHandler(
  log: Log,
  refused: (refusal: Refusal, request: Request) => void = () => {},
): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const refusal = asRefusal(error);
    response.once('finish', () => refused(refusal, request));
    if (refusal.code === 'internal') {
      log.error('a request failed', { method: request.method, route: request.route?.path }, error);
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    sendProblem(response, refusal);
  };
}

/** Errors of body parsing and of path decoding carry a status of their own. */
function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const { status, type } = (typeof error === 'object' && error !== null ? error : {}) as {
    status?: unknown;
    type?: unknown;
  };
  if (status === 413) return new Refusal('too-large', 'That is more than can be taken at once.');
  if (status === 415 || type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new Refusal('unsupported', 'That is written in a way that is not understood.');
  }
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Refusal('bad-request', 'That could not be read.');
  }
  return new Refusal('internal', 'Something went wrong on the server. Nothing was changed; try again.');
}
