/** What a speaker keeps of what they said: a line for each of their quotes, by mail and on the page. */
import type { Channel } from './consent.ts';
import type { AnswerKind } from './quote-event.ts';

export const SAID_WORDS: Readonly<Record<AnswerKind | 'withdrawn', string>> = {
  confirmed: 'You confirmed',
  'correction-proposed': 'You corrected it to',
  declined: 'You do not want to be quoted with',
  disputed: 'You did not say',
  withdrawn: 'You took back',
};

/** Where words may appear, as it reads in a sentence. */
export const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  print: 'in the printed booklet',
  web: 'on the web',
  talks: 'in talks and training',
};

export interface ReceiptLine {
  readonly wording: string;
  readonly said: AnswerKind | 'withdrawn';
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Empty where nothing stands beside the words. */
  readonly namedAs: string;
  readonly channels: readonly Channel[];
  /** Until when the answer can be changed. */
  readonly until: number;
  /** By which what was recorded can be found. */
  readonly code: string;
}

/** Characters of a wording that stand in a line about it. */
const SHORT = 60;

/** @returns such as `You confirmed “Nobody comes in to judge me …”` */
export function receiptLine(said: ReceiptLine['said'], wording: string): string {
  const words = wording.replace(/\s+/gu, ' ').trim();
  const characters = [...words];
  const short = characters.length <= SHORT ? words : `${characters.slice(0, SHORT).join('').trimEnd()} …`;
  return `${SAID_WORDS[said]} “${short}”`;
}

/** @returns such as `a, b and c` */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };

/** @returns the whole receipt, as plain text */
export function receiptText(about: {
  readonly name: string;
  readonly studyTitle: string;
  /** Address of the page to come back to. */
  readonly page: string;
  /** Address at which a code, put behind it, is checked. */
  readonly checks: string;
  readonly lines: readonly ReceiptLine[];
}): string {
  const day = new Intl.DateTimeFormat('en-GB', DAY);
  return [
    about.name === '' ? 'Hello,' : `Hello ${about.name},`,
    '',
    `this is what you said about your words in “${about.studyTitle}”. Please keep it.`,
    '',
    ...about.lines.flatMap(({ said, wording, at, namedAs, channels, until, code }) => [
      `${SAID_WORDS[said]}, on ${day.format(at)}:`,
      `“${wording}”`,
      ...(said === 'confirmed' || said === 'correction-proposed'
        ? [
            `You appear ${namedAs === '' ? 'without your name or role' : `as ${namedAs}`}${
              channels.length === 0
                ? ', and nowhere before you say where'
                : `, ${listed(channels.map((channel) => CHANNEL_WORDS[channel]))}`
            }.`,
          ]
        : []),
      ...(said === 'withdrawn' ? [] : [`You can change this until ${day.format(until)}.`]),
      `To check what was recorded: ${about.checks}${code}`,
      '',
    ]),
    'You can look at it, and take your words back whenever you like, at',
    about.page,
    'You come in there with this address.',
    '',
  ].join('\n');
}
