import { initialsOf } from '../../shared/accounts/initials.ts';
import type { Person } from '../../shared/api/contract.ts';
import type { Records } from '../ports/record-store.ts';

/** @returns those of the ids that are known, by id; with e-mail addresses, so never for school contacts */
export async function loadPeople(
  records: Records,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  if (personIds.length === 0) return new Map();
  const rows = await records
    .selectFrom('user')
    .innerJoin('people', 'people.user_id', 'user.id')
    .select(['user.id', 'user.name', 'user.email', 'people.colour'])
    .where('user.id', 'in', personIds)
    .execute();
  return new Map(rows.map((row) => [row.id, { ...row, initials: initialsOf(row.name) }]));
}
