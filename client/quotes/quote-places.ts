import type { Node } from '@tiptap/pm/model';
import { QUOTE_MARK, type QuoteUse, quoteUse } from '../../shared/document/quote-key.ts';
import { REFERENCE } from '../../shared/document/reference-key.ts';
import { referenceWords } from '../editor/reference-view.ts';

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A use of a quote, as it stands in an editor's text. */
export interface PlacedUse extends QuoteUse {
  /** In the order of the text; positions of the editor's document. */
  readonly stretches: readonly Stretch[];
}

/** @returns every use in the text, in the order in which they begin */
export function usesIn(doc: Node): readonly PlacedUse[] {
  const uses = new Map<string, QuoteUse & { stretches: { from: number; to: number }[] }>();
  doc.descendants((node, from) => {
    if (!node.isText) return true;
    const to = from + node.nodeSize;
    for (const mark of node.marks) {
      const use = mark.type.name === QUOTE_MARK ? quoteUse(mark.attrs) : null;
      if (!use) continue;
      const key = `${use.quote} ${use.use}`;
      const known = uses.get(key);
      const last = known?.stretches.at(-1);
      if (!known) uses.set(key, { ...use, stretches: [{ from, to }] });
      else if (last && last.to === from) last.to = to;
      else known.stretches.push({ from, to });
    }
    return false;
  });
  return [...uses.values()];
}

/** Signs that belong to the words before them, so many at most. */
export const CLOSING_SIGNS = /^[”’"'»)\].,;:!?…]{1,4}/u;

/** @returns where the chip of a use stands: behind its words, and the signs that close them */
export function chipPlace(doc: Node, { stretches }: PlacedUse): number {
  const end = stretches.at(-1)?.to ?? 0;
  const line = doc.resolve(end);
  const after = line.parent.textBetween(
    line.parentOffset,
    Math.min(line.parent.content.size, line.parentOffset + 4),
    '\n',
    '\n',
  );
  return end + (CLOSING_SIGNS.exec(after)?.[0].length ?? 0);
}

/** @returns the use that a selection stands in, the innermost where several do */
export function placedAt(uses: readonly PlacedUse[], { from, to }: Stretch): PlacedUse | null {
  const around = uses.filter(({ stretches }) =>
    stretches.some((stretch) => stretch.from <= from && to <= stretch.to),
  );
  return around.sort((one, other) => length(one) - length(other))[0] ?? null;
}

/** @returns uses that some of the words between two positions stand in */
export function overlapping(uses: readonly PlacedUse[], { from, to }: Stretch): readonly PlacedUse[] {
  return uses.filter(({ stretches }) => stretches.some((one) => one.from < to && one.to > from));
}

function length({ stretches }: PlacedUse): number {
  return stretches.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** @returns the words of a use as they stand, its stretches apart by a line, or by the names that stand between them */
export function wordsOf(doc: Node, { stretches }: PlacedUse): string {
  let words = '';
  stretches.forEach(({ from, to }, at) => {
    if (at > 0) words += namesBetween(doc, (stretches[at - 1] as Stretch).to, from) ?? '\n';
    words += doc.textBetween(from, to, '\n', '\n');
  });
  return words;
}

/** @returns null where anything else stands there */
function namesBetween(doc: Node, from: number, to: number): string | null {
  let names = '';
  for (let at = from; at < to; at += 1) {
    const node = doc.nodeAt(at);
    if (node?.type.name !== REFERENCE) return null;
    names += referenceWords(node);
  }
  return names;
}
