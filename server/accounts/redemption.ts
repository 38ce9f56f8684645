import type { Selectable, Transaction } from 'kysely';
import type { Person } from '../../shared/api/people.ts';
import { type Actor, recordInService, recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import { dropLetters } from '../letters/letter-ends.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { callByOwnName } from '../protection/former-people.ts';
import { keepShownAtInvitation } from '../protection/sheets-shown.ts';
import { codeNotUsable } from './codes.ts';
import { linkKind, linkNotUsable, linkRole, needsCode, openLink } from './links.ts';
import { createPerson, findByEmail, hasHost, loadPerson, makeHost } from './people.ts';

/** What an opener whom the link does not name says of themselves. */
export interface SaidIdentity {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/** Who opens a link, as the server knows it. */
export interface Opener {
  /** Whose session it is, if anybody's. */
  readonly signedInAs: string | null;
  /** They typed the digits that were sent to the link's address. */
  readonly addressProven: boolean;
  readonly actor: Actor;
  /** The version of the information sheet that their page showed. */
  readonly sheet?: number | undefined;
}

export interface Redeemed {
  readonly person: Person;
  /** Path of the page to show next. */
  readonly goTo: string;
  /** The link came to the person's own mail, or from whoever runs the server. */
  readonly provesAddress: boolean;
}

type Needs = Pick<Parts, 'records' | 'clock' | 'random' | 'bus' | 'settings'>;
type LinkRow = Selectable<Tables['links']>;

/**
 * Does what the link is for, once, and all of it or nothing: of several
 * redemptions at the same moment, one succeeds.
 * @throws Refusal `link-not-usable` for every token that does not work, `bad-request`
 *   where the opener has to say who they are, `not-signed-in` where the address has an
 *   account that the opener is not signed in to (after these the link stays usable)
 */
export async function redeemLink(
  parts: Needs,
  token: string,
  said: SaidIdentity,
  by: Opener,
): Promise<Redeemed> {
  const { entered, link } = await parts.records.transaction(async (records) => {
    const link = await openLink(records, token, parts.clock.now());
    const spent = await records
      .updateTable('links')
      .set({ used_at: parts.clock.now() })
      .where('id', '=', link.id)
      .where('used_at', 'is', null)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (spent.numUpdatedRows !== 1n) throw linkNotUsable();
    const entered = await enter(parts, records, link, said, by);
    await records
      .updateTable('links')
      .set({ user_id: entered.person.id })
      .where('id', '=', link.id)
      .execute();
    const now = parts.clock.now();
    const sheet = await keepShownAtInvitation(records, link, entered.person.id, by.sheet, now);
    const actor = { ...by.actor, personId: entered.person.id };
    await recordEntry(parts, records, link, actor, sheet);
    const invitation = { linkId: link.id, kind: 'invitation' } as const;
    if (link.kind === 'contact') await dropLetters(records, invitation, { by: actor, at: now });
    return { entered, link };
  });
  if (link.study_id) {
    parts.bus.publish({ t: 'access-changed', personId: entered.person.id, caseId: link.case_id });
    parts.bus.publish({ t: 'changed', topic: `study/${link.study_id}` });
    if (link.case_id) parts.bus.publish({ t: 'changed', topic: `case/${link.case_id}` });
  }
  return { ...entered, provesAddress: linkKind(link) === 'sign-in' };
}

async function enter(
  parts: Needs,
  records: Records,
  link: LinkRow,
  said: SaidIdentity,
  by: Opener,
): Promise<Pick<Redeemed, 'person' | 'goTo'>> {
  const kind = linkKind(link);
  switch (kind) {
    case 'owner': {
      if (await hasHost(records)) throw linkNotUsable();
      const person = await opener(parts, records, link, said, by);
      await makeHost(records, person.id);
      return { person, goTo: '/' };
    }
    case 'sign-in':
    case 'demo':
      return { person: await boundPerson(records, link), goTo: await demoPage(records, link) };
    case 'member': {
      const studyId = await openStudy(records, link);
      const role = linkRole(link);
      if (!role || role === 'contact') throw linkNotUsable();
      const person = await opener(parts, records, link, said, by);
      await join(parts, records, studyId, person.id, role);
      return { person, goTo: `/studies/${studyId}` };
    }
    case 'contact': {
      const studyId = await openStudy(records, link);
      if (!link.case_id || !link.school_id) throw linkNotUsable();
      if (!isInvitation(link)) {
        const person = await contactHere(records, link, by);
        await bindSpeakers(records, link, person);
        await bindGuardians(records, link, person);
        return { person, goTo: await contactPage(records, link) };
      }
      const person = await opener(parts, records, link, said, by);
      await join(parts, records, studyId, person.id, 'contact');
      await records
        .insertInto('case_contacts')
        .values({
          case_id: link.case_id,
          user_id: person.id,
          school_id: link.school_id,
          since: parts.clock.now(),
          quotes_alone: link.quotes_alone,
        })
        .onConflict((conflict) => {
          const known = conflict.columns(['case_id', 'user_id', 'school_id']);
          return link.quotes_alone === 1 ? known.doNothing() : known.doUpdateSet({ quotes_alone: 0 });
        })
        .execute();
      await bindSpeakers(records, link, person);
      await bindGuardians(records, link, person);
      return { person, goTo: await contactPage(records, link) };
    }
    default:
      return kind satisfies never;
  }
}

/**
 * Whose words are quoted under the address that they came in by: their page shows them from then on.
 * An address that stands with two people says of neither that it is them (LINK-1).
 */
async function bindSpeakers(records: Records, link: LinkRow, person: Person): Promise<void> {
  if (link.study_id === null || link.school_id === null || link.email === '') return;
  await records
    .updateTable('speakers')
    .set({ person_id: person.id })
    .where('study_id', '=', link.study_id)
    .where('school_id', '=', link.school_id)
    .where('email', '=', link.email)
    .where('address', '=', 'personal')
    .where('person_id', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('speakers as others')
            .select('others.id')
            .whereRef('others.study_id', '=', 'speakers.study_id')
            .whereRef('others.email', '=', 'speakers.email')
            .whereRef('others.name', '<>', 'speakers.name'),
        ),
      ),
    )
    .execute();
}

