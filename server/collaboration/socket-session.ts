import { type CloseReason, closeCode } from '../../shared/protocol/control.ts';
import type { SignedIn } from '../accounts/authentication.ts';
import { Allowance } from './allowance.ts';
import {
  ALIVE_AFTER_MS,
  BYTES_AT_ONCE,
  BYTES_PER_SECOND,
  CLOSE_WITHIN_MS,
  MAX_BUFFERED_BYTES,
  MAX_QUEUED_BYTES,
  MAX_WAITING_BYTES,
  MESSAGES_AT_ONCE,
  MESSAGES_PER_SECOND,
  PING_EVERY_MS,
} from './bounds.ts';
import { type Desk, type Visitor, WaitingBytes } from './channel.ts';
import type { PersonAllowance } from './person-allowances.ts';
import type { Identity } from './room-presence.ts';

/** What is used of a WebSocket of `ws`. */
export interface ClientSocket {
  readonly bufferedAmount: number;
  send(bytes: Uint8Array): void;
  close(code: number, reason: string): void;
  terminate(): void;
  pause(): void;
  resume(): void;
  ping(): void;
}

/** What is spoken on a socket. */
export interface Conversation {
  start(): void;
  /** @returns how many messages the frame held */
  receive(frame: Uint8Array): number;
  /** What the person may do may have changed. */
  reconsider(): void;
  changed(topic: string): void;
  /** @returns a frame that says nothing but that the line lives */
  alive(): Uint8Array;
  /** @returns what is said before the socket closes, if anything */
  farewell(reason: CloseReason): Uint8Array | null;
  /** The socket is gone. */
  leave(): void;
}

/** How a socket came. */
export interface Arrival {
  readonly actor: Visitor['actor'];
  readonly access: Visitor['access'];
}

/** The socket, as a conversation sees it. */
export interface Line extends Visitor {
  send(frame: Uint8Array): void;
  close(reason: CloseReason): void;
  /** What it sent ended a room of it, or was refused for good. */
  erred(): void;
}

/**
 * One WebSocket with its bounds. What a socket sends too fast is read more
 * slowly; what it does not take is not kept for it.
 */
export class SocketSession implements Line {
  readonly identity: Identity;
  readonly signedIn: SignedIn;
  readonly access: Visitor['access'];
  readonly actor: Visitor['actor'];
  readonly waiting = new WaitingBytes(MAX_WAITING_BYTES);
  readonly #desk: Desk;
  readonly #socket: ClientSocket;
  readonly #conversation: Conversation;
  readonly #messages: Allowance;
  readonly #bytes: Allowance;
  readonly #person: PersonAllowance;
  #unfinishedBytes = 0;
  /** What had arrived when the person's allowance was used up: a piece of the line, 64 KiB at most. */
  #held: (Uint8Array | null)[] = [];
  #waitsForPerson = false;
  #pauses = 0;
  #sentAt: number;
  #pingedAt: number;
  #answered = true;
  #state: 'open' | 'closing' | 'gone' = 'open';
  #cancelCut: (() => void) | null = null;

  constructor(
    desk: Desk,
    socket: ClientSocket,
    signedIn: SignedIn,
    identity: Identity,
    converse: (line: Line) => Conversation,
    arrival: Arrival,
  ) {
    this.#desk = desk;
    this.#socket = socket;
    this.signedIn = signedIn;
    this.identity = identity;
    this.access = arrival.access;
    this.actor = arrival.actor;
    const now = desk.clock.now();
    this.#messages = new Allowance(MESSAGES_PER_SECOND, MESSAGES_AT_ONCE, now);
    this.#bytes = new Allowance(BYTES_PER_SECOND, BYTES_AT_ONCE, now);
    this.#person = desk.people.of(identity.id, now);
    this.#person.sockets += 1;
    this.#sentAt = now;
    this.#pingedAt = now;
    this.#conversation = converse(this);
  }

  start(): void {
    this.#conversation.start();
    this.#readAfterPerson(this.#desk.clock.now());
  }

  opened(): void {
    this.#person.opened(this.#desk.clock.now());
  }

  erred(): void {
    this.#person.erred(this.#desk.clock.now());
  }

