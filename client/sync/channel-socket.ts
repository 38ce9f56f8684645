/**
 * One room on the shared socket, in the shape of a WebSocket, so that the stock
 * provider of y-websocket speaks through it (its `WebSocketPolyfill`).
 */
import type { Access } from '../../shared/permissions/access.ts';
import type { CloseReason, ServerControl } from '../../shared/protocol/control.ts';
import { closeCode, isPermanent } from '../../shared/protocol/control.ts';
import { emptyAwarenessMessage } from '../../shared/protocol/frames.ts';
import type { ChannelEnd, SharedSocket } from './shared-socket.ts';
import { type SyncWrite, splitMessages, syncWriteOf } from './wire-messages.ts';

/** The stock provider gives up on a room after 30 s without a message. */
export const QUIET_LIMIT = 10_000;

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;
/** As a browser reports a connection that broke. */
const ABNORMAL = 1006;
const EMPTY_AWARENESS = emptyAwarenessMessage();

/** What the owner of a room is told, before the provider hears of it. */
export interface ChannelOwner {
  /** @returns false to go no further: the owner ends this replica */
  opened(access: Access, lineage: string): boolean;
  /** @param reason null where the connection merely broke */
  closed(reason: CloseReason | null): void;
  /** The n-th sync write went out on this channel. */
  wrote(kind: SyncWrite, n: number): void;
  saved(n: number): void;
  /** May this room be written? Otherwise sync writes are held back here. */
  mayWrite(): boolean;
}

type Handler<E> = ((event: E) => void) | null;

class ChannelSocket implements ChannelEnd {
  readonly CONNECTING = CONNECTING;
  readonly OPEN = OPEN;
  readonly CLOSING = 2;
  readonly CLOSED = CLOSED;
  binaryType: BinaryType = 'arraybuffer';
  readyState = CONNECTING;
  onopen: Handler<{ type: 'open' }> = null;
  onmessage: Handler<{ data: Uint8Array }> = null;
  onclose: Handler<{ code: number; reason: string }> = null;
  onerror: Handler<unknown> = null;

  readonly #socket: SharedSocket;
  readonly #owner: ChannelOwner;
  readonly #room: string;
  readonly #schema: number;
  readonly #channel: number;
  #writes = 0;
  #asked = false;
  #fedAt = 0;

  constructor(socket: SharedSocket, owner: ChannelOwner, schema: number, url: string) {
    this.#socket = socket;
    this.#owner = owner;
    this.#schema = schema;
    this.#room = url.split('/').slice(-2).join('/');
    this.#channel = socket.attach(this);
    // Not at once: the provider sets its handlers after construction.
    queueMicrotask(() => {
      if (socket.refusal) this.socketDown(socket.refusal);
      else if (socket.live) this.socketUp();
    });
  }

  socketUp(): void {
    if (this.#asked || this.readyState !== CONNECTING) return;
    this.#asked = true;
    this.#socket.sendControl({ t: 'open', channel: this.#channel, room: this.#room, schema: this.#schema });
  }

  socketDown(reason: CloseReason | null): void {
    // One that has not asked yet waits for the next connection.
    if (this.#asked || reason) this.#end(reason);
  }

  control(message: Extract<ServerControl, { channel: number }>): void {
    switch (message.t) {
      case 'opened':
        if (this.readyState !== CONNECTING) return;
        if (!this.#owner.opened(message.access, message.lineage)) {
          this.close();
          return;
        }
        this.readyState = OPEN;
        this.#fedAt = this.#socket.clock.now();
        this.onopen?.({ type: 'open' });
        break;
      case 'saved':
        this.#owner.saved(message.n);
        break;
      case 'refused':
        // Nothing after it is acknowledged on this channel: it is of no more use.
        this.#socket.sendControl({ t: 'close', channel: this.#channel });
        this.#end(message.reason);
        break;
      case 'denied':
      case 'closed':
        this.#end(message.reason);
        break;
      default:
        message satisfies never;
    }
  }

  frame(payload: Uint8Array): void {
    if (this.readyState !== OPEN) return;
    this.#fedAt = this.#socket.clock.now();
    for (const message of splitMessages(payload)) this.onmessage?.({ data: message });
  }

  heard(now: number): void {
    if (this.readyState !== OPEN || now - this.#fedAt < QUIET_LIMIT) return;
    this.#fedAt = now;
    this.onmessage?.({ data: EMPTY_AWARENESS });
  }

  send(message: Uint8Array): void {
    if (this.readyState !== OPEN) return;
    const write = syncWriteOf(message);
    if (!write) {
      this.#socket.sendFrame(this.#channel, message);
      return;
    }
    if (!this.#owner.mayWrite()) return;
    this.#writes++;
    this.#owner.wrote(write, this.#writes);
    this.#socket.sendFrame(this.#channel, message);
  }

  close(): void {
    if (this.readyState === CLOSED) return;
    if (this.#asked) this.#socket.sendControl({ t: 'close', channel: this.#channel });
    this.#end(null);
  }

  #end(reason: CloseReason | null): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.#socket.detach(this.#channel);
    this.#owner.closed(reason);
    this.onclose?.({ code: reason ? closeCode(reason) : ABNORMAL, reason: reason ?? '' });
  }
}

/**
 * @param schema the schema version that this page writes
 * @returns a class for the provider's `WebSocketPolyfill`; the room is the last two parts of its URL
 */
export function channelSocketClass(
  socket: SharedSocket,
  owner: ChannelOwner,
  schema: number,
): typeof WebSocket {
  const forRoom = class extends ChannelSocket {
    constructor(url: string | URL) {
      super(socket, owner, schema, String(url));
    }
  };
  // The provider uses only what is implemented above (y-websocket 3.1, src/y-websocket.js).
  return forRoom as unknown as typeof WebSocket;
}

export function isFinal(reason: CloseReason | null): reason is CloseReason {
  return reason !== null && isPermanent(reason);
}
