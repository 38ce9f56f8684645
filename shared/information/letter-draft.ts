import { type LetterDraft, LINK_PLACE, oneLine, SUBJECT_LIMIT } from '../letters/letter-text.ts';

export interface RequestLetterFacts {
  /** Of whom it goes to; may be empty. */
  readonly name: string;
  readonly sender: string;
  readonly studyTitle: string;
  readonly schoolName: string;
  /** As they are called on the page. */
  readonly sections: readonly string[];
  /** Days as they are to be read. */
  readonly due: string;
  readonly visit: string | null;
  readonly note: string;
}

/** @returns the letter that asks, as it is proposed to its sender */
export function askingLetter(facts: RequestLetterFacts): LetterDraft {
  const visit = facts.visit === null ? '' : `We visit you on ${facts.visit}. `;
  return {
    subject: subject(`Before the visit: some facts about ${facts.schoolName}`),
    text: paragraphs([
      greeting(facts.name),
      `For “${facts.studyTitle}” we need some facts about ${facts.schoolName}: ${listed(facts.sections)}.`,
      `${visit}It would help us to have them by ${facts.due}. Write what you know and leave out what you do not; it is saved while you write.`,
      facts.note,
      LINK_PLACE,
      'If you have questions, just reply to this letter.',
      facts.sender,
    ]),
  };
}

/**
 * @param facts.past whether the day has passed
 * @returns the letter that reminds, as it is proposed to its sender
 */
export function remindingLetter(
  facts: Omit<RequestLetterFacts, 'note' | 'visit'> & { readonly past: boolean },
): LetterDraft {
  const until = facts.past ? 'We hoped for them by' : 'It would help us to have them by';
  return {
    subject: subject(`A reminder: some facts about ${facts.schoolName}`),
    text: paragraphs([
      greeting(facts.name),
      `This is a short reminder of the facts that we asked you for, for “${facts.studyTitle}”: ${listed(facts.sections)}. ${until} ${facts.due}.`,
      'What you have written is kept, and you can go on where you stopped. If there is something that you cannot fill in, say so on the page; that helps us as well.',
      LINK_PLACE,
      facts.sender,
    ]),
  };
}

function subject(words: string): string {
  return oneLine(words).slice(0, SUBJECT_LIMIT).trim();
}

function greeting(name: string): string {
  return name === '' ? 'Hello,' : `Hello ${name},`;
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part.trim() !== '').join('\n\n');
}

/** @returns such as `Context, Contacts and Filming` */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
