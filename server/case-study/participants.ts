import type { SharingPerson } from '../../shared/api/sharing.ts';
import { type Access, type BlockFacts, heldAccess, usualAccess } from '../../shared/permissions/access.ts';
import { highestAccess, inGridOrder, participant } from '../../shared/permissions/sharing.ts';
import type { Records } from '../ports/record-store.ts';
import { readGrant, readRole } from '../studies/access-lookup.ts';
import { loadPeople } from '../studies/people.ts';

/** @returns everybody who takes part in a case: its school contacts, then the study's team */
export async function caseParticipants(
  records: Records,
  studyId: string,
  caseId: string,
): Promise<SharingPerson[]> {
  const members = await records
    .selectFrom('members')
    .select(['user_id', 'role'])
    .where('study_id', '=', studyId)
    .execute();
  const team = new Map(
    members.flatMap((row) => {
      const role = readRole(row.role);
      return role && role !== 'contact' ? [[row.user_id, role] as const] : [];
    }),
  );
  const places = (await contactsOf(records, caseId)).filter((row) => !team.has(row.user_id));
  const people = await loadPeople(records, [
    ...new Set([...team.keys(), ...places.map((row) => row.user_id)]),
  ]);
  return inGridOrder(
    [...people.values()].map(({ email: _, ...person }) => ({
      ...person,
      role: team.get(person.id) ?? ('contact' as const),
      schoolIds: places.filter((row) => row.user_id === person.id).map((row) => row.school_id),
    })),
  );
}

function contactsOf(records: Records, caseId: string) {
  return records
    .selectFrom('case_contacts')
    .innerJoin('case_schools', (join) =>
      join
        .onRef('case_schools.case_id', '=', 'case_contacts.case_id')
        .onRef('case_schools.school_id', '=', 'case_contacts.school_id'),
    )
    .select(['case_contacts.user_id', 'case_contacts.school_id'])
    .where('case_contacts.case_id', '=', caseId)
    .where('case_contacts.quotes_alone', '=', 0)
    .orderBy('case_schools.position')
    .orderBy('case_contacts.user_id')
    .execute();
}

/** What is set in the grid of a case, by block and person. */
export type Grants = ReadonlyMap<string, Access | null>;

export const grantKey = (blockId: string, personId: string): string => `${blockId}/${personId}`;

/** @returns every cell that was ever set */
export function grantRows(records: Records, caseId: string) {
  return records
    .selectFrom('block_grants')
    .innerJoin('blocks', 'blocks.id', 'block_grants.block_id')
    .selectAll('block_grants')
    .where('blocks.case_id', '=', caseId)
    .execute();
}

export async function loadGrants(records: Records, caseId: string): Promise<Grants> {
  const rows = await grantRows(records, caseId);
  return new Map(rows.map((row) => [grantKey(row.block_id, row.person_id), readGrant(row.level)]));
}

/**
 * What the schools of a case may do with its blocks, whatever its stage.
 * @returns the most that any contact has; of a school that nobody speaks for yet, what one would have
 */
export async function loadSchoolAccess(
  records: Records,
  studyId: string,
  caseId: string,
): Promise<(blockId: string, facts: BlockFacts) => Access> {
  const contacts = (await caseParticipants(records, studyId, caseId))
    .filter((person) => person.role === 'contact')
    .map((person) => participant(person, caseId));
  const grants = contacts.length === 0 ? new Map() : await loadGrants(records, caseId);
  return (blockId, facts) => {
    const { schoolId } = facts;
    const present = contacts.some(({ asker }) =>
      asker.contactOf.some((place) => place.schoolId === schoolId),
    );
    if (schoolId !== null && !present) {
      return usualAccess({ role: 'contact', contactOf: [{ caseId, schoolId }] }, 'contact', facts);
    }
    return highestAccess(
      contacts.map(({ id, asker, role }) => {
        return heldAccess(asker, role, facts, grants.get(grantKey(blockId, id)) ?? null).access;
      }),
    );
  };
}
