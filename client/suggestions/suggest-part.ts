import type { Editor } from '@tiptap/core';
import { Selection, type Transaction } from '@tiptap/pm/state';
import { strokesOf } from '../../shared/suggestions/suggesting.ts';
import type { SuggestPart } from '../editor/suggest-slot.ts';
import { comesFromYjs } from '../editor/text-limit.ts';
import { plainChange, suggestedChange } from './suggested-change.ts';

export interface SuggestPartPorts {
  readonly author: string;
  isSuggesting(): boolean;
  newId(): string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Something was asked for that cannot be suggested. */
  refused(): void;
}

/** While somebody suggests, all that they do in the text is a suggestion. */
export function suggestPart(editor: Editor, ports: SuggestPartPorts): SuggestPart {
  return {
    dispatch(wanted, next) {
      if (!wanted.docChanged || comesFromYjs(wanted)) return next(wanted);
      if (!ports.isSuggesting()) return next(plainChange(wanted));
      const by = { id: ports.newId(), author: ports.author, at: ports.now() };
      const made = suggestedChange(editor.state, wanted, by);
      if (made) return writeStrokes(editor, made, next);
      ports.refused();
      // what a browser drew already is drawn anew
      next(editor.state.tr);
    },
  };
}

/** One transaction for each: see `strokesOf`. */
function writeStrokes(editor: Editor, made: Transaction, next: (transaction: Transaction) => void): void {
  for (const steps of strokesOf(made)) {
    const stroke = editor.state.tr;
    for (const step of steps) stroke.step(step);
    next(stroke.setMeta('preventAutolink', true));
  }
  const { tr } = editor.state;
  if (!tr.doc.eq(made.doc)) return;
  next(tr.setSelection(Selection.fromJSON(tr.doc, made.selection.toJSON())).scrollIntoView());
}
