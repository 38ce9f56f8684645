/**
 * Words that arrive in something already removed are garbage to the document in
 * memory: it no longer knows what stood around them. The log does.
 */
import * as Y from 'yjs';
import type { BlockStore, ClientRange } from '../ports/block-store.ts';
import type { Changeset } from '../ports/changeset.ts';
import { keepFormatting } from './block-document.ts';
import { INQUIRY_PAGE_ROWS, MAX_INQUIRY_ROWS } from './bounds.ts';
import { type HiddenWords, hiddenWords, insertedText, type Removal } from './lost-words.ts';

/** An update that is accepted and perhaps not on disk yet. */
export interface AcceptedUpdate {
  readonly authorId: string | null;
  readonly bytes: Uint8Array;
}

export interface Inquiry {
  readonly blockId: string;
  /** Accepted before the update in question, oldest first. */
  readonly accepted: readonly AcceptedUpdate[];
  /** As its writer sent it: with the words. */
  readonly update: Uint8Array;
  /** What of it became garbage on arrival. */
  readonly hidden: readonly ClientRange[];
}

/**
 * Replays the block's past without throwing anything away, to find the words in
 * their order, the text around them, and who removed what they stand in. Of a
 * window that closed, each removal is its author's, and the text around is what
 * that author removed within the window.
 * @param pause lets the event loop turn between two parts of the past
 * @returns the words in the order of their typing and without their place where
 *   the past is too long or cannot be read
 */
export async function findArrivedHidden(
  store: Pick<BlockStore, 'historyOf'>,
  inquiry: Inquiry,
  pause: () => Promise<void>,
): Promise<readonly HiddenWords[]> {
  const replay = new Replay();
  try {
    let seq = 0;
    for (;;) {
      const part = await store.historyOf(inquiry.blockId, seq, INQUIRY_PAGE_ROWS);
      if (!part) break;
      for (const window of byWindow(part.changesets)) replay.addWindow(window);
      for (const row of part.rows) replay.add(row);
      if (part.changesets.length + part.rows.length < INQUIRY_PAGE_ROWS) break;
      seq = part.through;
      if (seq > MAX_INQUIRY_ROWS) return wordsAlone(inquiry);
      await pause();
    }
    for (const update of inquiry.accepted) replay.add(update);
    const found = replay.arrive(inquiry);
    return found.length > 0 ? found : wordsAlone(inquiry);
  } catch {
    // What the words are is known without the log; their place is then left open.
    return wordsAlone(inquiry);
  } finally {
    replay.doc.destroy();
  }
}

function byWindow(changesets: readonly Changeset[]): readonly (readonly Changeset[])[] {
  const windows: Changeset[][] = [];
  for (const changeset of changesets) {
    const last = windows.at(-1);
    if (last?.[0]?.window === changeset.window) last.push(changeset);
    else windows.push([changeset]);
  }
  return windows;
}

class Replay {
  readonly doc = new Y.Doc({ gc: false });
  readonly #removals = new Map<string, Removal>();
  #after: (transaction: Y.Transaction) => void = () => {};

  constructor() {
    keepFormatting(this.doc);
    this.doc.on('afterTransaction', (transaction: Y.Transaction) => this.#after(transaction));
  }

  add(update: AcceptedUpdate): void {
    this.#after = (transaction) => this.#noteRemovals(transaction, update.authorId);
    Y.applyUpdate(this.doc, update.bytes);
  }

  /** All changesets of a window, which build on each other. */
  addWindow(window: readonly Changeset[]): void {
    const removed = window.map(({ authorId, bytes }) => ({ authorId, deletions: Y.decodeUpdate(bytes).ds }));
    this.#after = (transaction) => {
      const inserted = insertedText(transaction);
      const removals = new Map(
        removed.map((one) => [one, { deletions: one.deletions, inserted, by: one.authorId }]),
      );
      this.#eachRemovedType(transaction, (id) => {
        const one = removed.find(({ deletions }) => Y.isDeleted(deletions, id));
        const removal = one && removals.get(one);
        return removal ?? { deletions: transaction.deleteSet, inserted, by: null };
      });
    };
    this.doc.transact(() => {
      for (const { bytes } of window) Y.applyUpdate(this.doc, bytes);
    });
  }

  arrive(inquiry: Inquiry): HiddenWords[] {
    const deliberate = (id: Y.ID) => !holds(inquiry.hidden, id);
    let found: HiddenWords[] = [];
    this.#after = (transaction) => {
      found = hiddenWords(transaction, deliberate, (type) => this.#removalOf(type));
    };
    Y.applyUpdate(this.doc, inquiry.update);
    return found;
  }

  #noteRemovals(transaction: Y.Transaction, by: string | null): void {
    let removal: Removal | null = null;
    this.#eachRemovedType(transaction, () => {
      removal ??= { deletions: transaction.deleteSet, inserted: insertedText(transaction), by };
      return removal;
    });
  }

  #eachRemovedType(transaction: Y.Transaction, removalOf: (id: Y.ID) => Removal): void {
    if (transaction.deleteSet.clients.size === 0) return;
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentType)) return;
      this.#removals.set(keyOf(struct.id), removalOf(struct.id));
    });
  }

  #removalOf(type: Y.AbstractType<unknown>): Removal | null {
    for (let item = type._item; item !== null; item = (item.parent as Y.AbstractType<unknown>)._item) {
      const removal = this.#removals.get(keyOf(item.id));
      if (removal) return removal;
    }
    return null;
  }
}

function holds(ranges: readonly ClientRange[], { client, clock }: Y.ID): boolean {
  return ranges.some((range) => range.client === client && range.from <= clock && clock < range.to);
}

function keyOf(id: Y.ID): string {
  return `${id.client}:${id.clock}`;
}

/** Only what the update itself tells. */
function wordsAlone(inquiry: Inquiry): HiddenWords[] {
  const byClient = new Map<number, { words: string; from: number; to: number }>();
  for (const struct of Y.decodeUpdate(inquiry.update).structs) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
    const { client, clock } = struct.id;
    if (!holds(inquiry.hidden, struct.id)) continue;
    const found = byClient.get(client) ?? { words: '', from: clock, to: clock };
    byClient.set(client, {
      words: found.words + struct.content.str,
      from: found.from,
      to: clock + struct.length,
    });
  }
  return [...byClient]
    .filter(([, { words }]) => /\S/u.test(words))
    .map(([client, { words, from, to }]) => ({
      words,
      before: '',
      after: '',
      client,
      from,
      to,
      follows: null,
      cause: 'removed' as const,
      by: null,
    }));
}
