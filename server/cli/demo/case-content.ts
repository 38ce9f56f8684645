import type { PromptMark } from '../../../shared/document/block-parts.ts';
import type { ProseMirrorJson } from '../../../shared/document/reading.ts';
import type { Stage } from '../../../shared/permissions/access.ts';

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

export interface CaseContent {
  readonly title: string;
  readonly subtitle: string;
  readonly stage: Stage;
  readonly authority: boolean;
  readonly schools: readonly SchoolContent[];
  readonly sections: readonly SectionContent[];
  readonly information?: InformationContent;
}
