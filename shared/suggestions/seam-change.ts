/**
 * The changes that a seam stands for, made in a block's text once it is accepted: as the
 * page's editor makes them, with new elements that hold a copy of what stood in the old.
 * Made twice at once they would double words, as two people do who press Enter at once:
 * whoever accepts seams does it in one place, one after the other.
 */
import * as Y from 'yjs';
import { grammarOf } from '../document/grammar.ts';
import type { Seam } from '../document/suggestion-key.ts';

/**
 * @param text where the seam stood, @param index the offset of its sign, which is gone already
 * @returns false where there is nothing (any more) that it could change
 */
export function changeAtSeam(text: Y.XmlText, index: number, { op, value }: Seam): boolean {
  const paragraph = text.parent;
  if (!(paragraph instanceof Y.XmlElement) || !isParagraph(paragraph)) return false;
  switch (op) {
    case 'split':
      return split(paragraph, text, index, value);
    case 'join':
      return join(paragraph);
    case 'kind':
      return setKind(paragraph, value);
    case 'list':
      return value === 'none' ? takeOut(paragraph) : makeItem(paragraph, value);
    case 'drop':
      return value === 'row' ? dropRow(paragraph) : dropParagraph(paragraph);
    case 'break':
      paragraph.insert(indexIn(text) + 1, [new Y.XmlElement('hardBreak'), tail(text, index)]);
      return true;
    case 'unbreak':
      return removeBreak(paragraph, text, index);
    case 'row':
      return addRow(paragraph);
  }
}

type Parent = Y.XmlElement | Y.XmlFragment;

function isParagraph(element: unknown): element is Y.XmlElement {
  return (
    element instanceof Y.XmlElement && (element.nodeName === 'paragraph' || element.nodeName === 'heading')
  );
}

function isItem(parent: unknown): parent is Y.XmlElement {
  return parent instanceof Y.XmlElement && (parent.nodeName === 'listItem' || parent.nodeName === 'taskItem');
}

function isList(element: unknown): element is Y.XmlElement {
  return element instanceof Y.XmlElement && /^(bullet|ordered|task)List$/.test(element.nodeName);
}

function parentOf(child: Y.XmlElement): Parent {
  return child.parent as Parent;
}

function indexIn(child: Y.XmlElement | Y.XmlText): number {
  return (child.parent as Parent).toArray().indexOf(child as never);
}

function before(child: Y.XmlElement): unknown {
  return parentOf(child).toArray()[indexIn(child) - 1];
}

function remove(child: Y.XmlElement): void {
  parentOf(child).delete(indexIn(child), 1);
}

function element(
  name: string,
  children: readonly (Y.XmlElement | Y.XmlText)[],
  attributes: Readonly<Record<string, unknown>> = {},
): Y.XmlElement {
  const made = new Y.XmlElement(name);
  for (const [key, attribute] of Object.entries(attributes)) made.setAttribute(key, attribute as never);
  made.insert(0, [...children]);
  return made;
}

