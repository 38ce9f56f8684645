import { Extension, textblockTypeInputRule } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { isSafeHref } from '../../shared/document/links.ts';
import { slashState } from './slash-trigger.ts';
import { comesFromYjs } from './text-limit.ts';
import { heldSelectionPlugin } from './toolbar-store.ts';

export interface WritingKeysOptions {
  /** Alt+F10: to the toolbar. */
  toToolbar(): boolean;
  /** Ctrl or ⌘ K with words selected, or inside a link. */
  toLink(): boolean;
  /** Escape: sends the toolbar away. */
  away(): boolean;
}

/** For this long after the last own letter, others' name flags stay folded; milliseconds. */
const TYPING_FOR = 1_500;

/** Keys and small behaviours of the editor that no other extension has. */
export const WritingKeys = Extension.create<
  WritingKeysOptions,
  { timer: ReturnType<typeof setTimeout> | undefined }
>({
  name: 'writingKeys',
  priority: 1050,
  addOptions() {
    return { toToolbar: () => false, toLink: () => false, away: () => false };
  },
  addKeyboardShortcuts() {
    return {
      'Alt-F10': () => this.options.toToolbar(),
      Escape: () => this.options.away(),
      'Mod-k': () => {
        const { selection } = this.editor.state;
        if (selection.empty && !this.editor.isActive('link')) return false;
        return this.options.toLink();
      },
    };
  },
  addInputRules() {
    const heading = this.editor.schema.nodes.heading;
    if (!heading) return [];
    return [
      textblockTypeInputRule({ find: /^#\s$/, type: heading, getAttributes: { level: 3 } }),
      textblockTypeInputRule({ find: /^##\s$/, type: heading, getAttributes: { level: 4 } }),
    ];
  },
  addProseMirrorPlugins() {
    const { editor } = this;
    let leaving = false;
    return [
      heldSelectionPlugin(),
      new Plugin({
        key: new PluginKey('writingKeys'),
        props: {
          handleDOMEvents: {
            // Tab indents lists and walks through tables; after Escape it leaves the text instead.
            keydown(_view, event) {
              const leave = leaving && event.key === 'Tab';
              leaving = event.key === 'Escape' && slashState(editor.state) === null;
              return leave;
            },
          },
          handleClick(_view, _position, event) {
            const link = (event.target as Element).closest?.('a');
            if (!link || !(event.ctrlKey || event.metaKey || !editor.isEditable)) return false;
            const href = link.getAttribute('href');
            if (!isSafeHref(href)) return false;
            window.open(href, '_blank', 'noopener,noreferrer');
            return true;
          },
        },
      }),
    ];
  },
  onTransaction({ transaction }) {
    if (!transaction.docChanged || comesFromYjs(transaction)) return;
    const frame = this.editor.view.dom.parentElement;
    if (!frame) return;
    frame.classList.add('own-typing');
    clearTimeout(this.storage.timer);
    this.storage.timer = setTimeout(() => frame.classList.remove('own-typing'), TYPING_FOR);
  },
  onDestroy() {
    clearTimeout(this.storage.timer);
  },
  addStorage() {
    return { timer: undefined };
  },
});
