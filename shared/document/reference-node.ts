import { Node } from '@tiptap/core';
import { REFERENCE, readReference, referenceOf, referenceText } from './reference-key.ts';

/**
 * Somebody, or a school, in running text. It holds no name: a page draws it from what it knows,
 * and where a text is written out, `drawnText` puts words in its place.
 */
export const ReferenceNode = Node.create({
  name: REFERENCE,
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  draggable: false,
  addAttributes() {
    // an empty default, not a required one: y-tiptap deletes a node that it cannot make
    return {
      kind: { default: '', rendered: false },
      id: { default: '', rendered: false },
    };
  },
  parseHTML() {
    return [
      {
        tag: 'span[data-reference]',
        getAttrs: (span) => {
          const found = readReference((span as HTMLElement).dataset.reference);
          return found ? { ...found } : false;
        },
      },
    ];
  },
  renderHTML({ node }) {
    const found = referenceOf(node.attrs);
    return ['span', found ? { 'data-reference': referenceText(found) } : {}];
  },
});
