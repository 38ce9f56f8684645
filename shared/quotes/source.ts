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
