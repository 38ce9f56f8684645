import type { Editor } from '@tiptap/core';
import type { CasePageState } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { goToSection, letPlaceGo } from './page-place.ts';

/** Milliseconds that an editor may take to come before the words stay where they are. */
const PATIENCE = 4_000;

/**
 * Writes words into the text of a section as this person's own: at the caret, where
 * it was last in that section, else as a paragraph at the end.
 * @returns whether they stand there now
 */
export async function putWordsBack(
  page: CasePageState,
  section: CaseSection,
  words: string,
): Promise<boolean> {
  if (!section.section.prose) return false;
  const caretHere = page.mounting.focused === section.blockId;
  goToSection(page, section, false);
  page.mounting.ask(section.blockId);
  const editor = await editorOf(page, section.blockId);
  if (!editor || editor.isDestroyed || !editor.isEditable) return false;
  // The words make the section longer; held, it would go back to its top, away from them.
  letPlaceGo();
  return insertWords(editor, words, caretHere);
}

/** @returns whether the editor took them */
export function insertWords(editor: Editor, words: string, atCaret: boolean): boolean {
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return true;
  const before = editor.state.doc;
  const { $from } = editor.state.selection;
  if (atCaret && lines.length === 1 && $from.parent.inlineContent) {
    const at = editor.state.selection.to;
    const text = lines[0] as string;
    editor
      .chain()
      .insertContentAt(at, { type: 'text', text })
      .setTextSelection({ from: at, to: at + text.length })
      .scrollIntoView()
      .focus()
      .run();
  } else {
    const last = before.lastChild;
    const emptyEnd = last?.type.name === 'paragraph' && last.content.size === 0;
    const at = emptyEnd
      ? { from: before.content.size - last.nodeSize, to: before.content.size }
      : before.content.size;
    const start = typeof at === 'number' ? at : at.from;
    const content = lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }));
    const size = lines.reduce((sum, line) => sum + line.length + 2, 0);
    editor
      .chain()
      .insertContentAt(at, content)
      .setTextSelection({ from: start + 1, to: start + size - 1 })
      .scrollIntoView()
      .focus()
      .run();
  }
  return !editor.state.doc.eq(before);
}

/** The section's editor, now or when it has come; null where none comes. */
export function editorOf(page: CasePageState, blockId: string): Promise<Editor | null> {
  const value = page.editor(blockId);
  const now = value.get();
  if (now) return Promise.resolve(now);
  return new Promise((resolve) => {
    const end = (editor: Editor | null) => {
      unwatch();
      clearTimeout(timer);
      resolve(editor);
    };
    const unwatch = value.watch(() => {
      const editor = value.get();
      if (editor) end(editor);
    });
    const timer = setTimeout(() => end(null), PATIENCE);
  });
}
