import type * as Y from 'yjs';
import { markName } from '../document/mark-key.ts';
import {
  isSeamSign,
  isSuggestionMark,
  type Style,
  type SuggestionMark,
  suggestionMark,
} from '../document/suggestion-key.ts';
import { meantSpans, type Span } from './meant-words.ts';

export type Decision = 'accept' | 'refuse';
export type Whose = (mark: SuggestionMark) => boolean;

/** One run of words under one mark of a suggestion. */
export interface MarkedRun extends Span {
  /** The mark's name in Yjs. */
  readonly key: string;
  readonly mark: SuggestionMark;
  readonly words: string;
}

/** @returns the runs of a text by mark, each in order; words that stand beside one another are one run */
export function markedRuns(text: Y.XmlText): readonly MarkedRun[] {
  const runs: { key: string; mark: SuggestionMark; words: string; from: number; to: number }[] = [];
  const open = new Map<string, (typeof runs)[number]>();
  let offset = 0;
  for (const piece of text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
    const words = typeof piece.insert === 'string' ? piece.insert : ' ';
    const to = offset + words.length;
    for (const [key, value] of Object.entries(piece.attributes ?? {})) {
      const name = markName(key);
      if (!isSuggestionMark(name)) continue;
      const known = open.get(key);
      if (known?.to === offset) {
        known.words += words;
        known.to = to;
        continue;
      }
      const mark = suggestionMark(name, value);
      if (!mark) continue;
      const run = { key, mark, words, from: offset, to };
      open.set(key, run);
      runs.push(run);
    }
    offset = to;
  }
  return runs;
}

/**
 * Decides, in one run of text, all that needs no change of paragraphs: words are taken out
 * and marks come off, in place. Nothing is written anew, so two who decide the same at once,
 * or while others type, end equal and with nothing twice.
 * @returns how many marks were decided
 */
export function decideText(text: Y.XmlText, decision: Decision, whose: Whose): number {
  const runs = markedRuns(text).filter(({ mark }) => whose(mark));
  const gone: Span[] = [];
  for (const run of runs) {
    const { from, to, key, mark } = run;
    switch (mark.name) {
      case 'insertion':
        if (decision === 'refuse') gone.push(run);
        else text.format(from, to - from, { [key]: null });
        break;
      case 'deletion':
        text.format(from, to - from, { [key]: null });
        if (decision === 'accept') gone.push(...meantSpans(mark.words, run.words).map(moved(from)));
        break;
      case 'styling': {
        const style = decision === 'accept' ? { [mark.style]: styled(mark.style, mark.value) } : {};
        text.format(from, to - from, { [key]: null, ...style });
        break;
      }
      case 'seam': {
        const { signs, words } = apart(run);
        for (const span of words) text.format(span.from, span.to - span.from, { [key]: null });
        if (decision === 'refuse') gone.push(...signs);
        break;
      }
      default:
        mark satisfies never;
    }
  }
  for (const { from, to } of union(gone).reverse()) text.delete(from, to - from);
  return runs.length;
}

function moved(by: number): (span: Span) => Span {
  return ({ from, to }) => ({ from: from + by, to: to + by });
}

/** What stands under the mark of a seam: its signs, and words that came under it and are nobody's to take. */
function apart(run: MarkedRun): { signs: readonly Span[]; words: readonly Span[] } {
  const spans = run.words.split('').map((letter, at) => ({
    isSign: isSeamSign(letter),
    from: run.from + at,
    to: run.from + at + 1,
  }));
  return { signs: spans.filter(({ isSign }) => isSign), words: spans.filter(({ isSign }) => !isSign) };
}

/** As the editor itself writes these marks; null takes one off. */
function styled(style: Style, value: string): object | null {
  if (style !== 'link') return value === 'on' ? {} : null;
  if (value === '') return null;
  return { href: value, target: '_blank', rel: 'noopener noreferrer nofollow', class: null, title: null };
}

/** Spans in order, without what they share. */
function union(spans: readonly Span[]): Span[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}
