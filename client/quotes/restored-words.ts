import type { Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { wordingKey } from '../../shared/document/wording-form.ts';
import { letThrough, placedUses } from './quote-part.ts';
import type { PlacedUse } from './quote-places.ts';

/**
 * Makes the words of a use what they are to be, by changing only the letters that differ:
 * what stays keeps its place and its looks.
 * @returns whether it could: a use in several stretches is left to the server, which knows how they join
 */
export function putWords(view: EditorView, use: string, words: string): boolean {
  const placed = placedUses(view.state).find((one) => one.use === use);
  const change = placed && changeTo(view, placed, words);
  if (!change) return false;
  letThrough(change, use);
  view.dispatch(change);
  return true;
}

function changeTo(view: EditorView, { stretches }: PlacedUse, words: string): Transaction | null {
  const [stretch] = stretches;
  if (!stretch || stretches.length > 1) return null;
  const { doc, tr, schema } = view.state;
  const now = doc.textBetween(stretch.from, stretch.to, '\n', '\n');
  if (wordingKey(now) === wordingKey(words)) return tr;
  const old = [...now];
  const next = [...words];
  let first = 0;
  while (first < old.length && first < next.length && old[first] === next[first]) first += 1;
  let last = 0;
  while (
    last < Math.min(old.length, next.length) - first &&
    old[old.length - 1 - last] === next[next.length - 1 - last]
  ) {
    last += 1;
  }
  const size = (letters: readonly string[]) => letters.join('').length;
  const from = stretch.from + size(old.slice(0, first));
  const to = stretch.to - size(old.slice(old.length - last));
  const text = next.slice(first, next.length - last).join('');
  if (text === '') return tr.delete(from, to);
  // as the letters beside it look, and of the same quotes
  const beside = doc.resolve(from === stretch.from ? from + 1 : from).marks();
  return tr.replaceWith(from, to, schema.text(text, beside));
}
