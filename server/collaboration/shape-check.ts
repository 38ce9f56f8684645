import type * as Y from 'yjs';
import { mendShape, type RemovedWords, removedWords } from '../../shared/document/mending.ts';
import type { Misshapen, SharedType } from '../../shared/document/misshapen.ts';
import { findMisshapen } from '../../shared/document/shape.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import {
  SHAPE_CHECK_AFTER_MS,
  SHAPE_CHECK_AT_LATEST_MS,
  SHAPE_CHECK_REST_MS,
  SHAPE_FAULTS_PER_EDIT,
  SHAPE_RETRY_AFTER_MS,
} from './bounds.ts';

export interface ShapeCheckPorts {
  readonly clock: Clock;
  readonly log: Log;
  /**
   * The block as it is on disk, in a document that is the caller's own; null where there is no such block,
   * or where it is known by now that nothing of it is to be put right.
   */
  hydrate(blockId: string): Promise<Y.Doc | null>;
  /** Who first used which Yjs client id. */
  owners(blockId: string): Promise<ReadonlyMap<number, string | null>>;
  /** A forward edit of the server's own; resolves once it is on disk. */
  edit(blockId: string, change: (doc: Y.Doc) => void): Promise<void>;
  /** Puts words into the tray; the same words twice are there once. */
  keep(blockId: string, words: readonly AuthoredWords[]): Promise<void>;
}

export interface AuthoredWords extends RemovedWords {
  /** Null: nobody that is known. */
  readonly authorId: string | null;
}

interface Due {
  /** When the oldest write that was not checked came. */
  readonly since: number;
  readonly callOff: () => void;
}

/**
 * Looks, soon after something was written, whether the block still is what an editor
 * can hold, and mends it where not: for that long, pages show it to be read. One block
 * at a time, and each once however much was written.
 */
export class ShapeCheck {
  readonly #ports: ShapeCheckPorts;
  readonly #due = new Map<string, Due>();
  readonly #waiting = new Set<string>();
  #working = false;
  #stopped = false;
  #idle: (() => void)[] = [];
  #endRest: () => void = () => {};

  constructor(ports: ShapeCheckPorts) {
    this.#ports = ports;
  }

  /** @param structural false where only letters were typed where letters stood before: nothing to look for */
  written(blockId: string, structural = true): void {
    if (this.#stopped || !structural) return;
    const now = this.#ports.clock.now();
    const since = this.#due.get(blockId)?.since ?? now;
    this.#after(blockId, since, Math.min(SHAPE_CHECK_AFTER_MS, since + SHAPE_CHECK_AT_LATEST_MS - now));
  }

  /** Resolves when no check is under way that has fallen due. */
  idle(): Promise<void> {
    if (!this.#working) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Begins nothing more. What is not checked yet is when the block is opened the next time. */
  stop(): void {
    this.#stopped = true;
    for (const { callOff } of this.#due.values()) callOff();
    this.#due.clear();
    this.#waiting.clear();
    this.#endRest();
  }

  #after(blockId: string, since: number, ms: number): void {
    this.#due.get(blockId)?.callOff();
    const callOff = this.#ports.clock.after(Math.max(0, ms), () => {
      this.#due.delete(blockId);
      this.#waiting.add(blockId);
      void this.#work();
    });
    this.#due.set(blockId, { since, callOff });
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (const blockId of this.#waiting) {
      this.#waiting.delete(blockId);
      try {
        await this.#check(blockId);
      } catch (cause) {
        this.#ports.log.error('the shape of a block could not be put right', { block: blockId }, cause);
        if (!this.#stopped && !this.#due.has(blockId)) {
          this.#after(blockId, this.#ports.clock.now(), SHAPE_RETRY_AFTER_MS);
        }
      }
      // After a day of imports there may be thousands: whoever types meanwhile comes first.
      if (this.#waiting.size > 0) await this.#rest();
    }
    this.#working = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const callOff = this.#ports.clock.after(SHAPE_CHECK_REST_MS, resolve);
      this.#endRest = () => {
        callOff();
        resolve();
      };
    });
  }

  async #check(blockId: string): Promise<void> {
    const doc = await this.#ports.hydrate(blockId);
    if (!doc) return;
    const found = findMisshapen(doc);
    const words = removedWords(found);
    const clients = new Set(found.map(clientOf));
    doc.destroy();
    if (found.length === 0) return;
    const owners = await this.#ports.owners(blockId);
    // first into the tray: should the process end here, words stand twice rather than nowhere
    await this.#keep(blockId, words, owners);
    const gone: RemovedWords[] = [];
    for (let left = true; left; ) {
      await this.#ports.edit(blockId, (live) => {
        const now = findMisshapen(live);
        left = now.length > SHAPE_FAULTS_PER_EDIT;
        gone.push(...mendShape(live, left ? now.slice(0, SHAPE_FAULTS_PER_EDIT) : now));
      });
    }
    await this.#keep(blockId, gone, owners);
    const authors = [...new Set([...clients].map((client) => owners.get(client) ?? 'the server'))];
    this.#ports.log.warn('what no editor can hold was taken out of a block', {
      block: blockId,
      places: found.length,
      words: words.length,
      by: authors.slice(0, 10).join(' '),
    });
  }

  async #keep(
    blockId: string,
    words: readonly RemovedWords[],
    owners: ReadonlyMap<number, string | null>,
  ): Promise<void> {
    if (words.length === 0) return;
    await this.#ports.keep(
      blockId,
      words.map((piece) => ({ ...piece, authorId: owners.get(piece.client) ?? null })),
    );
  }
}

/** @returns the Yjs client id that brought it, or what it lacks something in */
function clientOf(fault: Misshapen): number {
  switch (fault.edit) {
    case 'remove':
    case 'unmark':
      return fault.item.id.client;
    case 'begin':
      return owner(fault.parent);
    case 'add-cells':
      return owner(fault.row);
    case 'span-rows':
      return owner(fault.cell);
    default:
      return fault satisfies never;
  }
}

function owner(type: SharedType): number {
  return type._item?.id.client ?? 0;
}
