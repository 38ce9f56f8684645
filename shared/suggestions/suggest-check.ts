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
import { type ProseMirrorJson, readSuggestedText } from '../document/reading.ts';
import { joinedTexts, withoutSuggestions } from '../document/refusing.ts';
import { findMisshapen } from '../document/shape.ts';
import { suggestionMark } from '../document/suggestion-key.ts';
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
 * @returns why the update is refused; null for one that changes only their suggestions
 */
export function checkSuggestions(doc: Y.Doc, update: Uint8Array, author: string): SuggestFault | null {
  const content = doc.getXmlFragment(CONTENT);
  const before = readSuggestedText(doc);
  const foreign = findMisshapen(doc).length;
  const own = ownLetters(content, author);
  let fault: SuggestFault | null = null;
  const look = (transaction: Y.Transaction) => {
    fault ??= changeFault(transaction, content as never, own);
  };
  doc.on('afterTransaction', look);
  Y.applyUpdate(doc, update);
  doc.off('afterTransaction', look);
  if (fault) return fault;
  if (doc.store.pendingStructs || doc.store.pendingDs) return 'incomplete';
  if (findMisshapen(doc).length > foreign) return 'foreign';
  const after = readSuggestedText(doc);
  const isTheirs = (mark: { readonly author: string }) => mark.author === author;
  if (reading(withoutSuggestions(before, isTheirs)) === reading(withoutSuggestions(after, isTheirs)))
    return null;
  return reading(withoutSuggestions(before)) === reading(withoutSuggestions(after)) ? 'others' : 'text';
}

/** Equal for texts that read the same, wherever Yjs cut them. */
function reading(json: ProseMirrorJson): string {
  return JSON.stringify(json, (_, value: unknown) => (Array.isArray(value) ? joinedTexts(value) : value));
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
    const open = new Set<string>();
    for (let item = (text as unknown as SharedType)._start; item !== null; item = item.right) {
      if (item.deleted) continue;
      if (item.content instanceof Y.ContentFormat) {
        const { key, value } = item.content as unknown as { key: string; value: unknown };
        const mark = suggestionMark(markName(key), value);
        const isOwn = mark?.author === author && (mark.name === 'insertion' || mark.name === 'seam');
        if (isOwn) open.add(key);
        else open.delete(key);
      } else if (open.size > 0 && item.content instanceof Y.ContentString) {
        const { client, clock } = item.id;
        letters.set(client, [...(letters.get(client) ?? []), { from: clock, to: clock + item.length }]);
      }
    }
  }
  return letters;
}

function covers(own: ReadonlyMap<number, readonly Letters[]>, { id, length }: Y.Item): boolean {
  let at = id.clock;
  const spans = [...(own.get(id.client) ?? [])].sort((one, other) => one.from - other.from);
  for (const { from, to } of spans) if (from <= at && at < to) at = to;
  return at >= id.clock + length;
}
