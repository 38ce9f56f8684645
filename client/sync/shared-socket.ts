/**
 * The page's one WebSocket, which carries all rooms (DESIGN 4.3). It reconnects by
 * itself; what hangs on it is told when it comes and goes.
 */
import type { ClientControl, CloseReason, ServerControl } from '../../shared/protocol/control.ts';
import { CLOSE_REASONS, MANY_ROOMS_SUBPROTOCOL, PROTOCOL_VERSION } from '../../shared/protocol/control.ts';
import {
  CONTROL_CHANNEL,
  readFrame,
  readServerControl,
  writeControl,
  writeFrame,
} from '../../shared/protocol/frames.ts';
import type { Clock } from './clock.ts';
import { EARLY_CHANNEL } from './early-room.ts';
import type { Connection } from './replica.ts';
import { UnclaimedRoom } from './unclaimed-room.ts';
import { Value } from './watched.ts';

/** A socket on which nothing came for this long is half open: the server says `alive` far more often. */
export const SILENCE_LIMIT = 25_000;
const CHECK_EVERY = 5_000;
/** From asking for a socket to the server's `welcome`. */
const WELCOME_LIMIT = 15_000;
/** A room that was asked for early and that nobody wants by then is closed. */
export const EARLY_LIMIT = 10_000;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;

export type RoomControl = Extract<ServerControl, { channel: number }>;

/** One room's end on the socket. */
export interface ChannelEnd {
  /** The socket lives: ask for the room now. */
  socketUp(): void;
  /** @param reason null: it may come again */
  socketDown(reason: CloseReason | null): void;
  control(message: RoomControl): void;
  /** Its room was asked for before it was there, on this channel; what was said in it follows. */
  movedTo(channel: number): void;
  frame(payload: Uint8Array): void;
  /** The server was heard, on whichever channel. */
  heard(now: number): void;
}

export interface SharedSocketParts {
  /** `ws:` or `wss:`, without a room. */
  readonly url: string;
  readonly personId: string;
  readonly makeSocket: (url: string, protocols: string[]) => WebSocket;
  /** @returns the room that was asked for on this socket before it came here; null or absent: none was */
  readonly roomAskedOn?: ((socket: WebSocket) => string | null) | undefined;
  readonly clock: Clock;
  /** Calls back when the network may be there again, or is said to be gone. @returns ends it */
  readonly onNetwork: (change: (what: 'maybe-back' | 'gone') => void) => () => void;
}

export class SharedSocket {
  readonly state = new Value<Connection>('connecting');
  readonly clock: Clock;
  /** Set where reconnecting cannot help. */
  refusal: CloseReason | null = null;
  onChanged: (topic: string) => void = () => {};
  /** Told once everybody with a room on it has been. */
  onRefused: (reason: CloseReason) => void = () => {};

  readonly #parts: SharedSocketParts;
  readonly #ends = new Map<number, ChannelEnd>();
  #socket: WebSocket | null = null;
  #nextChannel = EARLY_CHANNEL + 1;
  #early: UnclaimedRoom | null = null;
  #attempts = 0;
  #askedAt = 0;
  #heardAt = 0;
  #running = false;
  #cancelRetry: (() => void) | null = null;
  #cancelCheck: (() => void) | null = null;
  #endNetwork: (() => void) | null = null;

