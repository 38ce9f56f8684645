import type { SuggestFault } from '../../shared/suggestions/suggest-check.ts';
import type { News } from './update-inspector.ts';
import type { RoomAuthor } from './write-queue.ts';

/** What became of an update that somebody sent. */
export type WriteOutcome =
  /** It is on its way to disk, or held nothing new; `finish` tells when that is safe. */
  | { readonly kind: 'taken' }
  /** Its sender may not write. `attempt`: it held something new, and not only what all replicas tidy. */
  | { readonly kind: 'dropped'; readonly attempt: boolean }
  /** It builds on what is not here: to be asked for. */
  | { readonly kind: 'gap' }
  | { readonly kind: 'too-large' }
  /** Merging it may take so long that it is first to be tried. */
  | { readonly kind: 'untried'; readonly news: News }
  /** It has new structs under the client id of somebody else (ACCESS-3). */
  | { readonly kind: 'foreign' }
  /** Its sender may only suggest, and it does something else. */
  | { readonly kind: 'no-suggestion'; readonly fault: SuggestFault }
  | { readonly kind: 'malformed'; readonly why: string }
  /** What it needs to be judged could not be read. */
  | { readonly kind: 'unreadable'; readonly cause: unknown };

/** Whose write it is, and what they may. */
export interface Writer {
  readonly author: RoomAuthor;
  readonly mayWrite: boolean;
  /** Of what they may write: suggestions of their own alone. */
  readonly suggestsOnly?: boolean;
  /** What it sent was tried, or is the server's own. */
  readonly isTried: boolean;
}
