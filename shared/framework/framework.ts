/**
 * What a framework is: the questions a study asks of every case, as data.
 * A study takes one version of one framework; nothing else in the code knows
 * which sections exist.
 */

/** Who a section or field is for once it is filled in. */
export type Audience =
  /** may stand in the booklet */
  | 'print'
  /** may be shown to the school it is about */
  | 'shareable'
  /** stays with the study's own people */
  | 'team';

/** Whether a case has one of it, or each of its schools has its own. */
export type Occurrence = 'once' | 'per-school';

/** A question a fieldworker asks; markable *answered* or *still to ask* in every case. */
export interface Prompt {
  /** Unique within its section; kept for ever, since marks refer to it. */
  readonly id: string;
  /** One to four words, shown bold before the question. */
  readonly label: string;
  readonly question: string;
}

export interface Option {
  readonly id: string;
  readonly label: string;
  /** One sentence that helps to choose, where the label is not enough. */
  readonly help?: string;
  /** Options with the same group stand together under this heading. */
  readonly group?: string;
}

interface FieldBase {
  /** Unique within its section (within its group for the fields of a group); kept for ever. */
  readonly id: string;
  readonly label: string;
  readonly help?: string;
  readonly required?: boolean;
  /** Narrower than the section's own, where it is given. */
  readonly audience?: Audience;
}

/** One line of text. */
export interface ShortTextField extends FieldBase {
  readonly kind: 'short-text';
}
/** Several lines of plain text. */
export interface LongTextField extends FieldBase {
  readonly kind: 'long-text';
}
/** A figure; `unit` is a word such as "pupils" or "%". */
export interface NumberField extends FieldBase {
  readonly kind: 'number';
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  /** Ask for the year the figure is of. */
  readonly withYear?: boolean;
  /** Ask where the figure is from. */
  readonly withSource?: boolean;
}
/** A calendar date, ISO `2026-03-14`. */
export interface DateField extends FieldBase {
  readonly kind: 'date';
}
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly options: readonly Option[];
}
export interface ManyChoicesField extends FieldBase {
  readonly kind: 'many-choices';
  readonly options: readonly Option[];
}
/** yes, no, or not known; empty while nobody asked. */
export interface YesNoField extends FieldBase {
  readonly kind: 'yes-no';
}
/** Things to be done or gathered, each ticked or not. */
export interface ChecklistField extends FieldBase {
  readonly kind: 'checklist';
  readonly items: readonly Option[];
}
/** Rows of the same fields, as many as there are. */
export interface GroupField extends FieldBase {
  readonly kind: 'group';
  /** What one row is called: "collaborator", "line of cost". */
  readonly rowName: string;
  readonly fields: readonly SimpleField[];
}

export type SimpleField =
  | ShortTextField
  | LongTextField
  | NumberField
  | DateField
  | ChoiceField
  | ManyChoicesField
  | YesNoField
  | ChecklistField;
export type Field = SimpleField | GroupField;
export type FieldKind = Field['kind'];

export interface Section {
  /** Kept for ever: blocks refer to it. Numbered sections use their number (`2.4`). */
  readonly id: string;
  /** As printed before the title; absent for the profile and the summary card. */
  readonly number?: string;
  readonly title: string;
  /** One or two sentences: what this section is for. */
  readonly purpose: string;
  /** The id of the section that it stands under in the outline. */
  readonly parent?: string;
  readonly required: boolean;
  readonly occurrence: Occurrence;
  readonly audience: Audience;
  /** Asked only of a case of a whole authority. */
  readonly onlyForAuthority?: boolean;
  /** Whether the section has running text besides its fields. */
  readonly prose: boolean;
  readonly prompts: readonly Prompt[];
  readonly fields: readonly Field[];
}

/** One of the questions by which a school is judged before a visit. */
export interface ScopingQuestion {
  readonly id: string;
  readonly label: string;
  readonly question: string;
}

/** A word the study defines, so that practice can be held against it. */
export interface Definition {
  readonly id: string;
  readonly term: string;
  readonly text: string;
}

export interface LearningObjective {
  readonly id: string;
  readonly text: string;
}

/** A way in which schools differ, for the coverage of a study. */
export interface ContextDimension {
  readonly id: string;
  readonly label: string;
  readonly values: readonly Option[];
}

export interface Framework {
  /** Lower-case words joined by hyphens; the same for every version. */
  readonly id: string;
  /** Counts from 1; a published version never changes. */
  readonly version: number;
  readonly title: string;
  readonly description: string;
  /** BCP 47, of the prompts and labels. */
  readonly language: string;
  readonly sections: readonly Section[];
  readonly scopingQuestions: readonly ScopingQuestion[];
  readonly stakeholderGroups: readonly Option[];
  readonly careerStages: readonly Option[];
  readonly contextDimensions: readonly ContextDimension[];
  readonly definitions: readonly Definition[];
  readonly learningObjectives: readonly LearningObjective[];
}

/** @returns a prompt's label as it leads the question: with a full stop, unless it asks already */
export function promptLead(label: string): string {
  return /[?!.…]$/.test(label) ? label : `${label}.`;
}

/** @returns the section with this id, or undefined */
export function findSection(framework: Framework, sectionId: string): Section | undefined {
  return framework.sections.find((section) => section.id === sectionId);
}

/** @returns the sections that stand directly under `parent` in the outline (top level without it) */
export function childSections(framework: Framework, parent?: string): readonly Section[] {
  return framework.sections.filter((section) => section.parent === parent);
}

/** One thing that a case has a block for: a section, and a school where it is asked per school. */
export interface BlockSlot {
  readonly sectionId: string;
  readonly schoolId: string | null;
}

/**
 * Every block that a case consists of, in the framework's order; sections asked
 * per school give one block for each of `schoolIds`, in that order.
 */
export function blockSlots(
  framework: Framework,
  shape: { readonly schoolIds: readonly string[]; readonly authority: boolean },
): readonly BlockSlot[] {
  return framework.sections.flatMap((section): BlockSlot[] => {
    if (section.onlyForAuthority && !shape.authority) return [];
    if (section.occurrence === 'once') return [{ sectionId: section.id, schoolId: null }];
    return shape.schoolIds.map((schoolId) => ({ sectionId: section.id, schoolId }));
  });
}
