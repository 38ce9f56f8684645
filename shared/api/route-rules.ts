import type { Access } from '../permissions/access.ts';
import type { StudyAct } from '../permissions/study-acts.ts';
import type { RouteKey } from './contract.ts';
import type { FileRouteKey } from './file-routes.ts';

/**
 * Who is answered by a route. What the asker may not know of is refused as if it
 * did not exist; what they know of and may not do, as not allowed.
 */
export type RouteRule =
  /** Links and signing in: whoever comes. */
  | { readonly kind: 'anyone' }
  /** Whoever is signed in, about nothing but their own. */
  | { readonly kind: 'own' }
  /** The same, and only at a page: a token that leaked cannot make itself at home. */
  | { readonly kind: 'page' }
  /** Whoever is on the team of some study, and the owner of the service. */
  | { readonly kind: 'team' }
  /** The same, and only at a page: not with a token. */
  | { readonly kind: 'team-page' }
  /** Leads of some study, and the owner of the service. */
  | { readonly kind: 'maker' }
  /** Somebody of the study's team whose part includes the act. */
  | { readonly kind: 'study'; readonly act: StudyAct }
  /** The same, for the study that the case is of. */
  | { readonly kind: 'case'; readonly act: StudyAct }
  /** `act` for its words and schools, unless the case is closed at its stage; `stage` to move it. */
  | { readonly kind: 'case-change'; readonly act: StudyAct; readonly stage: StudyAct }
  /** Whoever may read something of the case; a school contact, too. */
  | { readonly kind: 'case-text' }
  /** The act, and this much of the block. */
  | { readonly kind: 'block'; readonly act: StudyAct; readonly needs: Access }
  /** This much of the block; a school contact, too. */
  | { readonly kind: 'block-text'; readonly needs: Access };

const study = (act: StudyAct): RouteRule => ({ kind: 'study', act });
const ofCase = (act: StudyAct): RouteRule => ({ kind: 'case', act });

