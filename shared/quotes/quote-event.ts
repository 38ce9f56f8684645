import type { QuoteContext } from '../document/quote-context.ts';
import type { Consent } from './consent.ts';
import type { Attribution } from './naming.ts';
import type { Scan } from './scan.ts';
import type { QuoteSource, SourcePart } from './source.ts';
import type { Turn } from './turns.ts';

/** Who acts, as the server knows it (ACCESS-3). */
export type QuoteActor =
  /** The speaker themselves, at their own page. */
  | { readonly who: 'speaker'; readonly id: string }
  | { readonly who: 'guardian'; readonly of: string }
  | { readonly who: 'member'; readonly id: string }
  | { readonly who: 'server' };

/** What a member has who writes down what a speaker said elsewhere (QUOTE-1). */
export interface Evidence {
  readonly how: 'phone' | 'paper';
  /** Where it can be found, or when the call was; not empty. Null once it was erased. */
  readonly note: string | null;
  /** Of an answer on paper. Absent where there is none, null once it was erased. */
  readonly scan?: Scan | null;
}

/** What a speaker is shown of one use. Words are null once they were erased (ERASE-1). */
export interface Shown {
  readonly use: string;
  readonly wording: string | null;
  readonly context: QuoteContext | null;
  readonly attribution: Attribution | null;
  /** Of an exchange, its lines, and which of them are the speaker's own; absent: asked about the whole. */
  readonly turns?: readonly Turn[] | null;
}

/** How an ask reaches its speaker. */
export type AskWay = 'link' | 'phone' | 'paper';

/** What somebody says to what they were shown in one ask. */
export type AnswerKind = 'confirmed' | 'correction-proposed' | 'disputed' | 'declined';

/** One step of a quote, as it is kept for good (QUOTE-6). */
export type QuoteEvent = {
  readonly at: number;
  readonly by: QuoteActor;
} /** Somebody's words were marked; of an exchange, all who speak in it. */ & (
  | {
      readonly kind: 'captured';
      readonly speakers: readonly string[];
      /** Of each line of an exchange, which of them says it, counted from 0; absent: that was not said. */
      readonly turns?: readonly number[];
    }
  /** A member held these words against the notes or the recording. */
  | { readonly kind: 'checked'; readonly wording: string | null }
  | {
      readonly kind: 'sent';
      readonly ask: string;
      readonly speaker: string;
      readonly way: AskWay;
      readonly shown: Shown;
      /** When silence ends it, milliseconds since 1970. */
      readonly lapsesAt: number;
    }
  /** A parent or carer was asked by a letter whether a child's words may be published, and which they are. */
  | {
      readonly kind: 'guardian-asked';
      readonly ask: string;
      readonly speaker: string;
      readonly shown: Shown;
      /** When silence ends it, milliseconds since 1970. */
      readonly lapsesAt: number;
    }
  | { readonly kind: 'opened'; readonly ask: string }
  | { readonly kind: 'reminded'; readonly ask: string; readonly day: number }
  | { readonly kind: 'lapsed'; readonly ask: string }
  /** By the team, before an answer. */
  | { readonly kind: 'recalled'; readonly ask: string }
  | {
      readonly kind: AnswerKind;
      readonly ask: string;
      /** Of a correction: the words as they should be. */
      readonly wording?: string | null;
      /** Of a dispute: the letter had reached somebody else, who never was the speaker. */
      readonly stranger?: true;
      /** Of a member who writes it down for the speaker. */
      readonly evidence?: Evidence;
    }
  /** The team takes a correction up. */
  | { readonly kind: 'correction-accepted'; readonly ask: string }
  /** The team does not, and goes back to words that the speaker has said: they are asked anew. */
  | { readonly kind: 'correction-returned'; readonly ask: string }
  /** An editor says why words are still fair in what stands around them now. */
  | {
      readonly kind: 'found-fair';
      readonly shown: Shown;
      readonly speaker: string;
      readonly reason: string | null;
    }
  | {
      readonly kind: 'consented';
      readonly speaker: string;
      readonly from: 'speaker' | 'guardian';
      readonly consent: Consent;
      /** As they read then how they will be named; it holds for what they verified as well. */
      readonly attribution?: Attribution | null;
      readonly evidence?: Evidence;
    }
  /** By a speaker or a child's parent, whenever they like. */
  | {
      readonly kind: 'withdrawn';
      readonly speaker: string;
      readonly from: 'speaker' | 'guardian';
      readonly evidence?: Evidence;
    }
  /** After somebody was asked, the team changed what it notes of where the words come from; never the words. */
  | {
      readonly kind: 'source-changed';
      readonly parts: readonly SourcePart[];
      /** Both null once they were erased. */
      readonly before: QuoteSource | null;
      readonly after: QuoteSource | null;
    }
  /** By the team: it is not used, or used again after all. */
  | { readonly kind: 'set-aside' }
  | { readonly kind: 'taken-up' }
  /** By the team: its words are gone for good, and nothing more can be done with it (ERASE-1). */
  | { readonly kind: 'erased' }
);
