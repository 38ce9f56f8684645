import { wordingFaults } from '../document/wording-form.ts';
import { type Age, type Channel, type ConsentGap, consentGap } from './consent.ts';
import { NO_RECORD, type QuoteRecord } from './quote-record.ts';
import { type Present, type Standing, standingOf } from './standing.ts';

/** Why a use of a quote keeps a text from being published (QUOTE-3). */
export interface PublicationBlock {
  readonly use: string;
  /** Null where it is not known whose words they are. */
  readonly speaker: string | null;
  readonly reason: Exclude<Standing, 'verified'> | `consent-${ConsentGap}` | 'no-record' | 'unreadable';
}

/** Why, in plain words. */
export const BLOCK_WORDS: Readonly<Record<PublicationBlock['reason'], string>> = {
  captured: 'The speaker has not been asked.',
  checked: 'The speaker has not been asked.',
  sent: 'The speaker has not answered.',
  opened: 'The speaker has not answered.',
  'correction-proposed': 'The speaker wrote how it should be, and nobody has decided on that.',
  misdirected: 'The letter reached somebody else: the speaker was never asked.',
  disputed: 'The speaker said that these are not their words.',
  declined: 'The speaker does not want to be quoted with this. Take it out of the text.',
  lapsed: 'The speaker did not answer in time, and silence is no yes.',
  changed: 'The words are not those that the speaker confirmed.',
  'attribution-changed': 'The speaker is named otherwise than they agreed to.',
  'context-changed': 'What stands around the words is not what the speaker saw.',
  'context-closer': 'What stands around the words tells more closely who the speaker is.',
  withdrawn: 'The speaker has taken these words back. Take them out of the text.',
  'set-aside': 'The team does not use this quote. Take it out of the text.',
  'consent-missing': 'The speaker has not said where their words may be published.',
  'consent-guardian-missing': 'A parent or carer has not agreed.',
  'consent-ended': 'The time that the speaker agreed to is over.',
  'consent-channel': 'The speaker did not agree to this kind of publication.',
  'consent-naming': 'The speaker did not agree to be named so.',
  'no-record': 'Nobody knows whose words these are.',
  unreadable: 'There are no words in it, or characters that nobody sees.',
};

/** Where and when something is to be published, and of what age its speakers are. */
export interface Publication {
  readonly channel: Channel;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly age: (speaker: string) => Age;
}

/**
 * No quote that is not verified, and none that consent does not cover, is published; nothing
 * overrides that. A quote that stands nowhere in the text blocks nothing.
 * @param record of the quote; null where a mark names one that nobody captured
 * @returns every reason, use by use
 */
export function publicationBlocks(
  record: QuoteRecord | null,
  present: Present,
  { channel, at, age }: Publication,
): readonly PublicationBlock[] {
  const { speakers, consents, guardianConsents } = record ?? NO_RECORD;
  return present.uses.flatMap((use): PublicationBlock[] => {
    if (!record || speakers.length === 0) return [{ use: use.use, speaker: null, reason: 'no-record' }];
    return speakers.flatMap((speaker) => {
      const block = (reason: PublicationBlock['reason']) => ({ use: use.use, speaker, reason });
      const blocks: PublicationBlock[] = [];
      const standing = standingOf(record, use, speaker, present);
      if (standing !== 'verified') blocks.push(block(standing));
      else if (wordingFaults(use.wording).length > 0) blocks.push(block('unreadable'));
      const given = { own: consents.get(speaker) ?? null, guardian: guardianConsents.get(speaker) ?? null };
      const { naming } = present.attribution(speaker);
      const gap = consentGap(given, age(speaker), { channel, at, naming });
      if (gap) blocks.push(block(`consent-${gap}`));
      return blocks;
    });
  });
}