/** The rule of every route of the contract; a route without one does not compile, and fails its test. */
export const ROUTE_RULES = {
  'GET /api/session': { kind: 'anyone' },
  'POST /api/session/request': { kind: 'anyone' },
  'POST /api/session/left': { kind: 'anyone' },
  'POST /api/session/code': { kind: 'anyone' },
  'DELETE /api/session': { kind: 'anyone' },
  'PATCH /api/session/person': { kind: 'page' },
  'POST /api/links/inspect': { kind: 'anyone' },
  'POST /api/links/code': { kind: 'anyone' },
  'POST /api/links/redeem': { kind: 'anyone' },
  'GET /api/tokens': { kind: 'page' },
  'POST /api/tokens': { kind: 'team-page' },
  'DELETE /api/tokens/:tokenId': { kind: 'page' },
  'GET /api/devices': { kind: 'page' },
  'DELETE /api/devices/:deviceId': { kind: 'page' },
  'DELETE /api/devices': { kind: 'page' },
  'POST /api/session/passkey/begin': { kind: 'anyone' },
  'POST /api/session/passkey': { kind: 'anyone' },
  'GET /api/passkeys': { kind: 'page' },
  'POST /api/passkeys/begin': { kind: 'page' },
  'POST /api/passkeys': { kind: 'page' },
  'PATCH /api/passkeys/:passkeyId': { kind: 'page' },
  'DELETE /api/passkeys/:passkeyId': { kind: 'page' },
  'POST /api/session/oidc/begin': { kind: 'anyone' },
  'POST /api/session/oidc': { kind: 'anyone' },
  'GET /api/oidc': { kind: 'page' },
  'DELETE /api/oidc/:bindingId': { kind: 'page' },
  'GET /api/account/telephone': { kind: 'page' },
  'PUT /api/account/telephone': { kind: 'page' },
  'GET /api/account/erasure': { kind: 'page' },
  'POST /api/account/erasure/code': { kind: 'page' },
  'POST /api/account/erasure': { kind: 'page' },

  'GET /api/frameworks': { kind: 'team' },
  'POST /api/frameworks': { kind: 'maker' },
  'GET /api/frameworks/:frameworkId/:version': { kind: 'team' },

  'GET /api/studies': { kind: 'own' },
  'POST /api/studies': { kind: 'maker' },
  'GET /api/studies/:studyId': study('see-study'),
  'PATCH /api/studies/:studyId': study('change-study'),
  'DELETE /api/studies/:studyId': study('delete-study'),
  'PUT /api/studies/:studyId/passkeys': study('change-study'),
  'GET /api/bin': { kind: 'own' },
  'GET /api/studies/:studyId/bin': study('restore-from-bin'),
  'POST /api/bin/:kind/:itemId/restore': study('restore-from-bin'),
  'POST /api/studies/:studyId/schools': study('manage-schools'),
  'PATCH /api/schools/:schoolId': study('manage-schools'),
  'DELETE /api/schools/:schoolId': study('manage-schools'),
  'GET /api/studies/:studyId/invitations': study('manage-people'),
  'POST /api/studies/:studyId/invitations': study('manage-people'),
  'DELETE /api/invitations/:invitationId': study('manage-people'),
  'POST /api/invitations/:invitationId/letters': study('manage-people'),
  'GET /api/studies/:studyId/letters': study('manage-people'),
  'POST /api/studies/:studyId/letters/preview': study('manage-people'),
  'GET /api/letters/:letterId': study('manage-people'),
  'POST /api/letters/:letterId/call-back': study('manage-people'),
  'GET /api/studies/:studyId/school-hours': study('manage-people'),
  'PUT /api/studies/:studyId/school-hours': study('manage-people'),
  'GET /api/studies/:studyId/link-codes': study('manage-people'),
  'PUT /api/studies/:studyId/link-codes': study('change-study'),
  'GET /api/studies/:studyId/quote-terms': study('manage-people'),
  'PUT /api/studies/:studyId/quote-terms': study('manage-people'),
  'PATCH /api/studies/:studyId/members/:personId': study('manage-people'),
  'DELETE /api/studies/:studyId/members/:personId': study('manage-people'),
  'PUT /api/studies/:studyId/former/:personId': study('manage-people'),
  'GET /api/studies/:studyId/outbox': study('see-outbox'),
  'POST /api/cases/:caseId/versions': ofCase('set-section-status'),
  'GET /api/blocks/:blockId/history': { kind: 'block', act: 'see-study', needs: 'read' },
  'GET /api/blocks/:blockId/history/:seq': { kind: 'block', act: 'see-study', needs: 'read' },
  'GET /api/studies/:studyId/search': study('see-study'),
  'GET /api/studies/:studyId/audit': study('see-audit'),

  'GET /api/studies/:studyId/sheets': study('see-study'),
  'POST /api/studies/:studyId/sheets': study('write-sheet'),
  'GET /api/studies/:studyId/held': study('export-person'),
  'GET /api/studies/:studyId/speakers': study('export-person'),
  'POST /api/studies/:studyId/speakers/:speakerId/erase': study('erase-words'),
  'POST /api/quotes/:quoteId/erase': { kind: 'block', act: 'erase-words', needs: 'read' },
  'GET /api/account/erased-texts': { kind: 'own' },

  'POST /api/studies/:studyId/cases': study('create-case'),
  'GET /api/cases/:caseId': ofCase('see-study'),
  'PATCH /api/cases/:caseId': { kind: 'case-change', act: 'change-case', stage: 'move-stage' },
  'DELETE /api/cases/:caseId': ofCase('delete-case'),
  'GET /api/cases/:caseId/text': { kind: 'case-text' },
  'GET /api/cases/:caseId/framework': ofCase('see-study'),
  'GET /api/cases/:caseId/sharing': ofCase('see-sharing'),
  'POST /api/cases/:caseId/sharing': ofCase('change-sharing'),
  'GET /api/cases/:caseId/view-as/:personId': ofCase('see-sharing'),
  'GET /api/studies/:studyId/information': study('see-sharing'),
  'GET /api/cases/:caseId/information': ofCase('see-sharing'),
  'POST /api/cases/:caseId/information': ofCase('change-sharing'),
  'POST /api/cases/:caseId/information/when': ofCase('change-sharing'),
  'PATCH /api/cases/:caseId/information/:requestId': ofCase('change-sharing'),
  'POST /api/cases/:caseId/information/:requestId/remind': ofCase('change-sharing'),
  'POST /api/cases/:caseId/information/:requestId/close': ofCase('change-sharing'),
  'POST /api/cases/:caseId/information/:requestId/withdraw': ofCase('change-sharing'),
  'GET /api/studies/:studyId/quotes': study('see-study'),
  'GET /api/cases/:caseId/quotes': ofCase('see-study'),
  'GET /api/cases/:caseId/quote-records': ofCase('see-study'),
  'POST /api/cases/:caseId/speakers': ofCase('keep-quotes'),
  'PATCH /api/cases/:caseId/speakers/:speakerId': ofCase('keep-quotes'),
  'POST /api/cases/:caseId/quotes': { kind: 'block', act: 'keep-quotes', needs: 'write' },
  'GET /api/cases/:caseId/speakers/:speakerId/when': ofCase('keep-quotes'),
  'GET /api/cases/:caseId/speakers/:speakerId/guardian': ofCase('keep-quotes'),
  'POST /api/cases/:caseId/guardian-asks': ofCase('keep-quotes'),
  'POST /api/cases/:caseId/asks': ofCase('keep-quotes'),
  'PUT /api/cases/:caseId/scans/:scanId': ofCase('keep-quotes'),
  'GET /api/quotes/:quoteId': { kind: 'block', act: 'see-study', needs: 'read' },
  'GET /api/quotes/:quoteId/changes': { kind: 'block', act: 'see-study', needs: 'read' },
  'PATCH /api/quotes/:quoteId': { kind: 'block', act: 'keep-quotes', needs: 'write' },
  'POST /api/quotes/:quoteId/check': { kind: 'block', act: 'keep-quotes', needs: 'write' },
  'POST /api/quotes/:quoteId/answers': { kind: 'block', act: 'keep-quotes', needs: 'read' },
  'POST /api/quotes/:quoteId/asks/:askId/recall': { kind: 'block', act: 'keep-quotes', needs: 'read' },
  'POST /api/quotes/:quoteId/asks/:askId/correction': { kind: 'block', act: 'keep-quotes', needs: 'write' },
  'POST /api/quotes/:quoteId/fair': { kind: 'block', act: 'find-fair', needs: 'write' },
  'PUT /api/quotes/:quoteId/used': { kind: 'block', act: 'keep-quotes', needs: 'write' },
  'POST /api/quotes/:quoteId/consent': { kind: 'block', act: 'keep-quotes', needs: 'read' },
  'POST /api/quotes/:quoteId/withdraw': { kind: 'block', act: 'keep-quotes', needs: 'read' },
  'POST /api/quotes/:quoteId/restore': { kind: 'block', act: 'keep-quotes', needs: 'write' },
  'PUT /api/blocks/:blockId/status': { kind: 'block', act: 'set-section-status', needs: 'write' },
  'POST /api/blocks/:blockId/suggestions/decide': {
    kind: 'block',
    act: 'decide-suggestions',
    needs: 'write',
  },
  'POST /api/blocks/:blockId/suggestions/undo': { kind: 'block', act: 'decide-suggestions', needs: 'write' },
  'GET /api/cases/:caseId/threads': ofCase('see-study'),
  'GET /api/contact/threads': { kind: 'own' },
  'POST /api/blocks/:blockId/threads': { kind: 'block-text', needs: 'comment' },
  'POST /api/blocks/:blockId/threads/seen': { kind: 'block-text', needs: 'read' },
  'GET /api/blocks/:blockId/thread-people': { kind: 'block-text', needs: 'comment' },
  'GET /api/cases/:caseId/lost-words': ofCase('see-lost-words'),
  'POST /api/lost-words/:lostId/settle': { kind: 'block', act: 'see-lost-words', needs: 'write' },
  'GET /api/contact': { kind: 'own' },
  'POST /api/contact/information/:requestId': { kind: 'own' },
  'GET /api/certificates/:code': { kind: 'anyone' },
  'GET /api/contact/quotes': { kind: 'own' },
  'POST /api/contact/quotes/opened': { kind: 'page' },
  'POST /api/contact/asks/:askId/answer': { kind: 'page' },
  'POST /api/contact/quotes/consent': { kind: 'page' },
  'POST /api/contact/quotes/:quoteId/withdraw': { kind: 'page' },
  'POST /api/contact/guarded/consent': { kind: 'page' },
  'POST /api/contact/guarded/assent': { kind: 'page' },
  'POST /api/contact/guarded/:quoteId/withdraw': { kind: 'page' },
  'POST /api/contact/guarded/:speakerId/not-theirs': { kind: 'page' },
  'POST /api/contact/quotes/receipt': { kind: 'page' },
  'POST /api/contact/speakers/:speakerId/not-me': { kind: 'page' },
  'GET /api/contact/sheets': { kind: 'own' },
  'POST /api/contact/sheets/shown': { kind: 'page' },
} as const satisfies Record<RouteKey, RouteRule>;

