import { readScan, SCAN_FAULT_WORDS, type ScanType } from '../../shared/quotes/scan.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import { idTaken } from '../studies/study-gate.ts';
import { RepeatedLook } from './repeated-look.ts';

/** The longest time between two looks at what may go, in milliseconds. */
const LOOK_EVERY = 10 * 60_000;
/** How long a scan waits for the answer that names it, in milliseconds. */
const UNNAMED_FOR = 24 * 60 * 60_000;

type Needs = Pick<Parts, 'records' | 'files' | 'clock' | 'log'>;

export interface NewScan {
  readonly id: string;
  readonly studyId: string;
  readonly caseId: string;
  readonly personId: string;
}

/**
 * Takes scans in, and lets go of what no answer names and what was erased (ERASE-1). One thing at a
 * time: content that is let go is never that which is just coming in again.
 */
export class ScanKeeping {
  readonly #parts: Needs;
  readonly #looks: RepeatedLook;
  #turn: Promise<unknown> = Promise.resolve();
  /** Content without a row is left by a process that was killed alone: once is enough. */
  #swept = false;

  constructor(parts: Needs) {
    this.#parts = parts;
    this.#looks = new RepeatedLook(parts.clock, LOOK_EVERY, async () => {
      try {
        await this.#inTurn(() => this.#letGo());
      } catch (cause) {
        parts.log.error('scans that nothing names could not be deleted', {}, cause);
      }
    });
  }

  /**
   * Keeps a scan until an answer names it. The same call again keeps it once.
   * @throws Refusal too-large, unsupported, bad-request by what is wrong with it; conflict where the id
   *   stands for another
   */
  async keep(scan: NewScan, content: Uint8Array): Promise<{ type: ScanType; size: number; hash: string }> {
    const read = readScan(content);
    if ('fault' in read) throw new Refusal(CODES[read.fault], SCAN_FAULT_WORDS[read.fault]);
    return this.#inTurn(async () => {
      const { records, files, clock } = this.#parts;
      const hash = await files.put(content).catch(unlessFull);
      const kept = { hash, type: read.type, size: content.length };
      const earlier = await records.read
        .selectFrom('evidence_files')
        .selectAll()
        .where('id', '=', scan.id)
        .executeTakeFirst();
      if (earlier) {
        const same = earlier.hash === hash && earlier.made_by === scan.personId && earlier.discard === 0;
        if (!same || earlier.case_id !== scan.caseId) {
          await this.#removeUnlessUsed(hash);
          throw idTaken();
        }
        return kept;
      }
      await records.read
        .insertInto('evidence_files')
        .values({
          ...{ id: scan.id, study_id: scan.studyId, case_id: scan.caseId, ...kept },
          ...{ made_by: scan.personId, made_at: clock.now(), discard: 0 },
        })
        .execute();
      return kept;
    });
  }

  /** Looks at once for what may go; also the start. */
  wake(): void {
    this.#looks.wake();
  }

  /** Resolves when nothing is being looked at. */
  settled(): Promise<void> {
    return this.#looks.settled();
  }

  /** Begins nothing further, and finishes what is under way (STOP-1). */
  async stop(): Promise<void> {
    await this.#looks.stop();
    await this.#turn;
  }

  async #letGo(): Promise<void> {
    const { records, clock } = this.#parts;
    const going = await records.read
      .selectFrom('evidence_files')
      .select(['id', 'hash'])
      .where('id', 'not in', records.read.selectFrom('evidence_uses').select('file_id'))
      .where((eb) => eb.or([eb('discard', '=', 1), eb('made_at', '<', clock.now() - UNNAMED_FOR)]))
      .execute();
    for (const { id, hash } of going) {
      // first it can be named no more, then its content goes, then its row: killed between, it is done again
      const { numUpdatedRows } = await records.read
        .updateTable('evidence_files')
        .set({ discard: 1 })
        .where('id', '=', id)
        .where('id', 'not in', records.read.selectFrom('evidence_uses').select('file_id'))
        .executeTakeFirst();
      if (numUpdatedRows === 0n) continue;
      await this.#removeUnlessUsed(hash);
      await records.read.deleteFrom('evidence_files').where('id', '=', id).execute();
    }
    if (!this.#swept) await this.#sweep();
    this.#swept = true;
  }

  async #sweep(): Promise<void> {
    const { records, files } = this.#parts;
    const rows = await records.read.selectFrom('evidence_files').select('hash').execute();
    const known = new Set(rows.map(({ hash }) => hash));
    for (const hash of await files.list()) if (!known.has(hash)) await files.remove(hash);
  }

  async #removeUnlessUsed(hash: string): Promise<void> {
    const { records, files } = this.#parts;
    const other = await records.read
      .selectFrom('evidence_files')
      .select('id')
      .where('hash', '=', hash)
      .where('discard', '=', 0)
      .executeTakeFirst();
    if (!other) await files.remove(hash);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(act);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

/** @throws Refusal unavailable for a full disk, and whatever else it was */
function unlessFull(cause: NodeJS.ErrnoException): never {
  if (cause.code !== 'ENOSPC' && cause.code !== 'EDQUOT') throw cause;
  throw new Refusal('unavailable', 'There is no room left for files on the server. Nothing was kept.');
}

const CODES = {
  empty: 'bad-request',
  'too-large': 'too-large',
  'not-a-scan': 'unsupported',
  'cut-off': 'bad-request',
} as const;
