import type { Speaker } from '../../shared/api/quotes.ts';
import type { Age } from '../../shared/quotes/consent.ts';
import type { Naming } from '../../shared/quotes/naming.ts';
import type { AddressKind } from '../../shared/quotes/source.ts';
import type { WaitingCapture } from './capture-outbox.ts';

/** Somebody new, while they are written down. */
export interface SpeakerDraft {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly schoolId: string;
  readonly email: string;
  readonly telephone: string;
  readonly address: AddressKind;
  readonly age: Age;
  readonly naming: Naming;
}

export function emptySpeaker(id: string, schoolId: string): SpeakerDraft {
  return {
    ...{ id, name: '', role: '', schoolId, email: '', telephone: '' },
    ...{ address: 'personal', age: 'sixteen-or-over', naming: 'role-only' },
  };
}

/** @returns whether anything was typed of somebody that would be lost */
export function isBegun({ name, role, email, telephone }: SpeakerDraft): boolean {
  return [name, role, email, telephone].some((words) => words.trim() !== '');
}

/** @returns what keeps somebody from being written down so; null for what can be */
export function speakerFault(
  draft: SpeakerDraft,
): { readonly part: 'name' | 'email' | 'school'; readonly words: string } | null {
  if (draft.schoolId === '') return { part: 'school', words: 'Choose their school.' };
  if (draft.name.trim() === '') return { part: 'name', words: 'What are they called?' };
  const email = draft.email.trim();
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    return { part: 'email', words: 'This is not an e-mail address.' };
  }
  return null;
}

/** @returns them as the server takes them; whoever has no address is asked by phone or on paper */
export function newSpeakerOf(draft: SpeakerDraft): WaitingCapture['speakers'][number] {
  const email = draft.email.trim().toLowerCase();
  return {
    ...draft,
    name: draft.name.trim(),
    role: draft.role.trim(),
    email,
    telephone: draft.telephone.trim(),
    address: email === '' ? 'none' : draft.address,
  };
}

/** @returns people in the order of their names, those of a text sought first where one is given */
export function speakersBy(speakers: Iterable<Speaker>, sought: string): readonly Speaker[] {
  const words = sought.trim().toLowerCase();
  return [...speakers]
    .filter(({ name, role }) => words === '' || `${name} ${role}`.toLowerCase().includes(words))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
}
