/**
 * How the words in the text stand to what was said to them. Computed whenever it is
 * shown or acted on, from the record and the text as they are; nothing of it is kept
 * (QUOTE-2, QUOTE-7).
 */
import { contextChange } from '../document/quote-context.ts';
import type { UseInText } from '../document/wording.ts';
import { wordingKey } from '../document/wording-form.ts';
import { sameShown } from './acts.ts';
import { type Attribution, sameAttribution } from './naming.ts';
import { NO_OWN_NAMES, type OwnNames, plainContext, withoutNames } from './own-names.ts';
import type { Shown } from './quote-event.ts';
import type { Ask, QuoteRecord, Surroundings } from './quote-record.ts';

/** One use, as it stands for one of its speakers. */
export type Standing =
  | 'captured'
  | 'checked'
  | 'sent'
  | 'opened'
  | 'verified'
  /** They wrote how it should be, and nobody has decided yet. */
  | 'correction-proposed'
  | 'disputed'
  /** The letter reached somebody else: the speaker was never asked. */
  | 'misdirected'
  | 'declined'
  | 'lapsed'
  /** Verified once or asked about, and the words are others now. */
  | 'changed'
  /** The same words, and the speaker is named otherwise than they agreed to. */
  | 'attribution-changed'
  /** The same words among others: an editor may find that still fair. */
  | 'context-changed'
  /** And what stands around them tells more closely who it was: they are asked again. */
  | 'context-closer'
  | 'withdrawn'
  | 'set-aside';

/** What there is now. */
export interface Present {
  /** Uses of this quote in the text, read just now. */
  readonly uses: readonly UseInText[];
  /** How a speaker is named now. */
  readonly attribution: (speaker: string) => Attribution;
  /** Words that tell who a speaker is, beyond what the attribution says (see `contextChange`). */
  readonly identifying: (speaker: string) => readonly string[];
  /** How the text may name a speaker who chose it. */
  readonly ownNames?: (speaker: string) => OwnNames;
}

/** @returns how one use stands for one speaker */
export function standingOf(record: QuoteRecord, use: UseInText, speaker: string, present: Present): Standing {
  if (record.withdrawn.size > 0) return 'withdrawn';
  if (record.setAside) return 'set-aside';
  if (record.declined.has(speaker)) return 'declined';
  const names = present.ownNames?.(speaker) ?? NO_OWN_NAMES;
  const shown = withoutNames({ ...use, attribution: present.attribution(speaker) }, names.now);
  const match = verificationOf(record, shown, speaker, present.identifying(speaker), names);
  if (match === 'verified') return match;
  const asks = record.asks.filter((ask) => ask.speaker === speaker && ask.shown.use === use.use);
  const last = asks.at(-1);
  // asked about this very text: no need to say what else it may lack meanwhile
  const asNamed = { ...shown, attribution: agreedNaming(record, speaker, shown, last?.shown ?? shown) };
  if (last && isOpen(last) && sameShown(withoutNames(last.shown, names.before), asNamed))
    return last.openedAt === null ? 'sent' : 'opened';
  if (last?.answer?.kind === 'correction-proposed' && last.answer.decided === null)
    return 'correction-proposed';
  if (match) return match;
  const wasVerified = record.verifications.some((one) => asks.some(({ id }) => id === one.ask));
  const step = last ? stepOf(last, shown) : null;
  if (step) return step;
  if (wasVerified) return 'changed';
  return record.checked.has(wordingKey(use.wording)) ? 'checked' : 'captured';
}

/** @returns what its speakers said about these very words; null where nothing holds for them */
function verificationOf(
  record: QuoteRecord,
  shown: Shown,
  speaker: string,
  identifying: readonly string[],
  { before }: OwnNames,
): Standing | null {
  const same = record.verifications.filter((one) => one.speaker === speaker && hasWords(one, shown));
  if (same.length === 0) return null;
  const named = same.filter((one) => isNamedSo(record, one, shown));
  if (named.length === 0) return 'attribution-changed';
  const changes = named.map((one) =>
    one.shown.context === null || shown.context === null
      ? 'closer'
      : contextChange(plainContext(one.shown.context, before), shown.context, identifying),
  );
  if (changes.includes('same')) return 'verified';
  if (changes.every((change) => change === 'closer')) return 'context-closer';
  const isFair = record.fair.some(
    (one) =>
      one.speaker === speaker &&
      one.shown.use === shown.use &&
      sameShown(withoutNames(one.shown, before), shown),
  );
  return isFair ? 'verified' : 'context-changed';
}

function hasWords({ shown }: Surroundings, present: Shown): boolean {
  return (
    shown.wording !== null &&
    present.wording !== null &&
    wordingKey(shown.wording) === wordingKey(present.wording)
  );
}

/** Whether a speaker is named as they read it beside their words, or as they chose since. */
function isNamedSo(record: QuoteRecord, { speaker, shown }: Surroundings, present: Shown): boolean {
  const attribution = agreedNaming(record, speaker, present, shown);
  return (
    shown.attribution !== null && attribution !== null && sameAttribution(shown.attribution, attribution)
  );
}

/** Of whoever is named as they chose, what they were shown before stands for it. */
function agreedNaming(
  record: QuoteRecord,
  speaker: string,
  present: Shown,
  shown: Shown,
): Attribution | null {
  const chosen = record.chosen.get(speaker);
  const isChosen = chosen && present.attribution && sameAttribution(chosen, present.attribution);
  return isChosen ? shown.attribution : present.attribution;
}

function isOpen(ask: Ask): boolean {
  return ask.over === null && ask.answer === null;
}

/** @returns how the last ask about a use leaves it; null where it is as if nobody had asked */
function stepOf(ask: Ask, shown: Shown): Standing | null {
  if (ask.answer === null) {
    if (ask.over === 'lapsed') return 'lapsed';
    // its speaker reads words that stand there no more
    return ask.over === null ? 'changed' : null;
  }
  const sameWords = hasWords(ask, shown);
  switch (ask.answer.kind) {
    case 'disputed':
      if (!sameWords) return null;
      return ask.answer.stranger ? 'misdirected' : 'disputed';
    case 'correction-proposed':
      return ask.answer.decided === 'accepted' ? 'changed' : null;
    case 'confirmed':
      return 'changed';
    case 'declined':
      return null;
  }
}
