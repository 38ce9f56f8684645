/** What stands in a letter to a school contact: the sender's words, and round the link ours. */

export const SUBJECT_LIMIT = 150;
export const TEXT_LIMIT = 4_000;

/** Stands in the text where the link goes; where it was deleted, the link stands at the end. */
export const LINK_PLACE = '[link]';

/** For how many days a link can be made to work. */
export const LINK_DAYS = [7, 14, 30] as const;
export type LinkDays = (typeof LINK_DAYS)[number];
export const USUAL_LINK_DAYS: LinkDays = 14;

export interface LetterDraft {
  readonly subject: string;
  readonly text: string;
}

/** @returns the invitation as it is proposed to its sender */
export function invitationDraft(about: {
  /** Of whom it goes to; may be empty. */
  readonly name: string;
  readonly sender: string;
  readonly studyTitle: string;
  /** Empty where none is chosen yet. */
  readonly schoolName: string;
}): LetterDraft {
  const school = about.schoolName === '' ? 'your school' : about.schoolName;
  return {
    subject: oneLine(`About ${school}: ${about.studyTitle}`).slice(0, SUBJECT_LIMIT),
    text: [
      about.name === '' ? 'Hello,' : `Hello ${about.name},`,
      '',
      `I am writing about ${school}. We are putting together a case study for “${about.studyTitle}”, and we would be glad of your help: some facts about the school, and a look at what we write.`,
      '',
      LINK_PLACE,
      '',
      'If you have questions, or would rather not take part, just reply to this letter.',
      '',
      about.sender,
    ].join('\n'),
  };
}

/** @param at milliseconds since 1970; @returns such as `20 March 2026`, as letters call a day, by the clock of `zone` */
export function dayWords(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { ...DAY_WORDS, timeZone: zone }).format(at);
}

const DAY_WORDS: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' };

/**
 * The part of a letter that is not its sender's to change.
 * @param until milliseconds since 1970
 */
export function linkPart(link: {
  readonly url: string;
  readonly until: number;
  readonly zone: string;
}): string {
  return [
    'This link is for you alone, and opens once:',
    link.url,
    `It works until ${dayWords(link.until, link.zone)}. Opening the page does nothing by itself: you decide there.`,
  ].join('\n');
}

/** @returns the sender's words with the link's part in its place */
export function letterText(text: string, part: string): string {
  const words = text.trim();
  const at = words.indexOf(LINK_PLACE);
  if (at < 0) return `${words}\n\n${part}\n`;
  const before = words.slice(0, at).trimEnd();
  // A second place would make a second link; the words round it stay.
  const after = words
    .slice(at + LINK_PLACE.length)
    .replaceAll(LINK_PLACE, '')
    .trim();
  return `${[before, part, after].filter((piece) => piece !== '').join('\n\n')}\n`;
}

/**
 * @param service what the service calls itself in its mails
 * @returns the name that a letter comes from
 */
export function senderName(person: string, service: string): string {
  return oneLine(`${person} via ${service}`);
}

/** @returns the words on one line, without characters that nobody sees: no header can be begun with them */
export function oneLine(words: string): string {
  return words
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