  /** @param bytes that arrived and wait for the rest of their message; 0 once that is there */
  unfinished(bytes: number): void {
    const more = bytes - this.#unfinishedBytes;
    this.#unfinishedBytes = bytes;
    if (this.#person.hold(more) || more <= 0 || this.#state !== 'open') return;
    this.#desk.log.warn('a socket left too much unfinished and was cut', { person: this.identity.id });
    this.#cut();
  }

  send(frame: Uint8Array): void {
    if (this.#state !== 'open') return;
    if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.#desk.log.warn('a socket took nothing any more and was cut', { person: this.identity.id });
      this.#cut();
      return;
    }
    this.#sentAt = this.#desk.clock.now();
    this.#socket.send(frame);
  }

  /** @param frame what arrived; null for text, which nobody here speaks */
  receive(frame: Uint8Array | null): void {
    if (this.#state !== 'open') return;
    this.#answered = true;
    if (this.#waitsForPerson) {
      this.#held.push(frame);
      return;
    }
    if (!frame) {
      this.close('bad-message');
      return;
    }
    let count = 1;
    try {
      count = this.#conversation.receive(frame);
    } catch (cause) {
      this.#desk.log.error('a message could not be handled', { person: this.identity.id }, cause);
      this.close('bad-message');
      return;
    }
    const now = this.#desk.clock.now();
    const slow = [this.#messages.take(count, now), this.#bytes.take(frame.byteLength, now)].includes(false);
    if (slow) this.#readLater(Math.max(this.#messages.wait, this.#bytes.wait));
    this.#readAfterPerson(now);
    if (this.#desk.batch.queuedBytes > MAX_QUEUED_BYTES) this.#readAfterBatch();
  }

  pong(): void {
    this.#answered = true;
  }

  reconsider(): void {
    if (this.#state === 'open') this.#conversation.reconsider();
  }

  changed(topic: string): void {
    if (this.#state === 'open') this.#conversation.changed(topic);
  }

  /** Says that the line lives where nothing else was said, and cuts it where nobody answers. */
  sweep(): void {
    if (this.#state !== 'open') return;
    const now = this.#desk.clock.now();
    const { expiresAt } = this.signedIn;
    if (expiresAt !== undefined && expiresAt <= now) {
      this.close('not-signed-in');
      return;
    }
    if (now - this.#sentAt >= ALIVE_AFTER_MS) this.send(this.#conversation.alive());
    if (now - this.#pingedAt < PING_EVERY_MS || this.#pauses > 0) return;
    if (!this.#answered) {
      this.#cut();
      return;
    }
    this.#answered = false;
    this.#pingedAt = now;
    this.#socket.ping();
  }

  /** Reads nothing more; what was accepted goes on. */
  freeze(): void {
    if (this.#state === 'open') this.#pause();
  }

  close(reason: CloseReason): void {
    if (this.#state !== 'open') return;
    if (reason === 'bad-message' || reason === 'too-large') this.erred();
    const farewell = this.#conversation.farewell(reason);
    if (farewell) this.send(farewell);
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.#conversation.leave();
    // A paused socket does not see the answer to its closing.
    if (this.#pauses > 0) this.#socket.resume();
    this.#pauses = 0;
    this.#socket.close(closeCode(reason), reason);
    this.#cancelCut = this.#desk.clock.after(CLOSE_WITHIN_MS, () => this.#socket.terminate());
  }

  /** The socket has closed. */
  gone(): void {
    this.#cancelCut?.();
    this.unfinished(0);
    this.#person.sockets -= 1;
    if (this.#state === 'open') this.#conversation.leave();
    this.#state = 'gone';
  }

  #cut(): void {
    this.#conversation.leave();
    this.#state = 'closing';
    this.#socket.terminate();
  }

  #readLater(ms: number): void {
    this.#pause();
    this.#desk.clock.after(ms, () => this.#resume());
  }

  #readAfterPerson(now: number): void {
    const wait = this.#person.wait(now);
    if (wait === 0) return;
    this.#waitsForPerson = true;
    this.#pause();
    this.#desk.clock.after(wait, () => {
      this.#waitsForPerson = false;
      const held = this.#held;
      this.#held = [];
      for (const frame of held) this.receive(frame);
      this.#resume();
    });
  }

  #readAfterBatch(): void {
    this.#pause();
    void this.#desk.batch.idle().then(() => this.#resume());
  }

  #pause(): void {
    this.#pauses += 1;
    if (this.#pauses === 1) this.#socket.pause();
  }

  #resume(): void {
    if (this.#state !== 'open' || this.#pauses === 0) return;
    this.#pauses -= 1;
    if (this.#pauses === 0) this.#socket.resume();
  }
}
