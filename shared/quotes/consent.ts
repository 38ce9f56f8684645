import { type Naming, saysNoMore } from './naming.ts';

/** Where words may be published. */
export const CHANNELS = ['print', 'web', 'talks'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What somebody agreed to for their words, or a parent or carer for a child's. */
export interface Consent {
  readonly channels: readonly Channel[];
  /** The last moment it holds for, milliseconds since 1970; null: until it is taken back. */
  readonly until: number | null;
  /** The most that may be said of who they are. */
  readonly naming: Naming;
}

/** Of whom the age is not known, one asks as of a child. */
export const AGES = ['sixteen-or-over', 'under-sixteen', 'not-known'] as const;
export type Age = (typeof AGES)[number];

/** @returns whether a parent or carer has to agree as well: below 16, or where nobody knows */
export function needsGuardian(age: Age): boolean {
  return age !== 'sixteen-or-over';
}

/**
 * @param naming as they chose, or as the team proposes
 * @param guardian what a parent or carer agreed to; null where none did, and no name is given then
 * @returns how somebody is named: of whoever needs a parent or carer, what says least of the two (NAME-1)
 */
export function heldNaming(naming: Naming, age: Age, guardian: Naming | null): Naming {
  if (!needsGuardian(age)) return naming;
  const most = guardian ?? 'role-only';
  return saysNoMore(naming, most) ? naming : most;
}

/** `missing`: never given · `guardian-missing`: the child agreed, no parent or carer did. */
export type ConsentGap = 'missing' | 'guardian-missing' | 'ended' | 'channel' | 'naming';

export interface Consents {
  readonly own: Consent | null;
  readonly guardian: Consent | null;
}

/**
 * @param wanted.at when it is published, milliseconds since 1970
 * @returns what keeps words from being published there; null for what is covered
 */
export function consentGap(
  consents: Consents,
  age: Age,
  wanted: { readonly channel: Channel; readonly at: number; readonly naming: Naming },
): ConsentGap | null {
  if (consents.own === null) return 'missing';
  if (needsGuardian(age) && consents.guardian === null) return 'guardian-missing';
  // what a parent once said no longer binds somebody who is 16
  const asked = needsGuardian(age) ? [consents.own, consents.guardian] : [consents.own];
  for (const consent of asked) {
    if (consent === null) continue;
    if (consent.until !== null && consent.until < wanted.at) return 'ended';
    if (!consent.channels.includes(wanted.channel)) return 'channel';
    if (!saysNoMore(wanted.naming, consent.naming)) return 'naming';
  }
  return null;
}
