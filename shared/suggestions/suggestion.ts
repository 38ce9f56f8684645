import type { ProseMirrorJson } from '../document/reading.ts';
import {
  SEAM_SIGNS,
  type Seam,
  type Style,
  type SuggestedBy,
  type SuggestionMark,
  suggestionMark,
  suggestionName,
} from '../document/suggestion-key.ts';
import { meantSpans } from './meant-words.ts';

/** What a suggestion would do in one place. */
export type SuggestionPart =
  | { readonly what: 'insertion'; readonly words: string }
  /** `words` stand there and would go; `since`: words that others put among them, which would stay. */
  | { readonly what: 'deletion'; readonly words: string; readonly since: string }
  | { readonly what: 'styling'; readonly words: string; readonly style: Style; readonly value: string }
  | ({ readonly what: 'seam' } & Seam);

/** Everything that one person suggested under one id. */
export interface Suggestion extends SuggestedBy {
  /** In the order of the text. */
  readonly parts: readonly SuggestionPart[];
  /** Text right before its first part, as it is while nothing is accepted; for lists. */
  readonly before: string;
}

/** Text kept before a suggestion, UTF-16 code units. */
const BESIDE = 60;

/**
 * @param json a block's text with its suggestions (`readSuggestedText`)
 * @returns them in the order of the text
 */
export function readSuggestions(json: ProseMirrorJson): readonly Suggestion[] {
  const found = new Map<string, Found>();
  let before = '';
  const visit = (node: ProseMirrorJson): void => {
    const open = new Map<string, Run>();
    for (const child of node.content ?? []) {
      if (child.type !== 'text') {
        open.clear();
        visit(child);
        continue;
      }
      const words = child.text ?? '';
      const marks = (child.marks ?? []).flatMap(({ type, attrs }) => suggestionMark(type, attrs) ?? []);
      const keys = marks.map((mark) => JSON.stringify(mark));
      const isNew = marks.some(({ name }) => name === 'insertion' || name === 'seam');
      // what others would put in between does not cut it in two
      for (const key of isNew ? [] : [...open.keys()]) if (!keys.includes(key)) open.delete(key);
      for (const [at, mark] of marks.entries()) {
        const key = keys[at] as string;
        const run = open.get(key) ?? { mark, words: '' };
        if (!open.has(key)) {
          open.set(key, run);
          const name = suggestionName(mark);
          const suggestion = found.get(name) ?? { id: mark.id, author: mark.author, runs: [], before };
          found.set(name, suggestion);
          suggestion.runs.push(run);
        }
        run.words += words;
      }
      if (!isNew) before = (before + words).slice(-BESIDE);
    }
    if ((node.content ?? []).length > 0) before = `${before} `.replace(/\s+$/u, ' ');
  };
  visit(json);
  return [...found.values()].map(({ id, author, runs, before: text }) => ({
    ...{ id, author, at: Math.min(...runs.map(({ mark }) => mark.at)) },
    parts: runs.flatMap(partsOf),
    before: text,
  }));
}

interface Run {
  readonly mark: SuggestionMark;
  words: string;
}

interface Found {
  readonly id: string;
  readonly author: string;
  readonly runs: Run[];
  readonly before: string;
}

function partsOf({ mark, words }: Run): readonly SuggestionPart[] {
  switch (mark.name) {
    case 'insertion':
      return [{ what: 'insertion', words }];
    case 'deletion': {
      const spans = meantSpans(mark.words, words);
      const gone = spans.map(({ from, to }) => words.slice(from, to)).join('');
      const edges = [0, ...spans.flatMap(({ from, to }) => [from, to]), words.length];
      const since = edges.map((edge, at) => (at % 2 === 0 ? words.slice(edge, edges[at + 1]) : '')).join('');
      return [{ what: 'deletion', words: gone, since }];
    }
    case 'styling':
      return [{ what: 'styling', words, style: mark.style, value: mark.value }];
    case 'seam':
      // two at once, such as an empty line: one sign for each
      return Array.from(words.match(SEAM_SIGNS) ?? [], () => {
        return { what: 'seam', op: mark.op, value: mark.value } as SuggestionPart;
      });
  }
}
