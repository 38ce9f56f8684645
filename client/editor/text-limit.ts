import { Extension } from '@tiptap/core';
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { SOFT_BLOCK_CHARACTERS } from '../../shared/document/block-parts.ts';
import { FULL, fieldCharacters, MOST_MARKUP, pasteRefusal, roomLeft, TOO_MUCH_MARKUP } from './block-room.ts';

export interface TextLimitOptions {
  doc: Y.Doc | null;
  /** Says to the writer why something was not taken. */
  refuse(reason: string): void;
}

/** @returns whether the transaction brings in what the block's Y.Doc already says (others' edits, undo) */
export function comesFromYjs(transaction: Transaction): boolean {
  return Boolean(
    (transaction.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined)?.isChangeOrigin,
  );
}

/**
 * Keeps a block under its soft limit in the page: text beyond it is refused with
 * its reason. Edits of others, and undo, always pass: they are in the block already.
 * An editor that may not write changes nothing, whatever its extensions would mend.
 */
export const TextLimit = Extension.create<TextLimitOptions>({
  name: 'textLimit',
  // before every extension that appends transactions of its own
  priority: 1100,
  addOptions() {
    return { doc: null, refuse: () => undefined };
  },
  addProseMirrorPlugins() {
    const { editor } = this;
    const { doc, refuse } = this.options;
    return [
      new Plugin({
        key: new PluginKey('textLimit'),
        filterTransaction(transaction) {
          if (!transaction.docChanged || comesFromYjs(transaction)) return true;
          if (!editor.isEditable) return false;
          // a node's size is never less than its text: most transactions are decided by one comparison
          const size = transaction.doc.content.size;
          if (!doc || size <= transaction.before.content.size) return true;
          const fields = fieldCharacters(doc);
          if (size + fields <= SOFT_BLOCK_CHARACTERS) return true;
          const before = transaction.before.textContent.length;
          const after = transaction.doc.textContent.length;
          if (after <= before || after + fields <= SOFT_BLOCK_CHARACTERS) return true;
          refuse(FULL);
          return false;
        },
        props: {
          handleDOMEvents: {
            // decided before the clipboard is parsed: a million characters cost nothing
            paste(view, event) {
              if (!doc || !editor.isEditable) return false;
              if ((event.clipboardData?.getData('text/html').length ?? 0) > MOST_MARKUP) {
                event.preventDefault();
                refuse(TOO_MUCH_MARKUP);
                return true;
              }
              const pasted = charactersIn(event.clipboardData);
              const replaced = view.state.selection.to - view.state.selection.from;
              const left = roomLeft(doc) + replaced;
              if (pasted <= left) return false;
              event.preventDefault();
              refuse(pasteRefusal(pasted, left));
              return true;
            },
            drop(_view, event) {
              if (!doc || !editor.isEditable) return false;
              const dropped = charactersIn(event.dataTransfer);
              const left = roomLeft(doc);
              if (dropped <= left) return false;
              event.preventDefault();
              refuse(pasteRefusal(dropped, left));
              return true;
            },
          },
        },
      }),
    ];
  },
});

/** As a text counts them: ends of lines make paragraphs, and are no characters. */
function charactersIn(transfer: DataTransfer | null): number {
  return transfer?.getData('text/plain').replace(/[\r\n]/g, '').length ?? 0;
}
