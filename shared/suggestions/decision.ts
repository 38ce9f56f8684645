import * as Y from 'yjs';
import { CONTENT } from '../document/block-parts.ts';
import { markName } from '../document/mark-key.ts';
import { type ProseMirrorJson, readSuggestedText } from '../document/reading.ts';
import {
  isSeamSign,
  type SuggestedBy,
  type SuggestionMark,
  suggestionName,
} from '../document/suggestion-key.ts';
import { changeAtSeam } from './seam-change.ts';
import { type Decision, decideText, type MarkedRun, markedRuns, type Whose } from './text-decision.ts';

export const everySuggestion: Whose = () => true;

/** @returns which marks are of one of these suggestions */
export function theseSuggestions(those: readonly Pick<SuggestedBy, 'id' | 'author'>[]): Whose {
  const names = new Set(those.map(suggestionName));
  return (mark) => names.has(suggestionName(mark));
}

export function suggestionsOf(author: string): Whose {
  return (mark) => mark.author === author;
}

/**
 * Accepts or refuses suggestions, as one edit of whoever decides. Refusing moves nothing,
 * and accepting words neither. Accepted seams write paragraphs anew: see `seam-change.ts`.
 * @returns how many marks were decided; 0 where somebody else did meanwhile
 */
export function decideSuggestions(doc: Y.Doc, decision: Decision, whose: Whose): number {
  return doc.transact(() => {
    const content = doc.getXmlFragment(CONTENT);
    let decided = 0;
    for (const text of textsIn(content)) decided += decideText(text, decision, whose);
    if (decision === 'accept') makeSeams(content, whose);
    for (const text of textsIn(content)) removeBareSigns(text);
    return decided;
  });
}

/** Signs that lost their mark, in a merge. */
function removeBareSigns(text: Y.XmlText): void {
  let at = 0;
  const bare: number[] = [];
  for (const { insert, attributes } of text.toDelta() as { insert: unknown; attributes?: object }[]) {
    const words = typeof insert === 'string' ? insert : ' ';
    const hasSeam = Object.keys(attributes ?? {}).some((key) => markName(key) === 'seam');
    if (!hasSeam)
      for (const [sign, letter] of words.split('').entries()) if (isSeamSign(letter)) bare.push(at + sign);
    at += words.length;
  }
  for (const sign of bare.reverse()) text.delete(sign, 1);
}

/** @returns how a block would read with suggestions accepted; the document itself stays as it is */
export function withSuggestionsAccepted(doc: Y.Doc, whose: Whose = everySuggestion): ProseMirrorJson {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  decideSuggestions(copy, 'accept', whose);
  const json = readSuggestedText(copy);
  copy.destroy();
  return json;
}

/** All runs of text in it, in the order of the text; without recursion, as depth is the sender's choice. */
export function textsIn(root: Y.XmlFragment | Y.XmlElement): Y.XmlText[] {
  const texts: Y.XmlText[] = [];
  const waiting: unknown[] = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next instanceof Y.XmlText) texts.push(next);
    else if (next instanceof Y.XmlElement || next instanceof Y.XmlFragment) {
      const children: unknown[] = next.toArray();
      for (let at = children.length - 1; at >= 0; at -= 1) waiting.push(children[at]);
    }
  }
  return texts;
}

/**
 * From the last to the first: what stands behind a seam moves, what stands before it stays.
 * Where a change wrote texts anew that were still to come, all are looked for again.
 */
function makeSeams(content: Y.XmlFragment, whose: Whose): void {
  let texts = textsIn(content);
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    if (!isStanding(text)) {
      texts = textsIn(content);
      continue;
    }
    for (let seam = lastSeam(text, whose); seam; seam = isStanding(text) ? lastSeam(text, whose) : null) {
      text.delete(seam.index, 1);
      changeAtSeam(text, seam.index, seam.mark);
    }
    if (!isStanding(text)) texts = textsIn(content);
  }
}

function lastSeam(
  text: Y.XmlText,
  whose: Whose,
): { index: number; mark: SuggestionMark & { name: 'seam' } } | null {
  const isSeam = (run: MarkedRun): run is MarkedRun & { mark: { name: 'seam' } } =>
    run.mark.name === 'seam' && run.words.split('').some(isSeamSign) && whose(run.mark);
  const places = markedRuns(text)
    .filter(isSeam)
    .map((run) => ({
      index: run.from + run.words.split('').findLastIndex(isSeamSign),
      mark: run.mark as SuggestionMark & { name: 'seam' },
    }));
  return places.reduce<(typeof places)[number] | null>(
    (last, place) => (last && last.index >= place.index ? last : place),
    null,
  );
}

function isStanding(text: Y.XmlText): boolean {
  for (let item = text._item; item; item = (item.parent as Y.XmlElement)._item)
    if (item.deleted) return false;
  return true;
}
