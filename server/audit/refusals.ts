import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { RecordStore } from '../ports/record-store.ts';
import { type Actor, type Deed, recordInStudy, recordOfPerson } from './audit-chain.ts';
import { TakenAccess } from './taken-access.ts';

/** How long what is refused again and again is only counted, in milliseconds. */
export const COUNTED_FOR = 60_000;
/** Kinds of refusals that are counted at once; beyond that the oldest is written down early. */
const COUNTED_AT_ONCE = 5_000;

/** Something that was refused. */
export interface RefusedDeed {
  readonly by: Actor;
  /** What is counted together beside whoever did it and their network, such as a route and a case. */
  readonly what: string;
  /** @returns what a record says of it; null where there is nothing that somebody was kept from */
  readonly find: () => Promise<FoundRefusal | null>;
}

export interface FoundRefusal {
  /** The study whose record tells it, or the person, in whose studies' records it stands. */
  readonly where: { readonly studyId: string } | { readonly personId: string };
  /** @param times how often since it was last written down */
  readonly deed: (times: number) => Omit<Deed, 'by' | 'at'>;
}

interface Counted {
  readonly refused: RefusedDeed;
  /** Since it was last written down. */
  times: number;
  readonly cancel: () => void;
}

/**
 * Writes down what was refused. The first at once, then nothing but how often
 * within a minute, with the time of that minute's end: whoever tries without end
 * fills no disk. It is not waited for, so that the time of an answer does not
 * tell whether there is anything.
 */
export class Refusals {
  readonly taken: TakenAccess;
  readonly #records: RecordStore;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #counted = new Map<string, Counted>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(parts: { readonly records: RecordStore; readonly clock: Clock; readonly log: Log }) {
    this.#records = parts.records;
    this.#clock = parts.clock;
    this.taken = new TakenAccess(parts.clock);
    this.#log = parts.log;
  }

  note(refused: RefusedDeed): void {
    const key = keyOf(refused);
    const counted = this.#counted.get(key);
    if (counted) {
      counted.times += 1;
      return;
    }
    const oldest = this.#counted.keys().next();
    if (this.#counted.size >= COUNTED_AT_ONCE && !oldest.done) this.#tell(oldest.value);
    const cancel = this.#clock.after(COUNTED_FOR, () => this.#tell(key));
    this.#counted.set(key, { refused, times: 0, cancel });
    this.#write(refused, 1);
  }

  /** Notes what takes a moment to find out, such as who asked; null is nothing to note. */
  noteFound(finding: Promise<RefusedDeed | null>): void {
    const noting = finding.then((refused) => {
      if (refused) this.note(refused);
    });
    this.#follow(noting);
  }

  /** Writes down what was counted so far; resolves when all is on disk, or has failed. */
  async settled(): Promise<void> {
    await this.underWay();
    for (const key of [...this.#counted.keys()]) this.#tell(key);
    await this.underWay();
  }

  /** Resolves when what is being noted and written is on disk, or has failed. */
  async underWay(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #tell(key: string): void {
    const counted = this.#counted.get(key);
    if (!counted) return;
    this.#forget(key);
    if (counted.times > 0) this.#write(counted.refused, counted.times);
  }

  #forget(key: string): void {
    this.#counted.get(key)?.cancel();
    this.#counted.delete(key);
  }

  #write(refused: RefusedDeed, times: number): void {
    this.#follow(this.#record(refused, times, this.#clock.now()));
  }

  async #record(refused: RefusedDeed, times: number, at: number): Promise<void> {
    const found = await refused.find();
    // Made up addresses are without number: what is nowhere is not counted.
    if (!found) return this.#forget(keyOf(refused));
    const { where } = found;
    const deed = { ...found.deed(times), by: refused.by, at };
    await this.#records.transaction((records) =>
      'studyId' in where
        ? recordInStudy(records, where.studyId, deed)
        : recordOfPerson(records, where.personId, deed),
    );
  }

  #follow(work: Promise<void>): void {
    const followed = work
      .catch((cause: unknown) => this.#log.error('a refusal could not be recorded', {}, cause))
      .finally(() => this.#underWay.delete(followed));
    this.#underWay.add(followed);
  }
}

function keyOf({ by, what }: RefusedDeed): string {
  return JSON.stringify([by.personId, by.tokenId, by.from, what]);
}
