import { drawnText, type NamesInText } from '../../shared/document/drawn-text.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { type Reference, referenceText } from '../../shared/document/reference-key.ts';
import { type NameInText, namesOf } from '../../shared/quotes/names-in-text.ts';
import { Value } from '../sync/watched.ts';

interface NamesHere {
  readonly known: readonly NameInText[];
  readonly draw: NamesInText;
}

/** How the texts on this page name those that they refer to (NAME-1), as the server said last. */
export const namesHere = new Value<NamesHere>({ known: [], draw: namesOf([]) });

/** @param known of the case, or cases, that the page shows; where they are as before, nothing is drawn anew */
export function setNamesHere(known: readonly NameInText[]): void {
  if (JSON.stringify(known) === JSON.stringify(namesHere.get().known)) return;
  namesHere.set({ known, draw: namesOf(known) });
}

/** @returns the text with the names in it, as they are drawn now */
export function drawnHere(json: ProseMirrorJson): ProseMirrorJson {
  return drawnText(json, namesHere.get().draw);
}

/** @returns null for somebody of whom nothing is known here */
export function nameHere(reference: Reference): NameInText | null {
  const key = referenceText(reference);
  return namesHere.get().known.find((name) => referenceText(name) === key) ?? null;
}

/** Who may be chosen here, found by any word of their name, role or school. */
export function choosable(query: string): readonly NameInText[] {
  const sought = folded(query);
  const fits = ({ who, words }: NameInText) =>
    who !== '' && (sought === '' || ` ${folded(who)} ${folded(words)}`.includes(` ${sought}`));
  return namesHere.get().known.filter(fits);
}

function folded(words: string): string {
  return words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
