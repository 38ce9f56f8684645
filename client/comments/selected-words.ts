import type { Editor } from '@tiptap/core';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import type { ThreadAct } from '../../shared/api/comments.ts';
import {
  type AnchoredText,
  anchoredText,
  keptWords,
  MOST_ANCHORED,
  removeAnchor,
  setAnchor,
} from '../../shared/document/anchors.ts';
import type { Place } from '../../shared/document/flat-text.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { flatPlace } from './flat-places.ts';

export type SelectedWords = Extract<ThreadAct, { kind: 'placed' }>['selected'];

/** Why words can't be commented on. */
export const TOO_MANY_WORDS = `Select fewer words: ${MOST_ANCHORED.toLocaleString('en-GB')} letters at most. A whole section can be commented on as such.`;

export function editorText(editor: Editor): AnchoredText {
  return anchoredText(editor.state.doc.toJSON() as ProseMirrorJson);
}

/** @returns words of an editor's document, to be found again; null where there are none, or too many */
export function selectedIn(editor: Editor, { from, to }: Place): SelectedWords | null {
  const { doc } = editor.state;
  return selectedAt(editorText(editor), flatPlace(doc, { from, to }));
}

export function selectedAt(text: AnchoredText, place: Place): SelectedWords | null {
  const kept = keptWords(text, place);
  if (!kept) return null;
  const around = kept.prefix + kept.quote + kept.suffix;
  let occurrence = 0;
  for (let at = text.plain.indexOf(around); at !== -1; at = text.plain.indexOf(around, at + 1)) {
    const from = text.offsets[at + kept.prefix.length];
    if (from === undefined || from >= place.from) break;
    occurrence += 1;
  }
  return { ...kept, occurrence };
}

/**
 * Marks words as what a thread is about, and those it was about before no more. In the shared text itself, so that it is no change of the
 * editor's: nobody undoes it, and it is none that is suggested.
 * @returns whether they are marked now
 */
export function markWords(editor: Editor, anchor: string, place: Place): boolean {
  const doc = editor.isDestroyed ? null : sharedDoc(editor);
  if (!doc) return false;
  const words = flatPlace(editor.state.doc, place);
  doc.transact(() => setAnchor(doc, editorText(editor), anchor, words));
  return editorText(editor).marks.has(anchor);
}

export function unmarkWords(editor: Editor, anchor: string): void {
  const doc = editor.isDestroyed ? null : sharedDoc(editor);
  if (doc) removeAnchor(doc, editorText(editor), anchor);
}

function sharedDoc(editor: Editor): Y.Doc | null {
  return (ySyncPluginKey.getState(editor.state) as { doc: Y.Doc } | undefined)?.doc ?? null;
}

/** Elements that are a line of their own in a reading copy (`html.ts`). */
const LINES = '.prose :is(p, h3, h4, h5, h6)';

/** A reading copy's text as the server reads it, for as much as it shows. */
export function copyText(copy: Element): AnchoredText {
  const content = [...copy.querySelectorAll(LINES)].map((line) => ({
    type: 'paragraph',
    content: [{ type: 'text', text: lineText(line) }],
  }));
  return anchoredText({ type: 'doc', content });
}

/** @returns where a stretch of a reading copy stands in its text */
export function copyPlace(copy: Element, range: Range): Place {
  let length = 0;
  let from = -1;
  let to = 0;
  for (const line of copy.querySelectorAll(LINES)) {
    const whole = document.createRange();
    whole.selectNodeContents(line);
    const text = lineText(line);
    const meets =
      range.compareBoundaryPoints(Range.END_TO_START, whole) < 0 &&
      range.compareBoundaryPoints(Range.START_TO_END, whole) > 0;
    if (meets) {
      const begin = whole.comparePoint(range.startContainer, range.startOffset);
      const end = whole.comparePoint(range.endContainer, range.endOffset);
      const start = begin === 0 ? textBefore(line, range.startContainer, range.startOffset) : 0;
      if (from === -1) from = length + start;
      to = length + (end === 0 ? textBefore(line, range.endContainer, range.endOffset) : text.length);
    }
    length += text.length + 1;
  }
  return { from: Math.max(0, from), to };
}

function textBefore(line: Element, container: globalThis.Node, offset: number): number {
  const before = document.createRange();
  before.selectNodeContents(line);
  before.setEnd(container, offset);
  return lineText(before.cloneContents()).length;
}

function lineText(line: globalThis.Node): string {
  let text = '';
  for (const child of line.childNodes) {
    if (child.nodeName === 'BR') text += ' ';
    else if (child.nodeType === globalThis.Node.TEXT_NODE)
      text += (child.textContent ?? '').replace(/\n/g, ' ');
    else text += lineText(child);
  }
  return text;
}
