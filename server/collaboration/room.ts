import * as Y from 'yjs';
import type { CloseReason } from '../../shared/protocol/control.ts';
import { writeSyncStep1, writeSyncStep2, writeUpdate } from '../../shared/protocol/messages.ts';
import type { Log } from '../log.ts';
import type { BlockStore, StoredBlock } from '../ports/block-store.ts';
import type { Clock, Randomness } from '../ports/clock.ts';
import { BlockDocument } from './block-document.ts';
import type { HiddenWords } from './lost-words.ts';
import { findArrivedHidden } from './lost-words-inquiry.ts';
import { type AttributedWords, LostWordsNotes } from './lost-words-notes.ts';
import { RoomFolding } from './room-folding.ts';
import type { RoomMember } from './room-member.ts';
import { RoomPresence } from './room-presence.ts';
import type { Turn } from './turn.ts';
import { MalformedUpdateError, readUpdateOutline, type UpdateOutline } from './update-outline.ts';
import type { RoomBatch, WriteBatch } from './write-batch.ts';
import { type AcceptedWrite, type RoomAuthor, WriteQueue } from './write-queue.ts';
import { judgeWrite } from './write-verdict.ts';

export interface RoomParts {
  readonly blocks: BlockStore;
  readonly batch: WriteBatch;
  readonly turn: Turn;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
  /** Words of this block were put into the tray. */
  readonly lostWordsKept: (blockId: string) => void;
  /** The room holds nothing that anybody waits for. */
  readonly becameQuiet: (room: Room) => void;
  /** The room is of no more use: whoever comes next gets another. */
  readonly dropped: (room: Room) => void;
}

interface Membership {
  /** Has the state of the room, and is sent what changes. */
  live: boolean;
  /** Asked for the state, and gets it once its own words are on disk. */
  owedStateVector: Uint8Array | null;
}

/**
 * One block with its sockets. What a member writes is merged here, goes to the
 * log with the batch of the turn, and only then to the others and back to the
 * writer as saved. Whoever joins is answered from what is on disk.
 *
 * A writer who comes back with words of their own gets the room's state only
 * after those are on disk: merging may hide them, and a hidden word is garbage
 * on that device from then on (SAVE-5).
 */
export class Room {
  readonly blockId: string;
  readonly lineage: string;
  readonly presence: RoomPresence;
  readonly #parts: RoomParts;
  readonly #members = new Map<RoomMember, Membership>();
  readonly #owners: Map<number, string | null>;
  readonly #queue = new WriteQueue();
  readonly #lostWords: LostWordsNotes;
  readonly #folding: RoomFolding;
  #document: BlockDocument;
  /** While the document is read again: what arrived meanwhile. */
  #waiting: (() => void)[] | null = null;
  #ended = false;

  /** @throws DamagedBlockError when the stored bytes make no document */
  constructor(parts: RoomParts, stored: StoredBlock, owners: ReadonlyMap<number, string | null>) {
    this.#parts = parts;
    this.blockId = stored.blockId;
    this.lineage = stored.lineage;
    this.presence = new RoomPresence(parts.turn);
    this.#document = BlockDocument.fromStored(stored);
    this.#owners = new Map(owners);
    this.#lostWords = new LostWordsNotes(stored.blockId, parts.random);
    this.#folding = new RoomFolding(parts.blocks, parts.log, stored);
  }

  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  /** Nothing of it waits for the disk. */
  get isQuiet(): boolean {
    return this.#queue.isClean && this.#waiting === null;
  }

  join(member: RoomMember): void {
    if (this.#ended) {
      member.end('store-failed');
      return;
    }
    this.#members.set(member, { live: false, owedStateVector: null });
    // First of all, so that it is answered before anything can be merged there.
    if (member.writes) this.#whenReady(() => this.#members.has(member) && this.#askFor(member));
    this.presence.join(member);
  }

  leave(member: RoomMember): void {
    if (!this.#members.delete(member)) return;
    this.presence.leave(member);
    if (this.isEmpty && this.isQuiet) this.#parts.becameQuiet(this);
  }

  /** @param stateVector what the member has; @returns false when it is none */
  answer(member: RoomMember, stateVector: Uint8Array): boolean {
    let known: Map<number, number>;
    try {
      known = Y.decodeStateVector(stateVector);
    } catch {
      return false;
    }
    this.#whenReady(() => {
      const membership = this.#members.get(member);
      if (!membership) return;
      const ahead = [...known].some(([client, clock]) => clock > this.#document.stateOf(client));
      if (ahead && member.writes && !membership.live) membership.owedStateVector = stateVector;
      else this.#reply(member, membership, stateVector);
    });
    return true;
  }

  /**
   * @param n the count of the member's writes
   * @param whole a SyncStep2: all that the member has and the room had not
   */
  write(member: RoomMember, n: number, update: Uint8Array, whole: boolean): void {
    let outline: UpdateOutline;
    try {
      outline = readUpdateOutline(update);
    } catch (cause) {
      if (!(cause instanceof MalformedUpdateError)) throw cause;
      this.#turnOut(member, 'bad-message', cause.message);
      return;
    }
    this.#whenReady(() => this.#take(member, n, update, outline, whole));
  }

