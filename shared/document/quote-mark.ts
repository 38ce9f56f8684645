import { Mark } from '@tiptap/core';
import { QUOTE_MARK, quoteUse } from './quote-key.ts';

/**
 * Words of somebody, as one use of a quote. It may hold several ranges, and overlap with
 * anything, other quotes too. What is typed behind it is not said by anybody; what is
 * typed within it belongs to it, and so is no longer what was verified (QUOTE-2).
 */
export const Quote = Mark.create({
  name: QUOTE_MARK,
  excludes: '',
  inclusive: false,
  addAttributes() {
    // an empty default, not a required one: y-tiptap deletes words whose mark it cannot make
    return { quote: attribute('quote'), use: attribute('use') };
  },
  // for what a browser makes anew while somebody types; a paste comes without it
  parseHTML() {
    return [
      {
        tag: 'span[data-quote][data-use]',
        getAttrs: (span) => {
          const { quote, use } = (span as HTMLElement).dataset;
          return quoteUse({ quote, use }) ?? false;
        },
      },
    ];
  },
  renderHTML({ HTMLAttributes }) {
    return ['span', HTMLAttributes, 0];
  },
});

function attribute(name: string) {
  return {
    default: '',
    parseHTML: (span: HTMLElement) => span.getAttribute(`data-${name}`) ?? '',
    renderHTML: (attributes: Readonly<Record<string, unknown>>) => ({ [`data-${name}`]: attributes[name] }),
  };
}
