/**
 * Reads a block's Y.Doc without an editor. Nothing in here trusts the document:
 * whatever raw Yjs holds (a map where text belongs, unknown nodes, thousands of
 * levels), reading never throws, and what comes out is plain data.
 */
import * as Y from 'yjs';
import { CONTENT, FIELDS, type PromptMark } from './block-parts.ts';
import { markName } from './mark-key.ts';
import { withoutSuggestions } from './refusing.ts';

export interface ProseMirrorMark {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, Attribute>>;
}
export type Attribute = string | number | boolean;

/** A node of the running text, in ProseMirror's own JSON form. */
export interface ProseMirrorJson {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, Attribute>>;
  readonly content?: readonly ProseMirrorJson[];
  readonly marks?: readonly ProseMirrorMark[];
  readonly text?: string;
}

/** Flat: the keys of `block-parts.ts`, without the marks of prompts. */
export type FieldValues = Readonly<Record<string, string | boolean>>;

/** Levels of nodes that are kept; what lies deeper is read as the text of the level above. */
export const READING_DEPTH = 60;

/** Pieces of a text, as Yjs tells them. */
type Piece = { readonly insert: unknown; readonly attributes?: Record<string, unknown> };
type ReadPieces = (text: Y.XmlText) => readonly Piece[];

/**
 * @returns the running text as ProseMirror JSON, without what is only suggested; of an empty
 *   or unreadable block, a doc without content
 */
export function readText(doc: Y.Doc): ProseMirrorJson {
  return withoutSuggestions(readSuggestedText(doc));
}

/** The same with the marks of suggestions, and the words that they would bring. */
export function readSuggestedText(doc: Y.Doc): ProseMirrorJson {
  return readBy(doc, (text) => text.toDelta());
}

/** Of a text that is read with who wrote it, the mark that says by which Yjs client: `{ client }`. */
export const WRITTEN_BY = 'writtenBy';

/**
 * The text without what is only suggested, with every piece of it marked by the client id that wrote it.
 * @param doc of the caller's own: reading so divides its structs
 */
export function readWrittenText(doc: Y.Doc): ProseMirrorJson {
  const now = Y.snapshot(doc);
  // `user` is what Yjs itself compares with the client of the next struct
  const by = (_: unknown, { client }: Y.ID) => ({ user: client });
  const written = readBy(doc, (text) =>
    (text.toDelta(now, Y.emptySnapshot, by) as Piece[]).map(({ insert, attributes = {} }) => {
      const { ychange, ...marks } = attributes;
      const client = (ychange as { user?: unknown } | undefined)?.user;
      return { insert, attributes: { ...marks, [WRITTEN_BY]: { client } } };
    }),
  );
  return withoutSuggestions(written);
}

function readBy(doc: Y.Doc, read: ReadPieces): ProseMirrorJson {
  const root = rootOf(doc, CONTENT, Y.XmlFragment, () => doc.getXmlFragment(CONTENT));
  return { type: 'doc', content: root ? childNodes(root, 1, read) : [] };
}

/** @returns every field's value; empty texts and what is neither text nor truth are left out */
export function fieldValues(doc: Y.Doc): FieldValues {
  const values: [string, string | boolean][] = [];
  for (const key of [...doc.share.keys()]) {
    if (!key.startsWith('field/')) continue;
    const text = rootOf(doc, key, Y.Text, () => doc.getText(key))?.toString() ?? '';
    if (text !== '') values.push([key, text]);
  }
  for (const [key, value] of fieldEntries(doc)) {
    if (!VALUE_KEY.test(key)) continue;
    if (value === true || (typeof value === 'string' && value !== '')) values.push([key, value]);
  }
  return Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

const VALUE_KEY = /^(value|option|year|source|row)\//;
const PROMPT_KEY = /^prompt\/([a-z0-9][a-z0-9.-]{0,63})$/;

/** @returns the marks of the section's prompts, by prompt id */
export function promptMarks(doc: Y.Doc): Readonly<Record<string, PromptMark>> {
  const marks: [string, PromptMark][] = [];
  for (const [key, value] of fieldEntries(doc)) {
    const id = PROMPT_KEY.exec(key)?.[1];
    if (id !== undefined && (value === 'answered' || value === 'ask')) marks.push([id, value]);
  }
  return Object.fromEntries(marks.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function fieldEntries(doc: Y.Doc): [string, unknown][] {
  const map = rootOf(doc, FIELDS, Y.Map, () => doc.getMap(FIELDS));
  return map ? [...map.entries()] : [];
}

/** A root that raw updates named has no type until somebody asks for it by one. */
function rootOf<T>(
  doc: Y.Doc,
  key: string,
  // biome-ignore lint/suspicious/noExplicitAny: any way of making the type will do
  kind: abstract new (...parts: any[]) => T,
  typed: () => T,
): T | null {
  const root: unknown = doc.share.get(key);
  if (root === undefined) return null;
  if (root instanceof kind) return root;
  return root?.constructor === Y.AbstractType ? typed() : null;
}

function childNodes(parent: Y.XmlFragment, depth: number, read: ReadPieces): ProseMirrorJson[] {
  const nodes: ProseMirrorJson[] = [];
  for (const child of parent.toArray() as unknown[]) {
    if (child instanceof Y.XmlText) addText(child, nodes, read);
    else if (child instanceof Y.XmlElement) {
      if (depth < READING_DEPTH) nodes.push(elementNode(child, depth, read));
      else addTextBelow(child, nodes, read);
    }
  }
  return nodes;
}

function elementNode(element: Y.XmlElement, depth: number, read: ReadPieces): ProseMirrorJson {
  const attrs = plainAttributes(element.getAttributes());
  const content = childNodes(element, depth + 1, read);
  return {
    type: String(element.nodeName),
    ...(attrs && { attrs }),
    ...(content.length > 0 && { content }),
  };
}

// pushed one by one: a call cannot take as many arguments as a sender can make pieces
function addText(text: Y.XmlText, nodes: ProseMirrorJson[], read: ReadPieces): void {
  for (const piece of read(text)) {
    if (typeof piece.insert !== 'string' || piece.insert === '') continue;
    const marks = markList(piece.attributes);
    nodes.push({ type: 'text', text: piece.insert, ...(marks.length > 0 && { marks }) });
  }
}

function markList(attributes: Record<string, unknown> | undefined): ProseMirrorMark[] {
  return Object.entries(attributes ?? {})
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => {
      const attrs = plainAttributes(value);
      return { type: markName(name), ...(attrs && { attrs }) };
    })
    .sort((a, b) => compare(a.type, b.type) || compare(JSON.stringify(a.attrs), JSON.stringify(b.attrs)));
}

/** Two quotes on the same words stand in the same order, whoever marked first. */
function compare(one = '', other = ''): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Keeps what is plain; undefined when nothing is. */
function plainAttributes(source: unknown): Record<string, Attribute> | undefined {
  if (typeof source !== 'object' || source === null) return undefined;
  const plain = Object.entries(source).filter(
    (entry): entry is [string, Attribute] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'boolean' || Number.isFinite(entry[1]),
  );
  if (plain.length === 0) return undefined;
  return Object.fromEntries(plain.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** All text under an element, without recursion: depth is the sender's choice. */
function addTextBelow(element: Y.XmlElement, nodes: ProseMirrorJson[], read: ReadPieces): void {
  const waiting: unknown[] = [element];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (next instanceof Y.XmlText) addText(next, nodes, read);
    else if (next instanceof Y.XmlElement) {
      const children: unknown[] = next.toArray();
      for (let at = children.length - 1; at >= 0; at -= 1) waiting.push(children[at]);
    }
  }
}
