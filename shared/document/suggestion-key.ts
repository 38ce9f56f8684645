/**
 * How suggestions stand in a block: as marks alone, so that nothing moves before somebody
 * accepts it. Marks overlap, so that several people can suggest about the same words.
 *
 * - `insertion`: words that are not in the text yet
 * - `deletion`: words that somebody would take out, with these words as they stood. What
 *   others typed among them meanwhile is under the mark as well, and was never meant.
 * - `styling`: words that would be bold, in italics or a link, or no longer
 * - `seam`: one sign that stands for a change of paragraphs, lists and tables, at the place
 *   where it would be made. A node for it would cut the paragraph's text in two, in Yjs,
 *   and letters that others type behind it meanwhile would land before it (tried); an
 *   attribute of a paragraph would hold the suggestion of one person alone.
 */
import { isOpaqueId } from './anchor-key.ts';
import { isSafeHref } from './links.ts';
import { overlappingKey } from './mark-key.ts';

export const SUGGESTION_MARKS = ['insertion', 'deletion', 'styling', 'seam'] as const;
export type SuggestionMarkName = (typeof SUGGESTION_MARKS)[number];

/** Signs under the marks of seams, for private use: U+E100 to U+E1FF. One that lost its mark stands for nothing. */
export const SEAM_SIGNS = /[\ue100-\ue1ff]/gu;
/** Words that one mark of a deletion keeps, UTF-16 code units; longer runs are marked piece by piece. */
export const MOST_DELETION_WORDS = 1_000;

export const STYLES = ['bold', 'italic', 'link'] as const;
export type Style = (typeof STYLES)[number];

/**
 * What a seam does where it stands, once accepted.
 * - `split`: what stands behind it becomes a paragraph of its own, `value` says of which kind
 * - `join`: its paragraph goes on where the one before it ends
 * - `kind`: its paragraph becomes what `value` says
 * - `list`: its paragraph becomes an item of a list, `value` says of which; `none` takes it out
 * - `drop`: its paragraph, item or row of a table (`value`) goes, if nothing is left in it
 * - `break`: a line break within the paragraph · `unbreak`: the one right before it goes
 * - `row`: a row of the table below its own
 */
export const SEAM_VALUES = {
  split: ['same', 'paragraph', 'heading-3', 'heading-4'],
  join: [''],
  kind: ['paragraph', 'heading-3', 'heading-4'],
  list: ['bulletList', 'orderedList', 'taskList', 'none'],
  drop: ['paragraph', 'row'],
  break: [''],
  unbreak: [''],
  row: [''],
} as const;
export type SeamOp = keyof typeof SEAM_VALUES;
export type Seam = {
  [Op in SeamOp]: { readonly op: Op; readonly value: (typeof SEAM_VALUES)[Op][number] };
}[SeamOp];

/** Who suggests: an id that the page made, the person, and when by their clock, milliseconds since 1970. */
export interface SuggestedBy {
  readonly id: string;
  readonly author: string;
  readonly at: number;
}

export type SuggestionMark = SuggestedBy &
  (
    | { readonly name: 'insertion' }
    | { readonly name: 'deletion'; readonly words: string }
    /** `value`: `on`, `off`; of a link where it goes, or nothing where it would be taken off. */
    | { readonly name: 'styling'; readonly style: Style; readonly value: string }
    | ({ readonly name: 'seam' } & Seam)
  );

/** Attributes beside those of `SuggestedBy`, in the order of the schema. */
export const MORE_ATTRIBUTES: Readonly<Record<SuggestionMarkName, readonly string[]>> = {
  insertion: [],
  deletion: ['words'],
  styling: ['style', 'value'],
  seam: ['op', 'value'],
};

/** @returns the suggestion that a mark stands for; null for any other mark, and where it says something else */
export function suggestionMark(name: string, attributes: unknown): SuggestionMark | null {
  if (!isSuggestionMark(name) || typeof attributes !== 'object' || attributes === null) return null;
  const { id, author, at, words, style, op, value } = attributes as Readonly<Record<string, unknown>>;
  if (!isOpaqueId(id) || !isOpaqueId(author) || !isTime(at)) return null;
  const by = { id, author, at };
  switch (name) {
    case 'insertion':
      return { name, ...by };
    case 'deletion':
      return isWords(words) ? { name, ...by, words } : null;
    case 'styling':
      return isStyle(style) && isStyleValue(style, value) ? { name, ...by, style, value } : null;
    case 'seam':
      return isSeam(op, value) ? ({ name, ...by, op, value } as SuggestionMark) : null;
  }
}

/** @returns whether a mark of this name stands for a suggestion */
export function isSuggestionMark(name: string): name is SuggestionMarkName {
  return (SUGGESTION_MARKS as readonly string[]).includes(name);
}

/** @returns the attributes of the mark, in the order of the schema */
export function suggestionAttributes(mark: SuggestionMark): Readonly<Record<string, string | number>> {
  const { id, author, at } = mark;
  const all = mark as unknown as Readonly<Record<string, string>>;
  const more = MORE_ATTRIBUTES[mark.name].map((name) => [name, all[name] as string]);
  return { id, author, at, ...Object.fromEntries(more) };
}

/**
 * The sign for a seam. Those of several suggestions are several: of equal signs side by side
 * y-tiptap takes any for the one that was added or deleted, and the marks change places (tried).
 */
export function seamSign({ id, author }: Pick<SuggestedBy, 'id' | 'author'>, op: SeamOp): string {
  let hash = 0x811c9dc5;
  for (const letter of `${author}/${id}/${op}`) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) as number), 0x01000193);
  }
  return String.fromCharCode(0xe100 + ((hash >>> 8) & 0xff));
}

export function isSeamSign(letter: string): boolean {
  return letter >= '\ue100' && letter <= '\ue1ff';
}

/** The name under which y-tiptap formats a text with this mark. */
export function suggestionKey(mark: SuggestionMark): string {
  return overlappingKey(mark.name, suggestionAttributes(mark));
}

/** Of one suggestion, whatever marks it is made of. An id alone could be another person's. */
export function suggestionName({ author, id }: Pick<SuggestedBy, 'id' | 'author'>): string {
  return `${author}/${id}`;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isWords(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MOST_DELETION_WORDS;
}

function isStyle(value: unknown): value is Style {
  return (STYLES as readonly unknown[]).includes(value);
}

function isStyleValue(style: Style, value: unknown): value is string {
  if (style !== 'link') return value === 'on' || value === 'off';
  return value === '' || isSafeHref(value);
}

function isSeam(op: unknown, value: unknown): boolean {
  if (typeof op !== 'string' || !Object.hasOwn(SEAM_VALUES, op)) return false;
  return (SEAM_VALUES[op as SeamOp] as readonly unknown[]).includes(value);
}
