import * as Y from 'yjs';
import { BlockDocument } from './block-document.ts';
import { MAX_SHELVED_BYTES, MAX_SHELVED_UPDATES } from './bounds.ts';
import type { Shelf, Shelved } from './shelf.ts';
import type { News } from './update-inspector.ts';

/** A document takes about so many times what its bytes do. */
const DOCUMENT_FACTOR = 20;

/**
 * A room's text as bytes and as a document, for whoever needs the whole of it. Both
 * are kept while the shelf has room and nobody writes much, and are else read again.
 */
export class RoomReading implements Shelved {
  readonly #shelf: Shelf;
  readonly #load: () => Promise<readonly Uint8Array[]>;
  /** Merged, or about to be; null where it has to be read. */
  #bytes: Uint8Array[] | null;
  #byteLength: number;
  /** Of the bytes, so many were there when they were last read from disk or folded. */
  #foldedLength: number;
  #document: BlockDocument | null = null;
  /** Accepted since the document was last brought up to date. */
  #behind: News[] = [];
  #loading: Promise<void> | null = null;
  #ended = false;
  /** Accepted while it is being read. */
  #meanwhile: Uint8Array[] = [];

  /**
   * @param parts all of it, as it was just read
   * @param load reads all of it again, what is not on disk yet included
   */
  constructor(shelf: Shelf, parts: readonly Uint8Array[], load: () => Promise<readonly Uint8Array[]>) {
    this.#shelf = shelf;
    this.#load = load;
    this.#bytes = [...parts];
    this.#byteLength = lengthOf(parts);
    this.#foldedLength = this.#byteLength;
    this.#keep();
  }

  get size(): number {
    return this.#byteLength * (this.#document ? 1 + DOCUMENT_FACTOR : 1);
  }

  letGo(): void {
    this.#bytes = null;
    this.#byteLength = 0;
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

  /** @returns one update of all that was accepted */
  whole(): Uint8Array | Promise<Uint8Array> {
    const bytes = this.#bytes;
    if (!bytes) return this.#read().then(() => this.whole());
    const whole = merged(bytes);
    this.#bytes = [whole];
    this.#keep();
    return whole;
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
    this.#keep();
  }

  /** @returns its document, with all that was accepted; not to be kept */
  document(): BlockDocument | Promise<BlockDocument> {
    const whole = this.whole();
    if (whole instanceof Promise) return whole.then(() => this.document());
    if (!this.#document) {
      const document = new BlockDocument();
      document.load([whole]);
      this.#document = document;
      this.#behind = [];
    } else {
      for (const news of this.#behind.splice(0)) this.#document.apply(news.bytes, news.deletions);
    }
    this.#keep();
    return this.#document;
  }

  #keep(): void {
    if (!this.#ended) this.#shelf.touch(this);
  }

  #read(): Promise<void> {
    this.#loading ??= this.#load()
      .then((parts) => {
        this.#bytes = [...parts, ...this.#meanwhile];
        this.#byteLength = lengthOf(this.#bytes);
        this.#foldedLength = this.#byteLength;
      })
      .finally(() => {
        this.#loading = null;
        this.#meanwhile = [];
      });
    return this.#loading;
  }
}

/** An update of nothing. */
const NOTHING = new Uint8Array([0, 0]);

/** @returns one update that holds what all of them do */
export function merged(updates: readonly Uint8Array[]): Uint8Array {
  if (updates.length > 1) return Y.mergeUpdates([...updates]);
  return updates[0] ?? NOTHING;
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.byteLength, 0);
}
