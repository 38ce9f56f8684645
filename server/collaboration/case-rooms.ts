import type { CloseReason } from '../../shared/protocol/control.ts';
import { type RoomMessage, readRoomMessages, writeSyncStep2 } from '../../shared/protocol/messages.ts';
import type { PlaceDecision } from '../studies/room-access.ts';
import { Allowance } from './allowance.ts';
import { MAX_MESSAGES_PER_FRAME, PRESENCE_AT_ONCE, PRESENCE_PER_SECOND } from './bounds.ts';
import type { Channel, ChannelSink, Desk, Visitor } from './channel.ts';
import { type PresenceMember, RoomPresence } from './room-presence.ts';
import type { Turn } from './turn.ts';

/** An update without structs and deletions: what a case's room holds. */
const NOTHING = Uint8Array.of(0, 0);

interface CaseRoom {
  readonly presence: RoomPresence;
  readonly members: Set<PresenceMember>;
}

/** Rooms that carry nothing but who is where in a case. */
export class CaseRooms {
  readonly #turn: Turn;
  readonly #rooms = new Map<string, CaseRoom>();

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  get size(): number {
    return this.#rooms.size;
  }

  join(caseId: string, member: PresenceMember): RoomPresence {
    let room = this.#rooms.get(caseId);
    if (!room) {
      const members = new Set<PresenceMember>();
      room = { presence: new RoomPresence(this.#turn, members), members };
      this.#rooms.set(caseId, room);
    }
    room.members.add(member);
    room.presence.join(member);
    return room.presence;
  }

  leave(caseId: string, member: PresenceMember): void {
    const room = this.#rooms.get(caseId);
    if (!room) return;
    room.members.delete(member);
    room.presence.leave(member);
    if (room.members.size === 0) this.#rooms.delete(caseId);
  }
}

/** A case on a socket. School contacts are never let in (ACCESS-5). */
export class CaseChannel implements Channel, PresenceMember {
  readonly identity: PresenceMember['identity'];
  readonly seesPresence = true;
  readonly #desk: Desk;
  readonly #visitor: Visitor;
  readonly #caseId: string;
  readonly #sink: ChannelSink;
  readonly #allowance: Allowance;
  #presence: RoomPresence | null = null;
  #over = false;
  /** Counts up when access may have changed: an answer to an older question is not used. */
  #question = 0;
  #deciding = true;
  #arrivals: Uint8Array[] = [];
  #arrivedBytes = 0;

  constructor(desk: Desk, visitor: Visitor, caseId: string, sink: ChannelSink) {
    this.#desk = desk;
    this.#visitor = visitor;
    this.#caseId = caseId;
    this.#sink = sink;
    this.identity = visitor.identity;
    this.#allowance = new Allowance(PRESENCE_PER_SECOND, PRESENCE_AT_ONCE, desk.clock.now());
  }

  open(): void {
    void this.#decide();
  }

  reconsider(): void {
    if (!this.#over) void this.#decide();
  }

  send(message: Uint8Array): void {
    if (!this.#over && !this.#deciding) this.#sink.send(message);
  }

  receive(payload: Uint8Array): number {
    if (this.#over) return 1;
    if (!this.#presence) {
      if (this.#visitor.waiting.take(payload.byteLength)) {
        this.#arrivedBytes += payload.byteLength;
        this.#arrivals.push(payload);
      } else {
        this.#finish('too-many');
      }
      return 1;
    }
    try {
      const messages = readRoomMessages(payload, MAX_MESSAGES_PER_FRAME);
      for (const message of messages) this.#handle(message, this.#presence);
      return messages.length;
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      this.#finish('bad-message');
      return 1;
    }
  }

  leave(): void {
    if (this.#over) return;
    this.#over = true;
    this.#question += 1;
    this.#emptyWaiting();
    if (this.#presence) this.#desk.caseRooms.leave(this.#caseId, this);
    this.#presence = null;
  }

  #handle(message: RoomMessage, presence: RoomPresence): void {
    switch (message.kind) {
      case 'step-1':
        this.send(writeSyncStep2(NOTHING));
        return;
      case 'step-2':
      case 'update':
        // There is nothing to write to.
        return;
      case 'awareness':
        if (this.#allowance.take(1, this.#desk.clock.now())) presence.hear(this, message.states);
        return;
      case 'query-awareness':
        if (this.#allowance.take(1, this.#desk.clock.now())) presence.tell(this);
        return;
      default:
        message satisfies never;
    }
  }

  async #decide(): Promise<void> {
    this.#question += 1;
    this.#deciding = true;
    const question = this.#question;
    let decision: PlaceDecision;
    try {
      decision = await this.#visitor.access.case(this.identity.id, this.#caseId);
    } catch (cause) {
      if (question !== this.#question) return;
      this.#desk.log.error('access could not be decided', { case: this.#caseId }, cause);
      this.#finish('load-failed');
      return;
    }
    if (question !== this.#question) return;
    if (decision !== 'open') this.#refuse(decision);
    else if (!this.#presence) this.#enter();
    else {
      this.#deciding = false;
      this.#presence.tell(this);
    }
  }

  #refuse(decision: PlaceDecision): void {
    const place = { kind: 'case', id: this.#caseId } as const;
    if (decision === 'closed' && !this.#presence) {
      this.#desk.refused({ place, by: this.#visitor.actor, act: 'join', access: 'none' });
    }
    this.#finish(this.#presence ? 'access-changed' : 'not-found');
  }

  #enter(): void {
    this.#deciding = false;
    this.#sink.opened('read', '');
    this.#presence = this.#desk.caseRooms.join(this.#caseId, this);
    const arrivals = this.#arrivals;
    this.#emptyWaiting();
    for (const payload of arrivals) this.receive(payload);
  }

  #finish(reason: CloseReason): void {
    if (this.#over) return;
    const opened = this.#presence !== null;
    this.leave();
    this.#sink.ended(reason, opened);
  }

  #emptyWaiting(): void {
    this.#visitor.waiting.give(this.#arrivedBytes);
    this.#arrivedBytes = 0;
    this.#arrivals = [];
  }
}
