import { setImmediate } from 'node:timers/promises';
import { erasedPieces, tellingWords } from '../../shared/protection/erased-words.ts';
import { readContentsOf } from '../collaboration/block-reading.ts';
import { type BlockRewriting, piecesOf } from '../collaboration/block-rewriting.ts';
import { eraseInThreads } from '../comments/erased-threads.ts';
import { threadChanged } from '../comments/thread-news.ts';
import type { Parts } from '../parts.ts';
import { DamagedBlockError } from '../ports/block-store.ts';
import type { ErasureList } from '../ports/erasure-list.ts';
import { RepeatedLook } from '../quotes/repeated-look.ts';
import { caseChanged, studyChanged } from '../studies/announcements.ts';
import { eraseRecords, type WordsToErase, wordsToErase } from './erased-records.ts';
import { type ErasedWords, hasCopies, takeOutErased } from './erased-text.ts';
import { type Erasure, listedErasure, openErasures, repeatErasure } from './erasures.ts';
import { discardMarkedLetters } from './letters-to-discard.ts';
import { dropStaleReadings } from './stale-readings.ts';

type Needs = Pick<
  Parts,
  'records' | 'blocks' | 'folder' | 'search' | 'clock' | 'random' | 'bus' | 'log' | 'outboxFiles'
>;

/** The longest time until what could not be erased is tried again, in milliseconds. */
const LOOK_EVERY = 60_000;
/** The longest time until an erasure that fails again and again is tried again, in milliseconds. */
const LONGEST_WAIT = 60 * 60_000;

/**
 * Carries out what is to be erased for good (ERASE-1): out of every text in which the words ever
 * stood, with all that was kept of its past, then out of every record, letter and journal. Each step
 * can be ended at any point and is done again at the next start; words stay in the records until the
 * last text is done, since that is how they are found.
 */
export class ErasingDesk {
  readonly #parts: Needs;
  readonly #rewriting: BlockRewriting;
  readonly #list: ErasureList;
  readonly #rewritten: (blockId: string) => void;
  /** Whether what the list tells of was compared with the database. */
  #isCompared = false;
  readonly #looks: RepeatedLook;
  /** Erasures that failed, with how long it is waited and until when, in milliseconds. */
  readonly #failed = new Map<string, { readonly wait: number; readonly again: number }>();
  /** The journal of the database was being read when something was to be taken out of it. */
  #inJournal = true;

  /** @param rewritten is told which block went on without its past, to let go of what was kept of that */
  constructor(
    parts: Needs,
    rewriting: BlockRewriting,
    list: ErasureList,
    rewritten: (blockId: string) => void = () => {},
  ) {
    this.#parts = parts;
    this.#rewriting = rewriting;
    this.#list = list;
    this.#rewritten = rewritten;
    this.#looks = new RepeatedLook(parts.clock, LOOK_EVERY, (isStopped) => this.#look(isStopped));
  }

  /** Begins what was left undone. */
  wake(): void {
    this.#looks.wake();
  }

  /** Carries out what was noted until now, as far as that can be done at once. */
  async now(): Promise<void> {
    await this.#looks.settled();
    this.#looks.wake();
    await this.#looks.settled();
  }

  /** Finishes the text that is being rewritten; the rest is done at the next start. */
  stop(): Promise<void> {
    return this.#looks.stop();
  }

