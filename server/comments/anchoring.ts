import {
  type AnchoredText,
  anchoredText,
  BESIDE_ANCHOR,
  type KeptWords,
  keptWords,
  placeOfSelected,
  removeAnchor,
  type SelectedWords,
  setAnchor,
} from '../../shared/document/anchors.ts';
import type { Place } from '../../shared/document/flat-text.ts';
import { readSuggestedText } from '../../shared/document/reading.ts';
import type { BlockWriting } from '../collaboration/block-writing.ts';

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
  copy: AnchoredText | null,
  { anchor, selected }: WantedAnchor,
  writes: boolean,
): KeptWords | null {
  // What they select at a school has to stand in their copy: by what stands in its place, they learn nothing.
  if (copy && !placeOfSelected(copy, selected)) return null;
  const marked = text.marks.get(anchor);
  const [first, last] = writes ? [marked?.[0], marked?.at(-1)] : [];
  const place = first && last ? { from: first.from, to: last.to } : placeIn(text, selected, copy !== null);
  if (!place) return writes ? asSent(selected) : null;
  const kept = keptWords(text, place);
  if (!kept) return writes ? asSent(selected) : null;
  return copy ? { ...kept, quote: oneSpace(selected.quote) } : kept;
}

/** @param loosely by what stands around them, where the words themselves are held back in a copy */
function placeIn(text: AnchoredText, selected: SelectedWords, loosely: boolean): Place | null {
  const place = placeOfSelected(text, selected);
  if (place || !loosely) return place;
  const [prefix, suffix] = [selected.prefix, selected.suffix].map((words) => words.replace(/\s+/gu, ' ')) as [
    string,
    string,
  ];
  const from = text.plain.indexOf(prefix);
  if (prefix.trim().length < LEAST_AROUND || suffix.trim().length < LEAST_AROUND || from < 0) return null;
  const to = text.plain.indexOf(suffix, from + prefix.length);
  if (to < 0 || text.plain.indexOf(prefix, from + 1) >= 0) return null;
  const begin = text.offsets[from + prefix.length];
  const end = text.offsets[to - 1];
  return begin === undefined || end === undefined || end < begin ? null : { from: begin, to: end + 1 };
}

/** Letters on either side that tell where words stand. */
const LEAST_AROUND = 12;

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
 * @param before the anchor that it takes the place of
 */
export async function setAnchorFor(
  writing: BlockWriting,
  blockId: string,
  personId: string,
  { anchor, selected }: WantedAnchor,
  options: { readonly loosely: boolean; readonly before: string | null },
): Promise<void> {
  await writing.edit(blockId, personId, (doc) => {
    const text = anchoredText(readSuggestedText(doc));
    if (options.before !== null && options.before !== anchor) removeAnchor(doc, text, options.before);
    if (text.marks.has(anchor)) return;
    const place = placeIn(text, selected, options.loosely);
    if (place) setAnchor(doc, text, anchor, place);
  });
}
