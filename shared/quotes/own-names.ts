import type { QuoteContext } from '../document/quote-context.ts';
import { type ReferredSpeaker, SOMEBODY } from './names-in-text.ts';
import type { Shown } from './quote-event.ts';

/**
 * How the text around somebody's words may name them. Who chose to be named otherwise has said
 * yes to that: it is no change of what stands around their words (QUOTE-7).
 */
export interface OwnNames {
  /** However they were named when they were shown it. */
  readonly before: readonly string[];
  /** What they chose lets be said now: anything that tells more counts as it stands. */
  readonly now: readonly string[];
}

export const NO_OWN_NAMES: OwnNames = { before: [], now: [] };

/** @returns none of whoever has not chosen themselves */
export function ownNamesOf({ name, role, naming, chosen }: ReferredSpeaker): OwnNames {
  if (!chosen) return NO_OWN_NAMES;
  const now = {
    anonymous: [SOMEBODY],
    'role-only': [SOMEBODY, role],
    'name-and-role': [SOMEBODY, role, name],
  };
  return { before: longestFirst([SOMEBODY, role, name]), now: longestFirst(now[naming]) };
}

const OWN = '\ufffc';

/** @returns with one sign in the place of each name, so that contexts can be compared */
export function withoutNames(shown: Shown, names: readonly string[]): Shown {
  const { context } = shown;
  if (context === null || names.length === 0) return shown;
  return { ...shown, context: plainContext(context, names) };
}

/** The same of a context by itself. */
export function plainContext(
  { before, between, after }: QuoteContext,
  names: readonly string[],
): QuoteContext {
  const plain = (text: string) => names.reduce((words, name) => words.replaceAll(name, OWN), text);
  return { before: plain(before), between: between.map(plain), after: plain(after) };
}

function longestFirst(names: readonly string[]): readonly string[] {
  const said = names.map((name) => name.trim()).filter((name) => name !== '');
  return said.sort((one, other) => other.length - one.length);
}