/** For which children they were written to as a parent or carer, under the address that they came in by. */
async function bindGuardians(records: Records, link: LinkRow, person: Person): Promise<void> {
  if (link.study_id === null || link.school_id === null || link.email === '') return;
  await records
    .updateTable('guardians')
    .set({ person_id: person.id })
    .where('study_id', '=', link.study_id)
    .where('email', '=', link.email)
    .where('person_id', 'is', null)
    .where('speaker_id', 'in', (eb) =>
      eb.selectFrom('speakers').select('id').where('school_id', '=', link.school_id),
    )
    .execute();
}

/** @returns the page that a contact's link is for: their own words, where the letter was about those */
async function contactPage(records: Records, link: LinkRow): Promise<string> {
  const letter = await records
    .selectFrom('letters')
    .select('kind')
    .where('link_id', '=', link.id)
    .orderBy('made_at', 'desc')
    .executeTakeFirst();
  return link.quotes_alone === 1 || letter?.kind === 'quotes' ? '/quotes' : '/contact';
}

/** What a link let somebody into; that it signed them in is told with their session. */
async function recordEntry(
  parts: Needs,
  records: Transaction<Tables>,
  link: LinkRow,
  by: Actor,
  sheet: number | null,
): Promise<void> {
  const at = parts.clock.now();
  if (link.kind === 'owner' && by.personId !== null) {
    const object = { kind: 'person', id: by.personId } as const;
    await recordInService(records, { kind: 'owner-made', by, at, object, detail: {} });
  }
  if (isInvitation(link) && link.study_id !== null) {
    // Not the link's: somebody who was in the study already keeps the role that they had.
    const held = await records
      .selectFrom('members')
      .select('role')
      .where('study_id', '=', link.study_id)
      .where('user_id', '=', by.personId)
      .executeTakeFirstOrThrow();
    await recordInStudy(records, link.study_id, {
      kind: 'invitation-taken-up',
      by,
      at,
      caseId: link.case_id,
      object: { kind: 'invitation', id: link.id },
      detail: { role: held.role, ...(sheet !== null && { sheet }) },
    });
  }
}

