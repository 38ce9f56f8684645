/**
 * What a quote's steps come to. Only what was said is here; whether it holds for the
 * words that stand in the text now is computed beside them (`standing.ts`).
 */
import { wordingKey } from '../document/wording-form.ts';
import type { Consent } from './consent.ts';
import type { Attribution } from './naming.ts';
import type { AnswerKind, AskWay, QuoteEvent, Shown } from './quote-event.ts';

export interface Answer {
  readonly kind: AnswerKind;
  /** Of a correction: the words proposed, and what the team made of it. */
  readonly wording: string | null;
  readonly decided: 'accepted' | 'returned' | null;
  /** It says nothing of the words: the letter had reached somebody else. */
  readonly stranger?: boolean | undefined;
}

export interface Ask {
  readonly id: string;
  readonly speaker: string;
  readonly way: AskWay;
  readonly shown: Shown;
  readonly sentAt: number;
  readonly lapsesAt: number;
  readonly openedAt: number | null;
  /** Days on which the speaker was reminded. */
  readonly reminded: readonly number[];
  readonly answer: Answer | null;
  /** Why no answer to it is taken any more. */
  readonly over: 'lapsed' | 'recalled' | 'replaced' | null;
}

/** A question to a parent or carer, about a child's words in one place. */
export interface GuardianAsk {
  readonly id: string;
  /** The child. */
  readonly speaker: string;
  readonly shown: Shown;
  readonly sentAt: number;
  readonly lapsesAt: number;
  readonly openedAt: number | null;
  readonly over: 'lapsed' | 'recalled' | null;
}

/** Words that a speaker said yes to, as they were shown. Not whether it still holds: see `standing.ts`. */
export interface Verification extends Surroundings {
  /** The ask that was answered so. */
  readonly ask: string;
}

/** Words of a speaker in one place, as they were shown. */
export interface Surroundings {
  readonly speaker: string;
  readonly shown: Shown;
}

export interface QuoteRecord {
  readonly speakers: readonly string[];
  /** Of each line, which of the speakers says it; null where that was not said. */
  readonly turns: readonly number[] | null;
  /** Keys of the wordings that a member held against their source. */
  readonly checked: ReadonlySet<string>;
  /** In the order they were sent. */
  readonly asks: readonly Ask[];
  /** To parents and carers, in the order they were sent. */
  readonly guardianAsks: readonly GuardianAsk[];
  readonly verifications: readonly Verification[];
  /** What an editor found fair, in which surroundings. */
  readonly fair: readonly Surroundings[];
  readonly consents: ReadonlyMap<string, Consent>;
  /** Only what lets words appear somewhere. */
  readonly guardianConsents: ReadonlyMap<string, Consent>;
  /** Children who agreed as a parent or carer told, and have not said so themselves. */
  readonly toldByGuardian: ReadonlySet<string>;
  /** How speakers chose to be named, as they read it then. */
  readonly chosen: ReadonlyMap<string, Attribution>;
  /** Speakers whose last word was that they do not want to be quoted. */
  readonly declined: ReadonlySet<string>;
  /** Speakers who took their words back. */
  readonly withdrawn: ReadonlySet<string>;
  readonly setAside: boolean;
  /** Their words are gone for good (ERASE-1). */
  readonly erased: boolean;
}

export const NO_RECORD: QuoteRecord = {
  speakers: [],
  turns: null,
  checked: new Set(),
  asks: [],
  guardianAsks: [],
  verifications: [],
  fair: [],
  consents: new Map(),
  guardianConsents: new Map(),
  toldByGuardian: new Set(),
  chosen: new Map(),
  declined: new Set(),
  withdrawn: new Set(),
  setAside: false,
  erased: false,
};

/** @param events that were accepted, in their order (see `acts.ts`) */
export function recordOf(events: readonly QuoteEvent[]): QuoteRecord {
  return events.reduce(after, NO_RECORD);
}

