import type { CaseQuotes, QuoteRecords, Speaker } from '../../shared/api/quotes.ts';
import type { UseInText } from '../../shared/document/wording.ts';
import { attributionOf, identifyingWords } from '../../shared/quotes/attribution.ts';
import { type BoardWord, boardWordOf } from '../../shared/quotes/board-words.ts';
import { heldNaming } from '../../shared/quotes/consent.ts';
import { NO_OWN_NAMES, ownNamesOf } from '../../shared/quotes/own-names.ts';
import { NO_RECORD, type QuoteRecord, recordOf } from '../../shared/quotes/quote-record.ts';
import { type Present, type Standing, standingOf } from '../../shared/quotes/standing.ts';
import type { WaitingCapture } from './capture-outbox.ts';

/** A quote of the case, as far as this page knows. */
export interface KnownQuote {
  readonly id: string;
  readonly blockId: string;
  readonly captured: string;
  readonly record: QuoteRecord;
  /** Its record waits on this device. */
  readonly waiting: boolean;
}

/** What is known of the quotes of a case and of those who said them. */
export interface KnownQuotes {
  readonly quotes: ReadonlyMap<string, KnownQuote>;
  readonly speakers: ReadonlyMap<string, Speaker>;
  readonly schools: CaseQuotes['schools'];
  /** When letters go that wait, by the question that they ask. */
  readonly goesAt: ReadonlyMap<string, number>;
  /** Whether anything is known: without, a mark that nobody knows of says nothing. */
  readonly complete: boolean;
}

export const NOTHING_KNOWN: KnownQuotes = {
  quotes: new Map(),
  speakers: new Map(),
  schools: [],
  goesAt: new Map(),
  complete: false,
};

/** @param waiting captures that the server does not have yet: they count as made */
export function knownQuotes(
  reply: QuoteRecords | undefined,
  waiting: readonly WaitingCapture[],
): KnownQuotes {
  const quotes = new Map<string, KnownQuote>();
  const speakers = new Map(reply?.speakers.map((speaker) => [speaker.id, speaker]));
  for (const { quote, speakers: made, at } of waiting) {
    for (const speaker of made) {
      if (!speakers.has(speaker.id)) speakers.set(speaker.id, waitingSpeaker(speaker));
    }
    const by = { who: 'member', id: '' } as const;
    const record = recordOf([
      { at, by, kind: 'captured', speakers: quote.speakerIds },
      ...(quote.checked ? [{ at, by, kind: 'checked', wording: quote.wording } as const] : []),
    ]);
    quotes.set(quote.id, {
      id: quote.id,
      blockId: quote.blockId,
      captured: quote.wording,
      record,
      waiting: true,
    });
  }
  for (const { id, blockId, captured, events } of reply?.quotes ?? []) {
    quotes.set(id, { id, blockId, captured, record: recordOf(events), waiting: false });
  }
  // a reply that was kept on this device before it told of them has none
  const goesAt = new Map((reply?.waitingAsks ?? []).map((one) => [one.ask, one.goesAt]));
  return { quotes, speakers, schools: reply?.schools ?? [], goesAt, complete: reply !== undefined };
}

function waitingSpeaker(made: WaitingCapture['speakers'][number]): Speaker {
  const { id, schoolId, name, role, email, telephone, address, age, naming } = made;
  return {
    ...{ id, schoolId, name, role, email, telephone, address, age, naming },
    ...{ namedAs: heldNaming(naming, age, null), chosen: false, onlyOne: false, isIn: false },
  };
}

/** How one use in the text stands. */
export interface UseStanding {
  readonly blockId: string;
  readonly use: UseInText;
  readonly word: BoardWord;
  /** Of each who speaks in it; none where nobody knows whose words they are. */
  readonly standings: readonly { readonly speakerId: string; readonly standing: Standing }[];
}

/** @returns how a use stands, by what is known and the text as it is now (QUOTE-2) */
export function standingOfUse(known: KnownQuotes, blockId: string, use: UseInText): UseStanding {
  const record = known.quotes.get(use.quote)?.record ?? NO_RECORD;
  const present = presentOf(known, use);
  return {
    blockId,
    use,
    word: record.speakers.length === 0 ? 'needs-you' : boardWordOf(record, present),
    standings: record.speakers.map((speakerId) => ({
      speakerId,
      standing: standingOf(record, use, speakerId, present),
    })),
  };
}

function presentOf({ speakers, schools }: KnownQuotes, use: UseInText): Present {
  const schoolOf = (id: string) => schools.find((school) => school.id === id)?.name ?? '';
  return {
    uses: [use],
    attribution: (id) => {
      const speaker = speakers.get(id);
      return speaker ? attributionOf(asNamed(speaker)) : { naming: 'anonymous', text: '' };
    },
    ownNames: (id) => {
      const speaker = speakers.get(id);
      return speaker ? ownNamesOf(asNamed(speaker)) : NO_OWN_NAMES;
    },
    identifying: (id) => {
      const speaker = speakers.get(id);
      return speaker ? identifyingWords(asNamed(speaker), schoolOf(speaker.schoolId)) : [];
    },
  };
}

/** A reply that was kept on this device before it told of that has no `namedAs`. */
function asNamed(speaker: Omit<Speaker, 'namedAs'> & Partial<Pick<Speaker, 'namedAs'>>) {
  return { ...speaker, naming: speaker.namedAs ?? heldNaming(speaker.naming, speaker.age, null) };
}

/** Standings in which the words are those that somebody confirmed. */
const CONFIRMED: ReadonlySet<Standing> = new Set([
  'verified',
  'context-changed',
  'context-closer',
  'attribution-changed',
]);

/** Standings in which words belong to somebody who was asked: whoever types in them is asked first. */
const GUARDED: ReadonlySet<Standing> = new Set([...CONFIRMED, 'sent', 'opened', 'correction-proposed']);

export function isGuarded({ standings }: UseStanding): boolean {
  return standings.some(({ standing }) => GUARDED.has(standing));
}

/** @returns whether one who speaks in it confirmed the words as they stand, not only was asked about them */
export function isConfirmed({ standings }: UseStanding): boolean {
  return standings.some(({ standing }) => CONFIRMED.has(standing));
}

/** @returns names of those who speak in a quote, as a list in words */
export function whoSpeaks(known: KnownQuotes, quote: string): string {
  const names = (known.quotes.get(quote)?.record.speakers ?? []).map(
    (id) => known.speakers.get(id)?.name ?? 'somebody',
  );
  return names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
