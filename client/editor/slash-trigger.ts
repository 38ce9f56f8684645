import { type Editor, Extension } from '@tiptap/core';
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { type Insertion, insertionsFor } from './insertions.ts';
import { comesFromYjs } from './text-limit.ts';

/** What opens the menu: of things to put in, or of people and schools to refer to. */
export type MenuSign = '/' | '@';

/** The menu that a typed sign opens: where the sign stands, what follows it, which entry is marked. */
export interface SlashState {
  readonly sign: MenuSign;
  readonly from: number;
  readonly query: string;
  readonly index: number;
}

const slashKey = new PluginKey<SlashState | null>('slashMenu');
const QUERIES: Readonly<Record<MenuSign, RegExp>> = {
  '/': /(?:^|\s)\/([\p{L}\p{N} ]{0,20})$/u,
  '@': /(?:^|[\s([“‘"'—–])@([\p{L}\p{M}\p{N} .'’-]{0,20})$/u,
};

type SlashMeta = { readonly kind: 'close' } | { readonly kind: 'mark'; readonly index: number };

/** @returns the open menu of an editor, or null */
export function slashState(state: EditorState): SlashState | null {
  return slashKey.getState(state) ?? null;
}

export function markInsertion(editor: Editor, index: number): void {
  editor.view.dispatch(editor.state.tr.setMeta(slashKey, { kind: 'mark', index } satisfies SlashMeta));
}

export function closeSlash(editor: Editor): void {
  editor.view.dispatch(editor.state.tr.setMeta(slashKey, { kind: 'close' } satisfies SlashMeta));
}

/** Puts an insertion in place of the slash and what was typed after it. */
export function chooseInsertion(editor: Editor, insertion: Insertion): void {
  const open = slashState(editor.state);
  if (!open) return;
  const to = editor.state.selection.from;
  insertion.run(editor.chain().focus().deleteRange({ from: open.from, to })).run();
  insertion.after?.(editor)?.();
}

/** What stands between the beginning of the line, or the slash, and the caret. */
function typedQuery(state: EditorState): Omit<SlashState, 'index'> | null {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.isTextblock) return null;
  const before = $from.parent.textBetween(
    Math.max(0, $from.parentOffset - 24),
    $from.parentOffset,
    '\n',
    '\ufffc',
  );
  for (const sign of ['/', '@'] as const) {
    const query = QUERIES[sign].exec(before)?.[1];
    if (query !== undefined) return { sign, from: $from.pos - query.length - 1, query };
  }
  return null;
}

declare module '@tiptap/core' {
  interface Storage {
    slashTrigger: { listId: string };
  }
}

let counted = 0;

/** Notices a typed `/`, and gives the menu the keys while it is open. The menu itself is drawn elsewhere. */
export const SlashTrigger = Extension.create<object, { listId: string }>({
  name: 'slashTrigger',
  // its keys come before those of lists and tables
  priority: 1060,
  addStorage() {
    counted += 1;
    return { listId: `insertions-${counted}` };
  },
  addProseMirrorPlugins() {
    const { editor } = this;
    const { listId } = this.storage;
    return [
      new Plugin<SlashState | null>({
        key: slashKey,
        state: {
          init: () => null,
          apply(transaction, open, _before, state) {
            const meta = transaction.getMeta(slashKey) as SlashMeta | undefined;
            if (meta?.kind === 'close') return null;
            if (meta?.kind === 'mark') return open && { ...open, index: meta.index };
            if (transaction.getMeta('blur') || !editor.isEditable) return null;
            if (!open && (!transaction.docChanged || comesFromYjs(transaction))) return null;
            if (open && !transaction.docChanged && !transaction.selectionSet) return open;
            const typed = typedQuery(state);
            if (!typed) return null;
            // it opens where a slash is typed, not where one already stood
            const isNew = open?.sign !== typed.sign || open.from !== typed.from;
            if (isNew && typed.query !== '') return null;
            const fitting = insertionsFor(typed, editor).length;
            // whoever has nobody to refer to types an ordinary sign
            if (fitting === 0 && (/\s/.test(typed.query) || (typed.sign === '@' && typed.query === ''))) {
              return null;
            }
            return { ...typed, index: !isNew && typed.query === open.query ? open.index : 0 };
          },
        },
        props: {
          attributes(state): Record<string, string> {
            const open = slashKey.getState(state);
            if (!open) return {};
            return {
              'aria-autocomplete': 'list',
              'aria-controls': listId,
              'aria-activedescendant': `${listId}-${open.index}`,
            };
          },
          handleKeyDown(_view, event) {
            const open = slashState(editor.state);
            if (!open || event.isComposing) return false;
            if (event.key === 'Escape') {
              closeSlash(editor);
              return true;
            }
            const insertions = insertionsFor(open, editor);
            if (insertions.length === 0) return false;
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step !== undefined) {
              markInsertion(editor, (open.index + step + insertions.length) % insertions.length);
              return true;
            }
            if (event.key !== 'Enter' && event.key !== 'Tab') return false;
            const chosen = insertions[open.index];
            if (chosen) chooseInsertion(editor, chosen);
            return true;
          },
        },
      }),
    ];
  },
});
