import type { QuoteRecord } from './quote-record.ts';
import { type Present, type Standing, standingOf } from './standing.ts';

/** The five plain states of the board, in its order. */
export const BOARD_WORDS = {
  'to-send': 'To send',
  waiting: 'Waiting',
  confirmed: 'Confirmed',
  'needs-you': 'Needs you',
  'not-used': 'Not used',
} as const;
export type BoardWord = keyof typeof BOARD_WORDS;

const WORD_OF: Readonly<Record<Standing, BoardWord>> = {
  captured: 'to-send',
  checked: 'to-send',
  sent: 'waiting',
  opened: 'waiting',
  verified: 'confirmed',
  'correction-proposed': 'needs-you',
  disputed: 'needs-you',
  misdirected: 'needs-you',
  lapsed: 'needs-you',
  changed: 'needs-you',
  'attribution-changed': 'needs-you',
  'context-changed': 'needs-you',
  'context-closer': 'needs-you',
  declined: 'not-used',
  withdrawn: 'not-used',
  'set-aside': 'not-used',
};

/** What a standing means, for the team. */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  captured: 'To be checked against the notes or the recording.',
  checked: 'Ready to be sent.',
  sent: 'Sent; not opened yet.',
  opened: 'Opened; no answer yet.',
  verified: 'Confirmed, in these words.',
  'correction-proposed': 'They wrote how it should be. Take it up, or go back to what they said.',
  disputed: 'They said that these are not their words.',
  misdirected:
    'Your letter reached somebody else. What that person said does not count: put the address right, and ask again.',
  declined: 'They do not want to be quoted with this.',
  lapsed: 'No answer came in time. Silence is no yes: ask again, by phone perhaps.',
  changed: 'The words are no longer those that they were asked about. Put those back, or ask again.',
  'attribution-changed': 'They are named otherwise than they agreed to. Put that back, or ask again.',
  'context-changed': 'What stands around the words has changed. Ask again, or say why it is still fair.',
  'context-closer': 'What stands around the words now tells more closely who they are. Ask again.',
  withdrawn: 'They have taken these words back.',
  'set-aside': 'The team does not use it.',
};

/** Of several, what asks for most comes first: whoever looks at the board sees it there. */
const MOST_PRESSING: readonly BoardWord[] = ['not-used', 'needs-you', 'to-send', 'waiting', 'confirmed'];

/** @returns of several, what asks for most; undefined of none */
export function mostPressing(words: readonly BoardWord[]): BoardWord | undefined {
  return MOST_PRESSING.find((word) => words.includes(word));
}

export function boardWord(standing: Standing): BoardWord {
  return WORD_OF[standing];
}

/** @returns where a quote stands on the board: with all its uses, for all who speak in it */
export function boardWordOf(record: QuoteRecord, present: Present): BoardWord {
  const words = present.uses.flatMap((use) =>
    record.speakers.map((speaker) => boardWord(standingOf(record, use, speaker, present))),
  );
  // it stands nowhere in the text, or nobody is known to have said it
  return mostPressing(words) ?? (present.uses.length === 0 ? 'not-used' : 'to-send');
}
