import * as Y from 'yjs';
import { type ClientRange, DamagedBlockError, type StoredBlock } from '../ports/block-store.ts';
import { MAX_DEPTH } from './bounds.ts';
import { type HiddenWords, hiddenWords, type Removal } from './lost-words.ts';
import { deletes, type UpdateOutline } from './update-outline.ts';

/** What an update changed in a block's document. */
export interface Applied {
  /** Its news alone, as Yjs tells it; null when it held nothing new. */
  readonly bytes: Uint8Array | null;
  readonly clients: readonly ClientRange[];
  /** Words of earlier updates that this one took with it although it does not name them. */
  readonly hidden: readonly HiddenWords[];
  /** Structs of its own that became garbage on arrival, for they stand in something already removed. */
  readonly arrivedHidden: readonly ClientRange[];
  /** Something in it still waits for what is not there. */
  readonly waits: boolean;
}

/**
 * A block's Y.Doc in memory, as the exact sum of what was written: unlike a page
 * it never tidies formatting marks by itself, so that it holds what the log holds.
 */
export class BlockDocument {
  readonly #doc: Y.Doc;
  #transaction: Y.Transaction | null = null;
  #update: Uint8Array | null = null;
  #outline: UpdateOutline | null = null;
  #hidden: HiddenWords[] = [];
  #arrivedHidden: ClientRange[] = [];
  #tooDeep = false;
  #weight = 0;
  #whole: Uint8Array | null = null;

  constructor() {
    this.#doc = new Y.Doc();
    keepFormatting(this.#doc);
    this.#doc.on('afterTransaction', (transaction: Y.Transaction) => this.#afterTransaction(transaction));
    this.#doc.on('update', (update: Uint8Array) => {
      this.#update = update;
    });
  }

  /**
   * Takes in what is kept, oldest first, into a document that is still empty.
   * @throws Error when the parts do not make a whole document
   */
  load(parts: Iterable<Uint8Array>): void {
    applyParts(this.#doc, parts);
  }

  /** @throws DamagedBlockError when the stored bytes do not make a whole document */
  static fromStored(stored: StoredBlock): BlockDocument {
    const document = new BlockDocument();
    applyStored(document.#doc, stored);
    return document;
  }

  /** For reading alone; whoever changes it goes around the log. */
  get doc(): Y.Doc {
    return this.#doc;
  }

  /** Characters of the text that stands, with a little for every element and value. */
  get weight(): number {
    return this.#weight;
  }

  stateOf(client: number): number {
    return Y.getState(this.#doc.store, client);
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc);
  }

  /** @param stateVector what the asker has; absent for nothing */
  encode(stateVector?: Uint8Array): Uint8Array {
    if (stateVector && stateVector.length > 1) return Y.encodeStateAsUpdate(this.#doc, stateVector);
    this.#whole ??= Y.encodeStateAsUpdate(this.#doc);
    return this.#whole;
  }

  /** @returns whether the update builds on structs, or deletes some, that are neither here nor in itself */
  hasGap(outline: UpdateOutline): boolean {
    const reached = new Map<number, number>();
    const stateOf = (client: number) => reached.get(client) ?? this.stateOf(client);
    for (const range of outline.ranges) {
      const state = stateOf(range.client);
      if (range.from > state) return true;
      reached.set(range.client, Math.max(state, range.to));
    }
    for (const [client, clock] of outline.needs) {
      if (clock >= stateOf(client)) return true;
    }
    for (const [client, deletions] of outline.deletions) {
      const last = deletions.at(-1);
      if (last && last.clock + last.len > stateOf(client)) return true;
    }
    return false;
  }

  /** @returns the parts of the outline that are not here yet */
  newRanges(outline: UpdateOutline): ClientRange[] {
    return outline.ranges
      .map((range) => ({ ...range, from: Math.max(range.from, this.stateOf(range.client)) }))
      .filter((range) => range.to > range.from);
  }

  /** @returns by how much the update would change `weight`; reads the whole update */
  growth(update: Uint8Array, outline: UpdateOutline): number {
    let growth = 0;
    for (const struct of Y.decodeUpdate(Y.diffUpdate(update, this.stateVector())).structs) {
      if (struct instanceof Y.Item && !deletes(outline, struct.id.client, struct.id.clock)) {
        growth += weightOf(struct);
      }
    }
    for (const [client, deletions] of outline.deletions) {
      const structs = this.#doc.store.clients.get(client);
      if (!structs) continue;
      const state = this.stateOf(client);
      for (const deletion of deletions) {
        if (deletion.clock >= state) break;
        for (let i = Y.findIndexSS(structs, deletion.clock); i < structs.length; i++) {
          const struct = structs[i];
          if (!struct || struct.id.clock >= deletion.clock + deletion.len) break;
          if (struct instanceof Y.Item && !struct.deleted) growth -= weightOf(struct);
        }
      }
    }
    return growth;
  }

  /**
   * Merges an update whose outline has no gap.
   * @throws RangeError where elements nest too deeply, and what Yjs throws on bytes that it cannot
   *   merge; this document is then broken and of no more use
   */
  apply(update: Uint8Array, outline: UpdateOutline): Applied {
    this.#transaction = null;
    this.#update = null;
    this.#outline = outline;
    this.#hidden = [];
    this.#arrivedHidden = [];
    Y.applyUpdate(this.#doc, update);
    if (this.#tooDeep) throw new RangeError('elements within too many elements');
    const { store } = this.#doc;
    const waits = store.pendingStructs !== null || store.pendingDs !== null;
    store.pendingStructs = null;
    store.pendingDs = null;
    const bytes = this.#update as Uint8Array | null;
    if (bytes) this.#whole = null;
    return {
      bytes,
      clients: this.#transaction ? rangesOf(this.#transaction) : [],
      hidden: this.#hidden,
      arrivedHidden: this.#arrivedHidden,
      waits,
    };
  }

  destroy(): void {
    this.#doc.destroy();
  }

  #afterTransaction(transaction: Y.Transaction): void {
    this.#transaction = transaction;
    this.#weight += weightChange(transaction);
    const outline = this.#outline;
    if (!outline) return;
    this.#tooDeep = nestsTooDeeply(transaction);
    if (transaction.deleteSet.clients.size > 0) {
      const own = (id: Y.ID) => deletes(outline, id.client, id.clock);
      const removal: Removal = { deletions: transaction.deleteSet, inserted: null, by: null };
      this.#hidden = hiddenWords(transaction, own, () => removal);
    }
    this.#arrivedHidden = garbageOnArrival(transaction, outline);
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
function garbageOnArrival(transaction: Y.Transaction, outline: UpdateOutline): ClientRange[] {
  const ranges: ClientRange[] = [];
  newStructs(transaction, (struct) => {
    const { client, clock } = struct.id;
    if (!(struct instanceof Y.GC) || deletes(outline, client, clock)) return;
    ranges.push({ client, from: clock, to: clock + struct.length });
  });
  return ranges;
}

/** Editors, exports and Yjs itself walk down elements by recursion. */
function nestsTooDeeply(transaction: Y.Transaction): boolean {
  let found = false;
  newStructs(transaction, (struct) => {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentType)) return;
    let depth = 0;
    for (let item: Y.Item | null = struct; item !== null && depth <= MAX_DEPTH; depth++) {
      item = (item.parent as Y.AbstractType<unknown>)._item;
    }
    if (depth > MAX_DEPTH) found = true;
  });
  return found;
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
  let weight = ELEMENT_WEIGHT;
  for (const [key, part] of Object.entries(value)) weight += key.length + valueWeight(part);
  return weight;
}
