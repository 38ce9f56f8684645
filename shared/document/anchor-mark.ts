import { Mark } from '@tiptap/core';
import { ANCHOR_MARK, isOpaqueId } from './anchor-key.ts';

/**
 * Words that something is about, kept elsewhere. Anchors overlap with anything. What is
 * typed beside one is not part of it, what is typed within it is.
 */
export const Anchor = Mark.create({
  name: ANCHOR_MARK,
  excludes: '',
  inclusive: false,
  addAttributes() {
    return {
      // an empty default, not a required one: y-tiptap deletes words whose mark it cannot make
      id: {
        default: '',
        parseHTML: (span: HTMLElement) => span.getAttribute('data-anchor') ?? '',
        renderHTML: ({ id }: Readonly<Record<string, unknown>>) => ({ 'data-anchor': id }),
      },
    };
  },
  // for what a browser makes anew while somebody types; a paste comes without it
  parseHTML() {
    return [
      {
        tag: 'span[data-anchor]',
        getAttrs: (span) => (isOpaqueId((span as HTMLElement).dataset.anchor) ? null : false),
      },
    ];
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', HTMLAttributes, 0];
  },
});
