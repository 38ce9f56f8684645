/**
 * The words of each use of a quote, and what stands around them, read from a block's
 * text. Nothing here is kept: whether words are those that were verified is seen by
 * reading them again (QUOTE-2).
 */
import type { QuoteContext } from './quote-context.ts';
import { QUOTE_MARK, type QuoteUse, quoteUse } from './quote-key.ts';
import type { ProseMirrorJson } from './reading.ts';
import { sentenceStarts } from './sentences.ts';

export interface UseInText extends QuoteUse {
  /** Ranges join with a space, or with ` … ` where words that are not marked stand between them. */
  readonly wording: string;
  /** Its ranges, where there are several: the lines of an exchange. */
  readonly parts?: readonly string[];
  /** Other quotes that some of its words stand in as well; absent where there are none. */
  readonly overlaps?: readonly string[];
  readonly context: QuoteContext;
}

export interface UseReading {
  /**
   * Ids of quotes whose words are not shown around those of others; `all`: no quote's are. What
   * stands around words is compared for years, and must not change when a neighbour is verified.
   */
  readonly heldBack?: ReadonlySet<string> | 'all';
}

/** Stands around a quote for words of somebody else that are held back. */
export const HELD_BACK = '[words of somebody else]';
/** Text kept on either side of a use, and of what lies between two of its ranges, UTF-16 code units. */
export const MOST_CONTEXT = 600;

/** @returns every use with at least one mark, in the order of the text */
export function readUses(json: ProseMirrorJson, reading: UseReading = {}): readonly UseInText[] {
  const { text, runs, uses, overlapping } = flatten(json);
  if (uses.size === 0) return [];
  const sentences = sentencesOf(text);
  const { heldBack } = reading;
  const held = runs.filter((run) => heldBack === 'all' || run.quotes.some((quote) => heldBack?.has(quote)));
  return inOrder([...uses.values()]).map(({ quote, use, ranges }) => {
    const show = (from: number, to: number) => shown(text, held, quote, from, to);
    const gaps = ranges.slice(1).map(({ from }, at) => ({ from: (ranges[at] as Range).to, to: from }));
    const spoken = ranges.map(({ from, to }) => text.slice(from, to));
    const wording = gaps.reduce(
      (words, { from, to }, at) =>
        words + (isBlank(text.slice(from, to)) ? ' ' : ' … ') + (spoken[at + 1] ?? ''),
      spoken[0] ?? '',
    );
    const parts = spoken.length > 1 ? { parts: spoken } : {};
    const shared = [...(overlapping.get(`${quote} ${use}`) ?? [])].sort();
    const overlaps = shared.length > 0 ? { overlaps: shared } : {};
    return {
      quote,
      use,
      wording,
      ...parts,
      ...overlaps,
      context: contextOf(text, sentences, ranges, gaps, show),
    };
  });
}

interface Range {
  readonly from: number;
  to: number;
}

/** A piece of text with the quotes that it belongs to. */
interface Run extends Range {
  readonly quotes: readonly string[];
}

interface UseRanges extends QuoteUse {
  readonly ranges: Range[];
}

interface Flat {
  /** Paragraphs, headings and cells apart by `\n`; a break within one is a line separator. */
  readonly text: string;
  readonly runs: readonly Run[];
  readonly uses: ReadonlyMap<string, UseRanges>;
  /** By use, the other quotes that some of its words stand in. */
  readonly overlapping: ReadonlyMap<string, ReadonlySet<string>>;
}

/** By where they begin; of those that begin together, by their ids: editors keep marks in another order. */
function inOrder(uses: readonly UseRanges[]): readonly UseRanges[] {
  const key = ({ quote, use }: QuoteUse) => `${quote} ${use}`;
  return [...uses].sort(
    (one, other) =>
      (one.ranges[0]?.from ?? 0) - (other.ranges[0]?.from ?? 0) || (key(one) < key(other) ? -1 : 1),
  );
}

const BREAK = '\u2028';

