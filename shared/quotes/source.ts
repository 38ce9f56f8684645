/** Where somebody's words come from, and how whoever said them can be reached. */

export const HOW_SAID = ['interview', 'observation', 'letter', 'recording', 'survey'] as const;
export type HowSaid = (typeof HOW_SAID)[number];

export const HOW_SAID_WORDS: Readonly<Record<HowSaid, string>> = {
  interview: 'In an interview',
  observation: 'Heard on the visit',
  letter: 'In a letter',
  recording: 'In a recording',
  survey: 'In a survey',
};

/** `shared`: a role's, or one that several people read; nobody verifies by it (LINK-1). */
export const ADDRESS_KINDS = ['personal', 'shared', 'none'] as const;
export type AddressKind = (typeof ADDRESS_KINDS)[number];

/** Where words come from, as the team noted it. */
export interface QuoteSource {
  readonly how: HowSaid;
  /** A day, as `YYYY-MM-DD`. */
  readonly saidOn: string | null;
  /** Where it can be found. */
  readonly source: string;
  /** As it was said, letter for letter. */
  readonly original: string;
  /** BCP 47, of the original; empty for the language of the case. */
  readonly language: string;
  readonly translated: boolean;
}

export const NOTHING_NOTED: QuoteSource = {
  how: 'interview',
  saidOn: null,
  ...{ source: '', original: '', language: '', translated: false },
};

export const SOURCE_PARTS = ['how', 'saidOn', 'source', 'original', 'language', 'translated'] as const;
export type SourcePart = (typeof SOURCE_PARTS)[number];

/** @returns what is otherwise in another note of the same words */
export function changedParts(before: QuoteSource, after: QuoteSource): readonly SourcePart[] {
  return SOURCE_PARTS.filter((part) => before[part] !== after[part]);
}

const PART_WORDS: Readonly<Record<SourcePart, string>> = {
  how: 'how it was said',
  saidOn: 'when it was said',
  source: 'where to find it',
  original: 'what was said word for word',
  language: 'the language',
  translated: 'whether it is translated',
};

/** @returns what a changed note tells otherwise, as part of a sentence */
export function partsWords(parts: readonly SourcePart[]): string {
  const words = parts.map((part) => PART_WORDS[part]);
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
