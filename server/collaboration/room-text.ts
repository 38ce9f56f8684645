import * as Y from 'yjs';
import type { Log } from '../log.ts';
import type { BlockStore, StoredBlock } from '../ports/block-store.ts';
import type { Clock, Randomness } from '../ports/clock.ts';
import { BlockDocument } from './block-document.ts';
import type { HiddenWords } from './lost-words.ts';
import { findArrivedHidden } from './lost-words-inquiry.ts';
import { type AttributedWords, LostWordsNotes } from './lost-words-notes.ts';
import { RoomFolding } from './room-folding.ts';
import type { Turn } from './turn.ts';
import { readUpdateOutline, type UpdateOutline } from './update-outline.ts';
import type { BatchSource, RoomBatch, WriteBatch } from './write-batch.ts';
import { type AcceptedWrite, type Finish, type RoomAuthor, WriteQueue } from './write-queue.ts';
import { judgeWrite, type WriteVerdict } from './write-verdict.ts';

export interface RoomTextParts {
  readonly blocks: BlockStore;
  readonly batch: WriteBatch;
  readonly turn: Turn;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
}

/** What the text tells its room. */
export interface RoomTextListener {
  /** These are on disk; `finished` is what waited for them. */
  written(writes: readonly AcceptedWrite[], finished: readonly Finish[]): void;
  /** What was accepted could not be written, or not be read again: this text is of no more use. */
  failed(reason: 'store-failed' | 'load-failed'): void;
  becameReady(): void;
}

/**
 * The document of one room, what it accepted and has not on disk yet, and whose
 * client ids are in it.
 */
export class RoomText implements BatchSource {
  readonly blockId: string;
  readonly lineage: string;
  readonly #parts: RoomTextParts;
  readonly #listener: RoomTextListener;
  readonly #owners: Map<number, string | null>;
  readonly #queue = new WriteQueue();
  readonly #lostWords: LostWordsNotes;
  readonly #folding: RoomFolding;
  #document: BlockDocument;
  /** While the document is read again: what arrived meanwhile. */
  #waiting: (() => void)[] | null = null;
  #ended = false;

  /** @throws DamagedBlockError when the stored bytes make no document */
  constructor(
    parts: RoomTextParts,
    stored: StoredBlock,
    owners: ReadonlyMap<number, string | null>,
    listener: RoomTextListener,
  ) {
    this.#parts = parts;
    this.#listener = listener;
    this.blockId = stored.blockId;
    this.lineage = stored.lineage;
    this.#document = BlockDocument.fromStored(stored);
    this.#owners = new Map(owners);
    this.#lostWords = new LostWordsNotes(stored.blockId, parts.random);
    this.#folding = new RoomFolding(parts.blocks, parts.log, stored);
  }

  /** All that was accepted is on disk. */
  get isClean(): boolean {
    return this.#queue.isClean;
  }

  get isQuiet(): boolean {
    return this.#queue.isClean && this.#waiting === null;
  }

