import { wordingKey } from './wording-form.ts';

/**
 * What is shown around the words of a use when its speaker is asked (QUOTE-7). Blocks are apart by
 * `\n`, and by a space in what was written before that; no comparison tells these two apart.
 */
export interface QuoteContext {
  /** The beginning of the sentence that the words stand in, and the sentence before. */
  readonly before: string;
  /** What was left out between ranges of the words. */
  readonly between: readonly string[];
  /** The rest of the sentence that the words end in, and the sentence after. */
  readonly after: string;
}

/**
 * `same`: as it was shown, but for white space · `changed`: an editor may say why it is still
 * fair · `closer`: it now says more of who the speaker is, and only they can say yes to that.
 */
export type ContextChange = 'same' | 'changed' | 'closer';

/**
 * @param identifying words that tell who the speaker is: parts of their name, their role, their
 *   school. Given for what the present attribution does not say already.
 */
export function contextChange(
  shown: QuoteContext,
  present: QuoteContext,
  identifying: readonly string[],
): ContextChange {
  if (contextKey(shown) === contextKey(present)) return 'same';
  const [was, is] = [folded(allOf(shown)), folded(allOf(present))];
  const closer = identifying.map(folded).some((term) => term !== '' && count(is, term) > count(was, term));
  return closer ? 'closer' : 'changed';
}

/** @returns equal strings for contexts that count as the same, others for all others */
export function contextKey({ before, between, after }: QuoteContext): string {
  return JSON.stringify([wordingKey(before), between.map(wordingKey), wordingKey(after)]);
}

function allOf({ before, between, after }: QuoteContext): string {
  return [before, ...between, after].join(' ');
}

/** Words alone, each between spaces: "José’s" holds "jose". */
function folded(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length === 0 ? '' : ` ${words.join('  ')} `;
}

function count(text: string, term: string): number {
  return text.split(term).length - 1;
}