/** A contact's link without a role only leads somebody who is in to their page. */
function isInvitation(link: LinkRow): boolean {
  return link.kind === 'member' || (link.kind === 'contact' && link.role !== null);
}

/** Somebody who is in the study already keeps the role that they have. */
async function join(
  parts: Needs,
  records: Records,
  studyId: string,
  personId: string,
  role: string,
): Promise<void> {
  await records
    .insertInto('members')
    .values({ study_id: studyId, user_id: personId, role, since: parts.clock.now() })
    .onConflict((conflict) => conflict.columns(['study_id', 'user_id']).doNothing())
    .execute();
  await callByOwnName(records, studyId, personId);
}

async function openStudy(records: Records, link: LinkRow): Promise<string> {
  const study = await records
    .selectFrom('studies')
    .select('id')
    .where('id', '=', link.study_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!study) throw linkNotUsable();
  return study.id;
}

/** @returns who is in already and has opened the link of a letter, having signed in as anybody would */
async function contactHere(records: Records, link: LinkRow, by: Opener): Promise<Person> {
  const known = await findByEmail(records, link.email);
  const contact = known
    ? await records
        .selectFrom('case_contacts')
        .select('user_id')
        .where('case_id', '=', link.case_id)
        .where('school_id', '=', link.school_id)
        .where('user_id', '=', known.id)
        .executeTakeFirst()
    : undefined;
  if (!known || !contact) throw linkNotUsable();
  if (known.id !== by.signedInAs) throw signInFirst(known);
  return known;
}

function signInFirst({ email }: Person): Refusal {
  return new Refusal(
    'not-signed-in',
    `This is for an address that has an account here. Sign in as ${email}, then go on.`,
  );
}

async function boundPerson(records: Records, link: LinkRow): Promise<Person> {
  const person = link.user_id === null ? null : await loadPerson(records, link.user_id);
  if (!person) throw linkNotUsable();
  return person;
}

async function demoPage(records: Records, link: LinkRow): Promise<string> {
  if (link.kind !== 'demo' || link.user_id === null) return '/';
  const roles = await records
    .selectFrom('members')
    .select(['study_id', 'role'])
    .where('user_id', '=', link.user_id)
    .execute();
  if (roles.length > 0 && roles.every((member) => member.role === 'contact')) return '/contact';
  return roles.length === 1 ? `/studies/${roles[0]?.study_id}` : '/';
}

/**
 * The person that a link lets in: a new one, or the one who has its address and
 * is signed in. An address that stands on the link is never replaced by one that
 * the opener says.
 */
async function opener(
  parts: Needs,
  records: Records,
  link: LinkRow,
  said: SaidIdentity,
  by: Opener,
): Promise<Person> {
  const email = link.email || said.email;
  const known = email ? await findByEmail(records, email) : null;
  if (known) {
    if (known.id === by.signedInAs) return known;
    throw signInFirst(known);
  }
  // An account that was there when the digits were not asked for is gone.
  if (!by.addressProven && (await needsCode(parts, records, link))) throw codeNotUsable();
  const name = said.name ?? link.name;
  const missing = [
    ...(email ? [] : [{ path: 'email', message: 'needs an e-mail address' }]),
    ...(name ? [] : [{ path: 'name', message: 'needs a name' }]),
  ];
  if (!email || !name) throw new Refusal('bad-request', 'Say who you are first.', missing);
  // Whoever runs the server passed the owner's link on; an inviter may have used a member's themselves.
  const addressProven = link.kind === 'owner' || by.addressProven;
  return createPerson(records, parts, { email, name, isHost: false, addressProven });
}
