import type { QuoteView, Speaker } from '../../shared/api/quotes.ts';
import { BOARD_WORDS, type BoardWord } from '../../shared/quotes/board-words.ts';
import { BLOCK_WORDS } from '../../shared/quotes/publication.ts';
import { type Hindrance, hindranceOf, linesOf, type QuoteLine } from './quote-line.ts';

/** What somebody looks for on the board; empty strings look for everything. */
export interface BoardFilter {
  readonly word: BoardWord | '';
  readonly speakerId: string;
  readonly schoolId: string;
  /** Only what keeps the case from being printed. */
  readonly blocking: boolean;
}

export const EVERYTHING: BoardFilter = { word: '', speakerId: '', schoolId: '', blocking: false };

/** In the order in which they ask for somebody. */
export const BOARD_ORDER: readonly BoardWord[] = ['needs-you', 'to-send', 'waiting', 'confirmed', 'not-used'];

export interface BoardGroup {
  readonly word: BoardWord;
  readonly title: string;
  readonly quotes: readonly QuoteView[];
}

/** @returns quotes by their word, those groups left out that have none */
export function boardGroups(
  quotes: readonly QuoteView[],
  speakers: ReadonlyMap<string, Speaker>,
  filter: BoardFilter,
): readonly BoardGroup[] {
  const shown = quotes.filter((quote) => fits(quote, speakers, filter));
  return BOARD_ORDER.map((word) => ({
    word,
    title: BOARD_WORDS[word],
    quotes: shown.filter((quote) => quote.word === word),
  })).filter((group) => group.quotes.length > 0);
}

function fits(
  quote: QuoteView,
  speakers: ReadonlyMap<string, Speaker>,
  { word, speakerId, schoolId, blocking }: BoardFilter,
): boolean {
  if (word !== '' && quote.word !== word) return false;
  if (speakerId !== '' && !quote.speakerIds.includes(speakerId)) return false;
  if (blocking && quote.blocks.length === 0) return false;
  return schoolId === '' || quote.speakerIds.some((id) => speakers.get(id)?.schoolId === schoolId);
}

/** @returns how many quotes have each word */
export function countWords(quotes: readonly QuoteView[]): ReadonlyMap<BoardWord, number> {
  const counts = new Map<BoardWord, number>();
  for (const { word } of quotes) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Everything of one speaker that one letter can ask about, or what has to be done before. */
export interface ReadyToSend {
  readonly caseId: string;
  readonly speaker: Speaker;
  readonly lines: readonly QuoteLine[];
  /** Null: it can be sent now. */
  readonly hindrance: Hindrance | null;
}

/** Questions that one letter takes. */
const MOST_ASKS = 200;

/** @returns by case and speaker, in the order of their names */
export function readyToSend(
  quotes: readonly QuoteView[],
  speakers: ReadonlyMap<string, Speaker>,
): readonly ReadyToSend[] {
  const ready = new Map<string, ReadyToSend & { lines: QuoteLine[] }>();
  for (const quote of quotes) {
    if (quote.setAside) continue;
    for (const line of linesOf(quote)) {
      const speaker = speakers.get(line.speakerId);
      if (line.standing !== 'checked' || !speaker) continue;
      const hindrance = hindranceOf(line, speaker);
      const key = readyKey({ caseId: quote.caseId, speaker, hindrance });
      const known = ready.get(key) ?? { caseId: quote.caseId, speaker, lines: [], hindrance };
      if (known.lines.length < MOST_ASKS) known.lines.push(line);
      ready.set(key, known);
    }
  }
  return [...ready.values()].sort((one, other) => one.speaker.name.localeCompare(other.speaker.name, 'en'));
}

export function readyKey({ caseId, speaker, hindrance }: Omit<ReadyToSend, 'lines'>): string {
  return `${caseId} ${speaker.id} ${hindrance ?? ''}`;
}

/** @returns how many quotes there are in lines: one may stand in several places */
export function quotesIn(lines: readonly Pick<QuoteLine, 'quoteId'>[]): number {
  return new Set(lines.map(({ quoteId }) => quoteId)).size;
}

/** @returns why quotes keep the case from being printed, in words, with how many quotes each */
export function blockingReasons(
  quotes: readonly QuoteView[],
): readonly { readonly words: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const quote of quotes) {
    for (const words of new Set(quote.blocks.map(({ reason }) => BLOCK_WORDS[reason]))) {
      counts.set(words, (counts.get(words) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([words, count]) => ({ words, count }))
    .sort((one, other) => other.count - one.count);
}

/** The same words under other speakers: one of them is mistaken, or they said it together. */
export function saidByOthers(quotes: readonly QuoteView[]): ReadonlySet<string> {
  const byWords = new Map<string, QuoteView[]>();
  for (const quote of quotes) {
    const key = plain(quote.uses[0]?.wording ?? quote.captured);
    if (key !== '') byWords.set(key, [...(byWords.get(key) ?? []), quote]);
  }
  const found = new Set<string>();
  for (const same of byWords.values()) {
    const speakers = new Set(same.map(({ speakerIds }) => [...speakerIds].sort().join(' ')));
    if (speakers.size > 1) for (const { id } of same) found.add(id);
  }
  return found;
}

/** @returns by quote, the words of others that some of its own stand in as well */
export function overlapsOf(quotes: readonly QuoteView[]): ReadonlyMap<string, readonly string[]> {
  const wordings = new Map(quotes.map(({ id, uses, captured }) => [id, uses[0]?.wording ?? captured]));
  return new Map(
    quotes.map(({ id, uses }) => {
      const others = new Set(uses.flatMap(({ overlaps }) => overlaps));
      return [id, [...others].flatMap((other) => wordings.get(other) ?? [])];
    }),
  );
}

function plain(words: string): string {
  return (
    words
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ');
}
