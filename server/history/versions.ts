import type { CaseVersion } from '../../shared/api/history.ts';
import { NotSealedError } from '../collaboration/compaction.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { WindowEnd } from '../ports/changeset.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { idTaken } from '../studies/study-gate.ts';

type Needs = Pick<Parts, 'records' | 'clock' | 'random' | 'bus' | 'log'>;
type Seal = (blockId: string) => Promise<WindowEnd | null>;

/** What a version is to be called, and whose it is. */
export interface NewVersion
  extends Pick<Tables['case_versions'], 'id' | 'kind' | 'name' | 'made_by' | 'stage_at'> {}

/**
 * Keeps states of cases by name, so that each section can be had again as it was then: a window of its
 * history ends there. Whenever a case is moved to another stage, what it was then is kept by itself.
 */
export class Versions {
  readonly #parts: Needs;
  readonly #seal: Seal;
  readonly #since: number;
  readonly #unsubscribe: () => void;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: Needs, seal: Seal) {
    this.#parts = parts;
    this.#seal = seal;
    // Of stages reached before, what the case was then is not to be had any more.
    this.#since = parts.clock.now();
    this.#unsubscribe = parts.bus.subscribe((message) => {
      const caseId = message.t === 'changed' && /^case\/(.+)$/.exec(message.topic)?.[1];
      if (caseId) void this.#inTurn(() => this.#keepStage(caseId));
    });
  }

  /**
   * @returns the version; the same again where it was made before
   * @throws Refusal where a section's history cannot be brought to an end just now; conflict where the id is taken
   */
  async keep(caseId: string, version: NewVersion): Promise<void> {
    await this.#inTurn(() => this.#keep(caseId, version));
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    let seen: Promise<unknown>;
    do {
      seen = this.#last;
      await seen;
    } while (seen !== this.#last);
  }

  /** Keeps nothing any more by itself, and resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    await this.idle();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#last.catch(() => {}).then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  async #keep(caseId: string, version: NewVersion): Promise<void> {
    const { records, clock } = this.#parts;
    const known = await records.read
      .selectFrom('case_versions')
      .selectAll()
      .where('id', '=', version.id)
      .executeTakeFirst();
    if (known) {
      const same =
        known.case_id === caseId && known.name === version.name && known.made_by === version.made_by;
      if (same) return;
      throw idTaken();
    }
    const blocks = await records.read
      .selectFrom('blocks')
      .select('id')
      .where('case_id', '=', caseId)
      .execute();
    const ends: { block_id: string; seq: number }[] = [];
    for (const { id } of blocks) {
      const end = await this.#sealed(id);
      if (end) ends.push({ block_id: id, seq: end.seq });
    }
    await records.transaction(async (transaction) => {
      await transaction
        .insertInto('case_versions')
        .values({ ...version, case_id: caseId, made_at: clock.now() })
        .execute();
      for (const end of ends) {
        await transaction
          .insertInto('version_blocks')
          .values({ ...end, version_id: version.id })
          .execute();
      }
    });
  }

  async #sealed(blockId: string): Promise<WindowEnd | null> {
    try {
      return await this.#seal(blockId);
    } catch (cause) {
      if (!(cause instanceof NotSealedError)) throw cause;
      this.#parts.log.error('a version could not be kept', { block: blockId }, cause);
      throw new Refusal('unavailable', 'This could not be kept just now. Try again in a moment.');
    }
  }

  async #keepStage(caseId: string): Promise<void> {
    const { records, random, log } = this.#parts;
    try {
      const row = await records.read
        .selectFrom('cases')
        .select(['stage', 'stage_at', 'stage_by'])
        .where('id', '=', caseId)
        .executeTakeFirst();
      if (!row || row.stage_at === null || row.stage_at < this.#since) return;
      const known = await records.read
        .selectFrom('case_versions')
        .select('id')
        .where('case_id', '=', caseId)
        .where('stage_at', '=', row.stage_at)
        .executeTakeFirst();
      if (known) return;
      const version = { kind: 'stage', name: row.stage, made_by: row.stage_by, stage_at: row.stage_at };
      await this.#keep(caseId, { id: random.id(), ...version });
    } catch (cause) {
      log.error('what a case was at its stage could not be kept', { case: caseId }, cause);
    }
  }
}

/** @returns versions in which a section stands, newest first, with its last change then */
export async function versionsOf(records: Records, blockId: string): Promise<readonly CaseVersion[]> {
  const rows = await records
    .selectFrom('version_blocks')
    .innerJoin('case_versions', 'case_versions.id', 'version_blocks.version_id')
    .select([
      'case_versions.id',
      'case_versions.kind',
      'case_versions.name',
      'case_versions.made_by',
      'case_versions.made_at',
      'version_blocks.seq',
    ])
    .where('version_blocks.block_id', '=', blockId)
    .orderBy('case_versions.made_at', 'desc')
    .execute();
  return rows.map(({ id, kind, name, made_by, made_at, seq }) => ({
    ...{ id, name, seq, by: made_by, at: made_at },
    kind: kind === 'stage' ? 'stage' : 'named',
  }));
}