/** @returns the record with one more step, which `refusalOf` let through */
export function after(record: QuoteRecord, event: QuoteEvent): QuoteRecord {
  switch (event.kind) {
    case 'captured':
      return { ...record, speakers: [...event.speakers], turns: event.turns ?? null };
    case 'checked':
      if (event.wording === null) return record;
      return { ...record, checked: new Set([...record.checked, wordingKey(event.wording)]) };
    case 'sent':
      return sent(record, event);
    case 'guardian-asked': {
      const { ask: id, speaker, shown, at, lapsesAt } = event;
      const ask: GuardianAsk = { id, speaker, shown, sentAt: at, lapsesAt, openedAt: null, over: null };
      return { ...record, guardianAsks: [...record.guardianAsks, ask] };
    }
    case 'opened':
      return onAnyAsk(record, event.ask, (ask) => ({ ...ask, openedAt: ask.openedAt ?? event.at }));
    case 'reminded':
      return onAsk(record, event.ask, (ask) => ({ ...ask, reminded: [...ask.reminded, event.day] }));
    case 'lapsed':
    case 'recalled':
      return onAnyAsk(record, event.ask, (ask) => ({ ...ask, over: event.kind }));
    case 'confirmed':
    case 'correction-proposed':
    case 'disputed':
    case 'declined':
      return answered(record, event);
    case 'correction-accepted':
      return accepted(record, event.ask);
    case 'correction-returned':
      return onAsk(record, event.ask, (ask) => decided(ask, 'returned'));
    case 'found-fair':
      return { ...record, fair: [...record.fair, { speaker: event.speaker, shown: event.shown }] };
    case 'consented': {
      if (event.from === 'guardian') {
        const given = changed(record.guardianConsents, event.speaker, agreementIn(event.consent));
        return { ...record, guardianConsents: given };
      }
      const isTakenBack = event.by.who === 'guardian' && agreementIn(event.consent) === null;
      if (isTakenBack) return withoutAssent(record, event.speaker);
      const agreed = { ...record, consents: changed(record.consents, event.speaker, event.consent) };
      const told = new Set(record.toldByGuardian);
      if (event.by.who === 'guardian') told.add(event.speaker);
      else told.delete(event.speaker);
      if (!event.attribution) return { ...agreed, toldByGuardian: told };
      return {
        ...agreed,
        toldByGuardian: told,
        chosen: new Map([...record.chosen, [event.speaker, event.attribution]]),
      };
    }
    case 'withdrawn':
      return { ...record, withdrawn: new Set([...record.withdrawn, event.speaker]) };
    case 'source-changed':
      return record;
    case 'set-aside':
      return { ...record, setAside: true };
    case 'taken-up':
      return { ...record, setAside: false };
    case 'erased':
      // what was said and agreed to is over as for words that were taken back, by whoever of them
      return { ...record, erased: true, withdrawn: new Set(record.speakers) };
  }
}

/** @returns the ask of this id; undefined where there is none */
export function askOf(record: QuoteRecord, id: string): Ask | undefined {
  return record.asks.find((ask) => ask.id === id);
}

/** @returns the question to a parent or carer of this id; undefined where there is none */
export function guardianAskOf(record: QuoteRecord, id: string): GuardianAsk | undefined {
  return record.guardianAsks.find((ask) => ask.id === id);
}

/** @returns whether a parent or carer agreed for a child, and it still stands (GUARDIAN-1) */
export function guardianAgreed({ guardianConsents }: QuoteRecord, speaker: string): boolean {
  return guardianConsents.has(speaker);
}

/** Who lets a child's words appear nowhere has not agreed to them: neither has who was no parent after all. */
function agreementIn(consent: Consent): Consent | null {
  return consent.channels.length === 0 ? null : consent;
}

/** What a parent or carer told of the child does not count any more. */
function withoutAssent(record: QuoteRecord, speaker: string): QuoteRecord {
  const told = new Set(record.toldByGuardian);
  told.delete(speaker);
  return {
    ...record,
    consents: changed(record.consents, speaker, null),
    chosen: changed(record.chosen, speaker, null),
    toldByGuardian: told,
  };
}