function ofKind(kind: string, children: readonly (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const level = /^heading-(\d)$/.exec(kind)?.[1];
  return level ? element('heading', children, { level: Number(level) }) : element('paragraph', children);
}

function kindOf(paragraph: Y.XmlElement): string {
  return paragraph.nodeName === 'heading' ? `heading-${paragraph.getAttribute('level')}` : 'paragraph';
}

/** Copies of all that stands in a parent from an index on; the parent loses it. */
function cut(parent: Parent, from: number): (Y.XmlElement | Y.XmlText)[] {
  const children = parent.toArray().slice(from) as (Y.XmlElement | Y.XmlText)[];
  const copies = children.map((child) => child.clone());
  parent.delete(from, children.length);
  return copies;
}

/** The rest of a text from an offset on, as a text of its own; the text loses it. */
function tail(text: Y.XmlText, index: number): Y.XmlText {
  const rest = new Y.XmlText();
  let offset = 0;
  const delta: { insert: unknown; attributes?: object }[] = [];
  for (const piece of text.toDelta() as { insert: unknown; attributes?: object }[]) {
    const length = typeof piece.insert === 'string' ? piece.insert.length : 1;
    const skip = Math.max(0, index - offset);
    if (skip === 0) delta.push(piece);
    else if (skip < length) delta.push({ ...piece, insert: (piece.insert as string).slice(skip) });
    offset += length;
  }
  rest.applyDelta(delta);
  if (offset > index) text.delete(index, offset - index);
  return rest;
}

function split(paragraph: Y.XmlElement, text: Y.XmlText, index: number, value: string): boolean {
  const rest = [tail(text, index), ...cut(paragraph, indexIn(text) + 1)];
  const parent = parentOf(paragraph);
  if (!isItem(parent)) {
    const made = ofKind(value === 'same' ? kindOf(paragraph) : value, rest);
    parent.insert(indexIn(paragraph) + 1, [made]);
    return true;
  }
  const inside = [element('paragraph', rest), ...cut(parent, indexIn(paragraph) + 1)];
  const done = parent.nodeName === 'taskItem' ? { checked: false } : {};
  parentOf(parent).insert(indexIn(parent) + 1, [element(parent.nodeName, inside, done)]);
  return true;
}

function join(paragraph: Y.XmlElement): boolean {
  const parent = parentOf(paragraph);
  const beside = before(paragraph);
  if (beside !== undefined) {
    const target = lastParagraph(beside);
    if (!target) return false;
    append(target, paragraph);
    remove(paragraph);
    return true;
  }
  const item = isItem(parent) ? before(parent) : undefined;
  const target = isItem(item) ? lastParagraph(item) : null;
  if (!isItem(item) || !target) return false;
  append(target, paragraph);
  const rest = cut(parent as Y.XmlElement, 1);
  item.insert(item.length, rest);
  remove(parent as Y.XmlElement);
  return true;
}

/** The last line of what a paragraph could be joined to; null where it ends with a table or a rule. */
function lastParagraph(node: unknown): Y.XmlElement | null {
  let last: unknown = node;
  while (last instanceof Y.XmlElement && !isParagraph(last)) {
    if (last.nodeName === 'table' || last.nodeName === 'horizontalRule') return null;
    last = last.toArray().at(-1);
  }
  return isParagraph(last) ? last : null;
}

function append(target: Y.XmlElement, paragraph: Y.XmlElement): void {
  for (const child of paragraph.toArray() as (Y.XmlElement | Y.XmlText)[]) {
    const last = target.toArray().at(-1) as unknown;
    if (child instanceof Y.XmlText && last instanceof Y.XmlText) {
      const retained = last.length === 0 ? [] : [{ retain: last.length }];
      last.applyDelta([...retained, ...child.toDelta()]);
    } else target.insert(target.length, [child.clone()]);
  }
}

function setKind(paragraph: Y.XmlElement, kind: string): boolean {
  const parent = parentOf(paragraph);
  const beginsItem = isItem(parent) && indexIn(paragraph) === 0;
  if (kindOf(paragraph) === kind || (beginsItem && kind !== 'paragraph')) return false;
  const at = indexIn(paragraph);
  parent.insert(at, [ofKind(kind, copies(paragraph))]);
  parent.delete(at + 1, 1);
  return true;
}

function copies(parent: Parent): (Y.XmlElement | Y.XmlText)[] {
  return (parent.toArray() as (Y.XmlElement | Y.XmlText)[]).map((child) => child.clone());
}

function itemOf(list: string, children: readonly (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  return list === 'taskList'
    ? element('taskItem', children, { checked: false })
    : element('listItem', children);
}

/** An item already: its list becomes one of the other sort, as a whole. */
function makeItem(paragraph: Y.XmlElement, kind: string): boolean {
  const parent = parentOf(paragraph);
  const list = isItem(parent) ? parent.parent : null;
  if (isList(list)) {
    if (list.nodeName === kind) return false;
    const items = (list.toArray() as Y.XmlElement[]).map((item) => itemOf(kind, copies(item)));
    const around = parentOf(list);
    const at = indexIn(list);
    around.insert(at, [element(kind, items)]);
    around.delete(at + 1, 1);
    return true;
  }
  const item = itemOf(kind, [element('paragraph', copies(paragraph))]);
  const beside = before(paragraph);
  const at = indexIn(paragraph);
  if (isList(beside) && beside.nodeName === kind) {
    beside.insert(beside.length, [item]);
    parent.delete(at, 1);
  } else {
    parent.insert(at, [element(kind, [item])]);
    parent.delete(at + 1, 1);
  }
  return true;
}

/** Out of its list: items after it are a list of their own. */
function takeOut(paragraph: Y.XmlElement): boolean {
  const item = parentOf(paragraph);
  const list = isItem(item) ? item.parent : null;
  if (!isItem(item) || !isList(list)) return false;
  const around = parentOf(list);
  const later = cut(list, indexIn(item) + 1);
  const freed = copies(item);
  const at = indexIn(list);
  const rest = later.length > 0 ? [element(list.nodeName, later, list.getAttributes())] : [];
  around.insert(at + 1, [...freed, ...rest]);
  remove(item);
  if (list.length === 0) remove(list);
  return true;
}

function isEmpty(paragraph: Y.XmlElement): boolean {
  return (paragraph.toArray() as unknown[]).every(
    (child) => child instanceof Y.XmlText && child.length === 0,
  );
}

function dropParagraph(paragraph: Y.XmlElement): boolean {
  if (!isEmpty(paragraph)) return false;
  const parent = parentOf(paragraph);
  const next = parent.toArray()[indexIn(paragraph) + 1] as unknown;
  const isNeeded = isItem(parent) && indexIn(paragraph) === 0 && next !== undefined;
  if (isNeeded && !(next instanceof Y.XmlElement && next.nodeName === 'paragraph')) return false;
  return removeWithEmpty(paragraph);
}

/** With whatever would be left with nothing in it, and may not be. */
function removeWithEmpty(gone: Y.XmlElement): boolean {
  const parent = parentOf(gone);
  if (parent.length > 1) {
    remove(gone);
    return true;
  }
  const goes = parent instanceof Y.XmlElement && grammarOf(parent.nodeName)?.whenEmpty === 'goes';
  return goes ? removeWithEmpty(parent) : false;
}

function rowOf(paragraph: Y.XmlElement): Y.XmlElement | null {
  let at: unknown = paragraph.parent;
  while (at instanceof Y.XmlElement && at.nodeName !== 'tableRow') at = at.parent;
  return at instanceof Y.XmlElement ? at : null;
}

function dropRow(paragraph: Y.XmlElement): boolean {
  const row = rowOf(paragraph);
  if (!row) return false;
  const inside = (row.toArray() as Y.XmlElement[]).flatMap((cell) => cell.toArray() as unknown[]);
  if (!inside.every((child) => isParagraph(child) && isEmpty(child))) return false;
  return removeWithEmpty(row);
}

function removeBreak(paragraph: Y.XmlElement, text: Y.XmlText, index: number): boolean {
  const at = indexIn(text);
  const beside = paragraph.toArray()[at - 1];
  if (index !== 0 || !(beside instanceof Y.XmlElement) || beside.nodeName !== 'hardBreak') return false;
  paragraph.delete(at - 1, 1);
  return true;
}

/** As wide as its own; what spans rows there is evened out like any table (`table-shape.ts`). */
function addRow(paragraph: Y.XmlElement): boolean {
  const row = rowOf(paragraph);
  if (!row) return false;
  const width = (row.toArray() as Y.XmlElement[]).reduce(
    (sum, cell) => sum + Number(cell.getAttribute('colspan') ?? 1),
    0,
  );
  const cells = Array.from({ length: width }, () => element('tableCell', [element('paragraph', [])]));
  parentOf(row).insert(indexIn(row) + 1, [element('tableRow', cells)]);
  return true;
}
