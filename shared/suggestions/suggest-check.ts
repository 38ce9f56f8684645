/**
 * Whether what somebody with suggest access sends changes only suggestions of their own
 * (ACCESS-2). Compared are the texts before and after, without what is theirs: so whatever
 * else the update does, in whatever bytes, is seen in what it comes to. Beyond that nothing
 * of others may be written anew, even where it reads the same: it would be theirs no more.
 */
import * as Y from 'yjs';
import { CONTENT } from '../document/block-parts.ts';
import { markName } from '../document/mark-key.ts';
import type { SharedType } from '../document/misshapen.ts';
import { readSuggestedText } from '../document/reading.ts';
import { readsAs, withoutSuggestions } from '../document/refusing.ts';
import { findMisshapen } from '../document/shape.ts';
import {
  SEAM_SIGN,
  type SuggestedBy,
  suggestionAttributes,
  suggestionKey,
  suggestionMark,
} from '../document/suggestion-key.ts';
import { textsIn } from './decision.ts';

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
  const own = ownLetters(content, author);
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
  if (adopt) adoptLetters(content, states, { ...adopt, author });
  const after = readSuggestedText(doc);
  const isTheirs = (mark: { readonly author: string }) => mark.author === author;
  if (readsAs(withoutSuggestions(before, isTheirs)) === readsAs(withoutSuggestions(after, isTheirs)))
    return null;
  return readsAs(withoutSuggestions(before)) === readsAs(withoutSuggestions(after)) ? 'others' : 'text';
}

function changeFault(
  transaction: Y.Transaction,
  content: SharedType,
  own: ReadonlyMap<number, readonly Letters[]>,
): SuggestFault | null {
  for (const [type, keys] of transaction.changed) {
    if (!isWithin(type as unknown as SharedType, content)) return 'parts';
    if ([...keys].some((key) => key !== null)) return 'nodes';
  }
  const isNew = (item: Y.Item) => item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0);
  let fault: SuggestFault | null = null;
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (!(struct instanceof Y.Item) || isNew(struct)) return;
    if (struct.content instanceof Y.ContentString && !covers(own, struct)) fault ??= 'letters';
    if (struct.content instanceof Y.ContentType && !(struct.content.type instanceof Y.XmlText))
      fault ??= 'nodes';
  });
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

/** Letters of one client, clocks from (inclusive) and to (exclusive). */
interface Letters {
  readonly from: number;
  readonly to: number;
}

/** What somebody only suggested so far, and may take back. */
function ownLetters(content: Y.XmlFragment, author: string): ReadonlyMap<number, readonly Letters[]> {
  const letters = new Map<number, Letters[]>();
  for (const text of textsIn(content)) {
    for (const { item, isOwn } of lettersIn(text, author)) {
      if (!isOwn) continue;
      const { client, clock } = item.id;
      const known = letters.get(client);
      const span = { from: clock, to: clock + item.length };
      if (known) known.push(span);
      else letters.set(client, [span]);
    }
  }
  return letters;
}

/** The letters of a text in order, with where they stand, and whether somebody only suggested them. */
function* lettersIn(
  text: Y.XmlText,
  author: string,
): Generator<{ item: Y.Item; words: string; at: number; isOwn: boolean }> {
  const open = new Set<string>();
  let at = 0;
  for (let item = (text as unknown as SharedType)._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentFormat) {
      const { key, value } = content as unknown as { key: string; value: unknown };
      const mark = suggestionMark(markName(key), value);
      const isOwn = mark?.author === author && (mark.name === 'insertion' || mark.name === 'seam');
      if (isOwn) open.add(key);
      else open.delete(key);
    } else if (content instanceof Y.ContentString) {
      yield { item, words: content.str, at, isOwn: open.size > 0 };
      at += item.length;
    }
  }
}

function adoptLetters(content: Y.XmlFragment, states: ReadonlyMap<number, number>, by: SuggestedBy): void {
  const mark = { name: 'insertion', ...by } as const;
  const marks = { [suggestionKey(mark)]: suggestionAttributes(mark) };
  content.doc?.transact(() => {
    for (const text of textsIn(content)) {
      const stray = [...lettersIn(text, by.author)].filter(
        ({ item, isOwn }) => !isOwn && item.id.clock >= (states.get(item.id.client) ?? 0),
      );
      for (const { at, words } of stray) text.format(at, words.length, marks);
      for (const { at, words } of stray.reverse()) {
        for (let sign = words.length - 1; sign >= 0; sign -= 1) {
          if (words[sign] === SEAM_SIGN) text.delete(at + sign, 1);
        }
      }
    }
  });
}

function covers(own: ReadonlyMap<number, readonly Letters[]>, { id, length }: Y.Item): boolean {
  let at = id.clock;
  const spans = [...(own.get(id.client) ?? [])].sort((one, other) => one.from - other.from);
  for (const { from, to } of spans) if (from <= at && at < to) at = to;
  return at >= id.clock + length;
}
