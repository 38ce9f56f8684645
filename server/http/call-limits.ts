import type { RouteKey } from '../../shared/api/contract.ts';
import type { FileRouteKey } from '../../shared/api/file-routes.ts';
import type { SignedIn } from '../accounts/authentication.ts';
import type { Clock } from '../ports/clock.ts';
import { RateLimit } from './rate-limit.ts';

const MINUTE = 60_000;

/** Far more than a page, or a program in its senses, asks within a minute. */
const BY_A_PERSON = { most: 6_000, windowMs: MINUTE };
/** Of those who are not signed in: a network may be a whole school's. */
const BY_A_NETWORK = { most: 1_500, windowMs: MINUTE };
/** What sends letters to others. */
const LETTERS = { most: 100, windowMs: 60 * MINUTE };
/** What takes the server some work. */
const FILES = { most: 60, windowMs: 5 * MINUTE };

const SENDING_LETTERS: readonly Route[] = [
  'POST /api/studies/:studyId/invitations',
  'POST /api/invitations/:invitationId/letters',
  'POST /api/cases/:caseId/information',
  'POST /api/cases/:caseId/information/:requestId/remind',
];

const MAKING_FILES: readonly Route[] = [
  'PUT /api/cases/:caseId/scans/:scanId',
  'GET /api/cases/:caseId/export.html',
  'GET /api/cases/:caseId/export.docx',
  'GET /api/quotes/:quoteId/certificate.pdf',
  'GET /api/studies/:studyId/audit.csv',
  'GET /api/account/export.json',
  'GET /api/account/export.html',
  'GET /api/studies/:studyId/people/:personId/export.json',
  'GET /api/studies/:studyId/people/:personId/export.html',
  'GET /api/studies/:studyId/speakers/:speakerId/export.json',
  'GET /api/studies/:studyId/speakers/:speakerId/export.html',
];

type Route = RouteKey | FileRouteKey;

/** How much one person, or one network of nobody in particular, may ask (WEB-1), over all routes together. */
export class CallLimits {
  readonly #people: RateLimit;
  readonly #networks: RateLimit;
  readonly #letters: RateLimit;
  readonly #files: RateLimit;

  constructor(clock: Clock) {
    this.#people = new RateLimit(clock, BY_A_PERSON);
    this.#networks = new RateLimit(clock, BY_A_NETWORK);
    this.#letters = new RateLimit(clock, LETTERS);
    this.#files = new RateLimit(clock, FILES);
  }

  /**
   * Counts a call, of whatever kind its route is.
   * @param network as `limitKey` names it
   * @throws Refusal `too-many`
   */
  take(by: SignedIn | null, network: string, route: Route): void {
    if (by) this.#people.take(by.personId);
    else this.#networks.take(network);
    if (by && SENDING_LETTERS.includes(route)) this.#letters.take(by.personId);
    if (by && MAKING_FILES.includes(route)) this.#files.take(by.personId);
  }
}
