import * as decoding from 'lib0/decoding';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { MESSAGE_SYNC, SYNC_UPDATE } from '../../shared/protocol/frames.ts';

type SocketClass = new (...args: ConstructorParameters<typeof WebSocket>) => WebSocket;
type Heard = (event: WebSocket.MessageEvent) => void;

/**
 * A line that keeps the edits of others until they are let through: the delay of
 * a network, decided by a test instead of by time.
 */
export class HeldLine {
  /** For the provider's `WebSocketPolyfill`. */
  readonly socket: SocketClass;
  /** What has arrived, in the text as it would be without the delay. */
  readonly arrived = new Y.Doc();
  readonly #kept: (() => void)[] = [];
  #letThrough = 0;
  #looking: (() => void) | null = null;

  constructor() {
    const arrive = (event: WebSocket.MessageEvent, heard: Heard | null) => this.#arrive(event, heard);
    class Held extends WebSocket {
      #heard: Heard | null = null;

      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        // The provider sets a property; what arrives passes the line before it is heard.
        Object.defineProperty(this, 'onmessage', {
          set: (heard: Heard | null) => {
            this.#heard = heard;
          },
        });
        this.addEventListener('message', (event) => arrive(event, this.#heard));
      }
    }
    this.socket = Held;
  }

  /** Edits of this end are in `arrived` at once: they are not sent back. */
  follow(doc: Y.Doc): void {
    doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
      if (local) Y.applyUpdate(this.arrived, update);
    });
  }

  /** Edits that arrived so far. */
  get count(): number {
    return this.#kept.length;
  }

  /** Lets the first `count` edits through. */
  deliver(count: number): void {
    for (; this.#letThrough < count; this.#letThrough++) this.#kept[this.#letThrough]?.();
  }

  /** Resolves when what has arrived is so. */
  until(isSo: (doc: Y.Doc) => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#looking = () => {
        if (!isSo(this.arrived)) return;
        this.#looking = null;
        resolve();
      };
      this.#looking();
    });
  }

  #arrive(event: WebSocket.MessageEvent, heard: Heard | null): void {
    const decoder = decoding.createDecoder(new Uint8Array(event.data as ArrayBuffer));
    const isSync = decoding.readVarUint(decoder) === MESSAGE_SYNC;
    const kind = isSync ? decoding.readVarUint(decoder) : null;
    if (kind === null || kind === 0) {
      heard?.(event);
      return;
    }
    Y.applyUpdate(this.arrived, decoding.readVarUint8Array(decoder));
    if (kind === SYNC_UPDATE) this.#kept.push(() => heard?.(event));
    else heard?.(event);
    this.#looking?.();
  }
}
