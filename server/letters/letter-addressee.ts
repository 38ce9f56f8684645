import { reserveLink } from '../accounts/links.ts';
import type { Actor } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import { nothingThere } from '../studies/study-gate.ts';

type Needs = Pick<Parts, 'clock' | 'random' | 'settings'>;

/** To whom a letter goes: an invitation that may not have been taken up yet, or somebody who is in. */
export type Recipient =
  | { readonly invitationId: string }
  | { readonly personId: string; readonly schoolId: string };

/** Where a letter belongs, and what its link is like. */
interface Place {
  readonly studyId: string;
  readonly caseId: string;
  /** For how many days the link works. */
  readonly days: number;
  readonly by: Actor;
}

const DAY = 24 * 60 * 60_000;

/** Who gets it, and the link that it will carry. */
export interface Addressee {
  readonly linkId: string;
  readonly personId: string | null;
  readonly schoolId: string;
  readonly name: string;
  readonly email: string;
}

/** @throws Refusal `not-found` where there is nobody of that kind; `conflict` where the invitation was taken back */
export async function addresseeOf(
  parts: Needs,
  records: Records,
  wanted: Place & { readonly to: Recipient },
): Promise<Addressee> {
  if (!('invitationId' in wanted.to)) return contactOf(parts, records, wanted, wanted.to);
  const link = await records
    .selectFrom('links')
    .selectAll()
    .where('id', '=', wanted.to.invitationId)
    .where('kind', '=', 'contact')
    .where('role', '=', 'contact')
    .where('study_id', '=', wanted.studyId)
    .where('case_id', '=', wanted.caseId)
    .executeTakeFirst();
  if (!link?.school_id) throw nothingThere();
  if (link.revoked_at !== null) {
    throw new Refusal('conflict', 'This invitation was taken back. Invite them anew.');
  }
  const { school_id: schoolId, user_id: personId } = link;
  if (link.used_at !== null && personId !== null) {
    return contactOf(parts, records, wanted, { personId, schoolId });
  }
  return { linkId: link.id, personId: null, schoolId, name: link.name, email: link.email };
}

/** @returns a contact of the case, and a new link to their page that nobody has yet */
async function contactOf(
  parts: Needs,
  records: Records,
  wanted: Place,
  to: { readonly personId: string; readonly schoolId: string },
): Promise<Addressee> {
  const contact = await records
    .selectFrom('case_contacts')
    .innerJoin('user', 'user.id', 'case_contacts.user_id')
    .select(['user.name', 'user.email'])
    .where('case_contacts.case_id', '=', wanted.caseId)
    .where('case_contacts.school_id', '=', to.schoolId)
    .where('user.id', '=', to.personId)
    .executeTakeFirst();
  if (!contact) throw nothingThere();
  const whom = { ...to, ...contact };
  return { ...whom, linkId: await pageLink(parts, records, wanted, whom) };
}

/** @returns the id of a link that leads somebody who is in to their page, after they have signed in there */
export function pageLink(
  parts: Needs,
  records: Records,
  place: Place,
  to: Omit<Addressee, 'linkId'>,
): Promise<string> {
  return reserveLink(
    parts,
    {
      // Without a role: it lets nobody in who is not in already.
      kind: 'contact',
      email: to.email,
      name: to.name,
      studyId: place.studyId,
      caseId: place.caseId,
      schoolId: to.schoolId,
      ...(place.by.personId !== null && { createdBy: place.by.personId }),
      lifetime: place.days * DAY,
    },
    records,
  );
}
