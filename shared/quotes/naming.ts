/**
 * How somebody is named beside their words (NAME-1): decided in one place, by the
 * speaker. Here it is only compared.
 */
import { wordingKey } from '../document/wording-form.ts';

/** From what says least of who it is to what says most. */
export const NAMINGS = ['anonymous', 'role-only', 'name-and-role'] as const;
export type Naming = (typeof NAMINGS)[number];

/** How a speaker is named beside their words, as a reader sees it. */
export interface Attribution {
  readonly naming: Naming;
  /** Such as `Headteacher, primary school`; empty where nothing stands there. */
  readonly text: string;
}

export function sameAttribution(one: Attribution, other: Attribution): boolean {
  return one.naming === other.naming && wordingKey(one.text) === wordingKey(other.text);
}

/** @returns whether a naming says no more of somebody than the one that they agreed to */
export function saysNoMore(naming: Naming, agreed: Naming): boolean {
  return NAMINGS.indexOf(naming) <= NAMINGS.indexOf(agreed);
}
