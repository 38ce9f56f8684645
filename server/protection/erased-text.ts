import type * as Y from 'yjs';
import { FIELDS } from '../../shared/document/block-parts.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { copiesIn } from '../../shared/protection/erased-words.ts';
import { ERASED_HERE } from '../../shared/quotes/placeholder.ts';
import type { BlockContents } from '../ports/folder.ts';
import { takeOut, textsOf } from '../quotes/quote-text.ts';

/** What is taken out of texts. */
export interface ErasedWords {
  readonly quoteIds: readonly string[];
  /** From `tellingWords`: taken out where they stand unmarked as well. */
  readonly telling: readonly string[];
}

/** Takes words out of a block wherever they stand in it: under their mark, and as a copy without one. */
export function takeOutErased(doc: Y.Doc, { quoteIds, telling }: ErasedWords): void {
  for (const quote of quoteIds) takeOut(doc, quote, ERASED_HERE);
  for (const text of textsOf(doc)) takeOutCopies(text, telling, {});
  for (const key of [...doc.share.keys()]) {
    if (key.startsWith('field/')) takeOutCopies(doc.getText(key), telling);
  }
  const fields = doc.getMap(FIELDS);
  for (const [key, value] of [...fields]) {
    if (typeof value !== 'string' || copiesIn(value, telling).length === 0) continue;
    fields.set(key, withoutCopies(value, telling));
  }
}

/** @param marks of the placeholder; absent where a text has none */
function takeOutCopies(text: Y.Text, telling: readonly string[], marks?: object): void {
  const pieces = text.toDelta() as { readonly insert: unknown }[];
  const plain = pieces.map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc')).join('');
  // from behind, so that what is still to go stays where it was found
  for (const { index, length } of [...copiesIn(plain, telling)].reverse()) {
    text.delete(index, length);
    text.insert(index, ERASED_HERE, marks);
  }
}

function withoutCopies(value: string, telling: readonly string[]): string {
  return [...copiesIn(value, telling)]
    .reverse()
    .reduce(
      (left, { index, length }) => left.slice(0, index) + ERASED_HERE + left.slice(index + length),
      value,
    );
}

/** @returns whether any of these words stands whole in a paragraph or field */
export function hasCopies({ text, values }: BlockContents, telling: readonly string[]): boolean {
  if (telling.length === 0) return false;
  const fields = Object.values(values).filter((value) => typeof value === 'string');
  return [...paragraphsOf(text), ...fields].some((one) => copiesIn(one, telling).length > 0);
}

function* paragraphsOf(node: ProseMirrorJson): Generator<string> {
  const children = node.content ?? [];
  const line = children.map(({ text }) => text ?? '\ufffc').join('');
  if (children.some(({ text }) => text !== undefined)) yield line;
  for (const child of children) yield* paragraphsOf(child);
}
