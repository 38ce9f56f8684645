import { Mark } from '@tiptap/core';
import {
  MORE_ATTRIBUTES,
  SUGGESTION_MARKS,
  type SuggestionMarkName,
  suggestionMark,
} from './suggestion-key.ts';

/** How each is drawn: as what a screen reader calls an insertion and a deletion, where there is such a word. */
const TAGS: Readonly<Record<SuggestionMarkName, string>> = {
  insertion: 'ins',
  deletion: 'del',
  styling: 'span',
  seam: 'span',
};

/** The marks that suggestions are made of: they overlap, and what is typed beside one is not part of it. */
export const SuggestionMarks = SUGGESTION_MARKS.map((name) =>
  Mark.create({
    name,
    excludes: '',
    inclusive: false,
    addAttributes() {
      // empty defaults, not required ones: y-tiptap deletes words whose mark it cannot make
      const texts = ['id', 'author'].map((key) => [key, attribute(name, key, '')]);
      const more = MORE_ATTRIBUTES[name].map((key) => [key, attribute(name, key, '')]);
      return Object.fromEntries([...texts, ['at', attribute(name, 'at', 0)], ...more]);
    },
    // for what a browser makes anew while somebody types; a paste comes without it
    parseHTML() {
      return [
        {
          tag: `${TAGS[name]}[data-${name}-id]`,
          getAttrs: (element) => {
            const attrs = ['id', 'author', 'at', ...MORE_ATTRIBUTES[name]].map((key) => [
              key,
              read(element as HTMLElement, name, key),
            ]);
            return suggestionMark(name, Object.fromEntries(attrs)) ? null : false;
          },
        },
      ];
    },
    renderHTML({ HTMLAttributes }) {
      return [TAGS[name], HTMLAttributes, 0];
    },
  }),
);

function attribute(name: SuggestionMarkName, key: string, otherwise: string | number) {
  return {
    default: otherwise,
    parseHTML: (element: HTMLElement) => read(element, name, key),
    renderHTML: (attributes: Readonly<Record<string, unknown>>) => ({
      [`data-${name}-${key}`]: attributes[key],
    }),
  };
}

function read(element: HTMLElement, name: SuggestionMarkName, key: string): string | number {
  const value = element.getAttribute(`data-${name}-${key}`) ?? '';
  return key === 'at' ? Number(value) : value;
}
