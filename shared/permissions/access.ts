import type { Audience, Section } from '../framework/framework.ts';
import type { Role } from './roles.ts';

/** What a person may do with one block; each level includes those before it. */
export const ACCESS_LEVELS = ['none', 'read', 'comment', 'suggest', 'write'] as const;
export type Access = (typeof ACCESS_LEVELS)[number];

export const STAGES = [
  'scoping',
  'visit',
  'drafting',
  'with-school',
  'editing',
  'approved',
  'published',
  'withdrawn',
  'declined',
] as const;
export type Stage = (typeof STAGES)[number];

export const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  scoping: 'Scoping',
  visit: 'Visit',
  drafting: 'Drafting',
  'with-school': 'With school',
  editing: 'Editing',
  approved: 'Approved',
  published: 'Published',
  withdrawn: 'Withdrawn',
  declined: 'Declined',
};

/** Whether nothing in a case may be changed at that stage, until somebody opens it again. */
const LOCKED: Readonly<Record<Stage, boolean>> = {
  scoping: false,
  visit: false,
  drafting: false,
  'with-school': false,
  editing: false,
  approved: true,
  published: true,
  withdrawn: true,
  declined: true,
};

export function isLocked(stage: Stage): boolean {
  return LOCKED[stage];
}

/** @returns whether `held` is at least `needed` */
export function includesAccess(held: Access, needed: Access): boolean {
  return ACCESS_LEVELS.indexOf(held) >= ACCESS_LEVELS.indexOf(needed);
}

function lower(one: Access, other: Access): Access {
  return includesAccess(one, other) ? other : one;
}

/** A case that a school contact was invited to, and the school that they speak for in it. */
export interface ContactPlace {
  readonly caseId: string;
  readonly schoolId: string;
}

/** What is known of the person who asks, already narrowed to the study (and case) in question. */
export interface Asker {
  /** Absent: not a member of the study, or removed from it. */
  readonly role: Role | null;
  /** Contacts alone. */
  readonly contactOf: readonly ContactPlace[];
}

/** What decides about a block, whoever asks. */
export interface BlockFacts {
  readonly caseId: string;
  readonly schoolId: string | null;
  readonly audience: Audience;
  /** Asked per school: a contact fills in the block of their own school. */
  readonly perSchool: boolean;
  /** Some of its fields are the team's alone: the document as a whole is nothing for a contact. */
  readonly teamFields: boolean;
}

export interface BlockInQuestion extends BlockFacts {
  readonly stage: Stage;
  /** The case, its study or the block itself lies in the bin. */
  readonly deleted: boolean;
}

/** @returns what the framework says of a block, as the decision wants it */
export function blockFacts(
  section: Section,
  place: { readonly caseId: string; readonly schoolId: string | null },
): BlockFacts {
  const teamOnly = (field: Section['fields'][number]): boolean =>
    field.audience === 'team' || (field.kind === 'group' && field.fields.some(teamOnly));
  return {
    caseId: place.caseId,
    schoolId: place.schoolId,
    audience: section.audience,
    perSchool: section.occurrence === 'per-school',
    teamFields: section.fields.some(teamOnly),
  };
}

/** Why access is less than a person might expect; the page says it in words. */
export type AccessReason = 'not-a-member' | 'role' | 'not-shared' | 'set' | 'stage' | 'deleted';

export interface Decision {
  readonly access: Access;
  /** Present exactly where access is below `write`. */
  readonly reason?: AccessReason;
}

/**
 * The one decision about a block (ACCESS-1): the server enforces it on every
 * call and frame, the page greys out by it.
 * @param granted what was set for this person and block on the case's sharing page; null: nothing was
 */
export function decideBlockAccess(asker: Asker, block: BlockInQuestion, granted: Access | null): Decision {
  if (asker.role === null) return { access: 'none', reason: 'not-a-member' };
  const held = heldAccess(asker, asker.role, block, granted);
  if (held.access === 'none') return held;
  if (block.deleted) {
    return asker.role === 'contact'
      ? { access: 'none', reason: 'deleted' }
      : { access: 'read', reason: 'deleted' };
  }
  if (isLocked(block.stage) && held.access !== 'read') return { access: 'read', reason: 'stage' };
  return held;
}

/**
 * What somebody has of a block by their part in the study and by what was set for
 * them, whatever the stage of the case. The sharing page shows this.
 */
export function heldAccess(asker: Asker, role: Role, block: BlockFacts, granted: Access | null): Decision {
  const usual = usualAccess(asker, role, block);
  const access =
    granted === null || role === 'owner' ? usual : lower(granted, mostAccess(asker, role, block));
  if (access === 'write') return { access };
  if (granted !== null && access !== usual) return { access, reason: 'set' };
  return { access, reason: role === 'contact' && access === 'none' ? 'not-shared' : 'role' };
}

/** What a part in the study brings where nothing else was set. */
export function usualAccess(asker: Asker, role: Role, block: BlockFacts): Access {
  if (role !== 'contact') return TEAM_ACCESS[role];
  const asked = block.perSchool && block.audience === 'shareable';
  // of what holds parts of the team's alone, they fill in nothing, and are asked for no comment either
  return asked ? lower(block.teamFields ? 'read' : 'write', mostAccess(asker, role, block)) : 'none';
}

/** What each part of the team brings, the same for every block. */
export const TEAM_ACCESS: Readonly<Record<Exclude<Role, 'contact'>, Access>> = {
  owner: 'write',
  editor: 'write',
  fieldworker: 'write',
  viewer: 'read',
};

/**
 * The most that can be set for somebody. A contact never sees what is the team's
 * alone or of another school (ACCESS-5), and holds no document that has such a part: of
 * that they read a copy, and can comment on it.
 */
export function mostAccess(asker: Asker, role: Role, block: BlockFacts): Access {
  if (role !== 'contact') return 'write';
  const theirs = asker.contactOf.some(
    (place) =>
      place.caseId === block.caseId && (block.schoolId === null || block.schoolId === place.schoolId),
  );
  if (!theirs || block.audience === 'team') return 'none';
  return block.teamFields ? 'comment' : 'write';
}

/**
 * Whether somebody is let into the block's room, where its document is. A contact
 * who does not fill it in gets a reading copy instead (ACCESS-5).
 */
export function opensDocument(role: Role, access: Access): boolean {
  return includesAccess(access, role === 'contact' ? 'write' : 'read');
}
