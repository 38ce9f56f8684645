import type { Node } from '@tiptap/pm/model';
import { type Selection, TextSelection } from '@tiptap/pm/state';

/** So many letters at either side tell one place from another: sentences end alike. */
const BESIDE = 16;

/**
 * Where the caret belongs after an edit of others. When one of them begins a new line
 * in the paragraph where it stands, y-tiptap writes the words behind anew, and finds the
 * caret at the end of those before; what one types next would land there.
 * @param found where y-tiptap puts it, in `after`; null where it leaves it
 * @returns `found`, unless other words stand beside it than beside the old one, and these
 *   have merely moved
 */
export function keptCaret(
  before: Node,
  old: Selection,
  after: Node,
  found: Selection | null,
): Selection | null {
  if (!(old instanceof TextSelection) || (found && !(found instanceof TextSelection))) return found;
  const from = before.content.findDiffStart(after.content);
  const ends = before.content.findDiffEnd(after.content);
  if (from === null || ends === null) return found;
  // letters that may count to both ends: which of them came is not known
  const start = Math.min(from, ends.a);
  const until = ends.a + Math.max(0, from - Math.min(ends.a, ends.b));
  const grown = after.content.size - before.content.size;
  const place = (was: number, is: number | null): number | null => {
    if (is !== null && standsBeside(after, is) === standsBeside(before, was)) return is;
    if (was < start) return was;
    return was > until ? was + grown : is;
  };
  const anchor = place(old.anchor, found?.anchor ?? null);
  const head = place(old.head, found?.head ?? null);
  if (anchor === null || head === null) return found;
  return TextSelection.between(after.resolve(anchor), after.resolve(head));
}

/** What stands at either side of a place in its line. */
function standsBeside(doc: Node, position: number): string {
  const { parent, parentOffset } = doc.resolve(position);
  const left = parent.textBetween(Math.max(0, parentOffset - BESIDE), parentOffset, '', '\ufffc');
  const end = Math.min(parent.content.size, parentOffset + BESIDE);
  return `${left}|${parent.textBetween(parentOffset, end, '', '\ufffc')}`;
}
