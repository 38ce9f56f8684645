/**
 * The HTTP interface: one table of routes. The server validates by it, the page
 * takes its types from it (and nothing else: zod stays out of the page).
 *
 * Ids in bodies are made by the client, so that an offline queue can repeat a
 * call without a second effect.
 */

import { z } from 'zod';
import { STAGES } from '../permissions/access.ts';
import { MOST_SCAN_BYTES } from '../quotes/scan.ts';
import { apiToken, device, linkPurpose, TOKEN_REACHES } from './account.ts';
import { erasureOrder, erasureView } from './account-erasure.ts';
import { auditChoice, auditEntry } from './audit.ts';
import { blockState, caseDetail, caseText, lostWords } from './cases.ts';
import { threadAct, threadActed, threadList, threadPeople, threadsSeen } from './comments.ts';
import { contactCase } from './contact.ts';
import { erasedTexts, erasureReply, erasureWish, heldSpeaker } from './erasing.ts';
import { guardian, guardianAssent, guardianConsent, newGuardianAsks } from './guardian-quotes.ts';
import { blockHistory, newVersion, pastSection } from './history.ts';
import {
  askedWhen,
  caseInformation,
  couldNot,
  informationRequest,
  letterPlan,
  newRequest,
  reminder,
  requestMade,
  studyInformation,
} from './information.ts';
import {
  letter,
  letterPreview,
  letterWords,
  linkDays,
  newSchoolHours,
  plannedLetter,
  schoolHours,
  wholeLetter,
} from './letters.ts';
import { linkCodes, newLinkCodes } from './link-codes.ts';
import { oidcBindings, oidcReturn } from './oidc.ts';
import { newPasskey, passkey, passkeyOffer, passkeyOrder, passkeyQuestion, passkeyUse } from './passkeys.ts';
import { person } from './people.ts';
import { contactSheet, heldPerson, sheetParts, writtenSheet } from './protection.ts';
import { evidence, keptScan } from './quote-scans.ts';
import { newQuoteTerms, quoteTerms, telephone } from './quote-terms.ts';
import {
  askPlan,
  asksMade,
  caseQuotes,
  certificateCheck,
  consentWish,
  correctionDecision,
  fairness,
  newAsks,
  newQuote,
  newSpeaker,
  quote,
  quoteChange,
  quoteChanged,
  quoteRecords,
  recordedAnswer,
  speaker,
  speakerChange,
  studyQuotes,
  wholeQuote,
  wordingChanges,
} from './quotes.ts';
import { email, id, isoDate, passkeyName, personName, role, title, token } from './scalars.ts';
import { sameName, school } from './schools.ts';
import { searchChoice, searchReply } from './search.ts';
import { seenCase } from './seen-case.ts';
import { sharing, sharingStep, viewAs } from './sharing.ts';
import { ownAnswer, ownConsent, receipt, speakerQuotes } from './speaker-quotes.ts';
import { binItem, frameworkSummary, invitation, outboxMail, studyDetail, studySummary } from './studies.ts';
import { suggestionDecision, suggestionsDecided } from './suggestions.ts';

const none = z.object({});
const done = z.object({ ok: z.literal(true) });

