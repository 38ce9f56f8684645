/**
 * One room on the shared socket, in the shape of a WebSocket, so that the stock
 * provider of y-websocket speaks through it (its `WebSocketPolyfill`).
 */
import type { Access } from '../../shared/permissions/access.ts';
import type { CloseReason } from '../../shared/protocol/control.ts';
import { closeCode, isPermanent } from '../../shared/protocol/control.ts';
import { emptyAwarenessMessage } from '../../shared/protocol/frames.ts';
import { writeSyncStep1, writeUpdate } from '../../shared/protocol/messages.ts';
import type { ChannelEnd, RoomControl, SharedSocket } from './shared-socket.ts';
import { isSyncStep1, type SyncWrite, splitMessages, syncWriteOf } from './wire-messages.ts';

/** The stock provider gives up on a room after 30 s without a message. */
export const QUIET_LIMIT = 10_000;

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;
/**
 * For the provider's `maxBackoffTime`: how long to wait before a new attempt is
 * decided by the shared socket and, where the server turned the room away, here.
 */
export const PROVIDER_BACKOFF = 250;
const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 30_000;
/** A room that stayed open for so long counts as well again. */
const WELL_AFTER = 30_000;

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
  /** Updates that the server needs as they were made, before all that the doc made of them. */
  asMade(): readonly Uint8Array[];
  /** The state vector of what this replica has; null where it asks for nothing. */
  known(): Uint8Array | null;
  /** May this room be written? Otherwise sync writes are held back here. */
  mayWrite(): boolean;
}

/** What the sockets of one room leave to each other. */
interface Attempts {
  /** How often the server turned the room away for now, in a row. */
  failures: number;
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
  #channel: number;
  readonly #attempts: Attempts;
  #writes = 0;
  #asked = false;
  /** SyncStep1 went out with the asking: the provider's own would ask the same again. */
  #askedForContent = false;
  #fedAt = 0;
  #openedAt = 0;
  #callOffAsking: (() => void) | null = null;

  constructor(socket: SharedSocket, owner: ChannelOwner, schema: number, attempts: Attempts, url: string) {
    this.#socket = socket;
    this.#attempts = attempts;
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
    const { failures } = this.#attempts;
    if (failures === 0) {
      this.#ask();
      return;
    }
    const { clock } = this.#socket;
    const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (failures - 1));
    const delay = longest / 2 + (longest / 2) * clock.random();
    this.#callOffAsking ??= clock.after(delay, () => {
      this.#callOffAsking = null;
      if (this.#socket.live && this.readyState === CONNECTING) this.#ask();
    });
  }

  socketDown(reason: CloseReason | null): void {
    // One that has not asked yet waits for the next connection.
    if (this.#asked || reason) this.#end(reason);
  }

  control(message: RoomControl): void {
    switch (message.t) {
      case 'opened':
        if (this.readyState !== CONNECTING) return;
        if (!this.#owner.opened(message.access, message.lineage)) {
          this.close();
          return;
        }
        this.readyState = OPEN;
        this.#openedAt = this.#socket.clock.now();
        this.#fedAt = this.#openedAt;
        this.onopen?.({ type: 'open' });
        break;
      case 'saved':
        this.#attempts.failures = 0;
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

  movedTo(channel: number): void {
    this.#channel = channel;
    // Of all of it, since nothing is known here.
    this.#askedForContent = true;
  }

  heard(now: number): void {
    if (this.readyState !== OPEN || now - this.#fedAt < QUIET_LIMIT) return;
    this.#fedAt = now;
    this.onmessage?.({ data: EMPTY_AWARENESS });
  }

  send(message: Uint8Array): void {
    if (this.readyState !== OPEN) return;
    if (this.#askedForContent && isSyncStep1(message)) {
      this.#askedForContent = false;
      return;
    }
    const write = syncWriteOf(message);
    if (!write) {
      this.#socket.sendFrame(this.#channel, message);
      return;
    }
    if (!this.#owner.mayWrite()) return;
    if (write === 'everything') {
      for (const update of this.#owner.asMade()) this.#write('update', writeUpdate(update));
    }
    this.#write(write, message);
  }

  close(): void {
    if (this.readyState === CLOSED) return;
    if (this.#asked) this.#socket.sendControl({ t: 'close', channel: this.#channel });
    this.#end(null);
  }

  #write(kind: SyncWrite, message: Uint8Array): void {
    this.#writes++;
    this.#owner.wrote(kind, this.#writes);
    this.#socket.sendFrame(this.#channel, message);
  }

  #ask(): void {
    this.#asked = true;
    const known = this.#owner.known();
    if (known && this.#socket.takeEarly(this.#channel, this.#room, isEmptyVector(known))) return;
    this.#socket.sendControl({ t: 'open', channel: this.#channel, room: this.#room, schema: this.#schema });
    // Not after the answer, as the provider does it: a section would take a round trip longer to open.
    if (!known) return;
    this.#socket.sendFrame(this.#channel, writeSyncStep1(known));
    this.#askedForContent = true;
  }

  #end(reason: CloseReason | null): void {
    if (this.readyState === CLOSED) return;
    this.#callOffAsking?.();
    const wasWell = this.readyState === OPEN && this.#socket.clock.now() - this.#openedAt >= WELL_AFTER;
    if (wasWell) this.#attempts.failures = 0;
    if (reason) this.#attempts.failures++;
    this.readyState = CLOSED;
    this.#socket.detach(this.#channel);
    this.#owner.closed(reason);
    this.onclose?.({ code: reason ? closeCode(reason) : ABNORMAL, reason: reason ?? '' });
  }
}

/** Begins with how many clients it knows of. */
function isEmptyVector(stateVector: Uint8Array): boolean {
  return stateVector[0] === 0;
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
  const attempts: Attempts = { failures: 0 };
  const forRoom = class extends ChannelSocket {
    constructor(url: string | URL) {
      super(socket, owner, schema, attempts, String(url));
    }
  };
  // The provider uses only what is implemented above (y-websocket 3.1, src/y-websocket.js).
  return forRoom as unknown as typeof WebSocket;
}

export function isFinal(reason: CloseReason | null): reason is CloseReason {
  return reason !== null && isPermanent(reason);
}