  /** Runs at once, or when the document has been read again. */
  whenReady(act: () => void): void {
    if (this.#waiting) this.#waiting.push(act);
    else act();
  }

  stateOf(client: number): number {
    return this.#document.stateOf(client);
  }

  stateVector(): Uint8Array {
    return this.#document.stateVector();
  }

  /** @param stateVector what the asker has; absent for nothing */
  encode(stateVector?: Uint8Array): Uint8Array {
    return this.#document.encode(stateVector);
  }

  /** Runs when all that was accepted until now is on disk. */
  afterDisk(finish: Finish): void {
    this.#queue.afterDisk(finish);
  }

  judge(personId: string, mayWrite: boolean, update: Uint8Array, outline: UpdateOutline): WriteVerdict {
    return judgeWrite({
      document: this.#document,
      owners: this.#owners,
      personId,
      mayWrite,
      update,
      outline,
    });
  }

  /**
   * Merges an update, and has it written with the batch of this turn.
   * @returns false when a part of it waits for what is missing; that part is forgotten
   * @throws what Yjs throws on bytes that it cannot merge; the document is being read again
   */
  accept(author: RoomAuthor, update: Uint8Array, outline: UpdateOutline, finish: Finish): boolean {
    try {
      return this.#accept(author, update, outline, finish);
    } catch (cause) {
      void this.#readAgain();
      throw cause;
    }
  }

  takeBatch(): RoomBatch | null {
    const taken = this.#queue.take();
    if (!taken) return null;
    const fold = this.#folding.isDueAfter(taken.rows.length) && this.#waiting === null;
    const folded = fold ? this.#document.encode() : null;
    const time = this.#parts.clock.now();
    const { blockId, lineage } = this;
    return {
      rows: taken.rows.map((row) => ({ ...row, blockId, lineage, serverTime: time })),
      lostWords: taken.writes.flatMap((write) => this.#lostWords.note(write.lostWords, time)),
      byteLength: taken.byteLength,
      written: (seqs) => {
        if (this.#ended) return;
        this.#folding.written(seqs);
        if (folded) void this.#folding.save(folded);
        this.#listener.written(taken.writes, this.#queue.finish());
      },
      failed: () => this.#listener.failed('store-failed'),
    };
  }

  /** Puts the state beside the log where that spares the next reader work. Only while quiet. */
  async fold(): Promise<void> {
    if (this.#folding.isWorthIt) await this.#folding.save(this.#document.encode());
  }

  /** Gives up what is not on disk. */
  end(): void {
    this.#ended = true;
    this.#parts.batch.forget(this, this.#queue.byteLength);
    this.#queue.fail();
    this.#document.destroy();
  }

  #accept(author: RoomAuthor, update: Uint8Array, outline: UpdateOutline, finish: Finish): boolean {
    const before = this.#document.stateVector();
    const applied = this.#document.apply(update, outline);
    if (!applied.bytes) {
      if (!applied.waits) this.#queue.afterDisk(finish);
      return !applied.waits;
    }
    for (const { client } of applied.clients) {
      if (!this.#owners.has(client)) this.#owners.set(client, author.id);
    }
    const hidden = applied.waits ? [] : applied.arrivedHidden;
    const write: AcceptedWrite = {
      author,
      clients: applied.clients,
      bytes: applied.bytes,
      // With its words, which the document in memory has thrown away already.
      logged: hidden.length > 0 ? Y.diffUpdate(update, before) : applied.bytes,
      lostWords: applied.hidden.map((words) => this.#attribute(words, author.id)),
      finish: applied.waits ? { stored: () => {}, failed: () => {} } : finish,
    };
    if (hidden.length > 0) {
      const { blockId } = this;
      const accepted = this.#queue.accepted();
      void this.#inquire(write, { blockId, accepted, update: write.logged, hidden });
    }
    this.#queue.add(write);
    this.#parts.batch.add(this, write.logged.byteLength);
    return !applied.waits;
  }

  /** Where the words stood and who removed it goes to disk with them: until it is known, nothing does. */
  async #inquire(write: AcceptedWrite, inquiry: Parameters<typeof findArrivedHidden>[1]): Promise<void> {
    const resume = this.#queue.hold();
    try {
      const pause = () => new Promise<void>((resolve) => this.#parts.turn(resolve));
      const found = await findArrivedHidden(this.#parts.blocks, inquiry, pause);
      write.lostWords.push(...found.map((words) => this.#attribute(words, words.by)));
    } catch (cause) {
      this.#parts.log.error('hidden words were not found', { block: this.blockId }, cause);
    } finally {
      resume();
      if (!this.#ended) this.#parts.batch.add(this, 0);
    }
  }

  #attribute(words: HiddenWords, causedById: string | null): AttributedWords {
    return { words, authorId: this.#owners.get(words.client) ?? null, causedById };
  }

  /** After Yjs threw in the middle of a merge: what was accepted until then, anew. Nobody has to leave for it. */
  async #readAgain(): Promise<void> {
    this.#waiting = [];
    try {
      const stored = await this.#parts.blocks.load(this.blockId);
      if (!stored) throw new Error('the block is gone');
      const document = BlockDocument.fromStored(stored);
      for (const { bytes } of this.#queue.accepted()) document.apply(bytes, readUpdateOutline(bytes));
      if (!this.#ended) {
        this.#document.destroy();
        this.#document = document;
      }
    } catch (cause) {
      this.#parts.log.error('a block could not be read again', { block: this.blockId }, cause);
      if (!this.#ended) this.#listener.failed('load-failed');
    }
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const act of waiting) act();
    if (!this.#ended) this.#listener.becameReady();
  }
}
