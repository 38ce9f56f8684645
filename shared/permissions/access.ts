import type { Audience } from '../framework/framework.ts';
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

/** @returns whether `held` is at least `needed` */
export function includesAccess(held: Access, needed: Access): boolean {
  return ACCESS_LEVELS.indexOf(held) >= ACCESS_LEVELS.indexOf(needed);
}

/** What is known of the person who asks, already narrowed to the study (and case) in question. */
export interface Asker {
  /** Absent: not a member of the study, or removed from it. */
  readonly role: Role | null;
  /** Contacts alone: the cases that they were invited to. */
  readonly contactOfCaseIds: readonly string[];
  /** Contacts alone: the schools that they speak for. */
  readonly contactOfSchoolIds: readonly string[];
}

export interface BlockInQuestion {
  readonly caseId: string;
  readonly schoolId: string | null;
  readonly audience: Audience;
  /** Asked per school: a contact fills in the block of their own school. */
  readonly perSchool: boolean;
  readonly stage: Stage;
  /** The case, its study or the block itself lies in the bin. */
  readonly deleted: boolean;
}

/** Why access is less than a person might expect; the page says it in words. */
export type AccessReason = 'not-a-member' | 'role' | 'not-shared' | 'stage' | 'deleted';

export interface Decision {
  readonly access: Access;
  /** Present exactly where access is below `write`. */
  readonly reason?: AccessReason;
}

const LOCKED_STAGES: readonly Stage[] = ['approved', 'published', 'withdrawn', 'declined'];

/**
 * The one decision about a block (ACCESS-1): the server enforces it on every
 * call and frame, the page greys out by it.
 */
export function decideBlockAccess(asker: Asker, block: BlockInQuestion): Decision {
  if (asker.role === null) return { access: 'none', reason: 'not-a-member' };
  const held = roleAccess(asker, asker.role, block);
  if (held.access === 'none') return held;
  if (block.deleted) {
    return asker.role === 'contact'
      ? { access: 'none', reason: 'deleted' }
      : { access: 'read', reason: 'deleted' };
  }
  if (LOCKED_STAGES.includes(block.stage) && held.access !== 'read') {
    return { access: 'read', reason: 'stage' };
  }
  return held;
}

function roleAccess(asker: Asker, role: Role, block: BlockInQuestion): Decision {
  switch (role) {
    case 'owner':
    case 'editor':
    case 'fieldworker':
      return { access: 'write' };
    case 'viewer':
      return { access: 'read', reason: 'role' };
    case 'contact': {
      const theirs =
        asker.contactOfCaseIds.includes(block.caseId) &&
        block.schoolId !== null &&
        asker.contactOfSchoolIds.includes(block.schoolId);
      const asked = block.perSchool && block.audience === 'shareable';
      return theirs && asked ? { access: 'write' } : { access: 'none', reason: 'not-shared' };
    }
    default:
      return role satisfies never;
  }
}
