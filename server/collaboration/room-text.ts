import * as Y from 'yjs';
import type { Log } from '../log.ts';
import type { BlockStore, StoredBlock } from '../ports/block-store.ts';
import type { Clock, Randomness } from '../ports/clock.ts';
import { type Folder, type Merged, UnfoldableError } from '../ports/folder.ts';
import { partsOf } from './block-document.ts';
import { mergeIntoDocument } from './block-folding.ts';
import { HARD_BLOCK_CHARACTERS, MAX_SUGGESTED_BYTES } from './bounds.ts';
import { ClientOwners } from './client-owners.ts';
import { clockSetOf, deleteSetBytes } from './clock-set.ts';
import type { Compaction } from './compaction.ts';
import { LogTail } from './log-tail.ts';
import { findArrivedHidden } from './lost-words-inquiry.ts';
import { type AttributedWords, LostWordsNotes } from './lost-words-notes.ts';
import { MergeTrials } from './merge-trials.ts';
import { areLarge, NOTHING, type ReadParts, RoomReading } from './room-reading.ts';
import { RoomReview } from './room-review.ts';
import type { RoomState } from './room-state.ts';
import type { Shelf } from './shelf.ts';
import type { StoredText } from './stored-text.ts';
import { isStructural } from './structural.ts';
import { readReach } from './survey-bytes.ts';
import { TextGate } from './text-gate.ts';
import type { Turn } from './turn.ts';
import { inspectUpdate, type News } from './update-inspector.ts';
import type { BatchSource, LostWordsNote, RoomBatch, WriteBatch } from './write-batch.ts';
import type { WriteOutcome, Writer } from './write-outcome.ts';
import {
  type AcceptedWrite,
  type Finish,
  type QueuedRow,
  type RoomAuthor,
  WriteQueue,
} from './write-queue.ts';

export interface RoomTextParts {
  readonly blocks: BlockStore;
  readonly folder: Folder;
  readonly compaction: Pick<Compaction, 'request'>;
  readonly shelf: Shelf;
  readonly batch: WriteBatch;
  readonly turn: Turn;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
}

/** What the text tells its room. */
export interface RoomTextListener {
  /** These are on disk, as the rows say them together; `finished` is what waited for them. */
  written(
    writes: readonly AcceptedWrite[],
    rows: readonly Pick<QueuedRow, 'bytes'>[],
    finished: readonly Finish[],
  ): void;
  /** What was accepted could not be written: this text is of no more use. */
  failed(reason: 'store-failed'): void;
  becameReady(): void;
}

const TAKEN: WriteOutcome = { kind: 'taken' };
const GAP: WriteOutcome = { kind: 'gap' };
const TOO_LARGE: WriteOutcome = { kind: 'too-large' };
const FOREIGN: WriteOutcome = { kind: 'foreign' };

/** Only the document can tell what the update does. */
type LookedAt =
  | { readonly kind: 'careful'; readonly news: News }
  | { readonly kind: 'to-review'; readonly news: News };

/**
 * The text of one room, without its document: what is known of it, what was
 * accepted and is not on disk yet, and whose client ids are in it. The document is
 * made only for an update that may hide words, or that may make the block too large.
 */
export class RoomText implements BatchSource {
  readonly blockId: string;
  readonly lineage: string;
  readonly #parts: RoomTextParts;
  readonly #listener: RoomTextListener;
  readonly #owners: ClientOwners;
  readonly #queue = new WriteQueue();
  #lostWords: LostWordsNotes | null = null;
  readonly #state: RoomState;
  readonly #reading: RoomReading;
  readonly #tail: LogTail;
  readonly #trials: MergeTrials;
  /** An update may have to be looked at with the document; what arrives meanwhile waits. */
  readonly #gate: TextGate;
  readonly #suggestions: RoomReview;
  #ended = false;

