import { ClockSet } from './clock-set.ts';
import { ANY_VALUES, DELETED, type StructReader } from './struct-reader.ts';
import { MalformedUpdateError } from './update-cursor.ts';

/**
 * The new structs that stand under a key. Yjs believes that each of them is one
 * value: it deletes the last alone, and throws when one before it turns out not to
 * be deleted. So nothing else may stand there, and nothing that can be divided.
 */
export class KeyedStructs {
  readonly all = new ClockSet();
  /** Several values in one struct: what was replaced long ago, and is deleted by the same update. */
  readonly #replaced = new ClockSet();

  /** @throws MalformedUpdateError for what may not stand under a key */
  take(struct: StructReader, client: number, from: number, to: number): void {
    if (struct.kind !== ANY_VALUES && struct.kind !== DELETED) {
      throw new MalformedUpdateError('under a key, what is no value');
    }
    if (struct.kind === ANY_VALUES && to - from > 1) this.#replaced.add(client, from, to);
    this.all.add(client, from, to);
  }

  /** @throws MalformedUpdateError where several values stand under one key, and the update does not delete them */
  requireReplaced(deletions: ClockSet): void {
    if (!this.#replaced.without(deletions).isEmpty)
      throw new MalformedUpdateError('several values under one key');
  }
}
