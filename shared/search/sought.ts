/**
 * What somebody looks for, and where it stands in a text. Server and pages read it alike:
 * every word sought must begin some word of the text, and what stands in quotation marks
 * must stand there as it is. Marks on letters and their case do not count.
 */

/** The longest that can be looked for, in characters. */
export const MOST_SOUGHT = 200;
const MOST_TERMS = 12;
/** Of a word that is being typed, so many letters say something. */
const SHORTEST_PREFIX = 2;

export interface SoughtTerm {
  /** As it was typed, without its quotation marks. */
  readonly text: string;
  /** Whether its last word may be the beginning of one. */
  readonly prefix: boolean;
}

/** Control characters and halves of a pair: to a query they would be its end, or no text at all. */
const NO_LETTERS = /[\p{Cc}\p{Cs}]/gu;

/** @returns the terms of a search; none where nothing that was typed can be looked for */
export function soughtTerms(typed: string): readonly SoughtTerm[] {
  const terms: SoughtTerm[] = [];
  for (const [, phrase, word] of typed
    .slice(0, MOST_SOUGHT)
    .replace(NO_LETTERS, ' ')
    .matchAll(/["“”]([^"“”]*)(?:["“”]|$)|([^\s"“”]+)/gu)) {
    const text = (phrase ?? word ?? '').trim();
    const { folded } = foldedText(text);
    if (!/[\p{L}\p{N}]/u.test(folded)) continue;
    const prefix = phrase === undefined;
    if (prefix && lettersOf(folded) < SHORTEST_PREFIX && !/[^\x20-\x7f]/.test(folded)) continue;
    terms.push({ text, prefix });
    if (terms.length === MOST_TERMS) break;
  }
  return terms;
}

function lettersOf(text: string): number {
  return [...text.matchAll(/[\p{L}\p{N}]/gu)].length;
}

/** A run of a text, in UTF-16 units. */
export interface FoundRange {
  readonly from: number;
  readonly to: number;
}

/** @returns where the terms stand, in order and without overlap; null where one of them stands nowhere */
export function foundRanges(text: string, terms: readonly SoughtTerm[]): readonly FoundRange[] | null {
  const { ranges, missing } = rangesIn(text, terms);
  return missing > 0 ? null : ranges;
}

/** @returns where terms stand, in order and without overlap, and how many of them stand nowhere */
function rangesIn(
  text: string,
  terms: readonly SoughtTerm[],
): { readonly ranges: readonly FoundRange[]; readonly missing: number } {
  const whole = foldedText(text);
  const ranges: FoundRange[] = [];
  let missing = 0;
  for (const { text: sought, prefix } of terms) {
    const pattern = patternOf(sought, prefix);
    if (!pattern) continue;
    const before = ranges.length;
    for (const match of whole.folded.matchAll(pattern)) {
      const end = match.index + match[0].length;
      ranges.push({ from: whole.at[match.index] as number, to: whole.at[end] as number });
    }
    if (ranges.length === before) missing += 1;
  }
  ranges.sort((one, other) => one.from - other.from || other.to - one.to);
  const apart: FoundRange[] = [];
  for (const range of ranges) {
    const last = apart.at(-1);
    if (!last || range.from >= last.to) apart.push(range);
  }
  return { ranges: apart, missing };
}

function patternOf(sought: string, prefix: boolean): RegExp | null {
  const words = foldedText(sought).folded.match(/[\p{L}\p{N}]+/gu);
  if (!words) return null;
  const phrase = words.join('[^\\p{L}\\p{N}]+');
  return new RegExp(`(?<![\\p{L}\\p{N}])${phrase}${prefix ? '' : '(?![\\p{L}\\p{N}])'}`, 'gu');
}

/** @returns the text without case and marks on letters, and where each of its units came from; one more for the end */
function foldedText(text: string): { readonly folded: string; readonly at: readonly number[] } {
  let folded = '';
  const at: number[] = [];
  let from = 0;
  for (const sign of text) {
    const code = sign.charCodeAt(0);
    if (code < 0x80) {
      // most letters by far, and much cheaper
      folded += code >= 0x41 && code <= 0x5a ? String.fromCharCode(code + 0x20) : sign;
      at.push(from);
      from += 1;
      continue;
    }
    const plain = sign.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    for (let unit = 0; unit < plain.length; unit += 1) at.push(from);
    folded += plain;
    from += sign.length;
  }
  at.push(from);
  return { folded, at };
}

/** A piece of a text that is shown of it: what was found in it stands out. */
export interface SnippetPart {
  readonly text: string;
  readonly found: boolean;
}

/** Characters shown around what was found. */
const AROUND = 70;
const LONGEST = 220;

/** @returns the words around the first place where terms stand close together, with them told apart */
export function snippetOf(text: string, terms: readonly SoughtTerm[]): readonly SnippetPart[] {
  const { ranges, first } = densePlace(text, terms);
  const start = first ? wordStart(text, first.from - AROUND) : 0;
  const end = wordEnd(text, Math.max(start + LONGEST, (first?.to ?? 0) + AROUND));
  const parts: SnippetPart[] = [];
  const add = (from: number, to: number, found: boolean) => {
    const words = text.slice(from, to).replace(/\s+/g, ' ');
    if (words) parts.push({ text: words, found });
  };
  if (start > 0) parts.push({ text: '… ', found: false });
  let from = start;
  for (const range of ranges) {
    if (range.from < start || range.to > end) continue;
    add(from, range.from, false);
    add(range.from, range.to, true);
    from = range.to;
  }
  add(from, end, false);
  if (end < text.length) parts.push({ text: ' …', found: false });
  return parts;
}

/** Read at a time, in UTF-16 units: of a long text no more than it takes. */
const STRETCH = 8_000;

/** @returns the place that is shown, and what stands around it; the first where terms stand close together ends the search */
function densePlace(
  text: string,
  terms: readonly SoughtTerm[],
): { readonly ranges: readonly FoundRange[]; readonly first: FoundRange | undefined } {
  let best: { ranges: readonly FoundRange[]; first: FoundRange | undefined; count: number } = {
    ...{ ranges: [], first: undefined, count: 0 },
  };
  // stretches overlap, so that what stands around a place stands in one of them
  for (let from = 0; from < text.length && best.count < terms.length; from += STRETCH - 2 * LONGEST) {
    const start = wordStart(text, from);
    const stretch = text.slice(start, wordEnd(text, from + STRETCH));
    const ranges = rangesIn(stretch, terms).ranges.map((range) => ({
      from: range.from + start,
      to: range.to + start,
    }));
    const found = densest(ranges);
    if (found.count > best.count) best = { ranges, ...found };
  }
  return best;
}

/** @returns the range after which most others follow within one snippet, and how many it is with them */
function densest(ranges: readonly FoundRange[]): { first: FoundRange | undefined; count: number } {
  let first = ranges[0];
  let count = first ? 1 : 0;
  let last = 0;
  for (const [at, range] of ranges.entries()) {
    last = Math.max(last, at);
    while (last < ranges.length && (ranges[last] as FoundRange).to - range.from < LONGEST - AROUND) last += 1;
    if (last - at > count) {
      count = last - at;
      first = range;
    }
  }
  return { first, count };
}

function wordStart(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.slice(at, at + 30).search(/\s/);
  return space < 0 ? at + (isLow(text, at) ? 1 : 0) : at + space + 1;
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(' ', at);
  return space > at - 30 ? space : at - (isLow(text, at) ? 1 : 0);
}

/** Whether a surrogate pair would be cut here. */
function isLow(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
