/**
 * Words of a quote are shown between signs, whether or not the text has its own around them. What
 * the text has is left out here, so that no sign stands twice; it is only how they are shown.
 */

/** A sign that opens: after a letter or a stop, the same sign closes what came before. */
const OPENS = /(?<![\p{L}\p{N}.!?…])(?:[“‘"'«„‚]\s*)+$/u;
/** A sign that closes, with what stands before it: before a letter it opens, or is an apostrophe. */
const CLOSES = /^[,.;]?\s*[”’“"'»]+(?![\p{L}\p{N}])\s*/u;
const WHOLE = /^[“"«„]\s*([^“”"«»„]*?)\s*[”"»“]$/u;

/** @param before what stands before words in the text; @returns it without the sign that opens them */
export function beforeSigns(before: string): string {
  return before.trimEnd().replace(OPENS, '').trimEnd();
}

/** @param after what stands after words in the text; @returns it without the sign that closes them */
export function afterSigns(after: string): string {
  return after.replace(CLOSES, '');
}

/** @returns words without the signs that were marked along with them, where one pair holds them all */
export function bareWords(wording: string): string {
  return WHOLE.exec(wording.trim())?.[1] ?? wording;
}
