import type { HeldPerson } from '../../shared/api/protection.ts';
import { studyChain } from '../../shared/audit/audit-record.ts';
import { ROLES } from '../../shared/permissions/roles.ts';
import type { Records } from '../ports/record-store.ts';
import { readRole } from '../studies/access-lookup.ts';
import { formerNames } from './former-people.ts';
import { lastShown } from './sheets-shown.ts';

/**
 * @returns everybody on whom a study holds something and who has an account: who is in it,
 *   who took up an invitation into it, and who was taken out of it; by part, then by name
 */
export async function peopleHeld(records: Records, studyId: string): Promise<HeldPerson[]> {
  const roles = await rolesIn(records, studyId);
  const invited = await records
    .selectFrom('links')
    .select('user_id')
    .where('study_id', '=', studyId)
    .where('used_at', 'is not', null)
    .where('kind', 'in', ['member', 'contact'])
    .execute();
  const removed = await records
    .selectFrom('audit')
    .select('object_id')
    .distinct()
    .where('chain', '=', studyChain(studyId))
    .where('kind', '=', 'person-removed')
    .execute();
  const former = await formerNames(records, studyId);
  const places = await placesBefore(records, studyId);
  const shown = await lastShown(records, studyId);
  const left = [...invited.map((row) => row.user_id), ...removed.map((row) => row.object_id)];
  const ids = new Set([...roles.keys(), ...left, ...shown.keys(), ...former.keys()]);
  const known = [...ids].filter((id) => id !== null);
  if (known.length === 0) return [];
  const people = await records
    .selectFrom('user')
    .leftJoin('people', 'people.user_id', 'user.id')
    .select(['user.id', 'user.name', 'people.erased_at'])
    .where('user.id', 'in', known)
    .execute();
  const rank = ({ role }: HeldPerson) => (role === null ? ROLES.length : ROLES.indexOf(role));
  return people
    .map(({ id, name, erased_at }) => ({
      id,
      // A deleted account has no name of its own any more.
      name: erased_at == null ? name : (former.get(id) ?? name),
      role: roles.get(id) ?? null,
      called: former.get(id) ?? null,
      was: roles.get(id) ? null : (places.get(id) ?? NO_PLACE),
      shown: shown.get(id) ?? null,
    }))
    .sort(
      (one, other) =>
        rank(one) - rank(other) || one.name.localeCompare(other.name, 'en') || (one.id < other.id ? -1 : 1),
    );
}

/** @returns whether a study holds something on somebody; who never had anything to do with it is as if unknown */
export async function isHeldBy(records: Records, studyId: string, personId: string): Promise<boolean> {
  return (await peopleHeld(records, studyId)).some(({ id }) => id === personId);
}

type Place = NonNullable<HeldPerson['was']>;

const NO_PLACE: Place = { role: null, schools: [], leftAt: null };

/** @returns by id, in what part and at which schools people came in, and when they were last taken out or went */
async function placesBefore(records: Records, studyId: string): Promise<ReadonlyMap<string, Place>> {
  const links = await records
    .selectFrom('links')
    .leftJoin('schools', 'schools.id', 'links.school_id')
    .select(['links.user_id', 'links.role', 'schools.name'])
    .where('links.study_id', '=', studyId)
    .where('links.used_at', 'is not', null)
    .where('links.kind', 'in', ['member', 'contact'])
    .orderBy('links.used_at')
    .execute();
  const ends = await records
    .selectFrom('audit')
    .select(['object_id', 'at', 'kind', 'detail'])
    .where('chain', '=', studyChain(studyId))
    .where('kind', 'in', ['person-removed', 'account-erased'])
    .orderBy('seq')
    .execute();
  const places = new Map<string, Place>();
  const placeOf = (id: string) => places.get(id) ?? NO_PLACE;
  for (const { user_id: id, role, name } of links) {
    if (id === null) continue;
    const place = placeOf(id);
    const schools = name === null || place.schools.includes(name) ? place.schools : [...place.schools, name];
    places.set(id, { ...place, role: readRole(role) ?? place.role, schools });
  }
  for (const { object_id: id, at, kind, detail } of ends) {
    if (id === null) continue;
    const place = placeOf(id);
    const said = kind === 'person-removed' ? (JSON.parse(detail) as { role?: string }).role : null;
    places.set(id, { ...place, role: readRole(said) ?? place.role, leftAt: at });
  }
  return places;
}

async function rolesIn(records: Records, studyId: string) {
  const members = await records
    .selectFrom('members')
    .select(['user_id', 'role'])
    .where('study_id', '=', studyId)
    .execute();
  return new Map(members.map((row) => [row.user_id, readRole(row.role)]));
}
