import type { Attribution, Naming } from './naming.ts';

/** What is known of a speaker that decides how they are named. */
export interface NamedSpeaker {
  readonly name: string;
  /** In words, such as `Deputy head`; empty where none was said. */
  readonly role: string;
  readonly naming: Naming;
}

/** @returns how somebody is named beside their words; nothing stands there of whoever is anonymous (NAME-1) */
export function attributionOf({ name, role, naming }: NamedSpeaker): Attribution {
  switch (naming) {
    case 'anonymous':
      return { naming, text: '' };
    case 'role-only':
      return { naming, text: role };
    case 'name-and-role':
      return { naming, text: role === '' ? name : `${name}, ${role}` };
  }
}

/** Letters of a name that stand in many other words tell nobody. */
const LEAST_NAME = 3;

/**
 * @param school what their school is called
 * @returns words that tell who a speaker is, beyond what their attribution says already (QUOTE-7)
 */
export function identifyingWords(speaker: NamedSpeaker, school: string): readonly string[] {
  const { name, role, naming } = speaker;
  const names = [name, ...name.split(/\s+/u).filter((part) => part.length >= LEAST_NAME)];
  const words = {
    anonymous: [...names, role, school],
    'role-only': [...names, school],
    'name-and-role': [school],
  }[naming];
  return [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))];
}

/** Roles that several people of a school usually have. */
const COMMON_ROLES =
  /\b(teachers?|pupils?|students?|parents?|carers?|governors?|mentors?|mentees?|assistants?|staff|colleagues?|tutors?)$/iu;

/**
 * @param others roles of the other speakers of the school
 * @returns whether a role by itself tells who somebody is
 */
export function tellsWhoItIs(role: string, others: readonly string[]): boolean {
  const plain = (words: string) => words.trim().toLowerCase();
  if (plain(role) === '' || COMMON_ROLES.test(role.trim())) return false;
  return !others.some((other) => plain(other) === plain(role));
}