  constructor(parts: SharedSocketParts) {
    this.#parts = parts;
    this.clock = parts.clock;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.refusal = null;
    this.state.set('connecting');
    this.#endNetwork = this.#parts.onNetwork((what) => {
      if (what === 'gone') this.#drop();
      else this.#retryNow();
    });
    this.#check();
    this.#connect();
  }

  stop(): void {
    this.#running = false;
    this.#endNetwork?.();
    this.#cancelCheck?.();
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#drop();
  }

  /** @returns the channel's number; `end.socketUp` follows at once where the socket lives */
  attach(end: ChannelEnd): number {
    const channel = this.#nextChannel++;
    this.#ends.set(channel, end);
    return channel;
  }

  detach(channel: number): void {
    this.#ends.delete(channel);
  }

  /**
   * Hands over the room that was asked for before its end was there, with all that was said in it.
   * @param isEmpty whether the end knows nothing of the room, as the early asking said; otherwise it has to ask anew
   * @returns whether the end has its room now, on another channel
   */
  takeEarly(channel: number, room: string, isEmpty: boolean): boolean {
    const end = this.#ends.get(channel);
    const early = this.#early;
    if (!end || early?.room !== room) return false;
    if (!isEmpty) {
      this.#letGoEarly();
      return false;
    }
    this.#forgetEarly();
    this.#ends.delete(channel);
    this.#ends.set(EARLY_CHANNEL, end);
    end.movedTo(EARLY_CHANNEL);
    this.#guarded(() => early.tell(end));
    return true;
  }

  get live(): boolean {
    return this.state.get() === 'live';
  }

  /** Does nothing without a connection. */
  sendControl(message: ClientControl): void {
    if (this.live) this.#socket?.send(writeControl(message));
  }

  /** Does nothing without a connection. */
  sendFrame(channel: number, payload: Uint8Array): void {
    if (this.live) this.#socket?.send(writeFrame(channel, payload));
  }

  #connect(): void {
    if (!this.#running || this.#socket || this.refusal) return;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#askedAt = this.clock.now();
    let socket: WebSocket;
    try {
      socket = this.#parts.makeSocket(this.#parts.url, [MANY_ROOMS_SUBPROTOCOL]);
    } catch {
      this.#retryLater();
      return;
    }
    this.#socket = socket;
    const room = this.#parts.roomAskedOn?.(socket) ?? null;
    if (room !== null) {
      this.#early = new UnclaimedRoom(
        room,
        this.clock.after(EARLY_LIMIT, () => this.#letGoEarly()),
      );
    }
    socket.binaryType = 'arraybuffer';
    socket.onmessage = (event: MessageEvent<ArrayBuffer>) => {
      if (socket === this.#socket) this.#read(new Uint8Array(event.data));
    };
    socket.onclose = (event: CloseEvent) => {
      if (socket !== this.#socket) return;
      if (event.code >= 4400 && event.code < 4500) {
        this.#refuse(CLOSE_REASONS.find((known) => known === event.reason) ?? 'not-signed-in');
      } else {
        this.#drop();
      }
    };
    // A close follows every error.
    socket.onerror = () => {};
  }

  #read(bytes: Uint8Array): void {
    this.#heardAt = this.clock.now();
    const read = this.#guarded(() => {
      const { channel, payload } = readFrame(bytes);
      if (channel === CONTROL_CHANNEL) this.#control(readServerControl(payload));
      else if (channel === EARLY_CHANNEL && this.#early) this.#early.hear(payload);
      else this.#ends.get(channel)?.frame(payload);
    });
    if (!read) return;
    for (const end of [...this.#ends.values()]) end.heard(this.#heardAt);
  }

  /** @returns false where what came cannot be read: it may be anything, an edit too, so both begin again from what they have */
  #guarded(read: () => void): boolean {
    try {
      read();
      return true;
    } catch (fault) {
      console.error('The live connection sent what cannot be read', fault);
      this.#drop();
      return false;
    }
  }

  #forgetEarly(): void {
    this.#early?.callOff();
    this.#early = null;
  }

  #letGoEarly(): void {
    if (this.#early) this.sendControl({ t: 'close', channel: EARLY_CHANNEL });
    this.#forgetEarly();
  }

  #control(message: ServerControl): void {
    switch (message.t) {
      case 'welcome':
        // Somebody else signed in, in another tab: nothing of this person goes under their name.
        if (message.personId !== this.#parts.personId) this.#refuse('not-signed-in');
        else if (message.protocol !== PROTOCOL_VERSION) this.#refuse('outdated-page');
        else this.#welcome();
        break;
      case 'changed':
        this.onChanged(message.topic);
        break;
      case 'alive':
        break;
      case 'opened':
      case 'denied':
      case 'closed':
      case 'saved':
      case 'refused':
        if (message.channel === EARLY_CHANNEL && this.#early) this.#early.hear(message);
        else this.#ends.get(message.channel)?.control(message);
        break;
      default:
        // A newer server may say more than this page knows.
        message satisfies never;
    }
  }

  #welcome(): void {
    this.#attempts = 0;
    this.state.set('live');
    for (const end of [...this.#ends.values()]) end.socketUp();
  }

  #refuse(reason: CloseReason): void {
    this.refusal = reason;
    this.#drop();
    this.onRefused(reason);
  }

  /** Lets go of the socket, tells everybody, and tries again where that may help. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#forgetEarly();
    if (socket) {
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    }
    this.state.set('offline');
    for (const end of [...this.#ends.values()]) end.socketDown(this.refusal);
    if (this.#running && !this.refusal) this.#retryLater();
  }

  #retryLater(): void {
    if (this.#cancelRetry) return;
    this.state.set('offline');
    const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#attempts);
    this.#attempts++;
    // Half of it is chance, so that 500 pages do not come back in the same moment.
    const delay = longest / 2 + (longest / 2) * this.clock.random();
    this.#cancelRetry = this.clock.after(delay, () => {
      this.#cancelRetry = null;
      this.#connect();
    });
  }

  #retryNow(): void {
    if (!this.#running) return;
    this.#attempts = 0;
    if (this.#socket) this.#dropIfSilent();
    else this.#connect();
  }

  #check(): void {
    this.#cancelCheck = this.clock.after(CHECK_EVERY, () => {
      this.#dropIfSilent();
      this.#check();
    });
  }

  #dropIfSilent(): void {
    if (!this.#socket) return;
    const now = this.clock.now();
    const silent = this.live ? now - this.#heardAt > SILENCE_LIMIT : now - this.#askedAt > WELCOME_LIMIT;
    if (silent) this.#drop();
  }
}
