/**
 * Words that arrive in something already removed are garbage to the document in
 * memory: it no longer knows what stood around them. The log does.
 */
import * as Y from 'yjs';
import type { BlockStore, ClientRange } from '../ports/block-store.ts';
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

/** Updates that are applied together, because they build on each other. */
export type PastStep = readonly AcceptedUpdate[];

/** Replays where that holds nobody up; a `Folder` does. */
export interface HiddenWordsFinder {
  findHidden(past: readonly PastStep[], inquiry: Inquiry): Promise<readonly HiddenWords[]>;
}

/**
 * Replays the block's past without throwing anything away, to find the words in
 * their order, the text around them, and who removed what they stand in. Of a
 * window that closed, each removal is its author's, and the text around is what
 * that author removed within the window.
 * @param pause lets the event loop turn between two parts of the past
 * @param finder absent: replays on this thread, a part at a time; a window that
 *   closed is one part (ten thousand rows in five windows took 0.7 s)
 * @returns the words in the order of their typing and without their place where
 *   the past is too long or cannot be read
 */
export async function findArrivedHidden(
  store: Pick<BlockStore, 'historyOf'>,
  inquiry: Inquiry,
  pause: () => Promise<void>,
  finder: HiddenWordsFinder = replayingHere(pause),
): Promise<readonly HiddenWords[]> {
  try {
    const past: PastStep[] = [];
    let seq = 0;
    for (;;) {
      const part = await store.historyOf(inquiry.blockId, seq, INQUIRY_PAGE_ROWS);
      if (!part) break;
      const windows = new Map<number, AcceptedUpdate[]>();
      for (const { window, authorId, bytes } of part.changesets) {
        const step = windows.get(window);
        if (step) step.push({ authorId, bytes });
        else windows.set(window, [{ authorId, bytes }]);
      }
      past.push(...windows.values(), ...part.rows.map(({ authorId, bytes }) => [{ authorId, bytes }]));
      if (part.changesets.length + part.rows.length < INQUIRY_PAGE_ROWS) break;
      seq = part.through;
      if (seq > MAX_INQUIRY_ROWS) return wordsAlone(inquiry);
      await pause();
    }
    const found = await finder.findHidden(past, inquiry);
    return found.length > 0 ? found : wordsAlone(inquiry);
  } catch {
    // What the words are is known without the log; their place is then left open.
    return wordsAlone(inquiry);
  }
}

/**
 * @param past oldest first, without what was accepted since
 * @throws Error when it cannot be replayed
 */
export function findHidden(past: readonly PastStep[], inquiry: Inquiry): readonly HiddenWords[] {
  const replay = new Replay();
  try {
    for (const step of past) replay.add(step);
    return replay.arrive(inquiry);
  } finally {
    replay.doc.destroy();
  }
}

function replayingHere(pause: () => Promise<void>): HiddenWordsFinder {
  return {
    async findHidden(past, inquiry) {
      const replay = new Replay();
      try {
        for (const [index, step] of past.entries()) {
          replay.add(step);
          if ((index + 1) % INQUIRY_PAGE_ROWS === 0) await pause();
        }
        return replay.arrive(inquiry);
      } finally {
        replay.doc.destroy();
      }
    },
  };
}

class Replay {
  readonly doc = new Y.Doc({ gc: false });
  readonly #removals = new Map<string, Removal>();
  #after: (transaction: Y.Transaction) => void = () => {};

  constructor() {
    keepFormatting(this.doc);
    this.doc.on('afterTransaction', (transaction: Y.Transaction) => this.#after(transaction));
  }

  add(step: PastStep): void {
    this.#after = (transaction) => this.#noteRemovals(transaction, step);
    this.doc.transact(() => {
      for (const { bytes } of step) Y.applyUpdate(this.doc, bytes);
    });
  }

  arrive(inquiry: Inquiry): HiddenWords[] {
    for (const update of inquiry.accepted) this.add([update]);
    const deliberate = (id: Y.ID) => !holds(inquiry.hidden, id);
    let found: HiddenWords[] = [];
    this.#after = (transaction) => {
      found = hiddenWords(transaction, deliberate, (type) => this.#removalOf(type));
    };
    Y.applyUpdate(this.doc, inquiry.update);
    return found;
  }

  #noteRemovals(transaction: Y.Transaction, step: PastStep): void {
    if (transaction.deleteSet.clients.size === 0) return;
    const isWindow = step.length > 1;
    let known: { readonly named: readonly Removal[]; readonly other: Removal } | null = null;
    this.#eachRemovedType(transaction, (id) => {
      known ??= {
        named: isWindow ? this.#removalsBy(transaction, step) : [],
        other: {
          deletions: transaction.deleteSet,
          inserted: insertedText(transaction),
          by: isWindow ? null : (step[0]?.authorId ?? null),
        },
      };
      return known.named.find(({ deletions }) => Y.isDeleted(deletions, id)) ?? known.other;
    });
  }

  /** What each update of a window names among its deletions is its author's. */
  #removalsBy(transaction: Y.Transaction, step: PastStep): readonly Removal[] {
    const inserted = insertedText(transaction);
    return step.map(({ authorId, bytes }) => ({
      deletions: Y.decodeUpdate(bytes).ds,
      inserted,
      by: authorId,
    }));
  }

  #eachRemovedType(transaction: Y.Transaction, removalOf: (id: Y.ID) => Removal): void {
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
