import type { Editor } from '@tiptap/core';
import { isTextSelection } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

export type ToolbarView =
  /** Nothing is selected. */
  | 'hidden'
  /** Beside selected words. */
  | 'text'
  /** The caret stands in a table: only a small button, to its controls. */
  | 'table';

/** Where the keyboard was asked to go: into the toolbar, its link form, or the table's controls. */
export type ToolbarPart = 'buttons' | 'link' | 'table';

export interface ToolbarState {
  readonly view: ToolbarView;
  /** Has the keyboard now; null while the text has it. */
  readonly entered: ToolbarPart | null;
}

const HIDDEN: ToolbarState = { view: 'hidden', entered: null };
const heldKey = new PluginKey<boolean>('heldSelection');

/** Keeps what is selected visible while the keyboard is in the toolbar. */
export function heldSelectionPlugin(): Plugin<boolean> {
  return new Plugin<boolean>({
    key: heldKey,
    state: {
      init: () => false,
      apply: (transaction, held) => (transaction.getMeta(heldKey) as boolean | undefined) ?? held,
    },
    props: {
      decorations(state) {
        const { from, to, empty } = state.selection;
        if (empty || !heldKey.getState(state)) return null;
        return DecorationSet.create(state.doc, [Decoration.inline(from, to, { class: 'held' })]);
      },
    },
  });
}

/** Decides when an editor's toolbar is there; drawn by Toolbar.tsx. */
export class ToolbarStore {
  private readonly editor: Editor;
  private state: ToolbarState = HIDDEN;
  private readonly listeners = new Set<() => void>();
  /** Shown only once the mouse is let go: nothing jumps under it. */
  private dragging = false;
  /** The selection for which Escape sent the toolbar away. */
  private dismissed: string | null = null;

  constructor(editor: Editor) {
    this.editor = editor;
    editor.on('selectionUpdate', this.decide);
    editor.on('focus', this.decide);
    editor.on('blur', this.decide);
    editor.view.dom.addEventListener('pointerdown', this.onPointerDown);
    window.addEventListener('pointerup', this.onPointerUp);
  }

  watch = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get = (): ToolbarState => this.state;

  /** Gives the keyboard to the toolbar. @returns whether there is one to go to */
  enter(part: ToolbarPart): boolean {
    if (!this.editor.isEditable) return false;
    const view = this.wanted() === 'hidden' ? 'text' : this.wanted();
    this.set({ view, entered: view === 'table' && part === 'buttons' ? 'table' : part });
    this.hold(true);
    return true;
  }

  /** Gives the keyboard back to the text. @param away whether the toolbar shall go, too */
  leave(away = false): void {
    if (away) this.dismissed = this.selected();
    this.hold(false);
    this.set({ ...this.state, entered: null });
    this.editor.view.focus();
    this.decide();
  }

  /** The keyboard went elsewhere on the page. */
  left = (): void => {
    this.hold(false);
    this.set({ ...this.state, entered: null });
    this.decide();
  };

  /** @returns whether there was a toolbar to send away */
  dismiss(): boolean {
    if (this.state.view !== 'text') return false;
    this.dismissed = this.selected();
    this.decide();
    return true;
  }

  destroy(): void {
    this.editor.off('selectionUpdate', this.decide);
    this.editor.off('focus', this.decide);
    this.editor.off('blur', this.decide);
    if (!this.editor.isDestroyed) this.editor.view.dom.removeEventListener('pointerdown', this.onPointerDown);
    window.removeEventListener('pointerup', this.onPointerUp);
    this.listeners.clear();
  }

  private readonly decide = (): void => {
    if (this.state.entered !== null || this.editor.isDestroyed) return;
    if (this.dismissed !== null && this.dismissed !== this.selected()) this.dismissed = null;
    const shown = this.editor.isFocused && !this.dragging && this.dismissed === null;
    this.set({ view: shown ? this.wanted() : 'hidden', entered: null });
  };

  private wanted(): ToolbarView {
    const { editor } = this;
    if (!editor.isEditable) return 'hidden';
    const { selection, doc } = editor.state;
    if (!selection.empty && (isTextSelection(selection) || editor.isActive('table'))) {
      if (doc.textBetween(selection.from, selection.to, ' ').trim() !== '') return 'text';
    }
    return editor.isActive('table') ? 'table' : 'hidden';
  }

  private selected(): string {
    const { from, to } = this.editor.state.selection;
    return `${from} ${to}`;
  }

  private hold(held: boolean): void {
    this.editor.view.dispatch(this.editor.state.tr.setMeta(heldKey, held));
  }

  private set(next: ToolbarState): void {
    if (next.view === this.state.view && next.entered === this.state.entered) return;
    this.state = next;
    for (const listener of [...this.listeners]) listener();
  }

  private readonly onPointerDown = (): void => {
    this.dragging = true;
    this.decide();
  };

  private readonly onPointerUp = (): void => {
    if (!this.dragging) return;
    this.dragging = false;
    this.decide();
  };
}
