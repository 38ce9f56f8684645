/** The rules of a case's sharing page: what stands in its grid, and who may change it. */
import {
  ACCESS_LEVELS,
  type Access,
  type Asker,
  type BlockFacts,
  heldAccess,
  includesAccess,
  mostAccess,
  usualAccess,
} from './access.ts';
import { ROLES, type Role } from './roles.ts';
import { mayInStudy } from './study-acts.ts';

/** As said on the page. */
export const ACCESS_WORDS: Readonly<Record<Access, string>> = {
  none: 'Nothing',
  read: 'Reads',
  comment: 'Comments',
  suggest: 'Suggests',
  write: 'Fills in',
};

/** What a level amounts to: at a school nobody has a document to suggest in, and such a person comments (ACCESS-5). */
export function effectOf(access: Access, role: Role): OfferedAccess {
  return role === 'contact' && access === 'suggest' ? 'comment' : access;
}

/** What the page offers: levels that do what their word says. */
export const OFFERED_ACCESS = ACCESS_LEVELS;
export type OfferedAccess = (typeof OFFERED_ACCESS)[number];

/** A contact has no document to suggest in, unless they fill it in (ACCESS-5). */
export function offeredTo(role: Role): readonly OfferedAccess[] {
  return role === 'contact' ? OFFERED_ACCESS.filter((level) => level !== 'suggest') : OFFERED_ACCESS;
}

/** Somebody with a row or column of the grid, as its rules see them. */
export interface Participant {
  readonly id: string;
  readonly role: Role;
  readonly asker: Asker;
}

/** @param schoolIds of a contact: the schools of this case that they speak for */
export function participant(
  person: { readonly id: string; readonly role: Role; readonly schoolIds: readonly string[] },
  caseId: string,
): Participant {
  const contactOf = person.schoolIds.map((schoolId) => ({ caseId, schoolId }));
  return { id: person.id, role: person.role, asker: { role: person.role, contactOf } };
}

/** Why a cell of the grid stays as it is. */
export type FixedReason =
  /** Whoever looks at it may not change sharing. */
  | 'not-yours'
  /** A lead fills in everything: somebody has to be able to. */
  | 'lead'
  /** Nobody changes their own but a lead, who has everything anyway. */
  | 'yourself'
  /** Nobody passes on what they do not have. */
  | 'not-held'
  /** The section is the team's alone. */
  | 'team-only'
  /** The section is about another school. */
  | 'other-school';

/** Said where a cell cannot be another: on the page, and by the server to whoever tries. */
export const FIXED_WORDS: Readonly<Record<FixedReason, string>> = {
  'not-yours': 'The lead and editors change this.',
  lead: 'A lead fills in everything.',
  yourself: 'What you may do yourself, somebody else decides.',
  'not-held': 'You can share only what you fill in yourself.',
  'team-only': 'The team’s alone: no school ever sees it.',
  'other-school': 'About another school.',
};

/** Said of a level that reaches further than a school may see. */
export const TEAM_PARTS =
  'Parts of this section are the team’s alone: a school can read the rest, and comment on it.';

export type CellRule =
  | { readonly fixed: null; readonly usual: Access; readonly most: Access }
  | { readonly fixed: FixedReason; readonly usual: Access; readonly most: Access };

/**
 * Whether, and how far, one person may change what another may do with a block.
 * @param changerGranted what was set for the changer and this block
 */
export function cellRule(
  changer: Participant,
  changerGranted: Access | null,
  target: Participant,
  block: BlockFacts,
): CellRule {
  const usual = usualAccess(target.asker, target.role, block);
  const most = mostAccess(target.asker, target.role, block);
  const fixed = ((): FixedReason | null => {
    if (target.role === 'owner') return 'lead';
    if (most === 'none') return block.audience === 'team' ? 'team-only' : 'other-school';
    if (!mayInStudy(changer.role, 'change-sharing')) return 'not-yours';
    if (target.id === changer.id) return 'yourself';
    const held = heldAccess(changer.asker, changer.role, block, changerGranted);
    return held.access === 'write' ? null : 'not-held';
  })();
  return { fixed, usual, most };
}

/** @returns what `level` comes to in the records: null where it is what the person has anyway */
export function grantFor(level: Access, rule: Pick<CellRule, 'usual' | 'most'>): Access | null {
  const possible = includesAccess(rule.most, level) ? level : rule.most;
  return possible === rule.usual ? null : possible;
}

/** Contacts first, whose columns say what a school sees; then the team, leads first. */
export function inGridOrder<Person extends { readonly role: Role; readonly name: string }>(
  people: readonly Person[],
): Person[] {
  const rank = ({ role }: Person) => (role === 'contact' ? -1 : ROLES.indexOf(role));
  return [...people].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en'));
}

/** @returns the highest of them; `none` of none */
export function highestAccess(levels: readonly Access[]): Access {
  return levels.reduce<Access>(
    (high, level) => (includesAccess(level, high) ? level : high),
    ACCESS_LEVELS[0],
  );
}
