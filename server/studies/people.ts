import type { Person } from '../../shared/api/contract.ts';
import type { Records } from '../ports/record-store.ts';

/** Of somebody whose colour was never chosen: the soft ink of the page. */
const NO_COLOUR = '#5f594f';

/**
 * People as everybody in a study sees them.
 * @returns those that exist, by name; e-mail addresses included, so never for contacts
 */
export async function loadPeople(records: Records, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return [];
  const rows = await records
    .selectFrom('user')
    .leftJoin('people', 'people.user_id', 'user.id')
    .select(['user.id', 'user.name', 'user.email', 'people.colour'])
    .where('user.id', 'in', [...new Set(ids)])
    .execute();
  return rows
    .map(({ id, name, email, colour }) => ({
      id,
      name,
      email,
      colour: colour ?? NO_COLOUR,
      initials: initialsOf(name),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
}

/** @returns first letters of the first and the last word of a name, in capitals; `?` without any */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => Array.from(word ?? '')[0] ?? '',
  );
  return letters.join('').toUpperCase() || '?';
}
