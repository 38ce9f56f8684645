import { initialsOf } from '../../shared/accounts/initials.ts';
import type { Person } from '../../shared/api/people.ts';
import type { Clock, Randomness } from '../ports/clock.ts';
import type { Records } from '../ports/record-store.ts';
import { nextColour } from './colours.ts';

export interface NewPerson {
  /** Lower case. */
  readonly email: string;
  readonly name: string;
  /** May create studies. */
  readonly isHost: boolean;
  /**
   * Whether whoever comes in is known to read the mail of this address; true where
   * absent, because whoever runs the server vouches for whom they add.
   */
  readonly addressProven?: boolean;
}

function people(records: Records) {
  return records
    .selectFrom('user')
    .innerJoin('people', 'people.user_id', 'user.id')
    .select(['user.id', 'user.name', 'user.email', 'people.colour', 'people.is_host', 'people.erased_at']);
}

function asPerson(row: PersonRow): Person {
  const { id, name, colour } = row;
  return { id, name, email: shownEmail(row), colour, initials: initialsOf(name) };
}

interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly colour: string;
  readonly erased_at: number | null;
}

/** @returns empty where the account was deleted: what stands there then is no address */
export function shownEmail(row: { readonly email: string; readonly erased_at: number | null }): string {
  return row.erased_at === null ? row.email : '';
}

/** @returns null for nobody known */
export async function loadPerson(records: Records, personId: string): Promise<Person | null> {
  const row = await people(records).where('user.id', '=', personId).executeTakeFirst();
  return row ? asPerson(row) : null;
}

/** @param email in any case, as it was typed */
export async function findByEmail(records: Records, email: string): Promise<Person | null> {
  const row = await people(records)
    .where('user.email', '=', normalEmail(email))
    .where('people.erased_at', 'is', null)
    .executeTakeFirst();
  return row ? asPerson(row) : null;
}

/** @returns whether the account was deleted: what was on its way for it then is to end there (PRIVACY-5) */
export async function isErased(records: Records, personId: string): Promise<boolean> {
  const row = await records
    .selectFrom('people')
    .select('user_id')
    .where('user_id', '=', personId)
    .where('erased_at', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** @returns whether this person may create studies */
export async function isHost(records: Records, personId: string): Promise<boolean> {
  const row = await records
    .selectFrom('people')
    .select('is_host')
    .where('user_id', '=', personId)
    .executeTakeFirst();
  return row?.is_host === 1;
}

/** @returns whether this installation has an owner */
export async function hasHost(records: Records): Promise<boolean> {
  const row = await records
    .selectFrom('people')
    .select('user_id')
    .where('is_host', '=', 1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function makeHost(records: Records, personId: string): Promise<void> {
  await records.updateTable('people').set({ is_host: 1 }).where('user_id', '=', personId).execute();
}

/**
 * Makes a person; to be called in a transaction with whatever made them known.
 * @throws when the address is taken
 */
export async function createPerson(
  records: Records,
  from: { readonly clock: Clock; readonly random: Randomness },
  person: NewPerson,
): Promise<Person> {
  const id = from.random.id();
  const at = new Date(from.clock.now()).toISOString();
  const taken = await records.selectFrom('people').select('colour').execute();
  const colour = nextColour(taken.map((row) => row.colour));
  const email = normalEmail(person.email);
  await records
    .insertInto('user')
    .values({
      id,
      name: person.name,
      email,
      emailVerified: (person.addressProven ?? true) ? 1 : 0,
      image: null,
      createdAt: at,
      updatedAt: at,
    })
    .execute();
  await records
    .insertInto('people')
    .values({ user_id: id, colour, is_host: person.isHost ? 1 : 0, erased_at: null, telephone: '' })
    .execute();
  return { id, name: person.name, email, colour, initials: initialsOf(person.name) };
}

/** @returns whether they were called otherwise before */
export async function renamePerson(
  records: Records,
  personId: string,
  name: string,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await records
    .updateTable('user')
    .set({ name, updatedAt: new Date(now).toISOString() })
    .where('id', '=', personId)
    .where('name', '!=', name)
    .where('id', 'not in', (eb) =>
      eb.selectFrom('people').select('user_id').where('erased_at', 'is not', null),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}
