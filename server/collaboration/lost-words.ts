/**
 * Words that a merge hid although nobody deleted them (SAVE-5): one person types
 * in a paragraph which another turns into a heading, moves into a list or joins
 * to the one before. The editor makes a new element of the text it knew and
 * deletes the old one, with whatever stood in it unknown to the deleter.
 */
import * as Y from 'yjs';
import { HIDDEN_WORDS_CONTEXT } from './bounds.ts';

/** How a type of the document was removed. */
export interface Removal {
  /** All that was deleted together with it: what stood until then. */
  readonly deletions: Y.Transaction['deleteSet'];
  /** Text that the same change inserted; null: that of the transaction looked at. */
  readonly inserted: string | null;
  /** Who did it; null: not known, or the writer of the transaction looked at. */
  readonly by: string | null;
}

export interface HiddenWords {
  readonly words: string;
  /** Text beside the words, as it stood before both were hidden. */
  readonly before: string;
  readonly after: string;
  /** Yjs client id that typed them, with the clocks from (inclusive) and to (exclusive). */
  readonly client: number;
  readonly from: number;
  readonly to: number;
  /** Clock of the same client's character directly before them; null: something else stands there. */
  readonly follows: number | null;
  /** The text around them lives on elsewhere, or is gone as well. */
  readonly cause: 'changed-kind' | 'removed';
  /** From the removal. */
  readonly by: string | null;
}

/**
 * To be asked after a transaction and before Yjs throws away what was deleted
 * (its `afterTransaction`).
 * @param own whether the update names this id among its own deletions: a
 *   deliberate act of its author
 * @param removalOf how the type, or what it stands in, was removed; null: not known
 * @returns every run of hidden words, in the order of the text
 */
export function hiddenWords(
  transaction: Y.Transaction,
  own: (id: Y.ID) => boolean,
  removalOf: (type: Y.AbstractType<unknown>) => Removal | null,
): HiddenWords[] {
  const hidden = new Set<Y.Item>();
  const parents = new Set<Y.AbstractType<unknown>>();
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return;
    if (struct.parentSub !== null || own(struct.id)) return;
    hidden.add(struct);
    parents.add(struct.parent as Y.AbstractType<unknown>);
  });
  if (hidden.size === 0) return [];
  const insertedHere = insertedText(transaction);
  const found: HiddenWords[] = [];
  for (const parent of parents) {
    const removal = removalOf(parent);
    found.push(...runsWithin(parent, hidden, removal, removal?.inserted ?? insertedHere));
  }
  return found.filter((run) => /\S/u.test(run.words));
}

function runsWithin(
  parent: Y.AbstractType<unknown>,
  hidden: ReadonlySet<Y.Item>,
  removal: Removal | null,
  inserted: string,
): HiddenWords[] {
  const runs: { text: string; first: Y.Item; from: number; to: number; at: number }[] = [];
  let around = '';
  let open = false;
  for (let item = parent._start; item !== null; item = item.right) {
    if (!(item.content instanceof Y.ContentString)) continue;
    if (hidden.has(item)) {
      const run = open ? runs.at(-1) : undefined;
      const { client, clock } = item.id;
      if (run?.first.id.client === client) {
        run.text += item.content.str;
        run.from = Math.min(run.from, clock);
        run.to = Math.max(run.to, clock + item.length);
      } else {
        const to = clock + item.length;
        runs.push({ text: item.content.str, first: item, from: clock, to, at: around.length });
      }
      open = true;
    } else if (!item.deleted || (removal && Y.isDeleted(removal.deletions, item.id))) {
      around += item.content.str;
      open = false;
    }
  }
  const kept = around.trim();
  const cause = kept !== '' && inserted.includes(kept) ? 'changed-kind' : 'removed';
  return runs.map(({ text, first, from, to, at }) => ({
    words: text,
    before: around.slice(Math.max(0, at - HIDDEN_WORDS_CONTEXT), at),
    after: around.slice(at, at + HIDDEN_WORDS_CONTEXT),
    client: first.id.client,
    from,
    to,
    follows: first.left?.id.client === first.id.client ? first.left.lastId.clock : null,
    cause,
    by: removal?.by ?? null,
  }));
}

/** @returns the text that a transaction inserted and left standing, in the order in which it was typed */
export function insertedText(transaction: Y.Transaction): string {
  let text = '';
  for (const [client, to] of transaction.afterState) {
    const from = transaction.beforeState.get(client) ?? 0;
    const structs = transaction.doc.store.clients.get(client);
    if (!structs || to <= from) continue;
    for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
      const struct = structs[i];
      if (!(struct instanceof Y.Item) || struct.deleted) continue;
      if (struct.content instanceof Y.ContentString) text += struct.content.str;
    }
  }
  return text;
}
