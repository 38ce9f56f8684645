import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { QUOTE_MARK, quoteUse } from '../../shared/document/quote-key.ts';

export interface PasteFacts {
  /** Whether it is a quote of this case. */
  isKnown(quote: string): boolean;
  /** Whether the use still stands somewhere: then what is pasted is a copy of it. */
  stands(use: string): boolean;
  newId(): string;
}

/**
 * What was cut keeps its use; a copy of a quote is a new use of it, and has to match on
 * its own. Words of another case are quoted by nobody here.
 */
export function renewedUses(slice: Slice, facts: PasteFacts): Slice {
  const renewed = new Map<string, string>();
  const renewedUse = (use: string): string => {
    const known = renewed.get(use) ?? (facts.stands(use) ? facts.newId() : use);
    renewed.set(use, known);
    return known;
  };
  const visit = (node: Node): Node => {
    if (!node.isText) return node.copy(fragment(node.content));
    if (!node.marks.some(({ type }) => type.name === QUOTE_MARK)) return node;
    return node.mark(
      node.marks.flatMap((mark) => {
        if (mark.type.name !== QUOTE_MARK) return [mark];
        const use = quoteUse(mark.attrs);
        if (!use || !facts.isKnown(use.quote)) return [];
        return [mark.type.create({ quote: use.quote, use: renewedUse(use.use) })];
      }),
    );
  };
  const fragment = (content: Fragment): Fragment => {
    const nodes: Node[] = [];
    content.forEach((node) => {
      nodes.push(visit(node));
    });
    return Fragment.from(nodes);
  };
  return new Slice(fragment(slice.content), slice.openStart, slice.openEnd);
}
