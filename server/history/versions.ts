import type { CaseVersion } from '../../shared/api/history.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { NotSealedError } from '../collaboration/compaction.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { WindowEnd } from '../ports/changeset.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { idTaken } from '../studies/study-gate.ts';

type Needs = Pick<Parts, 'records' | 'clock' | 'random' | 'bus' | 'log'>;
/** Named ones, of one case: each ends a window of the history of all its sections. */
export const MOST_VERSIONS = 200;

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
  /** What is under way, by case; nobody waits for what is kept of another case. */
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(parts: Needs, seal: Seal) {
    this.#parts = parts;
    this.#seal = seal;
    // Of stages reached before, what the case was then is not to be had any more.
    this.#since = parts.clock.now();
    this.#unsubscribe = parts.bus.subscribe((message) => {
      const caseId = message.t === 'changed' && /^case\/(.+)$/.exec(message.topic)?.[1];
      if (caseId) void this.#inTurn(caseId, () => this.#keepStage(caseId));
    });
  }

  /**
   * Again, it changes nothing.
   * @param actor whose act it is in the record; absent where it is nobody's own
   * @throws Refusal where a section's history cannot be brought to an end just now; conflict where the id
   *   is taken, and where the case has as many as can be kept
   */
  async keep(caseId: string, version: NewVersion, actor?: Actor): Promise<void> {
    await this.#inTurn(caseId, () => this.#keep(caseId, version, actor));
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#last.size > 0) await Promise.all(this.#last.values());
  }

  /** Keeps nothing any more by itself, and resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    await this.idle();
  }

  #inTurn(caseId: string, work: () => Promise<void>): Promise<void> {
    const done = (this.#last.get(caseId) ?? Promise.resolve()).then(work);
    const settled: Promise<unknown> = done
      .catch(() => {})
      .then(() => {
        if (this.#last.get(caseId) === settled) this.#last.delete(caseId);
      });
    this.#last.set(caseId, settled);
    return done;
  }

  async #keep(caseId: string, version: NewVersion, actor?: Actor): Promise<void> {
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
    if (version.kind === 'named') await this.#requireRoom(caseId);
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
    const { study_id: studyId } = await records.read
      .selectFrom('cases')
      .select('study_id')
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow();
    const at = clock.now();
    await records.transaction(async (transaction) => {
      if (actor) {
        await recordInStudy(transaction, studyId, {
          kind: 'version-kept',
          by: actor,
          at,
          caseId,
          detail: {},
        });
      }
      await transaction
        .insertInto('case_versions')
        .values({ ...version, case_id: caseId, made_at: at })
        .execute();
      for (const end of ends) {
        await transaction
          .insertInto('version_blocks')
          .values({ ...end, version_id: version.id })
          .execute();
      }
    });
  }

  /** Stages are not counted: what a case was at each is always kept. */
  async #requireRoom(caseId: string): Promise<void> {
    const { count } = await this.#parts.records.read
      .selectFrom('case_versions')
      .select((eb) => eb.fn.countAll<number | string>().as('count'))
      .where('case_id', '=', caseId)
      .where('kind', '=', 'named')
      .executeTakeFirstOrThrow();
    if (Number(count) < MOST_VERSIONS) return;
    throw new Refusal(
      'conflict',
      `This case study has ${MOST_VERSIONS} named versions, and keeps no more. The history of each section goes on.`,
    );
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
