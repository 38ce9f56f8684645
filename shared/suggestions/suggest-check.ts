/**
 * Whether what somebody with suggest access sends changes only suggestions of their own
 * (ACCESS-2). Compared are the texts before and after, without what is theirs: so whatever
 * else the update does, in whatever bytes, is seen in what it comes to. Beyond that nothing
 * of others may be written anew, even where it reads the same: it would be theirs no more.
 */
import * as Y from 'yjs';
import { CONTENT } from '../document/block-parts.ts';
import type { SharedType } from '../document/misshapen.ts';
import { readSuggestedText } from '../document/reading.ts';
import { readsAs, withoutSuggestions } from '../document/refusing.ts';
import { findMisshapen } from '../document/shape.ts';
import {
  isSeamSign,
  type SuggestedBy,
  type SuggestionMark,
  suggestionAttributes,
  suggestionKey,
} from '../document/suggestion-key.ts';
import { textsIn } from './decision.ts';
import {
  haveEquals,
  heldLetters,
  holdLetters,
  isNewText,
  type Letters,
  letterId,
  standingLetters,
} from './held-letters.ts';
import { heldLooks, holdLooks } from './held-looks.ts';

/**
 * Letters of others that may be exchanged for equal ones that were suggested: y-tiptap does so
 * where both stand side by side, as in "too", and the suggested one is taken back.
 */
const MOST_EXCHANGED = 100;

/**
 * - `text`: the text reads otherwise with all suggestions refused
 * - `others`: suggestions of others do, or one is forged in somebody's name
 * - `letters`: words of others were deleted, or written anew
 * - `nodes`: paragraphs, or what is said of them, were changed
 * - `parts`: something else than the running text was
 * - `foreign`: it brings what the schema cannot hold
 * - `incomplete`: it needs what is not there
 */
export type SuggestFault = 'text' | 'others' | 'letters' | 'nodes' | 'parts' | 'foreign' | 'incomplete';

/**
 * @param doc the block before the update, the caller's own: afterwards it holds the update
 * @param author as the server knows them (ACCESS-3)
 * @param adopt under which id, and when, letters become a suggestion of theirs that came
 *   without a mark: so do those of an honest page, where somebody decided about a suggestion
 *   while its author typed on in it. What this writes is in `doc` as well, under its own
 *   client id. Null: such letters are refused.
 * @returns why the update is refused; null for one that changes only their suggestions
 */
export function checkSuggestions(
  doc: Y.Doc,
  update: Uint8Array,
  author: string,
  adopt: Omit<SuggestedBy, 'author'> | null = null,
): SuggestFault | null {
  const content = doc.getXmlFragment(CONTENT);
  const before = readSuggestedText(doc);
  const foreign = findMisshapen(doc).length;
  const isTheirs = (mark: { readonly author: string }) => mark.author === author;
  const isHeld = (mark: SuggestionMark) => !isTheirs(mark) || isNewText(mark);
  const held = heldLetters(doc, isHeld);
  const own = new Map(
    [...held.values()].flatMap(({ mark, letters }) => (mark.author === author ? [...letters] : [])),
  );
  const looks = adopt ? heldLooks(doc) : null;
  let fault: SuggestFault | null = null;
  const look = (transaction: Y.Transaction) => {
    fault ??= changeFault(transaction, content as never, own);
  };
  const states = Y.decodeStateVector(Y.encodeStateVector(doc));
  doc.on('afterTransaction', look);
  Y.applyUpdate(doc, update);
  doc.off('afterTransaction', look);
  if (fault) return fault;
  if (doc.store.pendingStructs || doc.store.pendingDs) return 'incomplete';
  if (findMisshapen(doc).length > foreign) return 'foreign';
  if (adopt && looks) {
    holdLooks(doc, looks, own);
    holdLetters(doc, held, states, author, isHeld, false);
    adoptLetters(content, states, { ...adopt, author });
  }
  const after = readSuggestedText(doc);
  if (readsAs(withoutSuggestions(before, isTheirs)) === readsAs(withoutSuggestions(after, isTheirs)))
    return null;
  return readsAs(withoutSuggestions(before)) === readsAs(withoutSuggestions(after)) ? 'others' : 'text';
}

function changeFault(transaction: Y.Transaction, content: SharedType, own: Letters): SuggestFault | null {
  for (const [type, keys] of transaction.changed) {
    if (!isWithin(type as unknown as SharedType, content)) return 'parts';
    if ([...keys].some((key) => key !== null)) return 'nodes';
  }
  const isNew = (item: Y.Item) => item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0);
  const gone: string[] = [];
  const taken = new Set<string>();
  let fault: SuggestFault | null = null;
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (!(struct instanceof Y.Item) || isNew(struct)) return;
    if (struct.content instanceof Y.ContentString) {
      for (const [at, letter] of struct.content.str.split('').entries()) {
        const id = letterId(struct.id.client, struct.id.clock + at);
        if (own.has(id)) taken.add(id);
        else gone.push(letter);
      }
    }
    if (struct.content instanceof Y.ContentType && !(struct.content.type instanceof Y.XmlText))
      fault ??= 'nodes';
  });
  const left = [...own].filter(([id]) => !taken.has(id)).map(([, letter]) => letter);
  if (gone.length > MOST_EXCHANGED || !haveEquals(gone, left)) fault ??= 'letters';
  return fault ?? additionFault(transaction);
}

/** New are letters, marks, and a text for a paragraph that had none. */
function additionFault(transaction: Y.Transaction): SuggestFault | null {
  for (const [client, structs] of transaction.doc.store.clients) {
    const known = transaction.beforeState.get(client) ?? 0;
    for (let at = structs.length - 1; at >= 0; at -= 1) {
      const struct = structs[at];
      if (!struct || struct.id.clock + struct.length <= known) break;
      if (!(struct instanceof Y.Item) || struct.deleted) continue;
      const { content, parent } = struct;
      const isInText = parent instanceof Y.XmlText;
      if (content instanceof Y.ContentString || content instanceof Y.ContentFormat) {
        if (!isInText) return 'nodes';
      } else if (!(content instanceof Y.ContentType && content.type instanceof Y.XmlText)) return 'nodes';
    }
  }
  return null;
}

function isWithin(type: SharedType, content: SharedType): boolean {
  let at = type;
  while (at !== content) {
    if (!at._item) return false;
    at = at._item.parent as SharedType;
  }
  return true;
}

function adoptLetters(content: Y.XmlFragment, states: ReadonlyMap<number, number>, by: SuggestedBy): void {
  const mark = { name: 'insertion', ...by } as const;
  const marks = { [suggestionKey(mark)]: suggestionAttributes(mark) };
  content.doc?.transact(() => {
    for (const text of textsIn(content)) {
      const stray = strayLetters(text, states, by.author);
      for (const { at, words } of stray) text.format(at, words.length, marks);
      for (const { at, words } of stray.reverse()) {
        for (let sign = words.length - 1; sign >= 0; sign -= 1) {
          if (isSeamSign(words[sign] as string)) text.delete(at + sign, 1);
        }
      }
    }
  });
}

/** New letters that are under no mark of their author's. */
function strayLetters(text: Y.XmlText, states: ReadonlyMap<number, number>, author: string) {
  const stray: { at: number; words: string }[] = [];
  for (const { item, at, words, marks } of standingLetters(text)) {
    const isNew = item.id.clock >= (states.get(item.id.client) ?? 0);
    if (isNew && ![...marks.values()].some((mark) => isNewText(mark) && mark.author === author))
      stray.push({ at, words });
  }
  return stray;
}