function flatten(json: ProseMirrorJson): Flat {
  const pieces: string[] = [];
  const runs: Run[] = [];
  const uses = new Map<string, UseRanges>();
  const overlapping = new Map<string, Set<string>>();
  let length = 0;
  const add = (text: string) => {
    pieces.push(text);
    length += text.length;
  };
  const visit = (node: ProseMirrorJson): void => {
    if (node.type === 'hardBreak') {
      add(BREAK);
      return;
    }
    if (node.type !== 'text') {
      const isLine = (node.content ?? []).some(({ type }) => type === 'text' || type === 'hardBreak');
      // before it as well: text may stand beside a node that the schema would not have there
      if (isLine) add('\n');
      for (const child of node.content ?? []) visit(child);
      if (isLine) add('\n');
      return;
    }
    const from = length;
    // the signs that stand for lines are ours alone
    add((node.text ?? '').replace(/[\n\u2028]/g, ' '));
    const marked = (node.marks ?? []).flatMap(({ type, attrs }) => {
      const use = type === QUOTE_MARK ? quoteUse(attrs) : null;
      return use ? [use] : [];
    });
    if (marked.length === 0 || length === from) return;
    runs.push({ from, to: length, quotes: marked.map(({ quote }) => quote) });
    for (const use of marked) {
      const key = `${use.quote} ${use.use}`;
      for (const { quote } of marked) {
        if (quote === use.quote) continue;
        const others = overlapping.get(key) ?? new Set();
        overlapping.set(key, others.add(quote));
      }
      const known = uses.get(key);
      const last = known?.ranges.at(-1);
      if (!known) uses.set(key, { ...use, ranges: [{ from, to: length }] });
      else if (last && last.to >= from) last.to = length;
      else known.ranges.push({ from, to: length });
    }
  };
  visit(json);
  return { text: pieces.join(''), runs, uses, overlapping };
}

interface Sentences {
  /** Offsets where they begin. */
  readonly starts: readonly number[];
  /** Of each, the nearest before it that is not blank; the first where all are. */
  readonly before: readonly number[];
  /** The nearest after it that is not blank; their number where all are. */
  readonly after: readonly number[];
}

/** Looked at once, however many quotes stand among however many blank lines. */
function sentencesOf(text: string): Sentences {
  const starts = sentenceStarts(text);
  const full = starts.map((from, at) => !isBlank(text.slice(from, starts[at + 1] ?? text.length)));
  const before: number[] = [];
  for (let at = 0; at < full.length; at += 1) {
    before.push(at > 0 && full[at - 1] ? at - 1 : (before[at - 1] ?? 0));
  }
  const after: number[] = [];
  for (let at = full.length - 1; at >= 0; at -= 1) {
    after[at] = full[at + 1] ? at + 1 : (after[at + 1] ?? full.length);
  }
  return { starts, before, after };
}

function contextOf(
  text: string,
  { starts, ...nearest }: Sentences,
  ranges: readonly Range[],
  gaps: readonly Range[],
  show: (from: number, to: number) => string,
): QuoteContext {
  const begin = ranges[0]?.from ?? 0;
  const end = ranges.at(-1)?.to ?? 0;
  const isFull = (from: number, to: number) => !isBlank(text.slice(from, to));
  // the beginning of the sentence that they stand in, and the one before it
  const before = nearest.before[sentenceAt(starts, begin)] ?? 0;
  // the rest of the sentence that they end in, and the one after it
  const after = nearest.after[sentenceAt(starts, Math.max(begin, end - 1))] ?? starts.length;
  const first = Math.max(starts[before] ?? 0, outsidePair(text, begin - MOST_CONTEXT, 1));
  const last = Math.min(starts[after + 1] ?? text.length, outsidePair(text, end + MOST_CONTEXT, -1));
  return {
    before: show(first, begin),
    between: gaps
      .filter(({ from, to }) => isFull(from, to))
      .map(({ from, to }) => {
        if (to - from <= MOST_CONTEXT) return show(from, to);
        const half = MOST_CONTEXT / 2;
        return `${show(from, outsidePair(text, from + half, -1))} … ${show(outsidePair(text, to - half, 1), to)}`;
      }),
    after: show(end, last),
  };
}

/** @returns which sentence an offset stands in */
function sentenceAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function outsidePair(text: string, offset: number, step: 1 | -1): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset + step : offset;
}

function isBlank(text: string): boolean {
  return !/\S/u.test(text);
}

/** @returns index of the first run, of runs in order, that ends behind an offset */
function firstAfter(runs: readonly Run[], offset: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle] as Run).to <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The text of a range, as it is shown around words of `quote`: each paragraph, heading or item on a line of its own. */
function shown(text: string, held: readonly Run[], quote: string, from: number, to: number): string {
  let words = '';
  let at = from;
  for (let index = firstAfter(held, from); index < held.length; index += 1) {
    const run = held[index] as Run;
    if (run.from >= to) break;
    if (run.quotes.includes(quote)) continue;
    const plain = text.slice(at, Math.max(at, run.from));
    // runs that follow one another are one person's words, or stand for it
    words += plain === '' && words !== '' ? '' : plain + HELD_BACK;
    at = Math.min(to, run.to);
  }
  return (words + text.slice(at, to)).replace(/\s+/gu, (white) => (white.includes('\n') ? '\n' : ' ')).trim();
}
