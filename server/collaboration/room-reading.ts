import * as Y from 'yjs';
import { BlockDocument } from './block-document.ts';
import { LARGE_BLOCK_BYTES, MAX_SHELVED_BYTES, MAX_SHELVED_UPDATES } from './bounds.ts';
import type { Shelf, Shelved } from './shelf.ts';
import { joinSmall } from './small-updates.ts';
import type { News } from './update-inspector.ts';

/** A document takes about so many times what its bytes do. */
const DOCUMENT_FACTOR = 20;

/** All of a block, as it was just read. */
export interface ReadParts {
  readonly parts: readonly Uint8Array[];
  /** How far each client's structs reach in the first of them; null where that is not known. */
  readonly reach: ReadonlyMap<number, number> | null;
}

/**
 * A room's text as bytes and as a document, for whoever needs the whole of it. Both
 * are kept while the shelf has room and nobody writes much, and are else read again.
 */
export class RoomReading implements Shelved {
  readonly #shelf: Shelf;
  readonly #load: () => Promise<ReadParts>;
  /** Merged, or about to be, but in a large block; null where it has to be read. */
  #bytes: Uint8Array[] | null;
  #byteLength: number;
  /** Of the bytes, so many were there when they were last read from disk or folded. */
  #foldedLength: number;
  /** Of the first of the bytes; kept of large blocks alone. */
  #reach: ReadonlyMap<number, number> | null = null;
  #document: BlockDocument | null = null;
  /** Accepted since the document was last brought up to date. */
  #behind: News[] = [];
  #loading: Promise<void> | null = null;
  #ended = false;
  /** Accepted while it is being read. */
  #meanwhile: Uint8Array[] = [];

  /**
   * @param load reads all of it again, what is not on disk yet included
   */
  constructor(shelf: Shelf, read: ReadParts, load: () => Promise<ReadParts>) {
    this.#shelf = shelf;
    this.#load = load;
    this.#bytes = [...read.parts];
    this.#byteLength = lengthOf(read.parts);
    this.#foldedLength = this.#byteLength;
    this.#reach = this.#isLarge ? read.reach : null;
    this.#keep();
  }

  get size(): number {
    return this.#byteLength * (this.#document ? 1 + DOCUMENT_FACTOR : 1);
  }

  letGo(): void {
    this.#bytes = null;
    this.#byteLength = 0;
    this.#reach = null;
    this.dropDocument();
    this.#shelf.remove(this);
  }

  /** The room is over: what is still being read is not kept any more. */
  end(): void {
    this.#ended = true;
    this.letGo();
  }

  /** Its document is made anew for whoever needs it next. */
  dropDocument(): void {
    this.#document?.destroy();
    this.#document = null;
    this.#behind = [];
  }

  /**
   * Something was accepted.
   * @param isApplied whether the document that was last asked for has it already
   */
  add(news: News, isApplied: boolean): void {
    if (this.#loading) this.#meanwhile.push(news.bytes);
    if (!this.#bytes) return;
    this.#bytes.push(news.bytes);
    this.#byteLength += news.bytes.byteLength;
    if (this.#document && !isApplied) this.#behind.push(news);
    const isLong = this.#byteLength > MAX_SHELVED_BYTES && this.isUnfolded;
    if (isLong || this.#bytes.length > MAX_SHELVED_UPDATES) this.letGo();
  }

  /** @returns all that was accepted, oldest first: in one update, but for a large block; see `areLarge` */
  parts(): readonly Uint8Array[] | Promise<readonly Uint8Array[]> {
    const bytes = this.#bytes;
    if (!bytes) return this.#read().then(() => this.parts());
    const [first, ...rest] = bytes;
    const parts = this.#isLarge && first ? [first, ...joinSmall(rest)] : [merged(bytes)];
    this.#bytes = parts;
    this.#keep();
    return [...parts];
  }

  /**
   * What somebody lacks of a large block, in as many messages as it takes without merging it.
   * @param deletions all that is deleted, as an update
   * @returns the first holds what is deleted, or all of the first part; those after it all else, oldest first
   */
  lacked(
    [first = NOTHING, ...rest]: readonly Uint8Array[],
    known: ReadonlyMap<number, number>,
    deletions: () => Uint8Array,
  ): readonly Uint8Array[] {
    const reach = this.#reach;
    const hasFirst = reach && [...reach].every(([client, clock]) => (known.get(client) ?? 0) >= clock);
    return [hasFirst ? deletions() : first, ...rest];
  }

  /** Whether much of it may be what was deleted since. */
  get isUnfolded(): boolean {
    return this.#byteLength > 2 * this.#foldedLength;
  }

  /** @param state all of it that was accepted until now, without what is deleted */
  folded(state: Uint8Array): void {
    this.#bytes = [state];
    this.#byteLength = state.byteLength;
    this.#foldedLength = state.byteLength;
    this.#reach = null;
    this.#keep();
  }

  /** @returns its document, with all that was accepted; not to be kept */
  document(): BlockDocument | Promise<BlockDocument> {
    const parts = this.parts();
    if (parts instanceof Promise) return parts.then(() => this.document());
    if (!this.#document) {
      const document = new BlockDocument();
      document.load(parts);
      this.#document = document;
      this.#behind = [];
    } else {
      for (const news of this.#behind.splice(0)) this.#document.apply(news.bytes, news.deletions);
    }
    this.#keep();
    return this.#document;
  }

  get #isLarge(): boolean {
    return this.#byteLength > LARGE_BLOCK_BYTES;
  }

  #keep(): void {
    if (!this.#ended) this.#shelf.touch(this);
  }

  #read(): Promise<void> {
    this.#loading ??= this.#load()
      .then(({ parts, reach }) => {
        this.#bytes = [...parts, ...this.#meanwhile];
        this.#byteLength = lengthOf(this.#bytes);
        this.#foldedLength = this.#byteLength;
        this.#reach = this.#isLarge ? reach : null;
      })
      .finally(() => {
        this.#loading = null;
        this.#meanwhile = [];
      });
    return this.#loading;
  }
}

/** An update of nothing. */
export const NOTHING = new Uint8Array([0, 0]);

/** @returns one update that holds what all of them do */
export function merged(updates: readonly Uint8Array[]): Uint8Array {
  if (updates.length > 1) return Y.mergeUpdates([...updates]);
  return updates[0] ?? NOTHING;
}

/**
 * Asked of the parts themselves: what they were made from may have been let go of since.
 * @param parts all of a block, as `RoomReading.parts` gives it
 * @returns whether merging all of it here would hold everybody up
 */
export function areLarge(parts: readonly Uint8Array[]): boolean {
  return parts.length > 1 || lengthOf(parts) > LARGE_BLOCK_BYTES;
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.byteLength, 0);
}
