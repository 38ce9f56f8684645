/**
 * A block's running text as one string, and the way from there back into the document:
 * paragraphs, headings and cells end with `\n`, a break within one is a line separator.
 */
import * as Y from 'yjs';
import { ANCHOR_MARK, anchorId } from './anchor-key.ts';
import { CONTENT } from './block-parts.ts';
import type { ProseMirrorJson } from './reading.ts';
import { suggestionMark } from './suggestion-key.ts';

/** From (inclusive) and to (exclusive), UTF-16 code units of the text with its suggestions. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** A piece with the same marks. */
export interface FlatRun extends Place {
  /** It is only suggested. */
  readonly suggested: boolean;
  readonly anchors: readonly string[];
}

export interface FlatText {
  readonly text: string;
  readonly runs: readonly FlatRun[];
}

const BREAK = '\u2028';
const LINES: ReadonlySet<string> = new Set(['paragraph', 'heading']);

/** @param json with its suggestions (`readSuggestedText`) */
export function flattenText(json: ProseMirrorJson): FlatText {
  const pieces: string[] = [];
  const runs: FlatRun[] = [];
  let length = 0;
  const add = (text: string, node: ProseMirrorJson | null) => {
    pieces.push(text);
    const marks = node?.marks ?? [];
    const suggested = marks.some(({ type, attrs }) => {
      const name = suggestionMark(type, attrs)?.name;
      return name === 'insertion' || name === 'seam';
    });
    const anchors = marks.flatMap(({ type, attrs }) => (type === ANCHOR_MARK ? (anchorId(attrs) ?? []) : []));
    runs.push({ from: length, to: length + text.length, suggested, anchors });
    length += text.length;
  };
  const visit = (node: ProseMirrorJson): void => {
    if (node.type === 'text') add((node.text ?? '').replace(/[\n\u2028]/g, ' '), node);
    else if (node.type === 'hardBreak') add(BREAK, null);
    for (const child of node.content ?? []) visit(child);
    if (LINES.has(node.type)) add('\n', null);
  };
  visit(json);
  return { text: pieces.join(''), runs };
}

/** Marks a place of a block's text, or takes the mark off; on nothing, where the place is not there. */
export function formatPlace(
  doc: Y.Doc,
  { from, to }: Place,
  marks: Readonly<Record<string, object | null>>,
): void {
  doc.transact(() => {
    for (const { text, at } of texts(doc)) {
      const begin = Math.max(0, from - at);
      const end = Math.min(text.length, to - at);
      if (begin < end) text.format(begin, end - begin, marks);
    }
  });
}

/** Runs of text with their offsets, in the same order and with the same lengths as above. */
function texts(doc: Y.Doc): { text: Y.XmlText; at: number }[] {
  const found: { text: Y.XmlText; at: number }[] = [];
  let at = 0;
  const waiting: unknown[] = [doc.getXmlFragment(CONTENT)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next instanceof Y.XmlText) {
      found.push({ text: next, at });
      at += next.length;
    } else if (next === '\n') at += 1;
    else if (next instanceof Y.XmlFragment) {
      const name = next instanceof Y.XmlElement ? next.nodeName : '';
      if (name === 'hardBreak') at += 1;
      if (LINES.has(name)) waiting.push('\n');
      const children: unknown[] = next.toArray();
      for (let child = children.length - 1; child >= 0; child -= 1) waiting.push(children[child]);
    }
  }
  return found;
}
