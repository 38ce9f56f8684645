import type { Person } from '../../shared/api/people.ts';

const LEFT = 'casebook.left';

/** Who was signed in on this device until the server ended it, or until too long ago. */
export type LeftPerson = Pick<Person, 'id' | 'name' | 'email'>;

/** Noted so that the sign-in page clears what this device keeps for them, and names what is unsent (DEVICE-1). */
export function noteLeft({ id, name, email }: LeftPerson): void {
  try {
    localStorage.setItem(LEFT, JSON.stringify({ id, name, email }));
  } catch {
    // A device without storage keeps nothing that could be cleared.
  }
}

/** @returns null where nobody was, or all of theirs is cleared */
export function leftHere(): LeftPerson | null {
  try {
    const noted = localStorage.getItem(LEFT);
    return noted ? (JSON.parse(noted) as LeftPerson) : null;
  } catch {
    return null;
  }
}

/** Nothing of theirs is left, or they are back. */
export function forgetLeft(personId: string): void {
  if (leftHere()?.id !== personId) return;
  try {
    localStorage.removeItem(LEFT);
  } catch {
    // As above.
  }
}
