import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { RecordStore } from '../ports/record-store.ts';
import { type Deed, recordInStudy, recordOfPerson } from './audit-chain.ts';

/** How long what is refused again and again is only counted, in milliseconds. */
export const COUNTED_FOR = 60_000;
/** Kinds of refusals that are counted at once; beyond that the oldest is written down early. */
const COUNTED_AT_ONCE = 5_000;

/** Something that was refused. */
export interface RefusedDeed {
  /** The study whose record tells it, or the person, in whose studies' records it stands. */
  readonly where: { readonly studyId: string } | { readonly personId: string };
  /** What is counted together beside the person, such as a route. */
  readonly what: string;
  /** @param times how often since it was last written down */
  readonly deed: (times: number) => Deed;
}

interface Counted {
  readonly refused: RefusedDeed;
  /** Since it was last written down. */
  times: number;
  readonly cancel: () => void;
}

/**
 * Writes down what was refused. The first at once, then nothing but how often
 * within a minute: whoever tries without end fills no disk. It is not waited for,
 * so that the time of an answer does not tell whether there is anything.
 */
export class Refusals {
  readonly #records: RecordStore;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #counted = new Map<string, Counted>();
  readonly #writing = new Set<Promise<void>>();

  constructor(parts: { readonly records: RecordStore; readonly clock: Clock; readonly log: Log }) {
    this.#records = parts.records;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  note(refused: RefusedDeed): void {
    const key = keyOf(refused);
    const counted = this.#counted.get(key);
    if (counted) {
      counted.times += 1;
      return;
    }
    this.#write(refused, 1);
    const oldest = this.#counted.keys().next();
    if (this.#counted.size >= COUNTED_AT_ONCE && !oldest.done) this.#tell(oldest.value);
    const cancel = this.#clock.after(COUNTED_FOR, () => this.#tell(key));
    this.#counted.set(key, { refused, times: 0, cancel });
  }

  /** Writes down what was counted so far; resolves when all is on disk, or has failed. */
  async settled(): Promise<void> {
    for (const key of [...this.#counted.keys()]) this.#tell(key);
    await this.underWay();
  }

  /** Resolves when what is being written is on disk, or has failed. */
  async underWay(): Promise<void> {
    await Promise.all(this.#writing);
  }

  #tell(key: string): void {
    const counted = this.#counted.get(key);
    if (!counted) return;
    counted.cancel();
    this.#counted.delete(key);
    if (counted.times > 0) this.#write(counted.refused, counted.times);
  }

  #write(refused: RefusedDeed, times: number): void {
    const { where } = refused;
    const deed = refused.deed(times);
    const writing = this.#records
      .transaction((records) =>
        'studyId' in where
          ? recordInStudy(records, where.studyId, deed)
          : recordOfPerson(records, where.personId, deed),
      )
      .catch((cause: unknown) =>
        this.#log.error('a refusal could not be recorded', { kind: deed.kind }, cause),
      )
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }
}

function keyOf({ where, what, deed }: RefusedDeed): string {
  const { kind, by } = deed(1);
  return JSON.stringify([where, kind, what, by.personId, by.tokenId]);
}
