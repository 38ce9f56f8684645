import { initialsOf } from '../../shared/accounts/initials.ts';
import type { Person } from '../../shared/api/people.ts';
import { shownEmail } from '../accounts/people.ts';
import type { Records } from '../ports/record-store.ts';
import { formerNames } from '../protection/former-people.ts';

/**
 * @param studyId where they are told: whoever has left it may be called otherwise there
 * @returns those of the ids that are known, by id; with e-mail addresses, so never for school contacts
 */
export async function loadPeople(
  records: Records,
  personIds: readonly string[],
  studyId?: string,
): Promise<ReadonlyMap<string, Person>> {
  if (personIds.length === 0) return new Map();
  const rows = await records
    .selectFrom('user')
    .innerJoin('people', 'people.user_id', 'user.id')
    .select(['user.id', 'user.name', 'user.email', 'people.colour', 'people.erased_at'])
    .where('user.id', 'in', personIds)
    .execute();
  const former = studyId === undefined ? new Map<string, string>() : await formerNames(records, studyId);
  return new Map(
    rows.map((row) => {
      const called = former.get(row.id);
      const { id, colour } = row;
      const person =
        called === undefined ? { name: row.name, email: shownEmail(row) } : { name: called, email: '' };
      return [id, { id, colour, ...person, initials: initialsOf(person.name) }];
    }),
  );
}
