/**
 * What a block holds that the editor's schema cannot. Raw Yjs may put anything
 * anywhere, and two honest edits may leave together what neither made: an item that
 * begins with a heading, a row that is too short. y-tiptap deletes such a node with all
 * words in it, for everybody, as soon as one editor opens it. Here is found what
 * does not fit, without an editor, in time that grows with the document alone and
 * without recursion: depth is the sender's choice. Measured for a healthy block of 10,000
 * words: 0.3 ms for all of it, 4 µs for the change of one key, 0.1 ms for a new line.
 */
import * as Y from 'yjs';
import { CONTENT, FIELDS } from './block-parts.ts';
import { fieldFaults, textFieldFaults } from './field-shape.ts';
import { type ElementGrammar, grammarOf, ROOT_GRAMMAR } from './grammar.ts';
import { heldBy, type Misshapen, type SharedType, standing, typeOf } from './misshapen.ts';
import { type KeptRow, tableFaults } from './table-shape.ts';
import { textFaults } from './text-shape.ts';

/** Elements within elements that a block keeps: editors walk down by recursion. Fifty lists, each in the one before. */
export const MOST_LEVELS = 100;

/** @returns all that does not fit, in no order that matters; nothing for a block as it should be */
export function findMisshapen(doc: Y.Doc): Misshapen[] {
  const found: Misshapen[] = [];
  for (const [name, root] of doc.share) {
    const type = root as SharedType;
    if (name === CONTENT) found.push(...new Survey(null).of(type, ROOT_GRAMMAR, 0));
    else if (name === FIELDS) found.push(...fieldFaults(type));
    else found.push(...textFieldFaults(name, type));
  }
  return found;
}

/** @returns whether an editor that opened it would delete words, or fail */
export function isForeign(misshapen: readonly Misshapen[]): boolean {
  return misshapen.some((fault) => !fault.bearable);
}

/**
 * The same of what one transaction changed, for where an editor is bound to the text;
 * looks at the changed types and at what is new in them.
 * @returns whether y-tiptap would delete words of it, or throw
 */
export function bringsForeign(transaction: Y.Transaction): boolean {
  const content = transaction.doc.share.get(CONTENT) as SharedType | undefined;
  if (!content) return false;
  const isNew = (item: Y.Item) => item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0);
  for (const changed of transaction.changed.keys()) {
    const type = changed as unknown as SharedType;
    const path = pathOf(type, content);
    if (path === null) continue;
    const survey = new Survey(isNew);
    if (isForeign(survey.changed(type, path))) return true;
  }
  return false;
}

/** @returns the types that this one stands in, itself first, without the text itself; null where it stands elsewhere or is gone */
function pathOf(type: SharedType, content: SharedType): SharedType[] | null {
  const path: SharedType[] = [];
  let at = type;
  while (at !== content) {
    const item = at._item;
    if (!item || item.deleted) return null;
    path.push(at);
    at = item.parent as SharedType;
  }
  return path;
}

/** An element that is being looked through, or was, and stays. */
interface Visit {
  readonly type: SharedType;
  readonly item: Y.Item | null;
  readonly name: string;
  readonly grammar: ElementGrammar;
  readonly level: number;
  next: Y.Item | null;
  /** What stands in it and may stay. */
  readonly kept: Visit[];
  /** Words, or anything else that is seen, stand in it. */
  full: boolean;
}

class Survey {
  readonly #isNew: ((item: Y.Item) => boolean) | null;
  readonly #found: Misshapen[] = [];

  /** @param isNew children that are not new are taken as they are; null: none is */
  constructor(isNew: ((item: Y.Item) => boolean) | null) {
    this.#isNew = isNew;
  }