/** One route. `params` are all strings from the path; GET and DELETE take no body. */
export const contract = {
  'GET /api/session': {
    body: none,
    reply: z.object({
      person: person.nullable(),
      mailGoesTo: z.enum(['smtp', 'outbox']),
      signInWith: z.string().nullable(),
    }),
  },
  /** Always the same answer, whether the address is known or not. */
  'POST /api/session/request': { body: z.object({ email }), reply: done },
  /** Asked by a device that keeps something of somebody who was signed in there: whether their account is deleted. */
  'POST /api/session/left': { body: z.object({ personId: id }), reply: z.object({ erased: z.boolean() }) },
  'POST /api/session/code': {
    body: z.object({ email, code: z.string().regex(/^\d{6}$/) }),
    /** `endedBefore`: how many sessions and tokens of before ended, since whoever invited them knew their link. */
    reply: z.object({ person, endedBefore: z.number().int() }),
  },
  'DELETE /api/session': { body: none, reply: done },
  'PATCH /api/session/person': { body: z.object({ name: personName }), reply: z.object({ person }) },

  'POST /api/links/inspect': { body: z.object({ token }), reply: linkPurpose },
  /** Sends digits to the address that stands on the link, not to one that the opener says. */
  'POST /api/links/code': { body: z.object({ token }), reply: done },
  'POST /api/links/redeem': {
    body: z.object({
      token,
      name: personName.optional(),
      email: email.optional(),
      code: z
        .string()
        .regex(/^\d{6}$/, 'has six digits')
        .optional(),
      /** The version of the information sheet that the page showed. */
      sheet: z.number().int().positive().optional(),
    }),
    reply: z.object({ person, goTo: z.string() }),
  },

  'GET /api/tokens': { body: none, reply: z.object({ tokens: z.array(apiToken) }) },
  'POST /api/tokens': {
    body: z.object({
      id,
      name: title,
      reach: z.enum(TOKEN_REACHES).default('writes'),
      studyId: id.nullable().default(null),
      /** Days until it runs out; null for never. */
      days: z.number().int().min(1).max(3_650).nullable().default(null),
    }),
    /** Told this once. */
    reply: z.object({ token: z.string() }),
  },
  'DELETE /api/tokens/:tokenId': { body: none, reply: done },

  'GET /api/devices': { body: none, reply: z.object({ devices: z.array(device) }) },
  'DELETE /api/devices/:deviceId': { body: none, reply: done },
  /** All but the one that asks. */
  'DELETE /api/devices': { body: none, reply: done },

  /** Always the same kind of answer: whoever asks has not said who they are. */
  'POST /api/session/passkey/begin': {
    body: none,
    reply: passkeyOffer.extend({ question: passkeyQuestion.nullable() }),
  },
  'POST /api/session/passkey': { body: passkeyUse, reply: z.object({ person }) },
  'GET /api/passkeys': {
    body: none,
    reply: passkeyOffer.extend({
      passkeys: z.array(passkey),
      /** One can be added: it is known that the person's address is theirs. */
      addressProven: z.boolean(),
      /** What devices know the person by; together with what they call each passkey, they can be told what is left. */
      handle: z.string(),
      /** Studies that ask for one, by title. */
      askedBy: z.array(z.object({ id, title: z.string() })),
      /** What to call one that is made on this device. */
      suggested: z.string(),
    }),
  },
  'POST /api/passkeys/begin': { body: none, reply: passkeyOrder },
  'POST /api/passkeys': { body: z.object({ id, name: passkeyName, made: newPasskey }), reply: passkey },
  'PATCH /api/passkeys/:passkeyId': { body: z.object({ name: passkeyName }), reply: passkey },
  'DELETE /api/passkeys/:passkeyId': { body: none, reply: done },

  /** Where the browser is to go; it comes back to a page that then makes the next call. */
  'POST /api/session/oidc/begin': { body: none, reply: z.object({ url: z.string() }) },
  'POST /api/session/oidc': { body: oidcReturn, reply: z.object({ person }) },
  'GET /api/oidc': { body: none, reply: oidcBindings },
  'DELETE /api/oidc/:bindingId': { body: none, reply: done },

  'GET /api/account/telephone': { body: none, reply: telephone },
  'PUT /api/account/telephone': { body: telephone, reply: telephone },
  'GET /api/account/erasure': { body: none, reply: erasureView },
  /** Sends digits to the address on file, for this one purpose. */
  'POST /api/account/erasure/code': { body: none, reply: done },
  'POST /api/account/erasure': { body: erasureOrder, reply: done },

  'GET /api/frameworks': { body: none, reply: z.object({ frameworks: z.array(frameworkSummary) }) },
  'POST /api/frameworks': { body: z.unknown(), reply: frameworkSummary },
  'GET /api/frameworks/:frameworkId/:version': { body: none, reply: z.unknown() },

  'GET /api/studies': {
    body: none,
    reply: z.object({ studies: z.array(studySummary), mayCreate: z.boolean() }),
  },
  'POST /api/studies': {
    body: z.object({
      id,
      title,
      description: z.string().max(2_000).default(''),
      dueOn: isoDate.nullable().default(null),
      frameworkId: z.string().max(64),
      frameworkVersion: z.number().int().positive(),
    }),
    reply: studyDetail,
  },
  'GET /api/studies/:studyId': { body: none, reply: studyDetail },
  'PATCH /api/studies/:studyId': {
    body: z.object({
      title: title.optional(),
      description: z.string().max(2_000).optional(),
      dueOn: isoDate.nullable().optional(),
    }),
    reply: studyDetail,
  },
  'DELETE /api/studies/:studyId': { body: none, reply: done },
  'PUT /api/studies/:studyId/passkeys': { body: z.object({ required: z.boolean() }), reply: studyDetail },

  'GET /api/bin': { body: none, reply: z.object({ items: z.array(binItem) }) },
  'GET /api/studies/:studyId/bin': { body: none, reply: z.object({ items: z.array(binItem) }) },
  'POST /api/bin/:kind/:itemId/restore': { body: none, reply: done },

  'POST /api/studies/:studyId/schools': {
    body: z.object({
      id,
      name: title,
      place: z.string().trim().max(200).default(''),
      sameName,
    }),
    reply: school,
  },
  'PATCH /api/schools/:schoolId': {
    body: z.object({ name: title.optional(), place: z.string().trim().max(200).optional(), sameName }),
    reply: school,
  },
  'DELETE /api/schools/:schoolId': { body: none, reply: done },

  'GET /api/studies/:studyId/invitations': {
    body: none,
    reply: z.object({ invitations: z.array(invitation) }),
  },
  'POST /api/studies/:studyId/invitations': {
    body: z.object({
      id,
      email,
      name: z.string().trim().max(120).default(''),
      role,
      caseId: id.nullable().default(null),
      schoolId: id.nullable().default(null),
      /** To a school contact; where there is none, the link is told here, to be passed on by hand. */
      letter: letterWords.nullable().default(null),
      /** For how many days the link of a school contact works. */
      days: linkDays,
    }),
    /** The link is told once, where it is to be passed on by hand. `mailed`: it goes by mail instead. */
    reply: z.object({ invitation, link: z.string(), mailed: z.boolean() }),
  },
  /** Sends the invitation of a school contact again, with a new link; the one before works until this goes. */
  'POST /api/invitations/:invitationId/letters': {
    body: letterWords.extend({ id, days: linkDays }),
    reply: z.object({ invitation, link: z.string() }),
  },
  'GET /api/studies/:studyId/letters': { body: none, reply: z.object({ letters: z.array(letter) }) },
  /** Sends nothing. */
  'POST /api/studies/:studyId/letters/preview': { body: plannedLetter, reply: letterPreview },
  'GET /api/letters/:letterId': { body: none, reply: wholeLetter },
  'POST /api/letters/:letterId/call-back': { body: none, reply: letter },
  'GET /api/studies/:studyId/school-hours': { body: none, reply: schoolHours },
  'PUT /api/studies/:studyId/school-hours': { body: newSchoolHours, reply: schoolHours },
  'GET /api/studies/:studyId/link-codes': { body: none, reply: linkCodes },
  'PUT /api/studies/:studyId/link-codes': { body: newLinkCodes, reply: linkCodes },
  'GET /api/studies/:studyId/quote-terms': { body: none, reply: quoteTerms },
  'PUT /api/studies/:studyId/quote-terms': { body: newQuoteTerms, reply: quoteTerms },
  'DELETE /api/invitations/:invitationId': { body: none, reply: done },
  'PATCH /api/studies/:studyId/members/:personId': { body: z.object({ role }), reply: done },
  'DELETE /api/studies/:studyId/members/:personId': { body: none, reply: done },
  /** Of somebody who has left: what the study calls them; null for their own name. */
  'PUT /api/studies/:studyId/former/:personId': {
    body: z.object({ name: personName.nullable() }),
    reply: done,
  },
  'GET /api/studies/:studyId/outbox': { body: none, reply: z.object({ mails: z.array(outboxMail) }) },

  /** When a section was written in, newest first, so many at a time; `before` goes on where the last answer ended. */
  'GET /api/blocks/:blockId/history': {
    body: none,
    query: z.object({ before: z.coerce.number().int().positive().optional() }),
    reply: blockHistory,
  },
  /** Keeps what every section of the case is now, under a name. */
  'POST /api/cases/:caseId/versions': { body: newVersion, reply: done },
  /** A section as it was after that change; 0: empty. */
  'GET /api/blocks/:blockId/history/:seq': { body: none, reply: pastSection },

  /** Where words stand in it, best first, as far as the asker may read; nothing for no words. */
  'GET /api/studies/:studyId/search': { body: none, query: searchChoice, reply: searchReply },

  /** Newest first, so many at a time; `before` goes on where the last answer ended. */
  'GET /api/studies/:studyId/audit': {
    body: none,
    query: auditChoice.extend({ before: z.coerce.number().int().positive().optional() }),
    reply: z.object({
      entries: z.array(auditEntry),
      /** By `<kind>/<id>`; what is no longer here has no name. */
      names: z.record(z.string(), z.string()),
      /** Everybody whom records of this study name; with the first answer alone. */
      people: z.array(z.object({ id, name: z.string() })),
      more: z.boolean(),
      /** Where the chain ends. Kept elsewhere, it shows whether anything was changed since. */
      seal: z.object({ seq: z.number().int(), hash: z.string() }).nullable(),
    }),
  },

  /** Versions of the information sheet, newest first, so many at a time; `before` goes on where the last answer ended. */
  'GET /api/studies/:studyId/sheets': {
    body: none,
    query: z.object({ before: z.coerce.number().int().positive().optional() }),
    reply: z.object({ sheets: z.array(writtenSheet), more: z.boolean() }),
  },
  'POST /api/studies/:studyId/sheets': {
    body: z.object({
      id,
      /** The version that its writer had before them; 0 where there was none. */
      after: z.number().int().nonnegative(),
      parts: sheetParts,
    }),
    reply: writtenSheet,
  },
  'GET /api/studies/:studyId/held': { body: none, reply: z.object({ people: z.array(heldPerson) }) },
  'GET /api/studies/:studyId/speakers': {
    body: none,
    reply: z.object({ speakers: z.array(heldSpeaker) }),
  },
  /** Who somebody is and all that they said, for good. Nothing of it can be had again. */
  'POST /api/studies/:studyId/speakers/:speakerId/erase': { body: erasureWish, reply: erasureReply },
  /** The words of a quote that was taken back, for good. */
  'POST /api/quotes/:quoteId/erase': { body: erasureWish, reply: erasureReply },
  'GET /api/account/erased-texts': { body: none, reply: erasedTexts },

  'POST /api/studies/:studyId/cases': {
    body: z.object({
      id,
      title,
      subtitle: z.string().trim().max(500).default(''),
      schoolIds: z.array(id).min(1, 'needs a school').max(60),
      authority: z.boolean().default(false),
    }),
    reply: caseDetail,
  },
  'GET /api/cases/:caseId': { body: none, reply: caseDetail },
  'PATCH /api/cases/:caseId': {
    body: z.object({
      title: title.optional(),
      subtitle: z.string().trim().max(500).optional(),
      stage: z.enum(STAGES).optional(),
      /** Said with a move to another stage. */
      stageWhy: z.string().trim().max(500).optional(),
      /** The same: it is moved only while the case stands as it was seen. */
      seen: seenCase.optional(),
      /** Schools may be added; one with a filled block stays until that is emptied. */
      schoolIds: z.array(id).min(1).max(60).optional(),
    }),
    reply: caseDetail,
  },
  'DELETE /api/cases/:caseId': { body: none, reply: done },
  'GET /api/cases/:caseId/text': { body: none, reply: caseText },
  /** The framework that the case follows; `Content-Location` names the address of that version itself. */
  'GET /api/cases/:caseId/framework': { body: none, reply: z.unknown() },

  'GET /api/cases/:caseId/sharing': { body: none, reply: sharing },
  /** All of it or nothing: refused where a cell is no longer what the asker saw. */
  'POST /api/cases/:caseId/sharing': {
    body: z.object({ id, steps: z.array(sharingStep).min(1).max(2_000) }),
    reply: sharing,
  },
  /** The case as somebody who takes part in it gets it, without what the asker may not read. */
  'GET /api/cases/:caseId/view-as/:personId': { body: none, reply: viewAs },

  /** What schools were asked for before the visit. */
  'GET /api/studies/:studyId/information': { body: none, reply: studyInformation },
  'GET /api/cases/:caseId/information': { body: none, reply: caseInformation },
  /** Shares what is asked for, invites where that is needed, and writes the letter: all of it or nothing. */
  'POST /api/cases/:caseId/information': { body: newRequest, reply: requestMade },
  /** Looked at before anybody is asked. */
  'POST /api/cases/:caseId/information/when': { body: askedWhen, reply: letterPlan },
  'PATCH /api/cases/:caseId/information/:requestId': {
    body: z.object({ dueOn: isoDate }),
    reply: informationRequest,
  },
  'POST /api/cases/:caseId/information/:requestId/remind': { body: reminder, reply: requestMade },
  /** What was asked for can be read by the person from then on, and no longer filled in. */
  'POST /api/cases/:caseId/information/:requestId/close': { body: none, reply: informationRequest },
  /** As if it had never been asked: what it opened is closed again. */
  'POST /api/cases/:caseId/information/:requestId/withdraw': { body: none, reply: informationRequest },

  'GET /api/studies/:studyId/quotes': { body: none, reply: studyQuotes },
  'GET /api/cases/:caseId/quotes': { body: none, reply: caseQuotes },
  /** For pages that compute from their own text how each stands. */
  'GET /api/cases/:caseId/quote-records': { body: none, reply: quoteRecords },
  'POST /api/cases/:caseId/speakers': { body: newSpeaker, reply: speaker },
  'PATCH /api/cases/:caseId/speakers/:speakerId': { body: speakerChange, reply: speaker },
  'GET /api/cases/:caseId/speakers/:speakerId/guardian': { body: none, reply: guardian },
  'POST /api/cases/:caseId/guardian-asks': { body: newGuardianAsks, reply: asksMade },
  'POST /api/cases/:caseId/quotes': { body: newQuote, reply: quote },
  'GET /api/cases/:caseId/speakers/:speakerId/when': { body: none, reply: askPlan },
  'POST /api/cases/:caseId/asks': { body: newAsks, reply: asksMade },
  /** A scan of an answer on paper, to be named by the answer that it belongs to; one that none names soon goes. */
  'PUT /api/cases/:caseId/scans/:scanId': { body: none, bytes: MOST_SCAN_BYTES, reply: keptScan },
  'GET /api/quotes/:quoteId': { body: none, reply: wholeQuote },
  'GET /api/quotes/:quoteId/changes': { body: none, reply: wordingChanges },
  'PATCH /api/quotes/:quoteId': { body: quoteChange, reply: quote },
  /** That the words were held against the notes or the recording. */
  'POST /api/quotes/:quoteId/check': {
    body: z.object({ wording: newQuote.shape.wording }),
    reply: quote,
  },
  'POST /api/quotes/:quoteId/answers': { body: recordedAnswer, reply: quoteChanged },
  'POST /api/quotes/:quoteId/asks/:askId/recall': { body: none, reply: quote },
  /** What was taken up is also put into the text. */
  'POST /api/quotes/:quoteId/asks/:askId/correction': { body: correctionDecision, reply: quoteChanged },
  'POST /api/quotes/:quoteId/fair': { body: fairness, reply: quote },
  'PUT /api/quotes/:quoteId/used': { body: z.object({ used: z.boolean() }), reply: quote },
  'POST /api/quotes/:quoteId/consent': { body: consentWish, reply: quote },
  'POST /api/quotes/:quoteId/withdraw': {
    body: z.object({ speakerId: id, from: z.enum(['speaker', 'guardian']), evidence }),
    reply: quoteChanged,
  },
  /** Puts the words that were verified last back into the text. */
  'POST /api/quotes/:quoteId/restore': { body: z.object({ use: id }), reply: quoteChanged },

  'PUT /api/blocks/:blockId/status': {
    body: z.object({
      status: z.enum(['drafting', 'ready', 'agreed']).optional(),
      notApplicable: z.string().trim().min(1).max(500).nullable().optional(),
      assigneeId: id.nullable().optional(),
      dueOn: isoDate.nullable().optional(),
    }),
    reply: blockState,
  },

  'POST /api/blocks/:blockId/suggestions/decide': { body: suggestionDecision, reply: suggestionsDecided },
  /** Of a decision that one made oneself not long ago. */
  'POST /api/blocks/:blockId/suggestions/undo': { body: z.object({ undo: id }), reply: done },
  'GET /api/cases/:caseId/threads': { body: none, reply: threadList },
  /** At a school: those shared with it, on everything that the asker reads or fills in. */
  'GET /api/contact/threads': { body: none, reply: threadList },
  /** Whatever is done in a thread, opening one included; sent again, it counts once. */
  'POST /api/blocks/:blockId/threads': { body: z.object({ act: threadAct }), reply: threadActed },
  'POST /api/blocks/:blockId/threads/seen': { body: threadsSeen, reply: done },
  'GET /api/blocks/:blockId/thread-people': { body: none, reply: threadPeople },

  'GET /api/cases/:caseId/lost-words': { body: none, reply: z.object({ lostWords: z.array(lostWords) }) },
  'POST /api/lost-words/:lostId/settle': {
    body: z.object({ how: z.enum(['put-back', 'let-go']) }),
    reply: done,
  },

  /** What a school contact is asked for, and may see. */
  'GET /api/contact': {
    body: none,
    reply: z.object({
      cases: z.array(contactCase),
      /** They are, or once were, somebody's contact at a school. */
      isContact: z.boolean(),
    }),
  },
  /** That they have filled in what they can, or go on after all. */
  'POST /api/contact/information/:requestId': {
    body: z.object({ finished: z.boolean(), couldNot: couldNot.default('') }),
    reply: done,
  },
  /** Whether a certificate of a quote shows what the record holds. */
  'GET /api/certificates/:code': { body: none, reply: certificateCheck },
  /** Their own words, wherever they are quoted. */
  'GET /api/contact/quotes': { body: none, reply: speakerQuotes },
  /** Said by the page that shows them. */
  'POST /api/contact/quotes/opened': { body: z.object({ asks: z.array(id).min(1).max(500) }), reply: done },
  'POST /api/contact/asks/:askId/answer': { body: ownAnswer, reply: receipt },
  'POST /api/contact/quotes/consent': { body: ownConsent, reply: receipt },
  /** Whenever they like. */
  'POST /api/contact/quotes/:quoteId/withdraw': { body: z.object({ speakerId: id }), reply: receipt },
  /** By a parent or carer, for a child. */
  'POST /api/contact/guarded/consent': { body: guardianConsent, reply: speakerQuotes },
  /** They say that the child was asked, and agrees. */
  'POST /api/contact/guarded/assent': { body: guardianAssent, reply: speakerQuotes },
  'POST /api/contact/guarded/:quoteId/withdraw': {
    body: z.object({ speakerId: id }),
    reply: speakerQuotes,
  },
  /** They are no parent or carer of the child: nothing more is asked of them for it. */
  'POST /api/contact/guarded/:speakerId/not-theirs': { body: none, reply: speakerQuotes },
  /** Mails them everything that they answered. */
  'POST /api/contact/quotes/receipt': { body: none, reply: done },
  /** They are not who the team takes them for: nothing more is asked of them as that person. */
  'POST /api/contact/speakers/:speakerId/not-me': { body: none, reply: done },
  'GET /api/contact/sheets': { body: none, reply: z.object({ sheets: z.array(contactSheet) }) },
  /** Said by the page that shows it. */
  'POST /api/contact/sheets/shown': {
    body: z.object({ studyId: id, version: z.number().int().positive() }),
    reply: done,
  },
} as const satisfies Record<string, RouteShape>;

interface RouteShape {
  readonly body: z.ZodType;
  /** What is sent is a file of at most so many bytes, as `application/octet-stream`, and no JSON. */
  readonly bytes?: number;
  /** Of what stands behind the `?`, as text; a route without one reads nothing there. */
  readonly query?: z.ZodType;
  readonly reply: z.ZodType;
}

export type Contract = typeof contract;
export type RouteKey = keyof Contract;
/** What a caller gives. */
export type RouteBody<K extends RouteKey> = z.input<Contract[K]['body']>;
/** What a caller may write behind the `?`. */
export type RouteQuery<K extends RouteKey> = Contract[K] extends { readonly query: infer Q extends z.ZodType }
  ? z.output<Q>
  : Readonly<Record<never, never>>;
/** What the server reads, defaults filled in. */
export type RouteInput<K extends RouteKey> = z.output<Contract[K]['body']>;
export type RouteReply<K extends RouteKey> = z.output<Contract[K]['reply']>;

type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;
/** Names in the path become required strings. */
export type RouteParams<K extends RouteKey> = { readonly [Name in ParamNames<K>]: string };
