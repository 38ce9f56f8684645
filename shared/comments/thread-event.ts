import type { KeptWords } from '../document/anchors.ts';

/** What a thread is about. */
export type ThreadTarget =
  /** Words of the running text; `kept` is null once they were erased (ERASE-1). */
  | { readonly on: 'range'; readonly anchor: string; readonly kept: KeptWords | null }
  | { readonly on: 'quote'; readonly quote: string }
  /** A field, by its key in the block (`block-parts.ts`). */
  | { readonly on: 'field'; readonly field: string }
  | { readonly on: 'suggestion'; readonly author: string; readonly id: string }
  | { readonly on: 'section' };

/** The study's own people, or somebody at a school. */
export type ThreadSide = 'team' | 'school';

/** Who may read a thread: decided when it is opened, for good. */
export const THREAD_AUDIENCES = ['team', 'school'] as const;
export type ThreadAudience = (typeof THREAD_AUDIENCES)[number];

/** What a comment points at, beside its words. */
export type ThreadLink =
  | { readonly to: 'thread'; readonly id: string }
  | { readonly to: 'quote'; readonly id: string }
  | { readonly to: 'section'; readonly block: string }
  | { readonly to: 'field'; readonly block: string; readonly field: string };

/** What somebody says in a thread; null once it was erased (ERASE-1). */
export interface CommentWords {
  readonly words: string | null;
  /** People named in it. */
  readonly mentions: readonly string[];
}

/** One act in a thread, as it is kept. */
export type ThreadEvent = {
  /** Made by the page, so that what is sent again counts once. */
  readonly id: string;
  readonly thread: string;
  /** The person, as the server knows them (ACCESS-3). */
  readonly by: string;
  /** On which side they were then. */
  readonly side: ThreadSide;
  /** The server's clock, milliseconds since 1970. */
  readonly at: number;
} & (
  | ({
      readonly kind: 'opened';
      readonly target: ThreadTarget;
      readonly audience: ThreadAudience;
    } & CommentWords)
  | ({ readonly kind: 'replied' } & CommentWords)
  /** `comment`: the id of the event that said it first. */
  | ({ readonly kind: 'edited'; readonly comment: string } & CommentWords)
  | { readonly kind: 'resolved' }
  | { readonly kind: 'reopened' }
  /** Null: nobody sees to it any more. */
  | { readonly kind: 'assigned'; readonly to: string | null }
  | { readonly kind: 'linked'; readonly link: ThreadLink }
  | { readonly kind: 'unlinked'; readonly link: ThreadLink }
  /** Put at other words, after its own were gone. */
  | { readonly kind: 'placed'; readonly anchor: string; readonly kept: KeptWords | null }
);
export type ThreadEventKind = ThreadEvent['kind'];

/** Length limit of one comment, Unicode characters (code points). */
export const MOST_COMMENT = 5_000;
/** People named in one comment. */
export const MOST_MENTIONS = 20;
/** Links of one thread. */
export const MOST_LINKS = 50;
/** Comments in one thread. */
export const MOST_COMMENTS = 500;
