/** What the thread that folds and its owner say to each other. */
import type { Folded, Gathered } from '../../ports/folder.ts';

export type FoldingTask =
  | { readonly kind: 'fold'; readonly parts: readonly Uint8Array[] }
  | { readonly kind: 'gather'; readonly groups: readonly (readonly Uint8Array[])[] };

export type FoldingAnswer =
  | { readonly kind: 'folded'; readonly folded: Folded }
  | { readonly kind: 'gathered'; readonly gathered: readonly (readonly Gathered[])[] }
  | { readonly kind: 'unfoldable'; readonly why: string };
