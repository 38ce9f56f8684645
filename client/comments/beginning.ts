import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import { placeOfSelected } from '../../shared/document/anchors.ts';
import type { CaseSection } from '../case-study/case-sections.ts';
import { newId } from '../ui/new-id.ts';
import { showToast } from '../ui/toast.ts';
import { begunWords } from './begun-words.ts';
import type { CommentsHere, NewTarget, NewThread } from './comments-here.ts';
import { editorPlace } from './flat-places.ts';
import { editorText, markWords, selectedIn, TOO_MANY_WORDS, unmarkWords } from './selected-words.ts';
import type { TextsHere } from './texts-here.ts';

/** Lets go of a thread that was begun, and of the mark that was set for it. */
export function dropThread(here: CommentsHere, texts: TextsHere, { id, blockId, target }: Begun): void {
  if (target.on === 'range') unmark(texts, blockId, target.anchor);
  here.end(id);
}

function unmark(texts: TextsHere, blockId: string, anchor: string): void {
  begunWords.hide(anchor);
  const editor = texts.editorOf(blockId);
  if (editor && texts.writesIn(blockId)) unmarkWords(editor, anchor);
}

/**
 * Changes what is written of a thread. Its words are marked while there is something to say about
 * them: a box that was only opened leaves no mark.
 */
export function changeThread(
  here: CommentsHere,
  texts: TextsHere,
  thread: NewThread,
  change: NewWords,
): void {
  const { target, blockId } = thread;
  if (target.on === 'range' && change.words !== undefined) {
    if (change.words.trim() === '') unmark(texts, blockId, target.anchor);
    else if (thread.words.trim() === '') markBegun(texts, blockId, target);
  }
  here.change(thread.id, change);
}

type NewWords = Partial<Pick<NewThread, 'words' | 'mentions' | 'audience'>>;

function markBegun(texts: TextsHere, blockId: string, target: Extract<NewTarget, { on: 'range' }>): void {
  begunWords.hide(target.anchor);
  const editor = texts.editorOf(blockId);
  // whoever may not write has it set by the server, with their comment
  if (!editor || !texts.writesIn(blockId)) return;
  const text = editorText(editor);
  const flat = text.marks.has(target.anchor)
    ? null
    : placeOfSelected(text, { ...target.selected, occurrence: target.selected.occurrence ?? 0 });
  const place = flat && editorPlace(editor.state.doc, flat);
  // where the words are gone meanwhile, the comment says what they were
  if (place) markWords(editor, target.anchor, place);
}

type Begun = Pick<NewThread, 'id' | 'blockId' | 'target'>;

export function beginThread(here: CommentsHere, texts: TextsHere, blockId: string, target: NewTarget): void {
  // one that stands empty would only be in the way
  for (const one of here.begun.get()) {
    if (one.words.trim() !== '') continue;
    if (sameTarget(one.target, target) && one.blockId === blockId) {
      here.inHand.set(one.id);
      return;
    }
    dropThread(here, texts, one);
  }
  here.begin({
    ...{ id: newId(), act: newId(), blockId, target, audience: 'team' },
    words: '',
    mentions: [],
  });
}

function sameTarget(one: NewTarget, other: NewTarget): boolean {
  return one.on !== 'range' && JSON.stringify(one) === JSON.stringify(other);
}

/** On the words that are selected; with nothing selected, on the line that the caret is in. */
export function beginOnWords(here: CommentsHere, texts: TextsHere, blockId: string, editor: Editor): void {
  const place = wordsMeant(editor);
  if (!place) {
    beginThread(here, texts, blockId, { on: 'section' });
    return;
  }
  const selected = selectedIn(editor, place);
  if (!selected) {
    showToast({ text: TOO_MANY_WORDS, tone: 'bad' });
    return;
  }
  const anchor = newId();
  beginThread(here, texts, blockId, { on: 'range', anchor, selected });
  begunWords.show(anchor, editor, place);
}

/** @returns null where the caret stands in an empty line */
export function wordsMeant(editor: Editor): { from: number; to: number } | null {
  const { selection, doc } = editor.state;
  const { $from } = selection;
  let { from, to } = (selection instanceof TextSelection ? drawnSelection(editor) : null) ?? selection;
  if (from === to && $from.parent.isTextblock) [from, to] = [$from.start(), $from.end()];
  return doc.textBetween(from, to, ' ', ' ').trim() === '' ? null : { from, to };
}

/** What is selected on the page: an editor hears of it a little later, and a key may come sooner. */
function drawnSelection({ view }: Editor): { from: number; to: number } | null {
  const drawn = document.getSelection();
  if (!drawn?.anchorNode || !drawn.focusNode) return null;
  if (!view.dom.contains(drawn.anchorNode) || !view.dom.contains(drawn.focusNode)) return null;
  const anchor = view.posAtDOM(drawn.anchorNode, drawn.anchorOffset);
  const focus = view.posAtDOM(drawn.focusNode, drawn.focusOffset);
  return { from: Math.min(anchor, focus), to: Math.max(anchor, focus) };
}

/** @returns what a field is called, by its key in the block */
export function fieldName({ section }: CaseSection, key: string): string {
  const parts = key.split('/');
  for (const field of section.fields) {
    if (!parts.includes(field.id)) continue;
    if (field.kind !== 'group') return field.label;
    return field.fields.find(({ id }) => parts.at(-1) === id)?.label ?? field.label;
  }
  return 'a field';
}
