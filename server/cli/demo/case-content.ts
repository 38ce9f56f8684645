import type { RouteBody } from '../../../shared/api/contract.ts';
import type { PromptMark } from '../../../shared/document/block-parts.ts';
import type { ProseMirrorJson } from '../../../shared/document/reading.ts';
import type { Stage } from '../../../shared/permissions/access.ts';
import type { HowSaid } from '../../../shared/quotes/source.ts';

/** Who is said to have written, decided or been asked; the people themselves are made elsewhere. */
export type Writer = 'lead' | 'first' | 'second' | 'editor' | 'contact';

/** A figure as typed, with the year it is of and where it is from. */
export interface FigureContent {
  readonly figure: string;
  readonly year?: string;
  readonly source?: string;
}

/**
 * What stands in a field: words, an option's id, `yes`, `no` or `unknown`, or a
 * date for those that hold one; ids for those that hold many; a figure for numbers.
 */
export type SimpleContent = string | readonly string[] | FigureContent;

/** One row of a group, by field id. */
export type RowContent = Readonly<Record<string, SimpleContent>>;

export type FieldContent = SimpleContent | readonly RowContent[];

/** Words that somebody changed later; `now` is what the text above says. */
export interface Revision {
  readonly by: Writer;
  readonly was: string;
  readonly now: string;
  /** Made after the section was agreed, so that the agreement is stale. */
  readonly sinceAgreed?: boolean;
}

/** Words typed without a network in a paragraph that a colleague made a heading meanwhile. */
export interface LostContent {
  readonly by: Writer;
  readonly causedBy: Writer;
  readonly words: string;
  /** What stands before and after the words, as it was when they were typed. */
  readonly before: string;
  readonly after: string;
}

/** Everything that the study holds for one section of a case (and school). */
export interface SectionContent {
  readonly section: string;
  /** Key of the school, for sections asked of each. */
  readonly school?: string;
  /** Who wrote, in turns; the first also filled in the single fields. */
  readonly by?: readonly Writer[];
  readonly prose?: readonly ProseMirrorJson[];
  readonly fields?: Readonly<Record<string, FieldContent>>;
  readonly prompts?: Readonly<Record<string, PromptMark>>;
  readonly revisions?: readonly Revision[];
  readonly lostWords?: readonly LostContent[];
  readonly status?: 'ready' | 'agreed';
  readonly statusBy?: Exclude<Writer, 'contact'>;
  readonly assignee?: Exclude<Writer, 'contact'>;
  /** Days from the day the demo is made; less than nothing is overdue. */
  readonly dueInDays?: number;
  /** *Does not apply, because …* */
  readonly notApplicable?: string;
}

export interface SchoolContent {
  /** Refers to the school within this content. */
  readonly key: string;
  readonly name: string;
  readonly place: string;
}

/** What the lead asked the contact for, before the visit. */
export interface InformationContent {
  /** Key of the school. */
  readonly school: string;
  readonly sections: readonly string[];
  /** Days before and after the day the demo is made. */
  readonly askedDaysAgo: number;
  readonly dueInDays: number;
  readonly note: string;
}

/** Somebody at a school whose words are quoted. */
export interface SpeakerContent {
  /** Refers to them within this content. */
  readonly key: string;
  readonly name: string;
  readonly role: string;
  /** Key of the school. */
  readonly school: string;
  /** The contact speaks for themselves, under their own address. */
  readonly isContact?: boolean;
}

/** Words of the text that somebody said, and what came of them. */
export interface QuoteContent {
  readonly speaker: string;
  readonly section: string;
  /** As they stand in the text, without the signs around them. */
  readonly words: string;
  /** As they were said, where that was longer. */
  readonly original?: string;
  readonly how: HowSaid;
  readonly source: string;
  readonly saidDaysAgo: number;
  /** A letter asks them; or what they said on the telephone or on paper. */
  readonly outcome?:
    | 'asked'
    | { readonly confirmed: Evidence }
    | { readonly corrected: string; readonly by: Evidence };
  /** What a colleague made of the words since. */
  readonly since?: { readonly by: Writer; readonly was: string; readonly now: string };
}

type Evidence = RouteBody<'POST /api/quotes/:quoteId/answers'>['evidence'];

export interface QuotesContent {
  readonly speakers: readonly SpeakerContent[];
  readonly quotes: readonly QuoteContent[];
}

export interface CaseContent {
  readonly title: string;
  readonly subtitle: string;
  readonly stage: Stage;
  readonly authority: boolean;
  readonly schools: readonly SchoolContent[];
  readonly sections: readonly SectionContent[];
  readonly information?: InformationContent;
  readonly quoted?: QuotesContent;
}
