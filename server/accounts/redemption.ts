import type { Person } from '../../shared/api/contract.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { linkKind, linkNotUsable, linkRole, openLink } from './links.ts';
import { createPerson, findByEmail, hasHost, loadPerson, makeHost } from './people.ts';

/** What an opener whom the link does not name says of themselves. */
export interface SaidIdentity {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

export interface Redeemed {
  readonly person: Person;
  /** Path of the page to show next. */
  readonly goTo: string;
}

type Needs = Pick<Parts, 'records' | 'clock' | 'random' | 'bus'>;
type LinkRow = Tables['links'];

/**
 * Does what the link is for, once, and all of it or nothing: of several
 * redemptions at the same moment, one succeeds.
 * @throws Refusal `link-not-usable` for every token that does not work, `bad-request`
 *   where the opener has to say who they are (the link stays usable)
 */
export async function redeemLink(parts: Needs, token: string, said: SaidIdentity): Promise<Redeemed> {
  const { redeemed, link } = await parts.records.transaction(async (records) => {
    const link = await openLink(records, token, parts.clock.now());
    const spent = await records
      .updateTable('links')
      .set({ used_at: parts.clock.now() })
      .where('id', '=', link.id)
      .where('used_at', 'is', null)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (spent.numUpdatedRows !== 1n) throw linkNotUsable();
    const redeemed = await enter(parts, records, link, said);
    await records
      .updateTable('links')
      .set({ user_id: redeemed.person.id })
      .where('id', '=', link.id)
      .execute();
    return { redeemed, link };
  });
  if (link.study_id) {
    parts.bus.publish({ t: 'access-changed', personId: redeemed.person.id, caseId: link.case_id });
    parts.bus.publish({ t: 'changed', topic: `study/${link.study_id}` });
  }
  return redeemed;
}

async function enter(parts: Needs, records: Records, link: LinkRow, said: SaidIdentity): Promise<Redeemed> {
  const kind = linkKind(link);
  switch (kind) {
    case 'owner': {
      if (await hasHost(records)) throw linkNotUsable();
      const person = await opener(parts, records, link, said);
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
      const person = await opener(parts, records, link, said);
      await join(parts, records, studyId, person.id, role);
      return { person, goTo: `/studies/${studyId}` };
    }
    case 'contact': {
      const studyId = await openStudy(records, link);
      if (!link.case_id || !link.school_id) throw linkNotUsable();
      const person = await opener(parts, records, link, said);
      await join(parts, records, studyId, person.id, 'contact');
      await records
        .insertInto('case_contacts')
        .values({
          case_id: link.case_id,
          user_id: person.id,
          school_id: link.school_id,
          since: parts.clock.now(),
        })
        .onConflict((conflict) => conflict.columns(['case_id', 'user_id', 'school_id']).doNothing())
        .execute();
      return { person, goTo: '/contact' };
    }
    default:
      return kind satisfies never;
  }
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
 * The person that a link lets in: the one who has its address, or a new one. An
 * address that stands on the link is never replaced by one that the opener says.
 */
async function opener(parts: Needs, records: Records, link: LinkRow, said: SaidIdentity): Promise<Person> {
  const email = link.email || said.email;
  const known = email ? await findByEmail(records, email) : null;
  if (known) return known;
  const name = said.name ?? link.name;
  const missing = [
    ...(email ? [] : [{ path: 'email', message: 'needs an e-mail address' }]),
    ...(name ? [] : [{ path: 'name', message: 'needs a name' }]),
  ];
  if (!email || !name) throw new Refusal('bad-request', 'Say who you are first.', missing);
  return createPerson(records, parts, { email, name, isHost: false });
}
