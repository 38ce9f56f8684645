/**
 * How a quote's mark stands in a block: on the words of one use of it, with two opaque
 * ids and nothing else. Who said it and what they said to it are records elsewhere:
 * whoever can write a block could forge them.
 */
import { overlappingKey } from './mark-key.ts';

export const QUOTE_MARK = 'quote';

/** One place where a quote stands. */
export interface QuoteUse {
  readonly quote: string;
  readonly use: string;
}

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** @returns whether it can be the id of a quote or of a use */
export function isQuoteId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/** @returns the use that a mark's attributes name; null where they name none */
export function quoteUse(attributes: unknown): QuoteUse | null {
  if (typeof attributes !== 'object' || attributes === null) return null;
  const { quote, use } = attributes as Readonly<Record<string, unknown>>;
  return isQuoteId(quote) && isQuoteId(use) ? { quote, use } : null;
}

/** The name under which y-tiptap formats a text with this mark. */
export function quoteKey({ quote, use }: QuoteUse): string {
  return overlappingKey(QUOTE_MARK, { quote, use });
}
