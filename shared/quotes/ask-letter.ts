import { type LetterDraft, LINK_PLACE, SUBJECT_LIMIT } from '../letters/letter-text.ts';
import { dayWritten } from './quote-terms.ts';

export interface AskLetterNeeds {
  /** Of the speaker. */
  readonly name: string;
  readonly sender: string;
  readonly studyTitle: string;
  readonly schoolName: string;
  /** How many quotes they are asked about. */
  readonly quotes: number;
  /** Of the sender; empty where they gave none. */
  readonly telephone: string;
  /** The day up to which taking words back still reaches print; null where it is not known. */
  readonly printOn: string | null;
}

/** @returns the letter that asks a speaker to check their words, as it is proposed to its sender; no word of theirs is in it */
export function askLetter(needs: AskLetterNeeds): LetterDraft {
  const { name, sender, studyTitle, schoolName, quotes, telephone, printOn } = needs;
  const words = quotes === 1 ? 'something that you said' : `${quotes} things that you said`;
  return {
    subject: oneLine(`Please check your words: ${studyTitle}`),
    text: [
      name === '' ? 'Hello,' : `Hello ${name},`,
      '',
      `in our case study about ${schoolName === '' ? 'your school' : schoolName} for “${studyTitle}” we would like to quote ${words}. We publish nobody’s words unless they have confirmed them, exactly as they stand.`,
      '',
      'The page shows you each quote with what stands around it. You can confirm it, correct it, or say no; it takes a few minutes.',
      ...(printOn === null
        ? []
        : [
            '',
            `You can take your words back whenever you like. Until ${dayWritten(printOn)} that still reaches what is printed.`,
          ]),
      '',
      LINK_PLACE,
      '',
      telephone === ''
        ? 'If you have questions, or would rather do it by phone, just reply to this letter.'
        : `If you have questions, or would rather do it by phone, ring me on ${telephone} or reply to this letter.`,
      '',
      sender,
    ].join('\n'),
  };
}

/** @returns the letter that asks a parent or carer; the child is named in it, and no word of theirs */
export function guardianLetter(needs: AskLetterNeeds, child: string): LetterDraft {
  const { name, sender, studyTitle, schoolName, quotes, telephone, printOn } = needs;
  const words = quotes === 1 ? 'something' : `${quotes} things`;
  return {
    subject: oneLine(`May we quote ${child}? ${studyTitle}`),
    text: [
      name === '' ? 'Hello,' : `Hello ${name},`,
      '',
      `in our case study about ${schoolName === '' ? 'the school' : schoolName} for “${studyTitle}” we would like to quote ${words} that ${child} said. For somebody who is not 16 yet we ask a parent or carer first, and then ${child}. Without both of you nothing is published.`,
      '',
      `The page shows you exactly what we would quote, with what stands around it. There you say whether it may be published, where, and how ${child} is named, or that you would rather not. It takes a few minutes.`,
      '',
      printOn === null
        ? 'You can change your mind whenever you like.'
        : `You can change your mind whenever you like. Until ${dayWritten(printOn)} that still reaches what is printed.`,
      '',
      LINK_PLACE,
      '',
      telephone === ''
        ? 'If you have questions, or would rather answer by phone, just reply to this letter.'
        : `If you have questions, or would rather answer by phone, ring me on ${telephone} or reply to this letter.`,
      '',
      sender,
    ].join('\n'),
  };
}

/** @returns the letter that reminds them (QUOTE-5) @param until the last day, as it is written */
export function reminderLetter(needs: AskLetterNeeds, until: string): LetterDraft {
  const { name, sender, studyTitle, quotes, telephone } = needs;
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
      telephone === ''
        ? 'If you have questions, or would rather not be quoted, just reply to this letter.'
        : `If you have questions, or would rather not be quoted, ring me on ${telephone} or reply to this letter.`,
      '',
      sender,
    ].join('\n'),
  };
}

/**
 * @param telephone of a sender who is to be forgotten; empty where they have none now
 * @returns a letter as it was written, without that number, or another that they had when they wrote it
 */
export function withoutTelephone(text: string, telephone: string): string {
  const asWritten = text.replace(/, ring me on [^\n]{1,40}? or reply to/gu, ', just reply to');
  return telephone === '' ? asWritten : asWritten.replaceAll(telephone, '…');
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().slice(0, SUBJECT_LIMIT);
}
