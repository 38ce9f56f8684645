import type { RouteKey } from '../../shared/api/contract.ts';
import { sheetTemplate } from '../../shared/protection/information-sheet.ts';

/** With its gaps, so that it is read and not written. */
const SHEET = sheetTemplate({ studyTitle: 'x', lead: { name: 'Nobody', email: 'nobody@nowhere.example' } });

/**
 * A body that a route would take, for tests that walk all of them; where somebody may
 * make the call, it does no harm to the calls after it.
 * @param params what stands in the path, by name; a new case is of that school
 */
export function routeBody(key: RouteKey, params: Readonly<Record<string, string>>): object {
  return bodies(params)[key] ?? {};
}

const LETTER = { subject: 'x', text: 'x' };
const PASSKEY = { id: 'AAAA', rawId: 'AAAA', type: 'public-key' };
const SEEN = { wording: 'x', context: { before: '', between: [], after: '' } };
const EVIDENCE = { how: 'phone', note: 'x' };
const SIGNED = { clientDataJSON: 'AAAA' };

function bodies(params: Readonly<Record<string, string>>): Partial<Record<RouteKey, object>> {
  const { blockId, personId, schoolId, quoteId, speakerId } = params;
  const step = { blockId, personId, from: null, to: 'read' };
  return {
    'POST /api/session/left': { personId: 'nobody' },
    'POST /api/session/request': { email: 'nobody@nowhere.example' },
    'POST /api/session/code': { email: 'nobody@nowhere.example', code: '000000' },
    'PATCH /api/session/person': { name: 'Somebody' },
    'POST /api/session/passkey': {
      ...PASSKEY,
      response: { ...SIGNED, authenticatorData: 'AAAA', signature: 'AAAA' },
    },
    // Whoever asks has shown no passkey, and it is no code.
    'POST /api/account/erasure': { code: '000000' },
    'POST /api/session/oidc': { state: 'x' },
    'POST /api/passkeys': {
      id: 'none',
      name: 'x',
      made: { ...PASSKEY, response: { ...SIGNED, attestationObject: 'AAAA' } },
    },
    'PATCH /api/passkeys/:passkeyId': { name: 'x' },
    'POST /api/links/inspect': { token: 'x'.repeat(43) },
    'POST /api/links/code': { token: 'x'.repeat(43) },
    'POST /api/links/redeem': { token: 'x'.repeat(43) },
    'POST /api/tokens': { id: 'none', name: 'x' },
    // Neither is there to be made: no framework is so, and none has that name.
    'POST /api/frameworks': { nothing: true },
    'POST /api/studies': { id: 'n0', title: 'x', frameworkId: 'none', frameworkVersion: 1 },
    'PATCH /api/studies/:studyId': { title: 'x' },
    'PUT /api/studies/:studyId/passkeys': { required: true },
    'POST /api/studies/:studyId/schools': { id: 'n1', name: 'x' },
    'PATCH /api/schools/:schoolId': { name: 'x' },
    'POST /api/studies/:studyId/invitations': { id: 'n2', email: 'a@b.example', role: 'viewer' },
    'POST /api/invitations/:invitationId/letters': { id: 'n6', subject: 'x', text: 'x' },
    'POST /api/studies/:studyId/letters/preview': { email: 'a@b.example', subject: 'x', text: 'x' },
    'PUT /api/account/telephone': { telephone: '+44 20 7946 0000' },
    'PUT /api/studies/:studyId/link-codes': { required: false },
    'PUT /api/studies/:studyId/quote-terms': { reminders: [2], lapse: 10, printOn: null },
    'PUT /api/studies/:studyId/school-hours': {
      days: [1],
      from: '08:00',
      to: '17:00',
      zone: 'Europe/London',
    },
    'PATCH /api/studies/:studyId/members/:personId': { role: 'viewer' },
    'POST /api/studies/:studyId/cases': { id: 'n3', title: 'x', schoolIds: [schoolId] },
    'PUT /api/studies/:studyId/former/:personId': { name: null },
    'POST /api/studies/:studyId/speakers/:speakerId/erase': { id: 'n8' },
    'POST /api/quotes/:quoteId/erase': { id: 'n9' },
    'POST /api/studies/:studyId/sheets': { id: 'n5', after: 0, parts: SHEET },
    'POST /api/contact/sheets/shown': { studyId: 'none', version: 1 },
    'PATCH /api/cases/:caseId': { title: 'x' },
    // Named twice, which nobody can mean.
    'POST /api/cases/:caseId/sharing': { id: 'n4', steps: [step, step] },
    // By a day that has passed: nobody is asked.
    'POST /api/cases/:caseId/information': {
      id: 'n6',
      schoolId: schoolId ?? 'x',
      personId: personId ?? 'x',
      sections: [{ sectionId: '4-facts' }],
      dueOn: '2000-01-03',
      letter: LETTER,
    },
    // To somebody new.
    'POST /api/cases/:caseId/information/when': { schoolId: schoolId ?? 'x' },
    'PATCH /api/cases/:caseId/information/:requestId': { dueOn: '2000-01-03' },
    'POST /api/cases/:caseId/information/:requestId/remind': { id: 'n7', letter: LETTER },
    'POST /api/contact/information/:requestId': { finished: true },
    'POST /api/cases/:caseId/speakers': {
      id: 'n8',
      schoolId: schoolId ?? 'x',
      name: 'x',
      age: 'not-known',
    },
    'POST /api/cases/:caseId/versions': { id: 'n21', name: 'Before the visit' },
    'PATCH /api/cases/:caseId/speakers/:speakerId': { role: 'Teacher' },
    // Of nobody's.
    'POST /api/cases/:caseId/quotes': {
      id: 'n9',
      blockId: blockId ?? 'x',
      use: 'n9',
      speakerIds: ['nobody'],
      how: 'interview',
      wording: 'x',
    },
    'POST /api/cases/:caseId/asks': {
      id: 'n10',
      speakerId: speakerId ?? 'x',
      asks: [{ id: 'n10', quoteId: quoteId ?? 'x', use: 'x' }],
    },
    'POST /api/cases/:caseId/guardian-asks': {
      id: 'n11',
      speakerId: speakerId ?? 'x',
      guardian: { name: 'x', email: 'parent@b.example' },
      asks: [{ id: 'n12', quoteId: quoteId ?? 'x', use: 'x' }],
    },
    // Of no thread that there is.
    'POST /api/blocks/:blockId/threads': { act: { id: 'n11', thread: 'none', kind: 'resolved' } },
    'POST /api/blocks/:blockId/threads/seen': { seen: [{ thread: 'none', comment: 'none' }] },
    'PATCH /api/quotes/:quoteId': { source: 'x' },
    'POST /api/quotes/:quoteId/check': { wording: 'x' },
    'POST /api/quotes/:quoteId/answers': {
      ask: 'n10',
      use: 'x',
      speakerId: speakerId ?? 'x',
      kind: 'confirmed',
      evidence: EVIDENCE,
      seen: SEEN,
    },
    'POST /api/quotes/:quoteId/asks/:askId/correction': { decided: 'accepted' },
    'POST /api/quotes/:quoteId/fair': {
      ...{ use: 'x', speakerId: speakerId ?? 'x', reason: 'x', seen: SEEN },
    },
    'PUT /api/quotes/:quoteId/used': { used: true },
    'POST /api/quotes/:quoteId/consent': {
      speakerId: speakerId ?? 'x',
      from: 'speaker',
      channels: [],
      naming: 'anonymous',
      evidence: EVIDENCE,
    },
    'POST /api/quotes/:quoteId/withdraw': {
      speakerId: speakerId ?? 'x',
      from: 'speaker',
      evidence: EVIDENCE,
    },
    'POST /api/quotes/:quoteId/restore': { use: 'x' },
    'POST /api/contact/quotes/opened': { asks: ['none'] },
    'POST /api/contact/asks/:askId/answer': { kind: 'confirmed', after: null },
    'POST /api/contact/quotes/consent': {
      speakerId: 'none',
      naming: 'anonymous',
      channels: [],
      quoteIds: ['none'],
    },
    'POST /api/contact/quotes/:quoteId/withdraw': { speakerId: 'none' },
    'POST /api/contact/guarded/consent': {
      speakerId: 'none',
      naming: 'anonymous',
      channels: ['web'],
      quoteIds: ['none'],
    },
    'POST /api/contact/guarded/assent': { speakerId: 'none', quoteIds: ['none'] },
    'POST /api/contact/guarded/:quoteId/withdraw': { speakerId: 'none' },
    'PUT /api/blocks/:blockId/status': { status: 'drafting' },
    'POST /api/blocks/:blockId/suggestions/decide': { decision: 'accept', whose: 'all' },
    'POST /api/blocks/:blockId/suggestions/undo': { undo: 'none' },
    'POST /api/lost-words/:lostId/settle': { how: 'let-go' },
  };
}
