/** What the thread that folds and its owner say to each other. */
import type { HiddenWords } from '../../collaboration/lost-words.ts';
import type { Inquiry, PastStep } from '../../collaboration/lost-words-inquiry.ts';
import type { ReviewAsked, Reviewed } from '../../collaboration/suggestion-review.ts';
import type { BlockContents, Folded, Gathered, Merged, SurveyedBytes } from '../../ports/folder.ts';

export type FoldingTask =
  | { readonly kind: 'fold'; readonly parts: readonly Uint8Array[] }
  | { readonly kind: 'look-at-shape'; readonly parts: readonly Uint8Array[] }
  | { readonly kind: 'read' | 'read-written'; readonly parts: readonly Uint8Array[] }
  | { readonly kind: 'survey'; readonly parts: readonly Uint8Array[] }
  | { readonly kind: 'gather'; readonly groups: readonly (readonly Uint8Array[])[] }
  | { readonly kind: 'find-hidden'; readonly past: readonly PastStep[]; readonly inquiry: Inquiry }
  | {
      readonly kind: 'merge';
      readonly parts: readonly Uint8Array[];
      readonly update: Uint8Array;
      readonly deletions: Uint8Array;
    }
  | {
      readonly kind: 'review';
      readonly parts: readonly Uint8Array[];
      readonly update: Uint8Array;
      readonly asked: ReviewAsked;
    }
  | { readonly kind: 'time'; readonly parts: readonly Uint8Array[]; readonly update: Uint8Array };

export type FoldingAnswer =
  | { readonly kind: 'folded'; readonly folded: Folded }
  | { readonly kind: 'surveyed'; readonly surveyed: SurveyedBytes }
  | { readonly kind: 'gathered'; readonly gathered: readonly (readonly Gathered[])[] }
  | { readonly kind: 'found'; readonly found: readonly HiddenWords[] }
  | { readonly kind: 'merged'; readonly merged: Merged }
  | { readonly kind: 'has-read'; readonly contents: BlockContents }
  | { readonly kind: 'looked-at-shape'; readonly isWell: boolean }
  | { readonly kind: 'reviewed'; readonly reviewed: Reviewed }
  | { readonly kind: 'timed'; readonly ms: number }
  | { readonly kind: 'unfoldable'; readonly why: string };
