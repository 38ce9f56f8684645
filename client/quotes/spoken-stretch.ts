import type { Node } from '@tiptap/pm/model';
import type { Stretch } from './quote-places.ts';

/** Signs that open words of somebody, with those that close them. */
const MARKS: Readonly<Record<string, string>> = {
  '“': '”',
  '‘': '’',
  '"': '"',
  "'": "'",
  '«': '»',
  '„': '“',
};

/** @returns of a selection, what is said in it: without the white space and the pair of quotation marks around it */
export function spokenStretch(doc: Node, { from, to }: Stretch): Stretch {
  const inner = tight(doc, { from, to });
  const first = doc.textBetween(inner.from, Math.min(inner.to, inner.from + 1));
  const last = doc.textBetween(Math.max(inner.from, inner.to - 1), inner.to);
  if (inner.to - inner.from < 3 || MARKS[first] !== last || last === '') return inner;
  return tight(doc, { from: inner.from + 1, to: inner.to - 1 });
}

/**
 * @returns whether words stand in paragraphs of their own, with at most signs beside them: set
 *   apart as a quotation, they take along nothing that somebody else wrote
 */
export function standsAlone(doc: Node, { from, to }: Stretch): boolean {
  const [start, end] = [doc.resolve(from), doc.resolve(to)];
  const isLine = [start, end].every(({ depth, parent }) => depth === 1 && parent.type.name === 'paragraph');
  if (!isLine) return false;
  const beside =
    doc.textBetween(start.start(), from, '\n', '\n') + doc.textBetween(to, end.end(), '\n', '\n');
  return !/[\p{L}\p{N}]/u.test(beside);
}

function tight(doc: Node, stretch: Stretch): Stretch {
  let { from, to } = stretch;
  while (from < to && isBlank(doc, from)) from += 1;
  while (to > from && isBlank(doc, to - 1)) to -= 1;
  return { from, to };
}

function isBlank(doc: Node, at: number): boolean {
  return doc.textBetween(at, at + 1, undefined, ' ').trim() === '';
}
