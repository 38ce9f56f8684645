import * as Y from 'yjs';
import type { CloseReason } from '../../shared/protocol/control.ts';
import { writeSyncStep1, writeSyncStep2, writeUpdate } from '../../shared/protocol/messages.ts';
import type { StoredBlock } from '../ports/block-store.ts';
import { MAX_BYTES_BEHIND_TRIAL, MAX_WAITING_REVIEWS, REVIEW_SHARE } from './bounds.ts';
import type { ReviewTurns } from './review-turns.ts';
import type { RoomMember } from './room-member.ts';
import { RoomPresence } from './room-presence.ts';
import { NOTHING } from './room-reading.ts';
import { RoomText, type RoomTextListener, type RoomTextParts } from './room-text.ts';
import { joinSmall } from './small-updates.ts';
import type { StoredText } from './stored-text.ts';
import { isStructural } from './structural.ts';
import type { News } from './update-inspector.ts';
import type { WriteOutcome } from './write-outcome.ts';
import type { AcceptedWrite, Finish, QueuedRow, RoomAuthor } from './write-queue.ts';

/** What happens in rooms and concerns others. */
export interface RoomEvents {
  /** Words of this block were put into the tray. */
  readonly lostWordsKept: (blockId: string) => void;
  /** More than letters was written, or stands in the log since nobody knows when. */
  readonly shapeChanged: (blockId: string) => void;
}

export interface RoomParts extends RoomTextParts, RoomEvents {
  readonly reviewTurns: ReviewTurns;
  /** The room holds nothing that anybody waits for. */
  readonly becameQuiet: (room: Room) => void;
  /** The room is of no more use: whoever comes next gets another. */
  readonly dropped: (room: Room) => void;
}

interface Membership {
  /** Has the state of the room, and is sent what changes. */
  live: boolean;
  /** Asked for the state, and gets it once its own words are on disk. */
  owed: Question | null;
  /** What was sent to the others while the answer is being made; null while none is. */
  missed: Uint8Array[] | null;
  /** What it sent is being tried; what it sends meanwhile may build on that, and waits. */
  trial: Trial | null;
  /** Nothing more that it sends is looked at before that time: see `REVIEW_SHARE`. */
  restsUntil: number;
}

interface Trial {
  /** The writes that wait, in order, as many as may. */
  readonly waiting: (() => void)[];
  bytes: number;
  /** There were more: they are asked for afterwards. */
  left: boolean;
}

/** What somebody who asks for the state has. */
interface Question {
  readonly stateVector: Uint8Array;
  readonly known: ReadonlyMap<number, number>;
}

/**
 * One block with its sockets. What a member writes is merged, goes to the log
 * with the batch of the turn, and only then to the others and back to the writer
 * as saved. Whoever joins is answered from what is on disk.
 *
 * A writer who comes back with words of their own gets the room's state only
 * after those are on disk: merging may hide them, and a hidden word is garbage
 * on that device from then on (SAVE-5).
 */
export class Room implements RoomTextListener {
  readonly presence: RoomPresence;
  readonly #parts: RoomParts;
  readonly #text: RoomText;
  readonly #members = new Map<RoomMember, Membership>();
  /** Of members whose updates are looked at: how their turn ends. */
  readonly #turns = new Set<() => void>();
  #ended = false;