  of(root: SharedType, grammar: ElementGrammar, level: number): Misshapen[] {
    const open = [this.#enter(root, root._item, nameOf(root), grammar, level)];
    for (let visit = open.at(-1); visit; visit = open.at(-1)) {
      const item = visit.next;
      if (item) {
        visit.next = item.right;
        if (item.deleted) continue;
        const child = this.#child(visit, item);
        if (child) open.push(child);
      } else {
        open.pop();
        this.#leave(visit, open.at(-1) ?? null);
      }
    }
    return this.#found;
  }

  /** @param path the types that it stands in, itself first */
  changed(type: SharedType, path: readonly SharedType[]): Misshapen[] {
    if (type instanceof Y.XmlText) {
      this.#found.push(...textFaults(type));
      return this.#found;
    }
    const grammar = path.length === 0 ? ROOT_GRAMMAR : grammarOf(nameOf(type));
    // foreign before already: whoever is bound to it was told then
    if (!grammar) return this.#found;
    this.of(type, grammar, path.length);
    const table = path.find((one) => nameOf(one) === 'table');
    if (table) this.#table(table._item, knownRows(table));
    return this.#found;
  }

  #enter(type: SharedType, item: Y.Item | null, name: string, grammar: ElementGrammar, level: number): Visit {
    for (const [key, value] of type._map) {
      if (value.deleted) continue;
      const fits = Object.hasOwn(grammar.attributes, key) ? grammar.attributes[key] : undefined;
      if (!fits?.(heldBy(value))) this.#remove(value, fits === undefined);
    }
    return { type, item, name, grammar, level, next: type._start, kept: [], full: false };
  }

  /** @returns the child where it has to be looked through */
  #child(parent: Visit, item: Y.Item): Visit | null {
    const type = typeOf(item);
    if (type instanceof Y.XmlText && parent.grammar.holdsText) {
      if (!this.#isNew || this.#isNew(item)) this.#found.push(...textFaults(type));
      for (const part of standing(type)) parent.full ||= part.content instanceof Y.ContentString;
      return null;
    }
    const name = type instanceof Y.XmlElement ? String(type.nodeName) : '';
    const grammar = grammarOf(name);
    if (!type || !grammar || !parent.grammar.holds.has(name) || parent.level >= MOST_LEVELS) {
      // a text that holds nothing is no node to an editor
      this.#remove(item, type instanceof Y.XmlText && type.length === 0 && parent.item !== null);
      return null;
    }
    if (!this.#isNew || this.#isNew(item)) return this.#enter(type, item, name, grammar, parent.level + 1);
    parent.kept.push({
      type,
      item,
      name,
      grammar,
      level: parent.level + 1,
      next: null,
      kept: [],
      full: true,
    });
    return null;
  }

  #leave(visit: Visit, parent: Visit | null): void {
    const { item, type, grammar, kept } = visit;
    if (!item) return;
    if (kept.length === 0 && grammar.whenEmpty === 'goes') {
      this.#remove(item, true);
      return;
    }
    if (visit.name === 'table' && !this.#table(item, rowsOf(visit))) return;
    const wantsParagraph = grammar.beginsWithParagraph && kept[0]?.name !== 'paragraph';
    if (wantsParagraph || (kept.length === 0 && grammar.whenEmpty === 'is-filled')) {
      this.#found.push({ edit: 'begin', parent: type as Y.XmlElement, bearable: true });
    }
    if (!parent) return;
    parent.kept.push(visit);
    if (visit.full || visit.name !== 'paragraph') parent.full = true;
  }

  /** @returns whether the table stays */
  #table(item: Y.Item | null, rows: readonly KeptRow[]): boolean {
    const faults = tableFaults(rows);
    if (typeof faults !== 'string') {
      for (const fault of faults) this.#found.push(fault);
      return true;
    }
    if (item) this.#remove(item, faults === 'empty');
    return false;
  }

  #remove(item: Y.Item, bearable: boolean): void {
    this.#found.push({ edit: 'remove', item, bearable });
  }
}

function nameOf(type: SharedType): string {
  return type instanceof Y.XmlElement ? String(type.nodeName) : '';
}

function rowsOf(table: Visit): KeptRow[] {
  return table.kept.map((row) => ({
    item: row.item as Y.Item,
    cells: row.kept.map(({ item, name, full }) => ({ item: item as Y.Item, name, full })),
  }));
}

/** Rows of a table whose parts were looked at before. */
function knownRows(table: SharedType): KeptRow[] {
  return [...standing(table)].map((item) => {
    const row = typeOf(item);
    const cells = row ? [...standing(row)] : [];
    return { item, cells: cells.map((cell) => ({ item: cell, name: 'tableCell', full: true })) };
  });
}
