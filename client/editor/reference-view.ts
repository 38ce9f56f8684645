import type { Node } from '@tiptap/pm/model';
import { NOBODY_NAMED } from '../../shared/document/drawn-text.ts';
import { REFERENCE, referenceOf, referenceText } from '../../shared/document/reference-key.ts';
import { ReferenceNode } from '../../shared/document/reference-node.ts';
import { nameHere, namesHere } from './names-here.ts';

/** @returns how a reference is drawn here */
export function referenceWords(node: Pick<Node, 'attrs'>): string {
  const found = referenceOf(node.attrs);
  return (found && namesHere.get().draw(found)) || NOBODY_NAMED;
}

/** Words of what is no text, for where an editor's text is read: of a reference as it is drawn. */
export function leafWords(node: Node): string {
  return node.type.name === REFERENCE ? referenceWords(node) : '\n';
}

/** The node as this page draws and copies it: whoever is named otherwise is drawn anew. */
export const DrawnReference = ReferenceNode.extend({
  renderHTML({ node }) {
    const found = referenceOf(node.attrs);
    return ['span', found ? { 'data-reference': referenceText(found) } : {}, referenceWords(node)];
  },
  renderText: ({ node }) => referenceWords(node),
  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement('span');
      dom.className = 'named reference';
      const draw = () => {
        const found = referenceOf(node.attrs);
        const words = referenceWords(node);
        const who = (found && nameHere(found)?.who) || '';
        dom.textContent = words;
        dom.title = who === '' || who === words ? '' : `${who}: this is how the text names them`;
      };
      draw();
      const end = namesHere.watch(draw);
      return { dom, destroy: end, ignoreMutation: () => true };
    };
  },
});