  constructor(parts: RoomParts, stored: StoredBlock, text: StoredText, owners: Map<number, string | null>) {
    this.#parts = parts;
    this.presence = new RoomPresence(parts.turn, this.#members);
    // A process that ended may have left rows that nobody looked at.
    if (stored.tail.some((row) => isStructural(row.bytes))) parts.shapeChanged(stored.blockId);
    this.#text = new RoomText(parts, stored, text, owners, this);
  }

  get blockId(): string {
    return this.#text.blockId;
  }

  get lineage(): string {
    return this.#text.lineage;
  }

  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  /** Nothing of it waits for the disk. */
  get isQuiet(): boolean {
    return this.#text.isQuiet;
  }

  join(member: RoomMember): void {
    if (this.#ended) {
      member.end('store-failed');
      return;
    }
    this.#members.set(member, { live: false, owed: null, missed: null, trial: null, restsUntil: 0 });
    // First of all, so that it is answered before anything can be merged there.
    if (member.writes) this.#text.whenReady(() => this.#askFor(member));
    this.presence.join(member);
  }

  leave(member: RoomMember): void {
    if (!this.#members.delete(member)) return;
    this.presence.leave(member);
    this.#sayIfQuiet();
  }

  /** @param stateVector what the member has; @returns false when it is none */
  answer(member: RoomMember, stateVector: Uint8Array): boolean {
    let known: Map<number, number>;
    try {
      known = Y.decodeStateVector(stateVector);
    } catch {
      return false;
    }
    const question = { stateVector, known };
    this.#text.whenReady(() => {
      const membership = this.#members.get(member);
      if (!membership) return;
      const ahead = this.#text.isBehind(known);
      if (ahead && member.writes && !membership.live) membership.owed = question;
      else this.#reply(member, membership, question);
    });
    return true;
  }