  async #look(isStopped: () => boolean): Promise<void> {
    const { records, log } = this.#parts;
    try {
      const listed = new Set((await this.#list.all()).map(({ id }) => id));
      if (!this.#isCompared) await this.#repeat();
      this.#isCompared = true;
      const open = await openErasures(records.read);
      for (const erasure of open) {
        if (isStopped()) return;
        // First, so that whatever is put back later is known to be of before.
        if (!listed.has(erasure.id)) await this.#list.add(listedErasure(erasure));
        await this.#inTurn(erasure, isStopped);
      }
      if (open.length > 0) await discardMarkedLetters(this.#parts);
      const stale = await dropStaleReadings(this.#parts);
      if (open.length > 0 || stale > 0 || this.#inJournal) this.#inJournal = !(await records.forgetDeleted());
    } catch (cause) {
      log.error('words could not be erased yet', {}, cause);
    }
  }

  /** What fails holds up no other erasure, and is tried again after longer and longer. */
  async #inTurn(erasure: Erasure, isStopped: () => boolean): Promise<void> {
    const { clock, log } = this.#parts;
    const failed = this.#failed.get(erasure.id);
    if (failed && clock.now() < failed.again) return;
    let isDone = false;
    try {
      isDone = await this.#carryOut(erasure, isStopped);
    } catch (cause) {
      log.error('words could not be erased yet', { erasure: erasure.id }, cause);
    }
    if (isDone || isStopped()) {
      this.#failed.delete(erasure.id);
      return;
    }
    const wait = Math.min((failed?.wait ?? LOOK_EVERY / 2) * 2, LONGEST_WAIT);
    this.#failed.set(erasure.id, { wait, again: clock.now() + wait });
  }

  /** An older copy of the database was put back: what was erased since is asked for again. */
  async #repeat(): Promise<void> {
    const { records, random, log } = this.#parts;
    for (const listed of await this.#list.all()) {
      const isRepeated = await records.transaction((transaction) =>
        repeatErasure(random, transaction, listed),
      );
      if (isRepeated) log.info('words that were erased are erased again', { erasure: listed.id });
    }
  }

  /**
   * Where a text cannot be done yet, the words alone are left in the records, by which they are found in it.
   * @returns whether all of it is done
   */
  async #carryOut(erasure: Erasure, isStopped: () => boolean): Promise<boolean> {
    const { records, clock, bus, log } = this.#parts;
    const words = await wordsToErase(records.read, erasure);
    let isWhole = true;
    for (const blockId of await this.#blocksLeft(erasure)) {
      if (isStopped()) return false;
      try {
        await this.#eraseFrom(blockId, erasure, words);
      } catch (cause) {
        isWhole = false;
        log.error('words could not be erased from a text yet', { block: blockId }, cause);
      }
      await setImmediate();
    }
    // Beforehand and bit by bit: a study may have many, and as long as the words are known it can be done again.
    const pieces = erasedPieces(words.words);
    const threads = await eraseInThreads(records, erasure, pieces);
    await records.transaction(async (transaction) => {
      await eraseRecords(this.#parts, transaction, erasure, { ...words, pieces }, isWhole);
      if (!isWhole) return;
      await transaction
        .updateTable('erasures')
        .set({ done_at: clock.now() })
        .where('id', '=', erasure.id)
        .execute();
    });
    // Pages that are open have the words of before.
    for (const { audience, ...where } of threads) {
      await threadChanged(this.#parts, { ...where, act: erasure.id }, audience, null);
    }
    for (const caseId of words.caseIds) caseChanged(bus, erasure.study_id, caseId);
    studyChanged(bus, erasure.study_id);
    return isWhole;
  }

  /** @returns ids of the blocks of the study that this erasure has not rewritten */
  async #blocksLeft(erasure: Erasure): Promise<string[]> {
    const rows = await this.#parts.records.read
      .selectFrom('blocks')
      .innerJoin('cases', 'cases.id', 'blocks.case_id')
      .select('blocks.id')
      .where('cases.study_id', '=', erasure.study_id)
      .where('blocks.id', 'not in', (eb) =>
        eb.selectFrom('block_rewrites').select('block_id').where('erasure_id', '=', erasure.id),
      )
      .orderBy('blocks.id')
      .execute();
    return rows.map(({ id }) => id);
  }

  async #eraseFrom(blockId: string, erasure: Erasure, { quoteIds, words }: WordsToErase): Promise<void> {
    const { clock } = this.#parts;
    const erased: ErasedWords = { quoteIds, telling: tellingWords(words), pieces: erasedPieces(words) };
    if (!(await this.#everHeld(blockId, erased))) return;
    await this.#rewriting.rewrite(
      blockId,
      erasure.asked_by,
      (doc) => takeOutErased(doc, erased),
      async (records, begun) => {
        await records.deleteFrom('projections').where('block_id', '=', blockId).execute();
        const row = { block_id: blockId, erasure_id: erasure.id, ...begun, at: clock.now() };
        await records.insertInto('block_rewrites').values(row).execute();
      },
      erased.telling,
    );
    this.#rewritten(blockId);
  }

  /** Whether a quote was ever marked in it, or its words stand there now, or did in one piece of what is kept. */
  async #everHeld(blockId: string, erased: ErasedWords): Promise<boolean> {
    const { blocks } = this.#parts;
    const marks = erased.quoteIds.map((id) => `"quote":${JSON.stringify(id)}`);
    if (await blocks.holds(blockId, piecesOf([...marks, ...erased.telling]))) return true;
    if (erased.telling.length === 0) return false;
    const contents = await readContentsOf(this.#parts, blockId).catch((cause: unknown) => {
      if (!(cause instanceof DamagedBlockError)) throw cause;
      // None of its bytes tells them: what cannot be read of it holds nobody's words up.
      this.#parts.log.error('a text that cannot be read was not looked through for copies', {
        block: blockId,
      });
      return null;
    });
    return contents !== null && hasCopies(contents, erased.telling);
  }
}
