import type { Consent } from './consent.ts';
import type { Naming } from './naming.ts';
import type { QuoteEvent } from './quote-event.ts';
import { CHANNEL_WORDS, listed } from './receipt.ts';
import type { Scan } from './scan.ts';
import { partsWords } from './source.ts';

/**
 * What a step of a quote was, for whoever reads its record or a certificate.
 * @param name of a speaker, by id, as whoever reads it may know them (NAME-1)
 */
export function stepWords(event: QuoteEvent, name: (speaker: string) => string): string {
  const words = wordsOf(event, name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function wordsOf(event: QuoteEvent, name: (speaker: string) => string): string {
  switch (event.kind) {
    case 'captured':
      return `Captured as the words of ${event.speakers.map(name).join(' and ')}`;
    case 'checked':
      return 'Checked against the notes or the recording';
    case 'sent':
      return `${name(event.speaker)} was asked ${WAYS[event.way]}`;
    case 'guardian-asked':
      return `a parent or carer of ${name(event.speaker)} was asked by a letter with a link`;
    case 'opened':
      return event.by.who === 'guardian'
        ? `a parent or carer of ${name(event.by.of)} read it on their page`
        : 'Read on their page';
    case 'reminded':
      return `Reminded, on school day ${event.day}`;
    case 'lapsed':
      return 'The time to answer ended without an answer';
    case 'recalled':
      return event.by.who === 'guardian'
        ? `whoever was asked said that they are no parent or carer of ${name(event.by.of)}`
        : 'The team took the question back';
    case 'confirmed':
      return `Confirmed, in these words${on(event)}`;
    case 'correction-proposed':
      return `Other words were asked for${on(event)}`;
    case 'disputed':
      if (event.stranger) return 'The letter had reached somebody else; what that person said does not count';
      return `They said that these are not their words${on(event)}`;
    case 'declined':
      return `They do not want to be quoted with it${on(event)}`;
    case 'correction-accepted':
      return 'The team took their correction up';
    case 'correction-returned':
      return 'The team went back to what they had said';
    case 'found-fair':
      return 'Found fair in what stands around it now';
    case 'consented':
      if (event.from === 'speaker' && event.by.who === 'guardian') {
        const child = name(event.speaker);
        return `a parent or carer said that ${child} was asked, and agrees that the words ${agreedTo(event.consent)}`;
      }
      return `${ownerOf(event, name)} said that the words ${agreedTo(event.consent)}${on(event)}`;
    case 'withdrawn':
      return `${ownerOf(event, name)} took the words back${on(event)}`;
    case 'source-changed':
      return `What is noted of the source was changed: ${partsWords(event.parts)}`;
    case 'set-aside':
      return 'The team does not use it';
    case 'taken-up':
      return 'The team uses it after all';
    case 'erased':
      return 'The words were erased for good';
  }
}

/** Whose words they are, or who speaks for a child. */
function ownerOf(
  { from, speaker }: { readonly from: 'speaker' | 'guardian'; readonly speaker: string },
  name: (speaker: string) => string,
): string {
  return from === 'guardian' ? `a parent or carer of ${name(speaker)}` : name(speaker);
}

const NAMED: Readonly<Record<Naming, string>> = {
  'name-and-role': 'with name and role',
  'role-only': 'with the role alone',
  anonymous: 'without name or role',
};

function agreedTo({ channels, naming, until }: Consent): string {
  if (channels.length === 0) return 'may appear nowhere yet';
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  const end = until === null ? '' : `, until ${day.format(until)}`;
  return `may appear ${listed(channels.map((channel) => CHANNEL_WORDS[channel]))}, ${NAMED[naming]}${end}`;
}

const WAYS = { link: 'by a letter with a link', phone: 'by phone', paper: 'on paper' } as const;

function on(event: QuoteEvent): string {
  if (!('evidence' in event) || !event.evidence) return '';
  return event.evidence.how === 'phone' ? ', by phone' : ', on paper';
}

/** @returns words that belong to a step: what was shown, proposed or said; null where there are none, or they were erased */
export function wordsOfStep(event: QuoteEvent): string | null {
  switch (event.kind) {
    case 'checked':
      return event.wording;
    case 'sent':
    case 'guardian-asked':
    case 'found-fair':
      return event.shown.wording;
    case 'correction-proposed':
      return event.wording ?? null;
    default:
      return null;
  }
}

/** @returns the reason or the evidence that was written down with it */
export function noteOfStep(event: QuoteEvent): string | null {
  if (event.kind === 'found-fair') return event.reason;
  return 'evidence' in event && event.evidence ? event.evidence.note : null;
}

/** @returns the scan of the answer; null where there is none, or it was erased */
export function scanOfStep(event: QuoteEvent): Scan | null {
  return 'evidence' in event ? (event.evidence?.scan ?? null) : null;
}