  /**
   * An edit of the server's own.
   * @param make is given the state of the block, and returns an update on it or null for no change
   * @param ready called with what the author may not do, or once it is on disk
   */
  edit(
    author: RoomAuthor,
    make: (state: Uint8Array) => Uint8Array | null,
    done: (failure: Error | null) => void,
  ): void {
    this.#whenReady(() => {
      if (this.#ended) {
        done(new Error(`block ${this.blockId} could not be written`));
        return;
      }
      let update: Uint8Array | null;
      try {
        update = make(this.#document.encode());
      } catch (cause) {
        done(cause instanceof Error ? cause : new Error(String(cause)));
        return;
      }
      const failed = (cause?: unknown) =>
        done(new Error(`block ${this.blockId} could not be written`, { cause }));
      const finish = { stored: () => done(null), failed };
      try {
        if (update) this.#accept(author, update, readUpdateOutline(update), finish);
        else this.#queue.afterDisk(finish);
      } catch (cause) {
        failed(cause);
        void this.#readAgain();
      }
    });
  }

  /** What has to be on disk next; null while something has to be found out first. */
  takeBatch(): RoomBatch | null {
    const taken = this.#queue.take();
    if (!taken) return null;
    const fold = this.#folding.isDueAfter(taken.rows.length) && this.#waiting === null;
    const folded = fold ? this.#document.encode() : null;
    const time = this.#parts.clock.now();
    return {
      rows: taken.rows.map((row) => ({ ...row, ...this.#place(), serverTime: time })),
      lostWords: taken.writes.flatMap((write) => this.#lostWords.note(write.lostWords, time)),
      byteLength: taken.byteLength,
      written: (seqs) => this.#written(taken.writes, seqs, folded),
      failed: () => this.drop('store-failed'),
    };
  }

  /** Ends the room for everybody in it; what was not on disk is given up and was told to nobody. */
  drop(reason: CloseReason): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#parts.batch.forget(this, this.#queue.byteLength);
    this.#queue.fail();
    this.#document.destroy();
    this.#parts.dropped(this);
    for (const member of [...this.#members.keys()]) this.#turnOut(member, reason);
  }

  /** Puts the state beside the log where that spares the next reader work. Only while quiet. */
  async fold(): Promise<void> {
    if (this.#folding.isWorthIt) await this.#folding.save(this.#document.encode());
  }

  destroy(): void {
    this.#ended = true;
    this.#document.destroy();
  }

  #place() {
    return { blockId: this.blockId, lineage: this.lineage };
  }

  #whenReady(act: () => void): void {
    if (this.#waiting) this.#waiting.push(act);
    else act();
  }

  #askFor(member: RoomMember): void {
    member.send(writeSyncStep1(this.#document.stateVector()));
  }

  #reply(member: RoomMember, membership: Membership, stateVector: Uint8Array): void {
    const state = this.#document.encode(stateVector);
    membership.owedStateVector = null;
    this.#queue.afterDisk({
      stored: () => {
        if (!this.#members.has(member)) return;
        member.send(writeSyncStep2(state));
        membership.live = true;
      },
      failed: () => {},
    });
  }

  #take(member: RoomMember, n: number, update: Uint8Array, outline: UpdateOutline, whole: boolean): void {
    if (!this.#members.has(member)) return;
    const { id: personId } = member.identity;
    const mayWrite = member.writes;
    const owners = this.#owners;
    const verdict = judgeWrite({ document: this.#document, owners, personId, mayWrite, update, outline });
    switch (verdict) {
      case 'drop':
        return;
      case 'attempt':
        member.attempted();
        return;
      case 'foreign':
        this.#parts.log.warn('an edit under the name of somebody else was refused', {
          block: this.blockId,
          person: personId,
        });
        this.#turnOut(member, 'bad-message');
        return;
      case 'gap':
        this.#missing(member, n);
        return;
      case 'too-large':
        member.refuse(n, 'too-large');
        return;
      case 'take':
        this.#merge(member, n, update, outline, whole);
        return;
      default:
        verdict satisfies never;
    }
  }

  #merge(member: RoomMember, n: number, update: Uint8Array, outline: UpdateOutline, whole: boolean): void {
    const { id: personId } = member.identity;
    const finish = {
      member,
      stored: () => {
        member.stored(n, whole);
        if (whole) this.#replyOwed(member);
      },
      failed: () => {},
    };
    try {
      const complete = this.#accept({ id: personId, onBehalfOf: null }, update, outline, finish);
      if (!complete) this.#missing(member, n);
      else if (this.#queue.isClean) member.tellSaved();
    } catch (cause) {
      this.#parts.log.warn('an update broke the document', { block: this.blockId, person: personId }, cause);
      this.#turnOut(member, 'bad-message');
      void this.#readAgain();
    }
  }

  #missing(member: RoomMember, n: number): void {
    if (member.gap(n)) this.#askFor(member);
    else this.#turnOut(member, 'bad-message', 'too many gaps');
  }

  /**
   * @returns false when a part of it waits for what is missing; that part is forgotten
   * @throws what Yjs throws; the document has to be read again
   */
  #accept(
    author: RoomAuthor,
    update: Uint8Array,
    outline: UpdateOutline,
    finish: AcceptedWrite['finish'],
  ): boolean {
    const before = this.#document.stateVector();
    const applied = this.#document.apply(update, outline);
    if (!applied.bytes) {
      if (!applied.waits) this.#queue.afterDisk(finish);
      return !applied.waits;
    }
    for (const { client } of applied.clients) {
      if (!this.#owners.has(client)) this.#owners.set(client, author.id);
    }
    const hidden = applied.arrivedHidden;
    const write: AcceptedWrite = {
      author,
      clients: applied.clients,
      bytes: applied.bytes,
      // With its words, which the document in memory has thrown away already.
      logged: hidden.length > 0 && !applied.waits ? Y.diffUpdate(update, before) : applied.bytes,
      lostWords: applied.hidden.map((words) => this.#attribute(words, author.id)),
      finish: applied.waits ? { stored: () => {}, failed: () => {} } : finish,
    };
    if (hidden.length > 0) {
      const accepted = this.#queue.accepted();
      const resume = this.#queue.hold();
      const inquiry = { blockId: this.blockId, accepted, update: write.logged, hidden };
      void findArrivedHidden(this.#parts.blocks, inquiry, this.#pause)
        .then((found) => {
          write.lostWords.push(...found.map((words) => this.#attribute(words, words.by)));
        })
        .catch((cause) =>
          this.#parts.log.error('hidden words were not found', { block: this.blockId }, cause),
        )
        .finally(() => {
          resume();
          if (!this.#ended) this.#parts.batch.add(this, 0);
        });
    }
    this.#queue.add(write);
    this.#parts.batch.add(this, write.logged.byteLength);
    return !applied.waits;
  }

  readonly #pause = () => new Promise<void>((resolve) => this.#parts.turn(resolve));

  #attribute(words: HiddenWords, causedById: string | null): AttributedWords {
    return { words, authorId: this.#owners.get(words.client) ?? null, causedById };
  }

  #written(writes: readonly AcceptedWrite[], seqs: readonly number[], folded: Uint8Array | null): void {
    if (this.#ended) return;
    this.#folding.written(seqs);
    if (folded) void this.#folding.save(folded);
    const finished = this.#queue.finish();
    for (const finish of finished) finish.stored();
    this.#broadcast(writes);
    for (const member of new Set(finished.map((finish) => finish.member))) member?.tellSaved();
    if (writes.some((write) => write.lostWords.length > 0)) this.#parts.lostWordsKept(this.blockId);
    if (this.isEmpty && this.isQuiet) this.#parts.becameQuiet(this);
  }

  #broadcast(writes: readonly AcceptedWrite[]): void {
    if (writes.length === 0) return;
    const first = writes[0] as AcceptedWrite;
    const only = writes.every((write) => write.finish.member === first.finish.member)
      ? first.finish.member
      : undefined;
    const bytes = writes.length === 1 ? first.bytes : Y.mergeUpdates(writes.map((write) => write.bytes));
    const message = writeUpdate(bytes);
    for (const [member, { live }] of this.#members) {
      if (live && member !== only) member.send(message);
    }
  }

  #replyOwed(member: RoomMember): void {
    const membership = this.#members.get(member);
    if (membership?.owedStateVector) this.#reply(member, membership, membership.owedStateVector);
  }

  /** After Yjs threw in the middle of a merge: what was accepted until then, anew. Nobody has to leave for it. */
  async #readAgain(): Promise<void> {
    this.#waiting = [];
    try {
      const stored = await this.#parts.blocks.load(this.blockId);
      if (!stored) throw new Error('the block is gone');
      const document = BlockDocument.fromStored(stored);
      for (const { bytes } of this.#queue.accepted()) document.apply(bytes, readUpdateOutline(bytes));
      if (this.#ended) return;
      this.#document.destroy();
      this.#document = document;
    } catch (cause) {
      this.#parts.log.error('a block could not be read again', { block: this.blockId }, cause);
      this.drop('load-failed');
    }
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const act of waiting) act();
    if (!this.#ended && this.isEmpty && this.isQuiet) this.#parts.becameQuiet(this);
  }

  #turnOut(member: RoomMember, reason: CloseReason, why?: string): void {
    if (!this.#members.delete(member)) return;
    this.presence.leave(member);
    if (why) this.#parts.log.debug('a socket was turned out', { block: this.blockId, why });
    member.end(reason);
    if (!this.#ended && this.isEmpty && this.isQuiet) this.#parts.becameQuiet(this);
  }
}
