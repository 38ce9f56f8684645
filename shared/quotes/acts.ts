/**
 * Which step a quote may take next. One function for the server, which enforces it, and
 * for pages, which show what it refuses.
 */

import { contextKey } from '../document/quote-context.ts';
import { wordingFaults, wordingKey } from '../document/wording-form.ts';
import { type Age, needsGuardian } from './consent.ts';
import { sameAttribution } from './naming.ts';
import type { AnswerKind, Evidence, QuoteActor, QuoteEvent, Shown } from './quote-event.ts';
import { askOf, type GuardianAsk, guardianAgreed, guardianAskOf, type QuoteRecord } from './quote-record.ts';
import { turnsFault } from './turns.ts';

/** What is known of the speakers beside the quote. */
export interface SpeakerFacts {
  readonly age: (speaker: string) => Age;
  /** `shared`: a role's, or one that several people read (LINK-1). */
  readonly address: (speaker: string) => 'personal' | 'shared' | 'none';
  /**
   * Whether words around the quote now tell more closely who the speaker is than when they
   * were shown (`contextChange`); for `found-fair` alone.
   */
  readonly isCloser: boolean;
}

/** Why a step is not taken, as pages say it. */
export const REFUSALS = {
  'captured-already': 'This quote has been captured already.',
  'no-turns': 'Each line needs somebody who says it, and each speaker a line.',
  'not-captured': 'This quote has not been captured yet.',
  'no-speaker': 'Say first whose words these are.',
  'not-a-speaker': 'These are not their words.',
  'not-a-member': 'Only the team can do this.',
  'not-the-server': 'This happens by itself, when its day has come.',
  'not-the-speaker': 'Only the person who said it can answer.',
  'no-evidence': 'Say where the answer can be found, such as a signed sheet, or when the call was.',
  'no-guardian': 'Only a parent or carer can agree for a child.',
  'not-checked': 'Check these words against the notes or the recording first.',
  'not-sendable': 'These words cannot be sent as they are.',
  'no-address': 'There is no address of their own to send it to. Ask them by phone or on paper.',
  'guardian-agreed': 'A parent or carer has agreed already.',
  'guardian-first': 'Below 16, a parent or carer has to agree before anybody is asked.',
  'said-themselves': 'They have said themselves where their words may appear.',
  'already-asked': 'They have been asked about this very text, and have not answered yet.',
  'already-verified': 'They have confirmed this very text.',
  disputed: 'They said that these are not their words. Change them before you ask again.',
  declined: 'They do not want to be quoted with this.',
  withdrawn: 'They have taken these words back.',
  erased: 'These words were erased.',
  'set-aside': 'The team does not use this quote. Take it up again first.',
  'not-set-aside': 'This quote is in use.',
  'no-such-ask': 'There is no such question.',
  'ask-known': 'This question has been sent already.',
  'ends-at-once': 'A question has to stay open for a while.',
  lapsed: 'The time to answer is over. The team can ask again.',
  recalled: 'The team has taken this question back.',
  replaced: 'There is a newer question about the same place. Please answer that one.',
  answered: 'They have answered.',
  'too-early': 'The time to answer is not over yet.',
  'reminded-already': 'They were reminded of it that day.',
  'no-correction': 'There is no correction to decide on.',
  'empty-correction': 'Write the words as they should be.',
  'no-reason': 'Say why it is still fair.',
  'asks-again': 'It now tells more closely who they are. Only they can say yes to that: ask them again.',
  'never-verified': 'They have not confirmed these words, so there is nothing to find fair.',
} as const;
export type QuoteRefusal = keyof typeof REFUSALS;

/** @returns why the step cannot be taken; null where it can */
export function refusalOf(record: QuoteRecord, event: QuoteEvent, facts: SpeakerFacts): QuoteRefusal | null {
  if (event.kind === 'captured') {
    if (record.speakers.length > 0) return 'captured-already';
    if (event.speakers.length === 0 || event.speakers.includes('')) return 'no-speaker';
    if (event.turns && turnsFault(event.turns, event.speakers.length)) return 'no-turns';
    return memberAlone(event.by);
  }
  if (record.speakers.length === 0) return 'not-captured';
  if (record.erased) return 'erased';
  switch (event.kind) {
    case 'checked':
      return memberAlone(event.by) ?? (event.wording === null ? 'not-sendable' : null);
    case 'sent':
      return memberAlone(event.by) ?? sendingRefusal(record, event, facts);
    case 'guardian-asked':
      return memberAlone(event.by) ?? guardianAskRefusal(record, event, facts);
    case 'opened': {
      const toGuardian = guardianAskOf(record, event.ask);
      if (toGuardian) {
        const { by } = event;
        return by.who === 'guardian' && by.of === toGuardian.speaker ? toGuardian.over : 'not-the-speaker';
      }
      const ask = askOf(record, event.ask);
      if (!ask) return 'no-such-ask';
      return event.by.who === 'speaker' && event.by.id === ask.speaker ? ask.over : 'not-the-speaker';
    }
    case 'reminded':
    case 'lapsed':
      return silenceRefusal(record, event);
    case 'recalled':
      return recallRefusal(event.by, guardianAskOf(record, event.ask)) ?? unanswered(record, event.ask);
    case 'confirmed':
    case 'correction-proposed':
    case 'disputed':
    case 'declined':
      return answerRefusal(record, event);
    case 'correction-accepted':
    case 'correction-returned': {
      const answer = askOf(record, event.ask)?.answer;
      const open = answer?.kind === 'correction-proposed' && answer.decided === null;
      const refusal = record.withdrawn.size > 0 ? 'withdrawn' : open ? null : 'no-correction';
      return memberAlone(event.by) ?? refusal;
    }
    case 'found-fair':
      return memberAlone(event.by) ?? fairnessRefusal(record, event, facts);
    case 'consented':
    case 'withdrawn':
      return ownersRefusal(record, event, facts);
    case 'source-changed':
      return memberAlone(event.by) ?? (record.withdrawn.size > 0 ? 'withdrawn' : null);
    case 'set-aside':
      return memberAlone(event.by) ?? (record.setAside ? 'set-aside' : null);
    case 'taken-up':
      return memberAlone(event.by) ?? (record.setAside ? null : 'not-set-aside');
    case 'erased':
      return memberAlone(event.by);
  }
}

