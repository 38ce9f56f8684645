import type { Node } from '@tiptap/pm/model';
import type { Place } from '../../shared/document/flat-text.ts';

/** A stretch of the flat text (`flattenText`) and where it stands in an editor's document. */
interface Stretch extends Place {
  /** Position of its first letter. */
  readonly at: number;
}

function stretchesOf(doc: Node): readonly Stretch[] {
  const found: Stretch[] = [];
  let length = 0;
  const visit = (node: Node, at: number): void => {
    // letters, breaks, and whatever else stands in a line as one sign
    if (node.isInline && node.isLeaf) {
      const to = length + node.nodeSize;
      found.push({ from: length, to, at });
      length = to;
    }
    // the document itself has no opening of its own
    const inside = node === doc ? 0 : at + 1;
    node.forEach((child, offset) => {
      visit(child, inside + offset);
    });
    if (node.type.name === 'paragraph' || node.type.name === 'heading') {
      found.push({ from: length, to: length + 1, at: at + node.nodeSize - 1 });
      length += 1;
    }
  };
  visit(doc, 0);
  return found;
}

/** @returns a stretch of an editor's document as offsets of its flat text; nothing of it may be there */
export function flatPlace(doc: Node, { from, to }: Place): Place {
  const stretches = stretchesOf(doc);
  return { from: offsetOf(stretches, from), to: offsetOf(stretches, to) };
}

function offsetOf(stretches: readonly Stretch[], position: number): number {
  for (const { from, to, at } of stretches) {
    if (position < at) return from;
    if (position < at + to - from) return from + position - at;
  }
  return stretches.at(-1)?.to ?? 0;
}

/** @returns where offsets of the flat text stand in an editor's document; null where they do not */
export function editorPlace(doc: Node, { from, to }: Place): Place | null {
  const stretches = stretchesOf(doc);
  const first = stretches.find((one) => one.from <= from && from < one.to);
  const last = stretches.findLast((one) => one.from < to && to <= one.to);
  if (!first || !last) return null;
  return { from: first.at + from - first.from, to: last.at + to - last.from };
}
