import type { Log } from '../log.ts';
import { type BlockStore, DamagedBlockError, type LogRow, type StoredBlock } from '../ports/block-store.ts';
import type { WindowEnd } from '../ports/changeset.ts';
import type { Clock } from '../ports/clock.ts';
import { type Folder, FolderFailedError, UnfoldableError } from '../ports/folder.ts';
import { partsOf } from './block-document.ts';
import {
  COMPACTION_PAGE_ROWS,
  COMPACTION_RETRY_AFTER_MS,
  COMPACTION_RETRY_AT_MOST_MS,
  FOLDING_SHARE,
  FOLDS_APART_AT_MOST_MS,
  FOLDS_LEFT_OUT_AT_MOST,
  WINDOW_ROWS,
} from './bounds.ts';
import { changesetsOf, rowsByAuthor, rowsOfNextWindow, type WindowSituation } from './history-windows.ts';

export interface CompactionParts {
  readonly blocks: Pick<BlockStore, 'load' | 'saveSnapshot' | 'rowsAfter' | 'lastWindow' | 'closeWindow'>;
  readonly folder: Folder;
  readonly clock: Clock;
  readonly log: Log;
}

/** A block is left alone for a while. */
interface Pause {
  readonly callOff: () => void;
  /** It ends when the block was asked for so often. */
  readonly asksAtMost: number;
  asks: number;
}

/** A block's history could not be brought to an end of a window; the text is as safe as before. */
export class NotSealedError extends Error {
  override readonly name = 'NotSealedError';
}

/**
 * Keeps the logs of blocks short: folds the rows since the last snapshot into a
 * new one, then closes the windows of history that are over. Each of these steps
 * is one transaction, so that whatever ends it, and whenever, leaves the block in
 * its old state or in its new one (SAVE-1). A failure costs time, never a word.
 */
