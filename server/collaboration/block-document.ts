import * as Y from 'yjs';
import { type ClientRange, DamagedBlockError, type StoredBlock } from '../ports/block-store.ts';
import { ClockSet } from './clock-set.ts';
import { type HiddenWords, hiddenWords, type Removal } from './lost-words.ts';

/** What an update changed in a block's document. */
export interface Applied {
  /** Words of earlier updates that this one took with it although it does not name them. */
  readonly hidden: readonly HiddenWords[];
  /** Structs of its own that became garbage on arrival, for they stand in something already removed. */
  readonly arrivedHidden: readonly ClientRange[];
}

/** What of a document is gone. */
export interface Gone {
  readonly deleted: ClockSet;
  /** Of those, what stands in something removed. */
  readonly removed: ClockSet;
}

/**
 * A block's Y.Doc in memory, as the exact sum of what was written: unlike a page
 * it never tidies formatting marks by itself, so that it holds what the log holds.
 */
export class BlockDocument {
  readonly #doc: Y.Doc;
  /** What the update that is being applied itself deletes. */
  #own: ClockSet | null = null;
  #hidden: HiddenWords[] = [];
  #arrivedHidden: ClientRange[] = [];
  #weight = 0;

  constructor() {
    this.#doc = new Y.Doc();
    keepFormatting(this.#doc);
    this.#doc.on('afterTransaction', (transaction: Y.Transaction) => this.#afterTransaction(transaction));
  }

  /**
   * Takes in what is kept, oldest first, into a document that is still empty.
   * @throws Error when the parts do not make a whole document
   */
  load(parts: Iterable<Uint8Array>): void {
    applyParts(this.#doc, parts);
  }

  /** For reading alone; whoever changes it goes around the log. */
  get doc(): Y.Doc {
    return this.#doc;
  }

  /** Characters of the text that stands, with a little for every element and value. */
  get weight(): number {
    return this.#weight;
  }

  /** @param stateVector what the asker has; absent for nothing */
  encode(stateVector?: Uint8Array): Uint8Array {
    return Y.encodeStateAsUpdate(this.#doc, stateVector);
  }

  gone(): Gone {
    const deleted = new ClockSet();
    const removed = new ClockSet();
    for (const [client, structs] of this.#doc.store.clients) {
      for (const struct of structs) {
        const { clock } = struct.id;
        if (struct.deleted) deleted.add(client, clock, clock + struct.length);
        if (struct instanceof Y.GC) removed.add(client, clock, clock + struct.length);
      }
    }
    return { deleted, removed };
  }

  /**
   * Merges an update that builds on nothing that is not here.
   * @param own what it itself deletes
   * @throws Error where something of it waits for what is not here, and what Yjs throws on bytes
   *   that it cannot merge; this document is then broken and of no more use
   */
  apply(update: Uint8Array, own: ClockSet): Applied {
    this.#own = own;
    this.#hidden = [];
    this.#arrivedHidden = [];
    Y.applyUpdate(this.#doc, update);
    const { store } = this.#doc;
    if (store.pendingStructs || store.pendingDs) throw new Error('an update builds on what is not there');
    return { hidden: this.#hidden, arrivedHidden: this.#arrivedHidden };
  }

  destroy(): void {
    this.#doc.destroy();
  }

  #afterTransaction(transaction: Y.Transaction): void {
    this.#weight += weightChange(transaction);
    const own = this.#own;
    if (!own) return;
    if (transaction.deleteSet.clients.size > 0) {
      const removal: Removal = { deletions: transaction.deleteSet, inserted: null, by: null };
      this.#hidden = hiddenWords(
        transaction,
        ({ client, clock }) => own.has(client, clock),
        () => removal,
      );
    }
    this.#arrivedHidden = garbageOnArrival(transaction, own);
  }
}

/**
 * Applies what the store holds, as one merge: fed one by one, a document of
 * many updates is tidied in between.
 * @throws DamagedBlockError when the bytes do not make a whole document
 */
export function applyStored(doc: Y.Doc, stored: StoredBlock): void {
  try {
    applyParts(doc, partsOf(stored));
  } catch (cause) {
    throw new DamagedBlockError(stored.blockId, cause instanceof Error ? cause.message : String(cause));
  }
}

/** @returns the snapshot, where there is one, and every row after it */
export function partsOf(stored: StoredBlock): readonly Uint8Array[] {
  const tail = stored.tail.map((row) => row.bytes);
  return stored.snapshot ? [stored.snapshot.bytes, ...tail] : tail;
}

/**
 * Applies updates as one merge.
 * @throws Error when they do not make a whole document
 */
export function applyParts(doc: Y.Doc, parts: Iterable<Uint8Array>): void {
  try {
    doc.transact(() => {
      for (const part of parts) Y.applyUpdate(doc, part);
    });
  } catch (cause) {
    throw new Error(`the stored bytes are no document (${String(cause)})`, { cause });
  }
  if (doc.store.pendingStructs || doc.store.pendingDs) {
    throw new Error('the log builds on a row that is not there');
  }
}

/**
 * Yjs deletes formatting marks that have no effect any more after a remote change,
 * each replica on its own. A server that did so would write without an author.
 */
export function keepFormatting(doc: Y.Doc): void {
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    transaction._needFormattingCleanup = false;
  });
}

function rangesOf(transaction: Y.Transaction): ClientRange[] {
  const ranges: ClientRange[] = [];
  for (const [client, to] of transaction.afterState) {
    const from = transaction.beforeState.get(client) ?? 0;
    if (to > from) ranges.push({ client, from, to });
  }
  return ranges;
}

function newStructs(transaction: Y.Transaction, visit: (struct: Y.Item | Y.GC) => void): void {
  for (const { client, from } of rangesOf(transaction)) {
    const structs = transaction.doc.store.clients.get(client);
    if (!structs) continue;
    for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) visit(structs[i] as Y.Item | Y.GC);
  }
}

