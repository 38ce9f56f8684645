/**
 * How running text names the people and schools that it refers to (NAME-1): the one place where
 * that is decided, for the editor, every copy, every export and the wording of quotes alike.
 * Everybody is drawn the same: a member of the team types what will be printed.
 */
import type { NamesInText } from '../document/drawn-text.ts';
import { type Reference, referenceText } from '../document/reference-key.ts';
import type { Naming } from './naming.ts';

/** Somebody, or a school, that the texts of one case may refer to. */
export interface NameInText extends Reference {
  /** As it is drawn. */
  readonly words: string;
  /** For the team alone, to choose by: the name itself, and the role. Empty for others. */
  readonly who: string;
}

/** What is known of a speaker that decides how text refers to them. */
export interface ReferredSpeaker {
  /** Empty once it was erased. */
  readonly name: string;
  readonly role: string;
  readonly naming: Naming;
  /** Whether they said it themselves: what the team proposes names nobody. */
  readonly chosen: boolean;
}

export const ERASED_PERSON = 'a person whose name was erased';
export const SOMEBODY = 'somebody at the school';
const UNKNOWN = { participant: 'an unknown person', school: 'an unknown school' } as const;

/** @returns by name only for whoever chose to be named, by role where that was chosen or nothing was */
export function speakerInText({ name, role, naming, chosen }: ReferredSpeaker): string {
  if (name.trim() === '') return ERASED_PERSON;
  if (naming === 'anonymous') return SOMEBODY;
  if (naming === 'name-and-role' && chosen) return name;
  return role.trim() || SOMEBODY;
}

/** @returns names of those who may be referred to; whoever else an id names is unknown, and no more is said */
export function namesOf(known: readonly NameInText[]): NamesInText {
  const words = new Map(known.map((name) => [referenceText(name), name.words]));
  return (reference) => words.get(referenceText(reference)) ?? UNKNOWN[reference.kind];
}
