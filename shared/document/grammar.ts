/**
 * What `schema.ts` allows, as a table that needs no editor: which element may hold
 * which, and what its attributes and marks may be. A test holds the two together.
 */
import { ANCHOR_MARK, anchorId, anchorKey } from './anchor-key.ts';
import { isSafeHref } from './links.ts';
import { markName } from './mark-key.ts';
import { QUOTE_MARK, quoteKey, quoteUse } from './quote-key.ts';
import {
  MORE_ATTRIBUTES,
  SUGGESTION_MARKS,
  type SuggestionMarkName,
  suggestionKey,
  suggestionMark,
} from './suggestion-key.ts';

export interface ElementGrammar {
  /** Names of the elements that may stand in it. */
  readonly holds: ReadonlySet<string>;
  readonly holdsText: boolean;
  /** Its first child has to be a paragraph. */
  readonly beginsWithParagraph: boolean;
  /** Where nothing is left in it: it may stay so, it goes, or it gets an empty paragraph. */
  readonly whenEmpty: 'stays' | 'goes' | 'is-filled';
  readonly attributes: Readonly<Record<string, (value: unknown) => boolean>>;
}

const NOTHING: ReadonlySet<string> = new Set();
const INLINE: ReadonlySet<string> = new Set(['hardBreak']);
const BLOCKS: ReadonlySet<string> = new Set([
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'taskList',
  'blockquote',
  'horizontalRule',
  'table',
]);
const CELLS: ReadonlySet<string> = new Set(['tableCell', 'tableHeader']);

/** Columns that one cell may span. */
export const MOST_COLUMNS_SPANNED = 100;
/** Rows that one cell may span. */
export const MOST_ROWS_SPANNED = 1_000;

const whole = (least: number, most: number) => (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
const shortText = (most: number) => (value: unknown) =>
  value === null || (typeof value === 'string' && value.length <= most);
const widths = (value: unknown) =>
  value === null ||
  (Array.isArray(value) &&
    value.length <= MOST_COLUMNS_SPANNED &&
    value.every((width) => width === null || whole(0, 100_000)(width)));

function element(holds: ReadonlySet<string>, more: Partial<ElementGrammar> = {}): ElementGrammar {
  return { holds, holdsText: false, beginsWithParagraph: false, whenEmpty: 'stays', attributes: {}, ...more };
}

const cell = element(BLOCKS, {
  whenEmpty: 'is-filled',
  attributes: {
    colspan: whole(1, MOST_COLUMNS_SPANNED),
    rowspan: whole(1, MOST_ROWS_SPANNED),
    colwidth: widths,
    align: shortText(20),
  },
});

const ELEMENTS: Readonly<Record<string, ElementGrammar>> = {
  paragraph: element(INLINE, { holdsText: true }),
  heading: element(INLINE, { holdsText: true, attributes: { level: whole(1, 6) } }),
  bulletList: element(new Set(['listItem']), { whenEmpty: 'goes' }),
  orderedList: element(new Set(['listItem']), {
    whenEmpty: 'goes',
    attributes: { start: whole(-100_000, 100_000), type: shortText(20) },
  }),
  listItem: element(BLOCKS, { beginsWithParagraph: true, whenEmpty: 'goes' }),
  taskList: element(new Set(['taskItem']), { whenEmpty: 'goes' }),
  taskItem: element(BLOCKS, {
    beginsWithParagraph: true,
    whenEmpty: 'goes',
    attributes: { checked: (value) => typeof value === 'boolean' },
  }),
  blockquote: element(BLOCKS, { whenEmpty: 'goes' }),
  horizontalRule: element(NOTHING),
  hardBreak: element(NOTHING),
  table: element(new Set(['tableRow']), { whenEmpty: 'goes' }),
  tableRow: element(CELLS),
  tableHeader: cell,
  tableCell: cell,
};

/** What the running text itself holds. */
export const ROOT_GRAMMAR: ElementGrammar = element(BLOCKS);

/** @returns undefined for an element that the schema does not know */
export function grammarOf(name: string): ElementGrammar | undefined {
  return Object.hasOwn(ELEMENTS, name) ? ELEMENTS[name] : undefined;
}

export const ELEMENT_NAMES: readonly string[] = Object.keys(ELEMENTS);

const LINK_ATTRIBUTES: Readonly<Record<string, (value: unknown) => boolean>> = {
  href: isSafeHref,
  target: shortText(100),
  rel: shortText(200),
  class: shortText(200),
  title: shortText(2_000),
};

/** A mark without attributes stands as `{}`; some editors write `true`. */
const plainMark = (value: unknown) =>
  value === true || (isPlainObject(value) && Object.keys(value).length === 0);

const MARKS: Readonly<Record<string, (value: unknown, key: string) => boolean>> = {
  bold: plainMark,
  italic: plainMark,
  link: (value) =>
    isPlainObject(value) &&
    isSafeHref(value.href) &&
    Object.entries(value).every(
      ([name, part]) => Object.hasOwn(LINK_ATTRIBUTES, name) && LINK_ATTRIBUTES[name]?.(part),
    ),
  [QUOTE_MARK]: (value, key) => {
    const use = quoteUse(value);
    return use !== null && Object.keys(value as object).length === 2 && key === quoteKey(use);
  },
  [ANCHOR_MARK]: (value, key) => {
    const id = anchorId(value);
    return id !== null && Object.keys(value as object).length === 1 && key === anchorKey(id);
  },
  ...Object.fromEntries(
    SUGGESTION_MARKS.map((name) => [name, (value: unknown, key: string) => isSuggestion(name, value, key)]),
  ),
};

function isSuggestion(name: SuggestionMarkName, value: unknown, key: string): boolean {
  const mark = suggestionMark(name, value);
  const attributes = 3 + MORE_ATTRIBUTES[name].length;
  return mark !== null && Object.keys(value as object).length === attributes && key === suggestionKey(mark);
}

/** Marks that may overlap with their own kind; y-tiptap puts a hash behind their names. */
const OVERLAPPING: ReadonlySet<string> = new Set([QUOTE_MARK, ANCHOR_MARK, ...SUGGESTION_MARKS]);

/** @returns the mark that a name in Yjs stands for */
function markOf(key: string): string {
  const name = markName(key);
  return OVERLAPPING.has(name) ? name : key;
}

export const MARK_NAMES: readonly string[] = Object.keys(MARKS);

/** @returns whether text may be marked so; `key` and `value` as they stand in Yjs, not null */
export function isMark(key: string, value: unknown): boolean {
  const name = markOf(key);
  return Object.hasOwn(MARKS, name) && MARKS[name]?.(value, key) === true;
}

/** @returns whether the schema knows a mark by this name in Yjs, whatever its value */
export function isMarkKey(key: string): boolean {
  return Object.hasOwn(MARKS, markOf(key));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