function memberAlone(by: QuoteActor): QuoteRefusal | null {
  return by.who === 'member' ? null : 'not-a-member';
}

function sendingRefusal(
  record: QuoteRecord,
  { ask, speaker, way, shown, at, lapsesAt }: Extract<QuoteEvent, { kind: 'sent' }>,
  facts: SpeakerFacts,
): QuoteRefusal | null {
  if (askOf(record, ask)) return 'ask-known';
  if (record.withdrawn.size > 0) return 'withdrawn';
  if (record.setAside) return 'set-aside';
  if (!record.speakers.includes(speaker)) return 'not-a-speaker';
  if (record.declined.has(speaker)) return 'declined';
  const { wording, context, attribution } = shown;
  if (wording === null || context === null || attribution === null || wordingFaults(wording).length > 0) {
    return 'not-sendable';
  }
  if (!record.checked.has(wordingKey(wording))) return 'not-checked';
  if (needsGuardian(facts.age(speaker)) && !guardianAgreed(record, speaker)) return 'guardian-first';
  if (way === 'link' && facts.address(speaker) !== 'personal') return 'no-address';
  if (lapsesAt <= at) return 'ends-at-once';
  for (const known of record.asks) {
    if (known.speaker !== speaker) continue;
    if (known.answer?.kind === 'disputed' && !known.answer.stranger && sameWords(known.shown, shown))
      return 'disputed';
    const isOpen = known.over === null && known.answer === null;
    if (isOpen && known.shown.use === shown.use && sameShown(known.shown, shown)) return 'already-asked';
  }
  const verified = record.verifications.some((one) => one.speaker === speaker && sameShown(one.shown, shown));
  return verified ? 'already-verified' : null;
}

function guardianAskRefusal(
  record: QuoteRecord,
  { ask, speaker, shown, at, lapsesAt }: Extract<QuoteEvent, { kind: 'guardian-asked' }>,
  facts: SpeakerFacts,
): QuoteRefusal | null {
  if (askOf(record, ask) || guardianAskOf(record, ask)) return 'ask-known';
  if (record.withdrawn.size > 0) return 'withdrawn';
  if (record.setAside) return 'set-aside';
  if (!record.speakers.includes(speaker)) return 'not-a-speaker';
  if (record.declined.has(speaker)) return 'declined';
  // from 16 nobody else is asked
  if (!needsGuardian(facts.age(speaker))) return 'no-guardian';
  const { wording, context, attribution } = shown;
  if (wording === null || context === null || attribution === null || wordingFaults(wording).length > 0) {
    return 'not-sendable';
  }
  if (!record.checked.has(wordingKey(wording))) return 'not-checked';
  if (guardianAgreed(record, speaker)) return 'guardian-agreed';
  if (lapsesAt <= at) return 'ends-at-once';
  const isAsked = record.guardianAsks.some(
    (known) =>
      known.speaker === speaker &&
      known.over === null &&
      known.shown.use === shown.use &&
      sameShown(known.shown, shown),
  );
  return isAsked ? 'already-asked' : null;
}

/** The team takes a question back; and whoever was asked as a parent and is none ends it. */
function recallRefusal(by: QuoteActor, toGuardian: GuardianAsk | undefined): QuoteRefusal | null {
  if (by.who === 'guardian' && by.of === toGuardian?.speaker) return null;
  return memberAlone(by);
}

function unanswered(record: QuoteRecord, id: string): QuoteRefusal | null {
  const toGuardian = guardianAskOf(record, id);
  if (toGuardian) {
    return toGuardian.over ?? (guardianAgreed(record, toGuardian.speaker) ? 'answered' : null);
  }
  const ask = askOf(record, id);
  if (!ask) return 'no-such-ask';
  return ask.over ?? (ask.answer ? 'answered' : null);
}