/** Files are served beside the contract's routes, under rules of the same kind. */
export const FILE_RULES = {
  'GET /api/cases/:caseId/export.html': ofCase('export-case'),
  'GET /api/cases/:caseId/export.docx': ofCase('export-case'),
  'GET /api/quotes/:quoteId/certificate.html': { kind: 'block', act: 'see-study', needs: 'read' },
  'GET /api/quotes/:quoteId/certificate.pdf': { kind: 'block', act: 'see-study', needs: 'read' },
  'GET /api/quotes/:quoteId/steps/:step/scan': { kind: 'block', act: 'see-study', needs: 'read' },
  'GET /api/studies/:studyId/audit.csv': study('see-audit'),
  'GET /api/account/export.json': { kind: 'page' },
  'GET /api/account/export.html': { kind: 'page' },
  'GET /api/studies/:studyId/people/:personId/export.json': study('export-person'),
  'GET /api/studies/:studyId/people/:personId/export.html': study('export-person'),
  'GET /api/studies/:studyId/speakers/:speakerId/export.json': study('export-person'),
  'GET /api/studies/:studyId/speakers/:speakerId/export.html': study('export-person'),
  'GET /api/person-file/schema.json': { kind: 'anyone' },
  'GET /api/frameworks/schema.json': { kind: 'anyone' },
  'GET /api/openapi.json': { kind: 'anyone' },
} as const satisfies Record<FileRouteKey, RouteRule>;

/** Of everything that is answered over HTTP. */
export const ROUTE_AND_FILE_RULES: Readonly<Record<RouteKey | FileRouteKey, RouteRule>> = {
  ...ROUTE_RULES,
  ...FILE_RULES,
};
