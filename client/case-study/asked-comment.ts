import { Value } from '../sync/watched.ts';

/** What somebody wants to comment on as a whole; its form is fetched later than the page. */
export type AskedComment =
  | { readonly on: 'section'; readonly blockId: string }
  | { readonly on: 'quote'; readonly blockId: string; readonly quote: string };

export const askedComment = new Value<AskedComment | null>(null);
