import { type LetterDraft, LINK_PLACE, SUBJECT_LIMIT } from '../letters/letter-text.ts';

export interface AskLetterNeeds {
  /** Of the speaker. */
  readonly name: string;
  readonly sender: string;
  readonly studyTitle: string;
  readonly schoolName: string;
  /** How many quotes they are asked about. */
  readonly quotes: number;
}

/** @returns the letter that asks a speaker to check their words, as it is proposed to its sender; no word of theirs is in it */
export function askLetter({ name, sender, studyTitle, schoolName, quotes }: AskLetterNeeds): LetterDraft {
  const words = quotes === 1 ? 'something that you said' : `${quotes} things that you said`;
  return {
    subject: oneLine(`Please check your words: ${studyTitle}`),
    text: [
      name === '' ? 'Hello,' : `Hello ${name},`,
      '',
      `in our case study about ${schoolName === '' ? 'your school' : schoolName} for “${studyTitle}” we would like to quote ${words}. We publish nobody’s words unless they have confirmed them, exactly as they stand.`,
      '',
      'The page shows you each quote with what stands around it. You can confirm it, correct it, or say no; it takes a few minutes.',
      '',
      LINK_PLACE,
      '',
      'If you have questions, or would rather do it by phone, just reply to this letter.',
      '',
      sender,
    ].join('\n'),
  };
}

/** @returns the letter that reminds them (QUOTE-5) @param until the last day, as it is written */
export function reminderLetter(needs: AskLetterNeeds, until: string): LetterDraft {
  const { name, sender, studyTitle, quotes } = needs;
  const words = quotes === 1 ? 'one quote of yours' : `${quotes} quotes of yours`;
  return {
    subject: oneLine(`Still to check: your words in ${studyTitle}`),
    text: [
      name === '' ? 'Hello,' : `Hello ${name},`,
      '',
      `we wrote to you about ${words} in “${studyTitle}”, and have not heard from you yet. That is no yes: without your answer by ${until} they will not be used.`,
      '',
      LINK_PLACE,
      '',
      'If you have questions, or would rather not be quoted, just reply to this letter.',
      '',
      sender,
    ].join('\n'),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().slice(0, SUBJECT_LIMIT);
}