function changed<T>(known: ReadonlyMap<string, T>, key: string, value: T | null): ReadonlyMap<string, T> {
  const after = new Map(known);
  if (value === null) after.delete(key);
  else after.set(key, value);
  return after;
}

/** @returns whether a question to a parent or carer waits for their answer */
export function isGuardianAskOpen(record: QuoteRecord, { speaker, over }: GuardianAsk): boolean {
  const { withdrawn, setAside } = record;
  return over === null && !guardianAgreed(record, speaker) && withdrawn.size === 0 && !setAside;
}

/** What happens to a question whoever it is to. */
function onAnyAsk(
  record: QuoteRecord,
  id: string,
  change: <A extends Pick<Ask, 'openedAt'>>(ask: A) => A,
): QuoteRecord {
  return {
    ...onAsk(record, id, change),
    guardianAsks: record.guardianAsks.map((ask) => (ask.id === id ? change(ask) : ask)),
  };
}

function onAsk(record: QuoteRecord, id: string, change: (ask: Ask) => Ask): QuoteRecord {
  return { ...record, asks: record.asks.map((ask) => (ask.id === id ? change(ask) : ask)) };
}

function sent(record: QuoteRecord, event: Extract<QuoteEvent, { kind: 'sent' }>): QuoteRecord {
  const { ask: id, speaker, way, shown, at, lapsesAt } = event;
  const asks = record.asks.map((ask) =>
    ask.speaker === speaker && ask.shown.use === shown.use && ask.over === null
      ? { ...ask, over: 'replaced' as const }
      : ask,
  );
  const ask: Ask = {
    ...{ id, speaker, way, shown, sentAt: at, lapsesAt },
    ...{ openedAt: null, reminded: [], answer: null, over: null },
  };
  return { ...record, asks: [...asks, ask] };
}

/** The last answer to an ask counts; anything but a yes ends every earlier yes to the same words. */
function answered(record: QuoteRecord, event: Extract<QuoteEvent, { kind: AnswerKind }>): QuoteRecord {
  const ask = askOf(record, event.ask);
  if (!ask) return record;
  const { kind } = event;
  const answer: Answer = {
    ...{ kind, wording: event.wording ?? null, decided: null },
    ...(event.stranger && { stranger: true }),
  };
  const ended = withoutAnswerTo(record.verifications, ask).filter(
    ({ speaker, shown }) =>
      speaker !== ask.speaker ||
      (kind !== 'declined' && (kind === 'confirmed' || !sameWords(shown.wording, ask.shown.wording))),
  );
  const declined = new Set(record.declined);
  if (kind === 'declined') declined.add(ask.speaker);
  else declined.delete(ask.speaker);
  const yes = kind === 'confirmed' ? [{ speaker: ask.speaker, shown: ask.shown, ask: ask.id }] : [];
  return {
    ...onAsk(record, ask.id, (one) => ({ ...one, openedAt: one.openedAt ?? event.at, answer })),
    verifications: [...ended, ...yes],
    declined,
  };
}

/** They gave these very words themselves: nobody asks them again for what they wrote. */
function accepted(record: QuoteRecord, id: string): QuoteRecord {
  const ask = askOf(record, id);
  const wording = ask?.answer?.wording ?? null;
  if (!ask) return record;
  const yes = { speaker: ask.speaker, shown: { ...ask.shown, wording }, ask: id };
  return {
    ...onAsk(record, id, (one) => decided(one, 'accepted')),
    verifications: [...record.verifications, yes],
  };
}

function decided(ask: Ask, how: 'accepted' | 'returned'): Ask {
  return ask.answer ? { ...ask, answer: { ...ask.answer, decided: how } } : ask;
}

/** Whoever changes their mind about an ask takes back what they had said to it, and nothing else. */
function withoutAnswerTo(verifications: readonly Verification[], ask: Ask): readonly Verification[] {
  return verifications.filter((one) => one.ask !== ask.id);
}

function sameWords(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && wordingKey(one) === wordingKey(other);
}