/** New structs that became garbage although the update does not delete them. */
function garbageOnArrival(transaction: Y.Transaction, own: ClockSet): ClientRange[] {
  const ranges: ClientRange[] = [];
  newStructs(transaction, (struct) => {
    const { client, clock } = struct.id;
    if (!(struct instanceof Y.GC) || own.has(client, clock)) return;
    ranges.push({ client, from: clock, to: clock + struct.length });
  });
  return ranges;
}

function weightChange(transaction: Y.Transaction): number {
  let change = 0;
  newStructs(transaction, (struct) => {
    if (struct instanceof Y.Item && !struct.deleted) change += weightOf(struct);
  });
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (!(struct instanceof Y.Item)) return;
    const before = transaction.beforeState.get(struct.id.client) ?? 0;
    if (struct.id.clock < before) change -= weightOf(struct);
  });
  return change;
}

/** An element costs more than a character: it is an object here and a node on every page. */
const ELEMENT_WEIGHT = 8;

function weightOf(item: Y.Item): number {
  const { content } = item;
  if (content instanceof Y.ContentString) return content.str.length;
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) {
    return content.arr.reduce((sum: number, value: unknown) => sum + valueWeight(value), 0);
  }
  if (content instanceof Y.ContentEmbed) return valueWeight(content.embed);
  if (content instanceof Y.ContentBinary) return content.content.byteLength;
  return ELEMENT_WEIGHT;
}

function valueWeight(value: unknown): number {
  if (typeof value === 'string') return value.length + 1;
  if (value === null || typeof value !== 'object') return ELEMENT_WEIGHT;
  if (Array.isArray(value)) return value.reduce((sum, part) => sum + valueWeight(part), ELEMENT_WEIGHT);
  let weight = ELEMENT_WEIGHT;
  for (const [key, part] of Object.entries(value)) weight += key.length + valueWeight(part);
  return weight;
}
