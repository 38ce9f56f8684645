import * as Y from 'yjs';
import { CONTENT, SOFT_BLOCK_CHARACTERS } from '../../shared/document/block-parts.ts';
import { groupedNumber } from '../ui/grouped-number.ts';

/** Length of all text fields of a block, UTF-16 code units. */
export function fieldCharacters(doc: Y.Doc): number {
  let sum = 0;
  for (const [key, root] of doc.share) {
    if (key.startsWith('field/')) sum += root._length;
  }
  return sum;
}

/** Length of the running text of a block, whatever stands in it, UTF-16 code units. */
export function contentCharacters(doc: Y.Doc): number {
  let sum = 0;
  const waiting: unknown[] = [doc.getXmlFragment(CONTENT)];
  for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
    if (type instanceof Y.XmlText) sum += type.length;
    else if (type instanceof Y.XmlFragment) for (const child of type.toArray()) waiting.push(child);
  }
  return sum;
}

/** How many more characters a block takes before the page refuses; never below 0. */
export function roomLeft(doc: Y.Doc): number {
  return Math.max(0, SOFT_BLOCK_CHARACTERS - fieldCharacters(doc) - contentCharacters(doc));
}

/** Why a paste was refused, and that nothing is lost by it. */
export function pasteRefusal(pasted: number, left: number): string {
  return (
    `That is ${groupedNumber(pasted)} characters, and this section has room for ${groupedNumber(left)} more. ` +
    'Nothing was pasted, and nothing was changed: paste it in parts, or attach it as a document.'
  );
}

/** Why typing was refused. */
export const FULL =
  `This section is full: it takes ${groupedNumber(SOFT_BLOCK_CHARACTERS)} characters. ` +
  'What stands here is kept; move some of it to another section to go on.';

/** What a paste left out, and that its words came; null when nothing was. */
export function leftOut(pictures: number, links: number): string | null {
  const said: string[] = [];
  if (pictures > 0) {
    said.push(
      `${pictures === 1 ? 'One picture was' : `${groupedNumber(pictures)} pictures were`} left out: this text takes words, lists and tables.`,
    );
  }
  if (links > 0) {
    said.push(
      `${links === 1 ? 'One link led' : `${groupedNumber(links)} links led`} nowhere safe; the words are kept.`,
    );
  }
  return said.length > 0 ? said.join(' ') : null;
}

/** A clipboard with more markup than this is not read; UTF-16 code units. */
export const MOST_MARKUP = 12_000_000;
export const TOO_MUCH_MARKUP =
  'There is too much formatting in that to read it here. Nothing was pasted: paste it as plain text (Ctrl or ⌘, Shift and V).';
