import type { EditorState } from '@tiptap/pm/state';
import { type SuggestionMark, suggestionMark, suggestionName } from '../../shared/document/suggestion-key.ts';

/** A suggestion as it stands in the editor: where it begins, and which it is. */
export interface SuggestionHere {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** @returns all suggestions in the order of the text, each with the first stretch that it marks */
export function suggestionsHere(state: EditorState): readonly SuggestionHere[] {
  const found = new Map<string, SuggestionHere>();
  state.doc.descendants((node, from) => {
    for (const mark of node.isText ? marksOf(node) : []) {
      const name = suggestionName(mark);
      if (!found.has(name)) found.set(name, { name, from, to: from + node.nodeSize });
    }
  });
  return [...found.values()];
}

/** @returns names of those that are selected, or that the caret stands in or beside */
export function suggestionsAt({ doc, selection }: EditorState): readonly string[] {
  const names = new Set<string>();
  const { from, to, $head, empty } = selection;
  if (empty) {
    for (const node of [$head.nodeBefore, $head.nodeAfter])
      for (const mark of node?.isText ? marksOf(node) : []) names.add(suggestionName(mark));
  } else {
    doc.nodesBetween(from, to, (node) => {
      for (const mark of node.isText ? marksOf(node) : []) names.add(suggestionName(mark));
    });
  }
  return [...names];
}

function marksOf(node: EditorState['doc']): readonly SuggestionMark[] {
  return node.marks.flatMap(({ type, attrs }) => suggestionMark(type.name, attrs) ?? []);
}