  /** @param owners who first used which Yjs client id; the text's own from now on */
  constructor(
    parts: RoomTextParts,
    stored: StoredBlock,
    { parts: updates, state }: StoredText,
    owners: Map<number, string | null>,
    listener: RoomTextListener,
  ) {
    this.#parts = parts;
    this.#listener = listener;
    this.blockId = stored.blockId;
    this.lineage = stored.lineage;
    this.#state = state;
    this.#reading = new RoomReading(parts.shelf, { parts: updates, reach: reachOf(stored, updates) }, () =>
      this.#readAgain(),
    );
    this.#tail = new LogTail(stored);
    this.#trials = new MergeTrials(parts.folder);
    this.#gate = new TextGate(() => listener.becameReady());
    this.#owners = new ClientOwners(owners);
    this.#suggestions = new RoomReview(parts, this.blockId, updates);
  }

  /** All that was accepted is on disk. */
  get isClean(): boolean {
    return this.#queue.isClean;
  }

  get isQuiet(): boolean {
    return this.#queue.isClean && this.#gate.isReady;
  }

  /** Runs at once, or when an update that is being looked at has been. */
  whenReady(act: () => void): void {
    this.#gate.whenReady(act);
  }

  stateVector(): Uint8Array {
    return this.#state.stateVector();
  }

  /** @returns whether somebody has what is not here */
  isBehind(known: ReadonlyMap<number, number>): boolean {
    for (const [client, clock] of known) if (clock > this.#state.stateOf(client)) return true;
    return false;
  }

  /**
   * @param known what the asker has
   * @param withDeleted whether words that were deleted since the last folding may be in it: the
   *   asker is of the team (ACCESS-5)
   * @returns all that the asker lacks, in one update, or in several of a large block, oldest first; a
   *   promise where it must be read first
   */
  read(
    stateVector: Uint8Array,
    known: ReadonlyMap<number, number>,
    withDeleted: boolean,
  ): readonly Uint8Array[] | Promise<readonly Uint8Array[]> {
    if (this.#state.isCoveredBy(known)) return [this.#state.deletions()];
    if (!withDeleted) return this.#readStanding(stateVector);
    return after(this.#reading.parts(), (parts) => {
      if (areLarge(parts)) return this.#reading.lacked(parts, known, () => this.#state.deletions());
      const [whole = NOTHING] = parts;
      return [known.size === 0 ? whole : Y.diffUpdate(whole, stateVector)];
    });
  }

  #readStanding(stateVector: Uint8Array): readonly Uint8Array[] | Promise<readonly Uint8Array[]> {
    return after(this.#reading.parts(), (parts) => {
      if (areLarge(parts)) return this.#parts.folder.fold(parts).then(({ state }) => [state]);
      return after(this.#reading.document(), (document) => [document.encode(stateVector)]);
    });
  }

  /** @returns all that was accepted, oldest first */
  parts(): readonly Uint8Array[] | Promise<readonly Uint8Array[]> {
    return this.#reading.parts();
  }

  /** Runs when all that was accepted until now is on disk. */
  afterDisk(finish: Finish): void {
    this.#queue.afterDisk(finish);
  }

  /**
   * Takes what is new of an update, and has it written with the batch of this turn.
   * To be called when ready.
   * @param finish told once it is on disk; only where it was taken
   * @param told what became of it: now, or after the document was looked at
   */
  take(writer: Writer, update: Uint8Array, finish: Finish, told: (outcome: WriteOutcome) => void): void {
    const outcome = this.#takeAtOnce(writer, update, finish);
    if (outcome.kind === 'to-review') {
      this.#takeReviewed(writer, outcome.news, finish, told);
      return;
    }
    if (outcome.kind !== 'careful') {
      told(outcome);
      return;
    }
    const { news } = outcome;
    this.#gate.holdBack(
      () => this.#merge(news),
      (merged) => told(this.#takeMerged(writer.author, news, merged, finish)),
      (cause) => {
        // A document may have been broken in the middle of a merge.
        this.#reading.letGo();
        told(cause instanceof UnfoldableError ? this.#unmergeable(cause) : { kind: 'unreadable', cause });
      },
    );
  }

  /**
   * Merges what is new of an update where that holds nobody up; the room goes on meanwhile.
   * @param news as it was found `untried` just now
   * @returns whether everybody can merge it in good time
   * @throws FolderFailedError, or what the store throws
   */
  tryMerging(news: News): Promise<boolean> {
    return this.#trials.try(
      news,
      () => this.#reading.parts(),
      (cause) => this.#parts.log.warn('an update breaks the document', { block: this.blockId }, cause),
    );
  }

  takeBatch(): RoomBatch | null {
    const taken = this.#queue.take();
    if (!taken) return null;
    // What is written is folded sooner or later.
    this.#parts.folder.prepare();
    const time = this.#parts.clock.now();
    const { blockId, lineage } = this;
    return {
      rows: taken.rows.map((row) => ({ ...row, blockId, lineage, serverTime: time })),
      lostWords: taken.writes.flatMap((write) => this.#note(write, time)),
      byteLength: taken.byteLength,
      written: (seqs) => {
        if (this.#ended) return;
        if (this.#tail.grew(seqs.length, taken.byteLength)) this.#fold();
        this.#listener.written(taken.writes, taken.rows, this.#queue.finish());
      },
      failed: () => this.#listener.failed('store-failed'),
    };
  }

  #note({ lostWords }: AcceptedWrite, time: number): readonly LostWordsNote[] {
    if (lostWords.length === 0) return [];
    this.#lostWords ??= new LostWordsNotes(this.blockId, this.#parts.random);
    return this.#lostWords.note(lostWords, time);
  }

  /** Gives up what is not on disk. */
  end(): void {
    if (!this.#ended && this.#queue.isClean && this.#tail.left()) this.#fold();
    this.#ended = true;
    this.#gate.end();
    this.#parts.batch.forget(this, this.#queue.byteLength);
    this.#queue.fail();
    this.#reading.end();
  }

  /** @returns `careful` or `to-review` where only the document can tell what the update does */
  #takeAtOnce(
    { author, mayWrite, suggestsOnly, isTried }: Writer,
    update: Uint8Array,
    finish: Finish,
  ): WriteOutcome | LookedAt {
    const inspection = inspectUpdate(update, this.#state);
    if (inspection.kind === 'malformed') return inspection;
    if (!mayWrite) {
      const attempt =
        inspection.kind === 'gap' || (inspection.kind === 'news' && inspection.news.ranges.length > 0);
      return { kind: 'dropped', attempt };
    }
    if (inspection.kind === 'gap') return GAP;
    if (inspection.kind === 'known') {
      this.#queue.afterDisk(finish);
      return TAKEN;
    }
    const { news } = inspection;
    if (this.#owners.isForeign(author, news)) return FOREIGN;
    const fits = this.#fits(news);
    if (!fits && this.#state.isWeighed && !this.#state.deletesKnown(news)) return TOO_LARGE;
    if (!isTried && !this.#trials.admits(this.#state, news)) return { kind: 'untried', news };
    if (suggestsOnly && news.bytes.byteLength > MAX_SUGGESTED_BYTES) return TOO_LARGE;
    // The server's own edits are made in the whole text, decisions about suggestions among them.
    if (suggestsOnly || (author.id !== null && this.#suggestions.mayDisplace(this.#state, news)))
      return { kind: 'to-review', news };
    if (!fits || this.#state.mayHide(news)) return { kind: 'careful', news };
    this.#accept(author, news, finish);
    return TAKEN;
  }

  #takeReviewed(writer: Writer, news: News, finish: Finish, told: (outcome: WriteOutcome) => void): void {
    const { author } = writer;
    this.#gate.holdBack(
      () => this.#review(writer, news),
      ({ reviewed, merged }) => {
        if (reviewed === null) return told(TOO_LARGE);
        if (reviewed.fault) return told({ kind: 'no-suggestion', fault: reviewed.fault });
        const outcome = merged ? this.#takeMerged(author, news, merged, finish) : TAKEN;
        if (!merged) this.#accept(author, news, finish);
        if (reviewed.mends && outcome.kind === 'taken') this.#mend(author, reviewed.mends);
        told(outcome);
      },
      (cause) => {
        this.#reading.letGo();
        told(cause instanceof UnfoldableError ? this.#unmergeable(cause) : { kind: 'unreadable', cause });
      },
    );
  }

  /**
   * @returns `reviewed` null: whether they may is not known in good time; `merged` null: nothing is hidden by it
   * @throws UnfoldableError, and what the store or the folder throws
   */
  async #review({ author, suggestsOnly = false }: Writer, news: News) {
    const parts = await this.#reading.parts();
    const reviewed = await this.#suggestions.ask(parts, news, author, suggestsOnly, this.#state);
    const isTaken = reviewed !== null && reviewed.fault === null;
    const isCareful = isTaken && (!this.#fits(news) || this.#state.mayHide(news));
    return { reviewed, merged: isCareful ? await this.#merge(news) : null };
  }

  #mend({ id }: RoomAuthor, mends: Uint8Array): void {
    const inspection = inspectUpdate(mends, this.#state);
    if (inspection.kind !== 'news') {
      this.#parts.log.error('suggestions could not be set right', { block: this.blockId });
      return;
    }
    this.#accept({ id: null, onBehalfOf: id }, inspection.news, { stored() {}, failed() {} });
  }

  #fold(): void {
    this.#parts.compaction.request(this.blockId);
  }

  /** Deletions always pass, and so does all that leaves the block no larger. */
  #fits(news: News): boolean {
    return news.weight === 0 || this.#state.weight + news.weight <= HARD_BLOCK_CHARACTERS;
  }

  /** @param isApplied whether the document at hand has it already */
  #accept(
    author: RoomAuthor,
    news: News,
    finish: Finish,
    lostWords: AttributedWords[] = [],
    isApplied = false,
  ): AcceptedWrite {
    const structural = this.#state.removesShape(news) || isStructural(news.bytes);
    if (structural) this.#suggestions.wrote(news);
    this.#state.absorb(news);
    this.#owners.claim(author, news);
    this.#reading.add(news, isApplied);
    const { ranges: clients, bytes, deletions } = news;
    const write: AcceptedWrite = { author, clients, bytes, deletions, structural, lostWords, finish };
    this.#queue.add(write);
    this.#parts.batch.add(this, news.bytes.byteLength);
    return write;
  }

  /** @throws UnfoldableError, and what the store or the folder throws */
  #merge(news: News): Merged | Promise<Merged> {
    return after(this.#reading.parts(), (parts) => {
      if (areLarge(parts)) return this.#mergeLarge(parts, news);
      return after(this.#reading.document(), (document) =>
        mergeIntoDocument(document, news.bytes, news.deletions),
      );
    });
  }

  async #mergeLarge(parts: readonly Uint8Array[], news: News): Promise<Merged> {
    const { folder } = this.#parts;
    this.#reading.dropDocument();
    let large = parts;
    if (this.#reading.isUnfolded) {
      // Values that replace each other leave a block small and its bytes long.
      const { state } = await folder.fold(parts);
      this.#reading.folded(state);
      large = [state];
    }
    return folder.merge(large, news.bytes, deleteSetBytes(news.deletions));
  }

  #unmergeable(cause: UnfoldableError): WriteOutcome {
    this.#parts.log.warn('an update broke the document', { block: this.blockId }, cause);
    return { kind: 'malformed', why: cause.message };
  }

  /** It was merged, and what would be hidden is known: that is noted, and goes to disk with the update. */
  #takeMerged(author: RoomAuthor, news: News, merged: Merged, finish: Finish): WriteOutcome {
    const { hidden, arrivedHidden, weightBefore, weight } = merged;
    const fits = news.weight === 0 || weightBefore + news.weight <= HARD_BLOCK_CHARACTERS;
    if (!fits && weight > weightBefore) {
      this.#reading.letGo();
      return TOO_LARGE;
    }
    const accepted = this.#queue.accepted();
    this.#owners.claim(author, news);
    const lostWords = hidden.map((words) => this.#owners.attribute(words, author.id));
    const write = this.#accept(author, news, finish, lostWords, true);
    this.#state.learn(clockSetOf(merged.deleted), clockSetOf(merged.removed), weight);
    if (arrivedHidden.length > 0) {
      const { blockId } = this;
      void this.#inquire(write, { blockId, accepted, update: news.bytes, hidden: arrivedHidden });
    }
    return TAKEN;
  }

  /** Where the words stood and who removed it goes to disk with them: until it is known, nothing does. */
  async #inquire(write: AcceptedWrite, inquiry: Parameters<typeof findArrivedHidden>[1]): Promise<void> {
    const resume = this.#queue.hold();
    try {
      const pause = () => new Promise<void>((resolve) => this.#parts.turn(resolve));
      const found = await findArrivedHidden(this.#parts.blocks, inquiry, pause, this.#parts.folder);
      write.lostWords.push(...found.map((words) => this.#owners.attribute(words, words.by)));
    } catch (cause) {
      this.#parts.log.error('hidden words were not found', { block: this.blockId }, cause);
    } finally {
      resume();
      if (!this.#ended) this.#parts.batch.add(this, 0);
    }
  }

  /** @returns what is on disk, and what was accepted and perhaps is not */
  async #readAgain(): Promise<ReadParts> {
    const accepted = this.#queue.accepted().map(({ bytes }) => bytes);
    const stored = await this.#parts.blocks.load(this.blockId);
    if (!stored) throw new Error(`block ${this.blockId} is gone`);
    const parts = partsOf(stored);
    return { parts: [...parts, ...accepted], reach: reachOf(stored, parts) };
  }
}

/** @returns how far the first of the parts reaches, where that is the snapshot and it was surveyed */
function reachOf(
  { snapshot }: StoredBlock,
  [first]: readonly Uint8Array[],
): ReadonlyMap<number, number> | null {
  return snapshot?.survey && first === snapshot.bytes ? readReach(snapshot.survey) : null;
}

function after<T, R>(value: T | Promise<T>, act: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(act) : act(value);
}
