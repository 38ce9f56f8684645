import type { ClientRange } from '../ports/block-store.ts';
import { type InspectedUpdate, mergeInspected } from './letter-merging.ts';
import type { AcceptedUpdate } from './lost-words-inquiry.ts';
import type { AttributedWords } from './lost-words-notes.ts';
import type { RoomMember } from './room-member.ts';
import { runsOfSmall } from './small-updates.ts';

/** Who is answerable for a row of the log. */
export interface RoomAuthor {
  /** null: the server itself */
  readonly id: string | null;
  readonly onBehalfOf: string | null;
}

/** What is to be told once the disk has answered. */
export interface Finish {
  readonly member?: RoomMember;
  stored(): void;
  failed(): void;
}

/** An update that the room has taken already and the disk has not yet. */
export interface AcceptedWrite extends InspectedUpdate {
  readonly author: RoomAuthor;
  /** It is more than letters beside letters, or letters less. */
  readonly structural: boolean;
  readonly lostWords: AttributedWords[];
  readonly finish: Finish;
}

export interface QueuedRow {
  readonly authorId: string | null;
  readonly onBehalfOf: string | null;
  readonly deviceTime: number | null;
  readonly clients: readonly ClientRange[];
  readonly bytes: Uint8Array;
}

interface Stage {
  readonly writes: AcceptedWrite[];
  readonly finishes: Finish[];
}

/** Shared by all rooms in which nothing waits, and never written to. */
const EMPTY: Stage = { writes: [], finishes: [] };

/**
 * What a room accepted and the disk does not have: one stage that collects, and
 * one that is being written.
 */
export class WriteQueue {
  #open: Stage = EMPTY;
  #flying: Stage | null = null;
  #holds = 0;

  get isClean(): boolean {
    return this.#flying === null && this.#open.writes.length === 0;
  }

  /** Bytes that were not handed over yet. */
  get byteLength(): number {
    return this.#open.writes.reduce((sum, write) => sum + write.bytes.byteLength, 0);
  }

  /** All that the disk does not have, oldest first. */
  accepted(): AcceptedUpdate[] {
    return [...(this.#flying?.writes ?? []), ...this.#open.writes].map(({ author, bytes }) => ({
      authorId: author.id,
      bytes,
    }));
  }

  add(write: AcceptedWrite): void {
    if (this.#open === EMPTY) this.#open = { writes: [], finishes: [] };
    this.#open.writes.push(write);
    this.#open.finishes.push(write.finish);
  }

  /** Runs when all that was added until now is on disk: at once where it is. */
  afterDisk(finish: Finish): void {
    if (this.#open.writes.length > 0) this.#open.finishes.push(finish);
    else if (this.#flying) this.#flying.finishes.push(finish);
    else finish.stored();
  }

  /** Hands nothing over until the returned function was called. */
  hold(): () => void {
    this.#holds += 1;
    return () => {
      this.#holds -= 1;
    };
  }

  /** Hands over what was collected; null while held, while writing, and when there is nothing. */
  take(): { writes: readonly AcceptedWrite[]; rows: readonly QueuedRow[]; byteLength: number } | null {
    if (this.#holds > 0 || this.#flying || this.#open.writes.length === 0) return null;
    const { byteLength } = this;
    this.#flying = this.#open;
    this.#open = EMPTY;
    return { writes: this.#flying.writes, rows: rowsOf(this.#flying.writes), byteLength };
  }

  /** @returns what was to be told once that which was handed over is on disk */
  finish(): readonly Finish[] {
    const finished = this.#flying?.finishes ?? [];
    this.#flying = null;
    return finished;
  }

  /** Gives everything up. */
  fail(): void {
    const finishes = [...(this.#flying?.finishes ?? []), ...this.#open.finishes];
    this.#flying = null;
    this.#open = EMPTY;
    for (const finish of finishes) finish.failed();
  }
}

/** One row for what one author wrote without anybody between, as far as that is soon merged. */
function rowsOf(writes: readonly AcceptedWrite[]): QueuedRow[] {
  const runs = runsOfSmall(
    writes,
    ({ bytes }) => bytes,
    ({ author }, { author: before }) => author.id === before.id && author.onBehalfOf === before.onBehalfOf,
  );
  return runs.map((run) => {
    const first = run[0] as AcceptedWrite;
    return {
      authorId: first.author.id,
      onBehalfOf: first.author.onBehalfOf,
      deviceTime: null,
      clients: joined(run.flatMap((write) => write.clients)),
      bytes: mergeInspected(run),
    };
  });
}

function joined(ranges: readonly ClientRange[]): ClientRange[] {
  const byClient = new Map<number, ClientRange>();
  for (const range of ranges) {
    const known = byClient.get(range.client);
    byClient.set(range.client, known ? { ...known, to: range.to } : range);
  }
  return [...byClient.values()];
}
