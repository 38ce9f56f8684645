import type { RouteKey } from './contract.ts';

/** The parts of the interface, in the order in which they are told. */
export const ROUTE_TOPICS = [
  'Signing in',
  'Passkeys',
  'Tokens and devices',
  'Studies',
  'People',
  'Letters',
  'Schools',
  'Case studies',
  'The record',
  'Data protection',
  'The bin',
  'Frameworks',
  'School contacts',
  'Quotes',
  'Threads',
] as const;
export type RouteTopic = (typeof ROUTE_TOPICS)[number];

/** What each route does, in a line, under the topic where it is told. */
export const ROUTE_WORDS: Readonly<Record<RouteKey, readonly [topic: RouteTopic, line: string]>> = {
  'GET /api/session': ['Signing in', 'Who is asking; nobody is an answer as well.'],
  'POST /api/session/request': [
    'Signing in',
    'Sends a code to an address. The answer is the same whether it is known or not.',
  ],
  'POST /api/session/left': [
    'Signing in',
    'Says whether the account of somebody who was signed in on a device is deleted.',
  ],
  'POST /api/session/code': ['Signing in', 'Signs in by the code that was sent.'],
  'DELETE /api/session': ['Signing in', 'Signs out.'],
  'PATCH /api/session/person': ['Signing in', 'Changes one’s own name.'],
  'POST /api/links/inspect': ['Signing in', 'Says what a one-time link is for; does nothing.'],
  'POST /api/links/code': ['Signing in', 'Sends the digits that a school contact’s link asks for.'],
  'POST /api/links/redeem': ['Signing in', 'Uses a one-time link.'],

  'POST /api/session/passkey/begin': [
    'Passkeys',
    'Asks for something to sign, to sign in. The answer is the same for everybody.',
  ],
  'POST /api/session/passkey': ['Passkeys', 'Signs in by a passkey.'],
  'GET /api/passkeys': ['Passkeys', 'One’s own passkeys, and where they can be used.'],
  'POST /api/passkeys/begin': ['Passkeys', 'Asks for what a new passkey is made from.'],
  'POST /api/passkeys': ['Passkeys', 'Adds the passkey that was made.'],
  'PATCH /api/passkeys/:passkeyId': ['Passkeys', 'Changes what a passkey is called.'],
  'DELETE /api/passkeys/:passkeyId': ['Passkeys', 'Takes a passkey away; it signs nobody in any more.'],

  'POST /api/session/oidc/begin': [
    'Signing in',
    'Says where to go to sign in through the other service that is set up.',
  ],
  'POST /api/session/oidc': ['Signing in', 'Signs in by what the other service sent back.'],
  'GET /api/oidc': ['Signing in', 'One’s own accounts at another service that sign in here.'],
  'DELETE /api/oidc/:bindingId': ['Signing in', 'Removes one; the person can still sign in by mail.'],

  'GET /api/account/telephone': ['Signing in', 'One’s own telephone, as those are told it whom one quotes.'],
  'PUT /api/account/telephone': ['Signing in', 'Changes one’s own telephone, or takes it away.'],
  'GET /api/account/erasure': [
    'Data protection',
    'What deleting one’s own account would mean, and what stands in its way.',
  ],
  'POST /api/account/erasure/code': ['Data protection', 'Sends the digits that deleting it asks for.'],
  'POST /api/account/erasure': [
    'Data protection',
    'Deletes one’s own account for good, by those digits or a passkey that was just shown.',
  ],

  'GET /api/tokens': ['Tokens and devices', 'One’s own tokens.'],
  'POST /api/tokens': ['Tokens and devices', 'Makes a token; it is told this once.'],
  'DELETE /api/tokens/:tokenId': ['Tokens and devices', 'Ends a token at once.'],
  'GET /api/devices': ['Tokens and devices', 'Where one is signed in.'],
  'DELETE /api/devices/:deviceId': ['Tokens and devices', 'Signs another device out.'],
  'DELETE /api/devices': ['Tokens and devices', 'Signs all other devices out.'],

  'GET /api/studies': ['Studies', 'The studies that one belongs to.'],
  'POST /api/studies': ['Studies', 'Makes a study.'],
  'GET /api/studies/:studyId': ['Studies', 'A study with its cases, schools and people.'],
  'PATCH /api/studies/:studyId': ['Studies', 'Changes what a study is called and when it is due.'],
  'DELETE /api/studies/:studyId': ['Studies', 'Puts a study into the bin.'],
  'PUT /api/studies/:studyId/passkeys': [
    'Studies',
    'Has a study ask its members for a passkey, or stop asking.',
  ],
  'GET /api/studies/:studyId/outbox': [
    'Studies',
    'Letters that could not be sent for want of a mail server.',
  ],

  'GET /api/studies/:studyId/invitations': ['People', 'Invitations, with what became of them.'],
  'POST /api/studies/:studyId/invitations': ['People', 'Invites somebody; the link is told this once.'],
  'DELETE /api/invitations/:invitationId': ['People', 'Takes an invitation back.'],
  'PATCH /api/studies/:studyId/members/:personId': ['People', 'Changes what part somebody has.'],
  'DELETE /api/studies/:studyId/members/:personId': ['People', 'Removes somebody from the study, at once.'],

  'POST /api/invitations/:invitationId/letters': [
    'Letters',
    'Sends the invitation of a school contact again, with a new link.',
  ],
  'GET /api/studies/:studyId/letters': ['Letters', 'Letters to school contacts, newest first.'],
  'POST /api/studies/:studyId/letters/preview': [
    'Letters',
    'A letter as its reader would get it, and when it would go; sends nothing.',
  ],
  'GET /api/letters/:letterId': ['Letters', 'One letter with its text; its link is not kept.'],
  'POST /api/letters/:letterId/call-back': ['Letters', 'Calls a letter back that has not gone yet.'],
  'GET /api/studies/:studyId/school-hours': ['Letters', 'When letters of a study may go.'],
  'PUT /api/studies/:studyId/school-hours': ['Letters', 'Sets when letters of a study may go.'],
  'GET /api/studies/:studyId/link-codes': ['People', 'Whether links of school contacts need a code as well.'],
  'PUT /api/studies/:studyId/link-codes': [
    'People',
    'Has links of school contacts need a code as well, or the link alone open.',
  ],
  'GET /api/studies/:studyId/quote-terms': [
    'Quotes',
    'When questions about quotes are called to mind, when they lapse, and when it goes to print.',
  ],
  'PUT /api/studies/:studyId/quote-terms': [
    'Quotes',
    'Sets that; questions that were sent lapse as their speakers were told.',
  ],

  'PUT /api/studies/:studyId/former/:personId': [
    'People',
    'Sets what a study calls somebody who has left it.',
  ],

  'POST /api/studies/:studyId/schools': ['Schools', 'Adds a school.'],
  'PATCH /api/schools/:schoolId': ['Schools', 'Changes a school’s name or place.'],
  'DELETE /api/schools/:schoolId': ['Schools', 'Puts a school into the bin.'],

  'POST /api/studies/:studyId/cases': ['Case studies', 'Makes a case study with all of its sections.'],
  'GET /api/cases/:caseId': ['Case studies', 'A case study: its stage, its sections, how far each is.'],
  'PATCH /api/cases/:caseId': ['Case studies', 'Changes its title, schools or stage.'],
  'DELETE /api/cases/:caseId': ['Case studies', 'Puts a case study into the bin.'],
  'GET /api/cases/:caseId/text': ['Case studies', 'The saved text of each section that one may read.'],
  'GET /api/cases/:caseId/framework': ['Case studies', 'The framework that the case follows.'],
  'PUT /api/blocks/:blockId/status': ['Case studies', 'Says how far a section is, and who sees to it.'],
  'POST /api/blocks/:blockId/suggestions/decide': [
    'Case studies',
    'Accepts or refuses suggestions in the text of a section.',
  ],
  'POST /api/blocks/:blockId/suggestions/undo': ['Case studies', 'Undoes such a decision, for an hour.'],
  'GET /api/cases/:caseId/lost-words': ['Case studies', 'Words that lost their place when edits met.'],
  'POST /api/lost-words/:lostId/settle': ['Case studies', 'Says that such words were put back, or let go.'],

  'POST /api/cases/:caseId/versions': ['Case studies', 'Keeps what a case is now, under a name.'],
  'GET /api/blocks/:blockId/history': ['Case studies', 'When a section was written in, and by whom.'],
  'GET /api/blocks/:blockId/history/:seq': ['Case studies', 'A section as it was then.'],
  'GET /api/studies/:studyId/search': [
    'Studies',
    'Where words stand in a study’s cases, sections, fields and quotes, as far as the asker may read them.',
  ],
  'GET /api/studies/:studyId/audit': ['The record', 'Who did what in a study, newest first.'],

  'GET /api/studies/:studyId/sheets': [
    'Data protection',
    'What people at schools are told of what is held on them, newest version first.',
  ],
  'POST /api/studies/:studyId/sheets': [
    'Data protection',
    'Writes a new version of it; no version ever changes.',
  ],
  'GET /api/studies/:studyId/held': ['Data protection', 'On whom a study holds something.'],
  'GET /api/studies/:studyId/speakers': [
    'Data protection',
    'Whose words a study quotes, and what it holds on each of them.',
  ],
  'POST /api/studies/:studyId/speakers/:speakerId/erase': [
    'Data protection',
    'Erases for good who a speaker is and all that they said: in texts and their past, records, letters.',
  ],
  'POST /api/quotes/:quoteId/erase': [
    'Data protection',
    'Erases for good the words of a quote that was taken back.',
  ],
  'GET /api/account/erased-texts': [
    'Data protection',
    'Which texts went on without what stood in them before, for devices that have a copy.',
  ],
  'GET /api/contact/sheets': ['Data protection', 'What a school contact is told, and was shown when.'],
  'POST /api/contact/sheets/shown': ['Data protection', 'Says that a page of theirs showed a version.'],

  'GET /api/bin': ['The bin', 'One’s own studies in the bin.'],
  'GET /api/studies/:studyId/bin': ['The bin', 'Cases and schools of a study in the bin.'],
  'POST /api/bin/:kind/:itemId/restore': ['The bin', 'Takes a study, case or school out of the bin.'],

  'GET /api/frameworks': ['Frameworks', 'The frameworks that studies can follow.'],
  'POST /api/frameworks': ['Frameworks', 'Publishes a version of a framework.'],
  'GET /api/frameworks/:frameworkId/:version': ['Frameworks', 'One version of a framework, whole.'],

  'GET /api/cases/:caseId/sharing': ['Case studies', 'Who does what with which section, and who set it.'],
  'POST /api/cases/:caseId/sharing': ['Case studies', 'Sets what somebody does with sections.'],
  'GET /api/cases/:caseId/view-as/:personId': ['Case studies', 'The case as another person gets it.'],
  'GET /api/studies/:studyId/information': [
    'School contacts',
    'What schools were asked for and are still to answer, in all cases of a study.',
  ],
  'GET /api/cases/:caseId/information': [
    'School contacts',
    'What schools of a case were asked for, and how far they are.',
  ],
  'POST /api/cases/:caseId/information': [
    'School contacts',
    'Asks somebody at a school to fill in sections by a day; invites them where they are new.',
  ],
  'POST /api/cases/:caseId/information/when': [
    'School contacts',
    'Says when a letter that asks somebody would go.',
  ],
  'PATCH /api/cases/:caseId/information/:requestId': [
    'School contacts',
    'Changes the day by which an answer is wanted.',
  ],
  'POST /api/cases/:caseId/information/:requestId/remind': [
    'School contacts',
    'Writes to them again, at most once a week.',
  ],
  'POST /api/cases/:caseId/information/:requestId/close': [
    'School contacts',
    'Says that the answer is enough; they can read it from then on.',
  ],
  'POST /api/cases/:caseId/information/:requestId/withdraw': [
    'School contacts',
    'Takes a request back, with what it opened.',
  ],
  'POST /api/contact/information/:requestId': [
    'School contacts',
    'Says that one has filled in what one can, or goes on after all.',
  ],
  'GET /api/studies/:studyId/quotes': ['Quotes', 'The quotes of all cases of a study, and how each stands.'],
  'GET /api/cases/:caseId/quotes': ['Quotes', 'The quotes of a case, and how each stands.'],
  'GET /api/cases/:caseId/quote-records': ['Quotes', 'What was said to each quote of a case, step by step.'],
  'POST /api/cases/:caseId/speakers': ['Quotes', 'Adds somebody at a school whose words are quoted.'],
  'PATCH /api/cases/:caseId/speakers/:speakerId': ['Quotes', 'Changes what is known of a speaker.'],
  'GET /api/cases/:caseId/speakers/:speakerId/guardian': [
    'Quotes',
    'The parent or carer who is asked for a speaker, as far as one is known.',
  ],
  'POST /api/cases/:caseId/guardian-asks': [
    'Quotes',
    'Asks a parent or carer by a letter whether a child’s words may be published.',
  ],
  'POST /api/cases/:caseId/quotes': ['Quotes', 'Captures words of somebody, with where they come from.'],
  'GET /api/cases/:caseId/speakers/:speakerId/when': [
    'Quotes',
    'Says when a letter that asks a speaker would go.',
  ],
  'POST /api/cases/:caseId/asks': [
    'Quotes',
    'Asks a speaker, by one letter, whether their words stand right.',
  ],
  'GET /api/quotes/:quoteId/changes': ['Quotes', 'Who changed its words since they were agreed to.'],
  'PUT /api/cases/:caseId/scans/:scanId': [
    'Quotes',
    'Takes in a scan of an answer on paper, a picture or a PDF, before the answer itself is written down.',
  ],
  'GET /api/quotes/:quoteId': ['Quotes', 'One quote with every step that was taken with it.'],
  'PATCH /api/quotes/:quoteId': ['Quotes', 'Changes where a quote is said to come from.'],
  'POST /api/quotes/:quoteId/check': ['Quotes', 'Says that its words were held against their source.'],
  'POST /api/quotes/:quoteId/answers': ['Quotes', 'Writes down what a speaker said by phone or on paper.'],
  'POST /api/quotes/:quoteId/asks/:askId/recall': ['Quotes', 'Takes a question back before it is answered.'],
  'POST /api/quotes/:quoteId/asks/:askId/correction': [
    'Quotes',
    'Takes a speaker’s correction up, or goes back to words that they have said.',
  ],
  'POST /api/quotes/:quoteId/fair': [
    'Quotes',
    'Says why words are still fair in what stands around them now.',
  ],
  'PUT /api/quotes/:quoteId/used': ['Quotes', 'Sets a quote aside, or takes it up again.'],
  'POST /api/quotes/:quoteId/consent': [
    'Quotes',
    'Writes down where a speaker, or a parent or carer, agrees to see the words published.',
  ],
  'POST /api/quotes/:quoteId/withdraw': [
    'Quotes',
    'Takes words back for their speaker; they leave the text.',
  ],
  'POST /api/quotes/:quoteId/restore': ['Quotes', 'Puts the words that were verified back into the text.'],
  'GET /api/certificates/:code': [
    'Quotes',
    'Whether a certificate shows what the record of its quote holds, and how many steps were taken since.',
  ],
  'GET /api/contact/quotes': [
    'Quotes',
    'One’s own words, as they are quoted, with what is asked about them.',
  ],
  'POST /api/contact/quotes/opened': ['Quotes', 'Says that a page of theirs showed these questions.'],
  'POST /api/contact/asks/:askId/answer': ['Quotes', 'Answers a question about one’s own words.'],
  'POST /api/contact/quotes/consent': ['Quotes', 'Says how one is named, and where words may be published.'],
  'POST /api/contact/quotes/:quoteId/withdraw': [
    'Quotes',
    'Takes one’s own words back; they leave the text.',
  ],
  'POST /api/contact/guarded/consent': [
    'Quotes',
    'Says, as a parent or carer, where the words of a child may be published, and how it is named.',
  ],
  'POST /api/contact/guarded/assent': ['Quotes', 'Says that the child was asked, and agrees.'],
  'POST /api/contact/guarded/:quoteId/withdraw': ['Quotes', 'Takes the words of a child back.'],
  'POST /api/contact/guarded/:speakerId/not-theirs': [
    'Quotes',
    'Says that one is no parent or carer of the child.',
  ],
  'POST /api/contact/quotes/receipt': ['Quotes', 'Mails what one answered about one’s own words.'],
  'POST /api/contact/speakers/:speakerId/not-me': ['Quotes', 'Says that one is somebody else.'],
  'GET /api/cases/:caseId/threads': [
    'Threads',
    'The threads of a case that one may read, and what of them is new to one.',
  ],
  'GET /api/contact/threads': ['Threads', 'At a school, the threads that are shared with it.'],
  'POST /api/blocks/:blockId/threads': [
    'Threads',
    'Opens a thread on a section, or does something in one: reply, edit, resolve, reopen, assign, link, put elsewhere.',
  ],
  'POST /api/blocks/:blockId/threads/seen': ['Threads', 'Says how far one has read threads.'],
  'GET /api/blocks/:blockId/thread-people': ['Threads', 'Who can be named in a thread, or see to it.'],
  'GET /api/contact': ['School contacts', 'What is asked of a school contact, and shared with them.'],
};
