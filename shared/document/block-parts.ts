/**
 * How the parts of a block are named inside its Y.Doc. Data outlives versions:
 * these names never change.
 *
 * - root Y.XmlFragment `content`: the running text
 * - root Y.Text `field/<fieldId>`: a text field; in a repeated group
 *   `field/<groupId>/<rowId>/<fieldId>`
 * - root Y.Map `fields`, flat keys: every single value (see the functions below)
 *
 * Never a nested shared type made on first use: two people doing so at once lose
 * one of the two.
 */
export const CONTENT = 'content';
export const FIELDS = 'fields';

/** Where a field stands: in the section itself, or in a row of a repeated group. */
export interface FieldPlace {
  readonly fieldId: string;
  readonly row?: { readonly groupId: string; readonly rowId: string };
}

function path(place: FieldPlace): string {
  return place.row ? `${place.row.groupId}/${place.row.rowId}/${place.fieldId}` : place.fieldId;
}

/** Root Y.Text of a short or long text field. */
export function textKey(place: FieldPlace): string {
  return `field/${path(place)}`;
}

/**
 * Key in `fields` of a value held as a whole: number (as typed, a string), date
 * (ISO), choice (option id), yes-no (`yes`, `no`, `unknown`).
 */
export function valueKey(place: FieldPlace): string {
  return `value/${path(place)}`;
}

/** Key in `fields` of one option of a many-choices field or one item of a checklist: `true` or absent. */
export function optionKey(place: FieldPlace, optionId: string): string {
  return `option/${path(place)}/${optionId}`;
}

/** Key in `fields` of the year a figure is of (a string as typed). */
export function yearKey(place: FieldPlace): string {
  return `year/${path(place)}`;
}

/** Key in `fields` of where a figure is from. */
export function sourceKey(place: FieldPlace): string {
  return `source/${path(place)}`;
}

/** Key in `fields` of a row of a group; its value is the row's order, a string that sorts. */
export function rowKey(groupId: string, rowId: string): string {
  return `row/${groupId}/${rowId}`;
}

/** Key in `fields` of a prompt's mark: `answered`, `ask`, or absent. */
export function promptKey(promptId: string): string {
  return `prompt/${promptId}`;
}

export type PromptMark = 'answered' | 'ask';
export type YesNo = 'yes' | 'no' | 'unknown';

/** Length limit of a whole block's text in the page, UTF-16 code units; the server's hard limit is four times this. */
export const SOFT_BLOCK_CHARACTERS = 200_000;
/** Length limit of one short text field, UTF-16 code units. */
export const SHORT_TEXT_CHARACTERS = 500;
/** Length limit of one long text field, UTF-16 code units. */
export const LONG_TEXT_CHARACTERS = 20_000;
/** Rows of one group. */
export const MAX_ROWS = 200;
