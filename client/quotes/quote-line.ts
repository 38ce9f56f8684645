import type { QuoteView, SeenWords, Speaker } from '../../shared/api/quotes.ts';
import type { QuoteContext } from '../../shared/document/quote-context.ts';
import { STANDING_WORDS } from '../../shared/quotes/board-words.ts';
import { needsGuardian } from '../../shared/quotes/consent.ts';
import { guardianAgreed, isGuardianAskOpen, type QuoteRecord } from '../../shared/quotes/quote-record.ts';
import type { Standing } from '../../shared/quotes/standing.ts';
import type { UseStanding } from './known-quotes.ts';

/** One use of a quote for one of its speakers: what a card or a board says of it, and offers. */
export interface QuoteLine {
  readonly quoteId: string;
  readonly use: string;
  readonly blockId: string;
  readonly speakerId: string;
  readonly standing: Standing;
  /** As it stands in the text. */
  readonly wording: string;
  readonly context: QuoteContext;
  /** The last question about it. */
  readonly ask: LineAsk | null;
  /** What they agreed to last, here; null where they never did. */
  readonly agreed: string | null;
  /** A parent or carer has agreed. */
  readonly guardianAgreed: boolean;
  /** The question to a parent or carer that waits for an answer; null for none. */
  readonly guardianAsk: GuardianLineAsk | null;
}

export interface GuardianLineAsk {
  /** When its letter goes, while it waits. */
  readonly goesAt: number | null;
  readonly openedAt: number | null;
  readonly lapsesAt: number;
}

export interface LineAsk {
  readonly id: string;
  readonly wording: string | null;
  readonly sentAt: number;
  /** When its letter goes, while it waits. */
  readonly goesAt: number | null;
  readonly openedAt: number | null;
  readonly lapsesAt: number;
  readonly isOpen: boolean;
  readonly correction: string | null;
}

/** @returns a line for each who speaks in it, by its record and the text of this page */
export function linesHere(
  record: QuoteRecord,
  { blockId, use, standings }: UseStanding,
  goesAt: ReadonlyMap<string, number>,
): readonly QuoteLine[] {
  return standings.map(({ speakerId, standing }) => {
    const ask = record.asks.findLast((one) => one.speaker === speakerId && one.shown.use === use.use);
    const agreed = record.verifications.findLast(
      (one) => one.speaker === speakerId && one.shown.wording !== null,
    );
    return {
      ...{ quoteId: use.quote, use: use.use, blockId, speakerId, standing },
      ...{ wording: use.wording, context: use.context },
      ask: ask
        ? {
            ...{ id: ask.id, wording: ask.shown.wording, sentAt: ask.sentAt },
            goesAt: goesAt.get(ask.id) ?? null,
            ...{ openedAt: ask.openedAt, lapsesAt: ask.lapsesAt },
            isOpen: ask.over === null && ask.answer === null,
            correction: correctionOf(ask.answer),
          }
        : null,
      agreed: agreed?.shown.wording ?? null,
      guardianAgreed: guardianAgreed(record, speakerId),
      guardianAsk: guardianAskHere(record, speakerId, goesAt),
    };
  });
}

function guardianAskHere(
  record: QuoteRecord,
  speakerId: string,
  goesAt: ReadonlyMap<string, number>,
): GuardianLineAsk | null {
  const ask = record.guardianAsks.findLast(
    (one) => one.speaker === speakerId && isGuardianAskOpen(record, one),
  );
  return ask ? { goesAt: goesAt.get(ask.id) ?? null, openedAt: ask.openedAt, lapsesAt: ask.lapsesAt } : null;
}

/** @returns the same, as the server has it, of every place where the quote stands */
export function linesOf(quote: QuoteView): readonly QuoteLine[] {
  return quote.uses.flatMap(({ use, blockId, wording, context, standings }) =>
    standings.map(({ speakerId, standing }): QuoteLine => {
      const asks = quote.asks.filter((one) => one.speakerId === speakerId);
      const ask = asks.findLast((one) => one.use === use);
      return {
        ...{ quoteId: quote.id, use, blockId, speakerId, standing, wording, context },
        ask: ask
          ? {
              ...{ id: ask.id, wording: ask.wording, sentAt: ask.sentAt },
              goesAt: ask.goesAt ?? null,
              ...{ openedAt: ask.openedAt, lapsesAt: ask.lapsesAt },
              isOpen: ask.over === null && ask.answer === null,
              correction: correctionOf(ask.answer),
            }
          : null,
        agreed: agreedWording(asks),
        guardianAgreed: quote.guardianAgreed?.includes(speakerId) ?? false,
        // a device may have kept it from a version that knew of none
        guardianAsk: quote.guardianAsks?.findLast((one) => one.speakerId === speakerId && one.isOpen) ?? null,
      };
    }),
  );
}

