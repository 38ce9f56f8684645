import { type Node, Slice } from '@tiptap/pm/model';
import type { EditorState, Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';

/**
 * The transaction that makes a state's document equal to another by replacing only the
 * blocks that differ, and within one changed line only the letters that differ.
 * Everything else stays the very same node: its place on the page, what is marked in
 * it, and a word that is being composed there are left alone.
 */
export function smallestChange(state: EditorState, target: Node): Transaction {
  const { doc, tr } = state;
  const shorter = Math.min(doc.childCount, target.childCount);
  let before = 0;
  let from = 0;
  while (before < shorter && doc.child(before).eq(target.child(before))) {
    from += doc.child(before).nodeSize;
    before++;
  }
  let behind = 0;
  let behindSize = 0;
  while (behind < shorter - before) {
    const last = doc.child(doc.childCount - 1 - behind);
    if (!last.eq(target.child(target.childCount - 1 - behind))) break;
    behindSize += last.nodeSize;
    behind++;
  }
  const oldCount = doc.childCount - before - behind;
  const newCount = target.childCount - before - behind;
  if (oldCount === 0 && newCount === 0) return tr;
  if (oldCount === 1 && newCount === 1) {
    const step = changedLetters(doc.child(before), target.child(before), from + 1);
    if (step) return tr.step(step);
  }
  return tr.step(
    new ReplaceStep(
      from,
      doc.content.size - behindSize,
      new Slice(target.content.cut(from, target.content.size - behindSize), 0, 0),
    ),
  );
}

/** @param start where the line's words begin in the document */
function changedLetters(old: Node, line: Node, start: number): ReplaceStep | null {
  if (!old.isTextblock || !old.sameMarkup(line)) return null;
  const from = old.content.findDiffStart(line.content);
  const ends = old.content.findDiffEnd(line.content);
  if (from === null || ends === null) return null;
  // the same letter twice may count to both ends
  const overlap = Math.max(0, from - Math.min(ends.a, ends.b));
  const inserted = line.content.cut(from, ends.b + overlap);
  return new ReplaceStep(start + from, start + ends.a + overlap, new Slice(inserted, 0, 0));
}
