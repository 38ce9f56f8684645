import type * as Y from 'yjs';
import { plainCharacters } from '../../shared/document/plain-characters.ts';
import { LOCAL_EDIT } from '../sync/local-edit.ts';
import { groupedNumber } from '../ui/grouped-number.ts';
import { FULL, pasteRefusal, roomLeft } from './block-room.ts';
import { editBetween, mapIndex, mapLetters, type TextDelta } from './text-edit.ts';

export interface BoundTextOptions {
  readonly undo: Y.UndoManager;
  /** Longest text of this field, UTF-16 code units. */
  readonly limit: number;
  /** Why something was not taken; null when the next edit was. */
  refuse(reason: string | null): void;
  /** The text that stands in the element, after every change. */
  shown(value: string): void;
}

type TextElement = HTMLInputElement | HTMLTextAreaElement;

/**
 * Binds a plain input or textarea to a Y.Text: each edit goes in as the one
 * replacement that it is, edits of others leave the caret on its letter, undo is the
 * replica's. While a word is being composed (IME), the element is left alone.
 * @returns ends the binding
 */
export function bindText(element: TextElement, text: Y.Text, options: BoundTextOptions): () => void {
  const doc = text.doc as Y.Doc;
  /** What the element held when it last agreed with the Y.Text. */
  let agreed = '';
  let composing = false;
  /** Edits of others that wait for the end of a composition. */
  let waiting: TextDelta[] = [];

  const show = (caret: readonly [number, number] | null) => {
    agreed = showable(element, text.toString());
    if (element.value !== agreed) element.value = agreed;
    if (caret && element.ownerDocument.activeElement === element) element.setSelectionRange(...caret);
    options.shown(agreed);
  };

  const take = () => {
    const typed = element.value;
    const caret = element.selectionStart ?? typed.length;
    const edit = editBetween(agreed, typed, caret);
    if (!edit) {
      if (waiting.length > 0) show([mapped(caret), mapped(caret)]);
      waiting = [];
      return;
    }
    const grows = edit.insert.length - edit.remove;
    const refusal = isPlain(text) ? (grows > 0 ? whyNot(edit.insert.length, grows) : null) : BEING_PUT_RIGHT;
    options.refuse(refusal);
    const from = mapped(edit.index);
    const gone = mapLetters(edit.index, edit.remove, waiting);
    waiting = [];
    if (refusal !== null) {
      show([edit.index + edit.remove, edit.index + edit.remove]);
      return;
    }
    const insert = plainCharacters(edit.insert);
    doc.transact(() => {
      keepShowable(element, text);
      for (const place of gone) text.delete(place, 1);
      if (insert !== '') text.insert(from, insert);
    }, LOCAL_EDIT);
    show(text.toString() === typed ? null : [from + insert.length, from + insert.length]);
  };

  const mapped = (index: number) => waiting.reduce((at, delta) => mapIndex(at, delta), index);

  const whyNot = (inserted: number, grows: number): string | null => {
    const left = options.limit - text.length;
    if (grows > left) return fieldRefusal(options.limit, inserted, left);
    const room = roomLeft(doc);
    if (grows > room) return inserted > 1 ? pasteRefusal(inserted, room) : FULL;
    return null;
  };

  const onYText = (event: Y.YTextEvent) => {
    if (event.transaction.origin === LOCAL_EDIT && !composing && element.value === text.toString()) return;
    const delta = event.changes.delta as TextDelta;
    if (composing) {
      waiting.push(delta);
      return;
    }
    const start = element.selectionStart ?? 0;
    const end = element.selectionEnd ?? start;
    if (event.transaction.origin === options.undo) {
      const after = lastTouched(delta);
      show([after, after]);
    } else show([mapIndex(start, delta), mapIndex(end, delta)]);
  };

  const onInput = () => {
    if (!composing) take();
    else options.shown(element.value);
  };
  const onCompositionStart = () => {
    composing = true;
  };
  const onCompositionEnd = () => {
    composing = false;
    take();
  };

  text.observe(onYText);
  element.addEventListener('input', onInput);
  element.addEventListener('compositionstart', onCompositionStart);
  element.addEventListener('compositionend', onCompositionEnd);
  show(null);
  return () => {
    // a word half composed is typed: it is not left behind
    if (composing) onCompositionEnd();
    text.unobserve(onYText);
    element.removeEventListener('input', onInput);
    element.removeEventListener('compositionstart', onCompositionStart);
    element.removeEventListener('compositionend', onCompositionEnd);
  };
}

/** What raw data put beside the letters counts as a place in the Y.Text, and is not in the element: letters would go astray. */
function isPlain(text: Y.Text): boolean {
  return text.length === text.toString().length;
}

const BEING_PUT_RIGHT =
  'Something in this field can’t be shown here. It is being put right; write on in a moment.';

/** Why a text field takes no more. */
export function fieldRefusal(limit: number, inserted: number, left: number): string {
  return inserted > 1
    ? `That is ${groupedNumber(inserted)} characters, and there is room for ${groupedNumber(Math.max(0, left))}. Nothing was pasted.`
    : `This field takes ${groupedNumber(limit)} characters. What stands here is kept.`;
}

/** An input shows no line ends, a textarea knows only one kind of them. */
function showable(element: TextElement, text: string): string {
  return text.replace(element.tagName === 'INPUT' ? /[\r\n]/g : /\r/g, '');
}

/** Takes out what the element cannot show, so that places in both are the same; only ever with an own edit. */
function keepShowable(element: TextElement, text: Y.Text): void {
  const whole = text.toString();
  if (showable(element, whole) === whole) return;
  for (let index = whole.length - 1; index >= 0; index--) {
    if (showable(element, whole[index] as string) === '') text.delete(index, 1);
  }
}

/** Where an undo left off: behind what it brought back, or where it took away. */
function lastTouched(delta: TextDelta): number {
  let at = 0;
  let touched = 0;
  for (const part of delta) {
    if (part.retain !== undefined) at += part.retain;
    else if (part.delete !== undefined) touched = at;
    else {
      at += typeof part.insert === 'string' ? part.insert.length : 1;
      touched = at;
    }
  }
  return touched;
}