function agreedWording(asks: QuoteView['asks']): string | null {
  for (const { answer, wording } of [...asks].reverse()) {
    if (answer?.kind === 'confirmed') return wording;
    if (answer?.kind === 'correction-proposed' && answer.decided === 'accepted') return answer.wording;
  }
  return null;
}

/** @returns words that can be put back where others stand now: those agreed to, else those that a question still stands open about */
export function wordsBefore({ standing, agreed, ask }: QuoteLine): string | null {
  if (standing !== 'changed') return null;
  return agreed ?? (ask?.isOpen ? ask.wording : null);
}

/** @returns what a line's standing means, for the team */
export function lineWords(line: QuoteLine): string {
  return line.standing === 'changed' && line.agreed !== null ? CONFIRMED_ONCE : STANDING_WORDS[line.standing];
}

const CONFIRMED_ONCE = 'The words are no longer those that they confirmed. Put those back, or ask again.';

function correctionOf(answer: QuoteView['asks'][number]['answer']): string | null {
  return answer?.kind === 'correction-proposed' && answer.decided === null ? answer.wording : null;
}

/** @returns what somebody has before their eyes who decides about a line @param wording as it is shown to them */
export function seenOf({ context }: Pick<QuoteLine, 'context'>, wording: string): SeenWords {
  return { wording, context: { ...context, between: [...context.between] } };
}

/** Something that can be done about a line. */
export type LineAct =
  | 'check'
  | 'readdress'
  | 'send'
  | 'recall'
  | 'record-answer'
  | 'take-up'
  | 'go-back'
  | 'restore'
  | 'find-fair'
  | 'set-aside'
  | 'take-up-again'
  | 'ask-guardian'
  | 'consent'
  | 'withdraw';

const ACTS: Readonly<Record<Standing, readonly LineAct[]>> = {
  captured: ['check', 'set-aside'],
  checked: ['send', 'record-answer', 'set-aside'],
  sent: ['record-answer', 'recall', 'withdraw'],
  opened: ['record-answer', 'recall', 'withdraw'],
  verified: ['consent', 'withdraw'],
  'correction-proposed': ['take-up', 'go-back', 'withdraw'],
  disputed: ['set-aside'],
  misdirected: ['readdress', 'send', 'record-answer', 'set-aside'],
  declined: ['set-aside'],
  lapsed: ['send', 'record-answer', 'set-aside'],
  changed: ['restore', 'send', 'record-answer', 'withdraw'],
  'attribution-changed': ['send', 'record-answer', 'withdraw'],
  'context-changed': ['find-fair', 'send', 'record-answer', 'withdraw'],
  'context-closer': ['send', 'record-answer', 'withdraw'],
  withdrawn: [],
  'set-aside': ['take-up-again'],
};

export interface LinePowers {
  /** Capture, send, write answers down. */
  readonly mayQuote: boolean;
  readonly mayFindFair: boolean;
}

/** What has to be done before somebody can be sent their words. */
export type Hindrance = 'guardian' | 'guardian-asked' | 'no-address';

export const HINDRANCE_WORDS: Readonly<Record<Hindrance, string>> = {
  guardian: 'A parent or carer has to agree first.',
  'guardian-asked': 'A parent or carer was asked, and has not answered yet.',
  'no-address': 'No address of their own: ask by phone or on paper.',
};

/** @returns what keeps a letter about the line from being sent; null for nothing */
export function hindranceOf(
  line: Pick<QuoteLine, 'guardianAgreed' | 'guardianAsk'>,
  speaker: Pick<Speaker, 'age' | 'email' | 'address'>,
): Hindrance | null {
  if (needsGuardian(speaker.age) && !line.guardianAgreed) {
    return line.guardianAsk ? 'guardian-asked' : 'guardian';
  }
  return speaker.email === '' || speaker.address !== 'personal' ? 'no-address' : null;
}

/** @returns whether the next thing to be done is to ask */
export function canBeAsked({ standing }: Pick<QuoteLine, 'standing'>): boolean {
  return ACTS[standing].includes('send');
}

/**
 * @param hindrance of whoever said it
 * @returns what is offered, the most useful first; the server decides in the end
 */
export function lineActs(
  line: QuoteLine,
  powers: LinePowers,
  hindrance: Hindrance | null = null,
): readonly LineAct[] {
  if (!powers.mayQuote) return [];
  const acts = ACTS[line.standing].filter((act) => {
    if (act === 'find-fair') return powers.mayFindFair;
    if (act === 'restore') return wordsBefore(line) !== null;
    if (act === 'send') return hindrance === null;
    // what is asked by phone is a question as well
    if (act === 'record-answer') return !isGuardians(hindrance) || line.ask?.isOpen === true;
    return true;
  });
  if (!isGuardians(hindrance) || !canBeAsked(line)) return acts;
  return hindrance === 'guardian' ? ['ask-guardian', 'consent', ...acts] : ['consent', ...acts];
}

function isGuardians(hindrance: Hindrance | null): boolean {
  return hindrance === 'guardian' || hindrance === 'guardian-asked';
}