/** QUOTE-5: what comes of silence is never a yes. */
function silenceRefusal(
  record: QuoteRecord,
  event: Extract<QuoteEvent, { kind: 'reminded' | 'lapsed' }>,
): QuoteRefusal | null {
  if (event.by.who !== 'server') return 'not-the-server';
  const refusal = unanswered(record, event.ask);
  const ask = askOf(record, event.ask) ?? guardianAskOf(record, event.ask);
  if (refusal || !ask) return refusal;
  if (event.kind === 'lapsed') return event.at < ask.lapsesAt ? 'too-early' : null;
  // parents and carers are asked once
  if (!('reminded' in ask)) return 'no-such-ask';
  return ask.reminded.includes(event.day) ? 'reminded-already' : null;
}

/** QUOTE-1. Until it lapses, or is taken back or replaced, whoever was asked may change their mind. */
function answerRefusal(
  record: QuoteRecord,
  event: Extract<QuoteEvent, { kind: AnswerKind }>,
): QuoteRefusal | null {
  const ask = askOf(record, event.ask);
  if (!ask) return 'no-such-ask';
  const refusal = onBehalfOf(ask.speaker, event.by, event.evidence);
  if (refusal) return refusal;
  // whoever never said it takes back every yes of theirs, to words that were asked about anew as well
  const isTakenBack = event.kind === 'disputed' && ask.over === 'replaced' && ask.answer !== null;
  if (ask.over && !isTakenBack) return ask.over;
  if (record.withdrawn.size > 0) return 'withdrawn';
  if (event.kind !== 'correction-proposed') return null;
  const { wording } = event;
  if (wording == null || wordingKey(wording) === '') return 'empty-correction';
  return wordingFaults(wording).length > 0 ? 'not-sendable' : null;
}

function onBehalfOf(speaker: string, by: QuoteActor, evidence: Evidence | undefined): QuoteRefusal | null {
  if (by.who === 'speaker') return by.id === speaker ? null : 'not-the-speaker';
  if (by.who !== 'member') return 'not-the-speaker';
  return evidence?.note?.trim() ? null : 'no-evidence';
}

function fairnessRefusal(
  record: QuoteRecord,
  { speaker, shown, reason }: Extract<QuoteEvent, { kind: 'found-fair' }>,
  facts: SpeakerFacts,
): QuoteRefusal | null {
  if (record.withdrawn.size > 0) return 'withdrawn';
  const { attribution } = shown;
  const isVerified = record.verifications.some(
    (one) =>
      one.speaker === speaker &&
      sameWords(one.shown, shown) &&
      one.shown.attribution !== null &&
      attribution !== null &&
      sameAttribution(one.shown.attribution, attribution),
  );
  if (!isVerified) return 'never-verified';
  if (facts.isCloser) return 'asks-again';
  return reason?.trim() ? null : 'no-reason';
}

function ownersRefusal(
  record: QuoteRecord,
  event: Extract<QuoteEvent, { kind: 'consented' | 'withdrawn' }>,
  facts: SpeakerFacts,
): QuoteRefusal | null {
  const { speaker, by, from } = event;
  if (!record.speakers.includes(speaker)) return 'not-a-speaker';
  if (event.kind === 'withdrawn' && record.withdrawn.has(speaker)) return 'withdrawn';
  if (from === 'speaker' && by.who === 'guardian' && event.kind === 'consented') {
    return assentRefusal(record, speaker, by.of, facts);
  }
  if (from === 'speaker') return onBehalfOf(speaker, by, event.evidence);
  if (!needsGuardian(facts.age(speaker))) return 'no-guardian';
  if (by.who === 'guardian') return by.of === speaker ? null : 'no-guardian';
  if (by.who !== 'member') return 'no-guardian';
  return event.evidence?.note?.trim() ? null : 'no-evidence';
}

/** A parent tells that the child was asked and agrees: after they agreed themselves, and not against the child. */
function assentRefusal(
  record: QuoteRecord,
  speaker: string,
  childOf: string,
  facts: SpeakerFacts,
): QuoteRefusal | null {
  if (childOf !== speaker || !needsGuardian(facts.age(speaker))) return 'no-guardian';
  if (record.withdrawn.size > 0) return 'withdrawn';
  if (!guardianAgreed(record, speaker)) return 'guardian-first';
  const saidThemselves = record.consents.has(speaker) && !record.toldByGuardian.has(speaker);
  return saidThemselves || record.declined.has(speaker) ? 'said-themselves' : null;
}

function sameWords(one: Shown, other: Shown): boolean {
  return (
    one.wording !== null && other.wording !== null && wordingKey(one.wording) === wordingKey(other.wording)
  );
}

/** @returns whether it is the same that a speaker reads: words, what stands around them, and how they are named */
export function sameShown(one: Shown, other: Shown): boolean {
  return (
    sameWords(one, other) &&
    one.context !== null &&
    other.context !== null &&
    contextKey(one.context) === contextKey(other.context) &&
    one.attribution !== null &&
    other.attribution !== null &&
    sameAttribution(one.attribution, other.attribution)
  );
}
