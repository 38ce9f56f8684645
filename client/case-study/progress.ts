import type { BlockState, SectionStatus } from '../../shared/api/cases.ts';
import { groupedNumber } from '../ui/grouped-number.ts';
import type { CaseSection } from './case-sections.ts';

/** What the text of a section says of itself; from the open copy where there is one, else from the server. */
export interface SectionFacts {
  readonly words: number;
  /** Fields filled in, a group counting once. */
  readonly filled: number;
  readonly fields: number;
  readonly prompts: Readonly<Record<string, 'answered' | 'ask'>>;
}

export type Standing =
  | { readonly kind: 'not-applicable'; readonly reason: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'drafting'; readonly setBack: BlockState['setBack'] }
  | { readonly kind: 'ready'; readonly setBack: BlockState['setBack'] }
  | { readonly kind: 'agreed'; readonly by: string | null; readonly at: number | null }
  /** Somebody agreed; the text has changed since. */
  | { readonly kind: 'stale'; readonly by: string | null; readonly at: number | null };

/** How far a section is; *empty* is computed, whatever else was said before its words went. */
export function standingOf(state: BlockState, facts: SectionFacts): Standing {
  if (state.notApplicable !== null) return { kind: 'not-applicable', reason: state.notApplicable };
  if (state.status === 'agreed') {
    const kind = state.agreementStale ? 'stale' : 'agreed';
    return { kind, by: state.agreedBy, at: state.agreedAt };
  }
  if (facts.words === 0 && facts.filled === 0) return { kind: 'empty' };
  // What this device kept of an earlier version says nothing of it.
  return { kind: state.status === 'ready' ? 'ready' : 'drafting', setBack: state.setBack ?? null };
}

/** As said on the page. */
export const STANDING_WORDS: Readonly<Record<Standing['kind'], string>> = {
  'not-applicable': 'Does not apply',
  empty: 'Empty',
  drafting: 'Drafting',
  ready: 'Ready for review',
  agreed: 'Agreed',
  stale: 'Changed since agreed',
};

/** As chosen in the menu. */
export const STATUS_WORDS: Readonly<Record<Exclude<SectionStatus, 'empty'>, string>> = {
  drafting: 'Drafting',
  ready: 'Ready for review',
  agreed: 'Agreed',
};

/** A section in work never looks finished: only review and agreement go beyond this. */
const MOST_OF_DRAFTING = 85;
const READY = 92;

/**
 * How much of its ring a section fills, 0 to 100. In work it is the mean of what
 * the section has: text (any), fields filled, prompts answered.
 */
export function ringOf(section: CaseSection, facts: SectionFacts): number {
  const standing = standingOf(section.state, facts);
  switch (standing.kind) {
    case 'agreed':
    case 'not-applicable':
      return 100;
    case 'ready':
    case 'stale':
      return READY;
    case 'empty':
      return 0;
    case 'drafting': {
      const shares: number[] = [];
      if (section.section.prose) shares.push(facts.words > 0 ? 1 : 0);
      if (facts.fields > 0) shares.push(facts.filled / facts.fields);
      const prompts = section.section.prompts;
      if (prompts.length > 0) {
        shares.push(prompts.filter(({ id }) => facts.prompts[id] === 'answered').length / prompts.length);
      }
      const mean = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
      return Math.max(8, Math.round(mean * MOST_OF_DRAFTING));
    }
    default:
      return standing satisfies never;
  }
}

export interface CaseProgress {
  readonly total: number;
  /** Agreed and unchanged since, or not applicable. */
  readonly done: number;
  /** Begun and not yet done. */
  readonly inWork: number;
  readonly words: number;
}

/** @param factsOf facts of a section, by block id */
export function caseProgress(
  sections: readonly CaseSection[],
  factsOf: (section: CaseSection) => SectionFacts,
): CaseProgress {
  let done = 0;
  let inWork = 0;
  let words = 0;
  for (const section of sections) {
    const facts = factsOf(section);
    const { kind } = standingOf(section.state, facts);
    if (kind === 'agreed' || kind === 'not-applicable') done += 1;
    else if (kind !== 'empty') inWork += 1;
    if (kind !== 'not-applicable') words += facts.words;
  }
  return { total: sections.length, done, inWork, words };
}

/** How many sections are done, of how many; or in work, where none is done yet. */
export function progressWords({ total, done, inWork }: CaseProgress): string {
  if (total > 0 && done === total) return 'all agreed';
  if (done === 0) {
    return inWork === 0 ? `${total} sections, none begun` : `${inWork} of ${total} in work`;
  }
  return `${done} of ${total} agreed`;
}

/** Facts as the server last told them. */
export function factsFromServer(state: BlockState): SectionFacts {
  return { words: state.words, filled: state.filled, fields: state.fields, prompts: state.prompts };
}

/** `312 words`; nothing for none. */
export function wordsPhrase(words: number): string {
  if (words === 0) return '';
  return words === 1 ? '1 word' : `${groupedNumber(words)} words`;
}