  /**
   * @param n the count of the member's writes
   * @param whole a SyncStep2: all that the member has and the room had not
   */
  write(member: RoomMember, n: number, update: Uint8Array, whole: boolean): void {
    this.#text.whenReady(() => {
      const trial = this.#members.get(member)?.trial;
      if (!trial) {
        this.#take(member, n, update, whole, false);
        return;
      }
      // What builds on something left out would only be a gap.
      trial.left ||= trial.bytes + update.byteLength > MAX_BYTES_BEHIND_TRIAL;
      trial.left ||= member.suggestsOnly && trial.waiting.length >= MAX_WAITING_REVIEWS;
      if (trial.left) return;
      trial.bytes += update.byteLength;
      trial.waiting.push(() => this.write(member, n, update, whole));
    });
  }

  /**
   * An edit of the server's own.
   * @param make is given all of the block in updates, and returns an update on it or null for no change
   * @param done called once it is on disk, or with why it is not
   */
  edit(
    author: RoomAuthor,
    make: (parts: readonly Uint8Array[]) => Uint8Array | null,
    done: (failure: Error | null) => void,
  ): void {
    const failed = (cause?: unknown) =>
      done(new Error(`block ${this.blockId} could not be written`, { cause }));
    const finish: Finish = { stored: () => done(null), failed };
    const whole = new Promise<readonly Uint8Array[]>((resolve) => {
      this.#text.whenReady(() => resolve(this.#text.parts()));
    });
    whole
      .then((parts) => {
        if (this.#ended) return failed();
        const update = make(parts);
        if (!update) return this.#text.afterDisk(finish);
        this.#text.whenReady(() => {
          if (this.#ended) return failed();
          this.#text.take({ author, mayWrite: true, isTried: true }, update, finish, (outcome) => {
            if (outcome.kind !== 'taken')
              failed(outcome.kind === 'unreadable' ? outcome.cause : outcome.kind);
          });
        });
      }, failed)
      .catch((cause) => done(cause instanceof Error ? cause : new Error(String(cause))));
  }

  /** Resolves when all that was accepted until now is on disk, or given up. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#text.whenReady(() => this.#text.afterDisk({ stored: resolve, failed: () => resolve() }));
    });
  }

  /** Ends the room for everybody in it; what was not on disk is given up and was told to nobody. */
  drop(reason: CloseReason): void {
    if (this.#ended) return;
    this.#end();
    this.#parts.dropped(this);
    for (const member of [...this.#members.keys()]) this.#turnOut(member, reason);
  }

  /** Lets go of the text. Only while quiet. */
  unload(): void {
    this.#end();
  }

  #end(): void {
    this.#ended = true;
    this.#text.end();
    for (const release of this.#turns) release();
    this.#turns.clear();
  }

  failed(reason: 'store-failed'): void {
    this.drop(reason);
  }

  becameReady(): void {
    this.#sayIfQuiet();
  }

  #take(member: RoomMember, n: number, update: Uint8Array, whole: boolean, isTried: boolean): void {
    const membership = this.#members.get(member);
    if (!membership) return;
    const author = { id: member.identity.id, onBehalfOf: null };
    const { writes: mayWrite, suggestsOnly } = member;
    const writer = { author, mayWrite, suggestsOnly, isTried };
    const finish: Finish = { member, stored: () => this.#stored(member, n, whole), failed: () => {} };
    const told = (outcome: WriteOutcome) => {
      if (outcome.kind !== 'untried') return this.#told(member, n, outcome);
      const take = () => this.#take(member, n, update, whole, true);
      void this.#try(member, membership, outcome.news, take, () => member.refuse(n, 'too-large'));
    };
    if (!mayWrite || !suggestsOnly) this.#text.take(writer, update, finish, told);
    else
      void this.#inTurn(member, membership, (over) =>
        this.#text.take(writer, update, finish, (outcome) => {
          told(outcome);
          over(outcome.kind !== 'untried');
        }),
      );
  }

  /**
   * One after the other, over all rooms; what the member sends until then waits.
   * @param act to tell when it is over, and whether the update was taken or refused for good
   */
  async #inTurn(
    member: RoomMember,
    membership: Membership,
    act: (over: (isDone: boolean) => void) => void,
  ): Promise<void> {
    const { clock, reviewTurns } = this.#parts;
    const trial: Trial = { waiting: [], bytes: 0, left: false };
    membership.trial = trial;
    const rest = membership.restsUntil - clock.now();
    if (rest > 0) await new Promise<void>((resolve) => clock.after(rest, resolve));
    const isIn = () => !this.#ended && this.#members.get(member) === membership;
    if (!isIn()) return;
    const release = await reviewTurns.take();
    this.#turns.add(release);
    const end = () => {
      this.#turns.delete(release);
      release();
    };
    if (!isIn()) return end();
    this.#text.whenReady(() => {
      if (!isIn()) return end();
      const begun = clock.now();
      act((isDone) => {
        end();
        membership.restsUntil = clock.now() + (clock.now() - begun) * (1 / REVIEW_SHARE - 1);
        if (isDone) this.#text.whenReady(() => this.#endTrial(member, membership, trial));
      });
    });
  }

  #endTrial(member: RoomMember, membership: Membership, { waiting, left }: Trial): void {
    if (this.#ended || this.#members.get(member) !== membership) return;
    membership.trial = null;
    for (const write of waiting) write();
    if (left) this.#askFor(member);
  }

  /** The others go on meanwhile; what the member sends until then waits. */
  async #try(
    member: RoomMember,
    membership: Membership,
    news: News,
    take: () => void,
    refuse: () => void,
  ): Promise<void> {
    const trial: Trial = membership.trial ?? { waiting: [], bytes: 0, left: false };
    membership.trial = trial;
    try {
      const merges = await this.#text.tryMerging(news);
      if (this.#ended || this.#members.get(member) !== membership) return;
      this.#text.whenReady(() => {
        membership.trial = null;
        if (!merges) return refuse();
        take();
        for (const write of trial.waiting) write();
        if (trial.left) this.#askFor(member);
      });
    } catch (cause) {
      if (!this.#ended && this.#members.get(member) === membership) this.#unreadable(member, cause);
    }
  }

  #askFor(member: RoomMember): void {
    if (this.#members.has(member)) member.send(writeSyncStep1(this.#text.stateVector()));
  }

  #reply(member: RoomMember, membership: Membership, { stateVector, known }: Question): void {
    membership.owed = null;
    const missed: Uint8Array[] = [];
    membership.missed = missed;
    const send = (parts: readonly Uint8Array[]) =>
      this.#text.afterDisk({
        stored: () => {
          if (this.#members.get(member) !== membership) return;
          for (const part of parts.slice(0, -1)) member.send(writeUpdate(part));
          // Last: whoever has it takes it that they have everything.
          member.send(writeSyncStep2(parts.at(-1) ?? NOTHING));
          membership.live = true;
          if (membership.missed !== missed) return;
          membership.missed = null;
          for (const message of missed) member.send(message);
        },
        failed: () => {},
      });
    try {
      const state = this.#text.read(stateVector, known, member.seesPresence);
      if (state instanceof Promise) state.then(send, (cause) => this.#unreadable(member, cause));
      else send(state);
    } catch (cause) {
      this.#unreadable(member, cause);
    }
  }

  #unreadable(member: RoomMember, cause: unknown): void {
    this.#parts.log.error('a block could not be read', { block: this.blockId }, cause);
    this.#turnOut(member, 'load-failed');
  }

  #stored(member: RoomMember, n: number, whole: boolean): void {
    member.stored(n, whole);
    const membership = this.#members.get(member);
    if (whole && membership?.owed) this.#reply(member, membership, membership.owed);
  }

  #told(member: RoomMember, n: number, outcome: Exclude<WriteOutcome, { kind: 'untried' }>): void {
    const person = member.identity.id;
    switch (outcome.kind) {
      case 'taken':
        if (this.#text.isClean) member.tellSaved();
        return;
      case 'dropped':
        if (outcome.attempt) member.attempted();
        return;
      case 'gap':
        this.#missing(member, n);
        return;
      case 'too-large':
        member.refuse(n, 'too-large');
        return;
      case 'no-suggestion':
        member.attempted();
        this.#parts.log.debug('more than a suggestion was refused', {
          block: this.blockId,
          fault: outcome.fault,
        });
        member.refuse(n, 'not-a-suggestion');
        return;
      case 'foreign':
        this.#parts.log.warn('an edit under the name of somebody else was refused', {
          block: this.blockId,
          person,
        });
        this.#turnOut(member, 'bad-message');
        return;
      case 'malformed':
        this.#turnOut(member, 'bad-message', outcome.why);
        return;
      case 'unreadable':
        this.#unreadable(member, outcome.cause);
        return;
      default:
        outcome satisfies never;
    }
  }

  #missing(member: RoomMember, n: number): void {
    if (member.gap(n)) this.#askFor(member);
    else this.#turnOut(member, 'bad-message', 'too many gaps');
  }

  written(
    writes: readonly AcceptedWrite[],
    rows: readonly Pick<QueuedRow, 'bytes'>[],
    finished: readonly Finish[],
  ): void {
    for (const finish of finished) finish.stored();
    this.#broadcast(writes, rows);
    for (const member of new Set(finished.map((finish) => finish.member))) member?.tellSaved();
    if (writes.some((write) => write.lostWords.length > 0)) this.#parts.lostWordsKept(this.blockId);
    if (writes.some((write) => write.structural)) this.#parts.shapeChanged(this.blockId);
    this.#sayIfQuiet();
  }

  /** Built once, and one message but where much was written; nobody is sent what is theirs alone. */
  #broadcast(writes: readonly AcceptedWrite[], rows: readonly Pick<QueuedRow, 'bytes'>[]): void {
    const [first] = writes;
    if (!first) return;
    const { member: writer } = first.finish;
    const only = writes.every((write) => write.finish.member === writer) ? writer : undefined;
    const messages = joinSmall(rows.map((row) => row.bytes)).map(writeUpdate);
    for (const [member, { live, missed }] of this.#members) {
      if (missed) missed.push(...messages);
      else if (live && member !== only) for (const message of messages) member.send(message);
    }
  }

  #sayIfQuiet(): void {
    if (!this.#ended && this.isEmpty && this.isQuiet) this.#parts.becameQuiet(this);
  }

  #turnOut(member: RoomMember, reason: CloseReason, why?: string): void {
    if (!this.#members.delete(member)) return;
    this.presence.leave(member);
    if (why) this.#parts.log.debug('a socket was turned out', { block: this.blockId, why });
    member.end(reason);
    this.#sayIfQuiet();
  }
}
