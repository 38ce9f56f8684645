import {
  type AnchoredText,
  anchoredText,
  BESIDE_ANCHOR,
  type KeptWords,
  keptWords,
  MOST_ANCHORED,
  placeOfSelected,
  removeAnchor,
  type SelectedWords,
  setAnchor,
} from '../../shared/document/anchors.ts';
import type { Place } from '../../shared/document/flat-text.ts';
import { type ProseMirrorJson, readSuggestedText } from '../../shared/document/reading.ts';
import type { BlockWriting } from '../collaboration/block-writing.ts';
import type { SchoolCopy } from './school-copy.ts';

/** What somebody selected, and where the mark of it is to be found. */
export interface WantedAnchor {
  readonly anchor: string;
  readonly selected: SelectedWords;
}

/**
 * What is kept of words that a thread is about.
 * @param text of the section, as it was last saved
 * @param copy as somebody at a school reads it; null where the text itself is theirs to read
 * @param writes whether they set the mark in the text themselves, before or after
 * @returns null where their words do not stand there
 */
export function wordsToKeep(
  text: AnchoredText,
  copy: SchoolCopy | null,
  { anchor, selected }: WantedAnchor,
  writes: boolean,
): KeptWords | null {
  if (copy) {
    // by what stands in the text in its place, they learn nothing: whatever is there, their words are kept
    const found = copy.find(selected);
    const around = found && keptWords(text, bounded(found.place));
    return found && { prefix: around?.prefix ?? '', suffix: around?.suffix ?? '', quote: found.quote };
  }
  const marked = text.marks.get(anchor);
  const [first, last] = writes ? [marked?.[0], marked?.at(-1)] : [];
  const place = first && last ? { from: first.from, to: last.to } : placeOfSelected(text, selected);
  return (place && keptWords(text, place)) ?? (writes ? asSent(selected) : null);
}

/** Of words that are held back it is not told how long they are. */
function bounded({ from, to }: Place): Place {
  return { from, to: Math.min(to, from + MOST_ANCHORED) };
}

/** Their page has the words already, and the server does not yet. */
function asSent({ quote, prefix, suffix }: SelectedWords): KeptWords | null {
  const words = oneSpace(quote);
  return words === ''
    ? null
    : { quote: words, prefix: prefix.slice(-BESIDE_ANCHOR), suffix: suffix.slice(0, BESIDE_ANCHOR) };
}

function oneSpace(words: string): string {
  return words.replace(/\s+/gu, ' ').trim();
}

/**
 * Sets the mark of an anchor for somebody who may not write in the text, where it does not stand
 * yet: an edit like everybody's, so that open pages see it at once.
 * @param options.copyOf what somebody at a school reads of a text; null where they read it as it is
 * @param options.before the anchors that it takes the place of
 */
export async function setAnchorFor(
  writing: BlockWriting,
  blockId: string,
  personId: string,
  { anchor, selected }: WantedAnchor,
  options: {
    readonly copyOf: ((suggested: ProseMirrorJson) => SchoolCopy) | null;
    readonly before: readonly string[];
  },
): Promise<void> {
  await writing.edit(blockId, personId, (doc) => {
    const json = readSuggestedText(doc);
    const text = anchoredText(json);
    for (const earlier of options.before) removeAnchor(doc, text, earlier);
    if (text.marks.has(anchor)) return;
    const found = options.copyOf?.(json).find(selected);
    const place = options.copyOf ? found && bounded(found.place) : placeOfSelected(text, selected);
    if (place) setAnchor(doc, text, anchor, place);
  });
}