export class Compaction {
  readonly #parts: CompactionParts;
  /** Asked for and not begun, each once. */
  readonly #queue = new Set<string>();
  /** By block, after a failure or a fold that took long. */
  readonly #pauses = new Map<string, Pause>();
  /** By block, how often it failed since it last did not. */
  readonly #failures = new Map<string, number>();
  #last: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(parts: CompactionParts) {
    this.#parts = parts;
  }

  /** Has the block looked at soon: after those before it, or after its pause. */
  request(blockId: string): void {
    if (this.#stopped || this.#queue.has(blockId)) return;
    const pause = this.#pauses.get(blockId);
    if (pause && ++pause.asks < pause.asksAtMost) return;
    pause?.callOff();
    this.#pauses.delete(blockId);
    this.#queue.add(blockId);
    void this.#inTurn(async () => {
      if (!this.#queue.delete(blockId)) return;
      const pause = this.#pauses.get(blockId);
      if (pause) {
        // It was asked for while it was being folded.
        pause.asks += 1;
        return;
      }
      const from = this.#parts.clock.now();
      try {
        await this.#compact(blockId, false);
        this.#failures.delete(blockId);
        const took = this.#parts.clock.now() - from;
        this.#pause(blockId, Math.min(took / FOLDING_SHARE, FOLDS_APART_AT_MOST_MS), FOLDS_LEFT_OUT_AT_MOST);
      } catch (cause) {
        this.#failed(blockId, cause);
      }
    });
  }

  /**
   * Closes a window with the last row that is now on disk, so that the block can be
   * had again as it is: for a version that somebody names.
   * @returns the end of that window; null for a block that does not exist or holds nothing
   * @throws NotSealedError
   */
  async seal(blockId: string): Promise<WindowEnd | null> {
    try {
      return await this.#inTurn(() => this.#compact(blockId, true));
    } catch (cause) {
      throw new NotSealedError(`block ${blockId}: its history could not be folded`, { cause });
    }
  }

  /** Resolves when nothing is under way and nothing waits but for a pause. */
  async idle(): Promise<void> {
    let seen: Promise<unknown>;
    do {
      seen = this.#last;
      await seen;
    } while (seen !== this.#last);
  }

  /**
   * Begins nothing any more, and resolves when what is under way is done or has failed;
   * to wait for no fold, the folder is closed first. What is left out is done when the
   * block is next asked for.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#queue.clear();
    for (const { callOff } of this.#pauses.values()) callOff();
    this.#pauses.clear();
    await this.idle();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  #failed(blockId: string, cause: unknown): void {
    if (this.#stopped) return;
    const { log } = this.#parts;
    const failures = (this.#failures.get(blockId) ?? 0) + 1;
    this.#failures.set(blockId, failures);
    this.#pause(
      blockId,
      Math.min(COMPACTION_RETRY_AFTER_MS * 2 ** (failures - 1), COMPACTION_RETRY_AT_MOST_MS),
      Number.POSITIVE_INFINITY,
    );
    // What cannot be believed now will not be after a pause; who opens the block is told.
    if (cause instanceof DamagedBlockError || cause instanceof UnfoldableError) {
      log.error('a block could not be folded', { block: blockId }, cause);
    } else {
      log.warn('a block could not be folded, and will be tried again', { block: blockId }, cause);
      this.request(blockId);
    }
  }

  #pause(blockId: string, ms: number, asksAtMost: number): void {
    if (this.#stopped || ms <= 0) return;
    const callOff = this.#parts.clock.after(ms, () => {
      const asks = this.#pauses.get(blockId)?.asks ?? 0;
      this.#pauses.delete(blockId);
      if (asks > 0) this.request(blockId);
    });
    this.#pauses.set(blockId, { callOff, asksAtMost, asks: 0 });
  }

  async #compact(blockId: string, seal: boolean): Promise<WindowEnd | null> {
    const { blocks, clock } = this.#parts;
    const stored = await blocks.load(blockId);
    if (!stored) return null;
    const coveredSeq = await this.#fold(stored);
    const askedSeq = seal ? coveredSeq : 0;
    for (;;) {
      if (this.#stopped) throw new FolderFailedError('the server is stopping');
      const window = await this.#nextWindow(blockId, { now: clock.now(), coveredSeq, askedSeq });
      const [first] = window;
      if (!first) break;
      if (!(await this.#close(first, window))) {
        throw new Error(`the window from row ${first.seq} does not fit the log`);
      }
    }
    return seal && coveredSeq > 0 ? blocks.lastWindow(blockId) : null;
  }

  /** @returns the last row that the snapshot holds now */
  async #fold(stored: StoredBlock): Promise<number> {
    const last = stored.tail.at(-1);
    if (!last) return stored.snapshot?.seq ?? 0;
    const { state, survey } = await this.#parts.folder.fold(partsOf(stored));
    const snapshot = { seq: last.seq, bytes: state, survey };
    await this.#parts.blocks.saveSnapshot(stored.blockId, stored.lineage, snapshot);
    return last.seq;
  }

  async #nextWindow(blockId: string, situation: WindowSituation): Promise<readonly LogRow[]> {
    const rows: LogRow[] = [];
    for (;;) {
      const after = rows.at(-1)?.seq ?? 0;
      const page = await this.#parts.blocks.rowsAfter(blockId, after, COMPACTION_PAGE_ROWS);
      rows.push(...page);
      const isAll = page.length < COMPACTION_PAGE_ROWS || rows.length > WINDOW_ROWS;
      const count = rowsOfNextWindow(rows, situation);
      // A window that ends with the last row at hand may go on with the next.
      if (isAll || (count > 0 && count < rows.length)) return rows.slice(0, count);
    }
  }

  async #close(first: LogRow, rows: readonly LogRow[]): Promise<boolean> {
    const { blocks, folder } = this.#parts;
    const before = await blocks.lastWindow(first.blockId);
    const groups = rowsByAuthor(rows);
    const gathered = await folder.gather(groups.map((group) => group.map((row) => row.bytes)));
    return blocks.closeWindow(changesetsOf(before.window + 1, groups, gathered));
  }
}
