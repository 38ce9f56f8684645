import { includesAccess } from '../../shared/permissions/access.ts';
import type { CloseReason } from '../../shared/protocol/control.ts';
import { type RoomMessage, readRoomMessages } from '../../shared/protocol/messages.ts';
import type { BlockDecision } from '../studies/room-access.ts';
import { Allowance } from './allowance.ts';
import {
  AUDIT_EVERY_MS,
  GAPS_PER_MINUTE,
  MAX_MESSAGES_PER_FRAME,
  MAX_TAKEN_AT_ONCE,
  MAX_UNSETTLED_WRITES,
  PRESENCE_AT_ONCE,
  PRESENCE_PER_SECOND,
} from './bounds.ts';
import type { Channel, ChannelSink, Desk, Visitor } from './channel.ts';
import type { Room } from './room.ts';
import type { RoomMember } from './room-member.ts';
import { RoomUnavailableError } from './room-registry.ts';
import { WriteLedger } from './write-ledger.ts';

type State =
  /** Access is being decided, for the first time or anew: what comes and goes waits. */
  'deciding' | 'open' | 'over';

/** A block on a socket: decides access, counts writes, and passes messages between the two. */
export class BlockChannel implements Channel, RoomMember {
  readonly identity: RoomMember['identity'];
  readonly #desk: Desk;
  readonly #visitor: Visitor;
  readonly #blockId: string;
  readonly #knowsSchema: boolean;
  readonly #sink: ChannelSink;
  readonly #ledger = new WriteLedger();
  /** Both from when they are first needed: most rooms are only read. */
  #presence: Allowance | null = null;
  #gaps: Allowance | null = null;
  #state: State = 'deciding';
  /** Counts up when access may have changed: an answer to an older question is not used. */
  #question = 0;
  #decision: BlockDecision | null = null;
  #room: Room | null = null;
  /** What waits is null where nothing does. */
  #arrivals: RoomMessage[] | null = null;
  #arrivedBytes = 0;
  #departures: Uint8Array[] | null = null;
  #departedBytes = 0;
  #refusing = false;
  #hasAsked = false;
  /** What it said last that it has, where it asks once more and waits for the answer. */
  #asksAgain: Uint8Array | null = null;
  #auditedAt: number | null = null;
  #attempts = 0;

  constructor(desk: Desk, visitor: Visitor, blockId: string, knowsSchema: boolean, sink: ChannelSink) {
    this.#desk = desk;
    this.#visitor = visitor;
    this.#blockId = blockId;
    this.#knowsSchema = knowsSchema;
    this.#sink = sink;
    this.identity = visitor.identity;
  }

  get writes(): boolean {
    return this.#knowsSchema && this.#decision !== null && includesAccess(this.#decision.access, 'suggest');
  }

  get suggestsOnly(): boolean {
    return this.#decision?.access === 'suggest';
  }

  get seesPresence(): boolean {
    return this.#decision?.team ?? false;
  }

  open(): void {
    void this.#decide();
  }

  reconsider(): void {
    if (this.#state === 'over') return;
    this.#state = 'deciding';
    void this.#decide();
  }

  receive(payload: Uint8Array): number {
    if (this.#state === 'over') return 1;
    let messages: RoomMessage[];
    try {
      messages = readRoomMessages(payload, MAX_MESSAGES_PER_FRAME);
    } catch {
      this.#finish('bad-message');
      return 1;
    }
    if (this.#state === 'open' && !this.#arrivals) this.#handleAll(messages);
    else this.#wait(messages);
    return messages.length;
  }

  leave(): void {
    this.#over();
  }

  send(message: Uint8Array): void {
    if (this.#state === 'open') {
      this.#sink.send(message);
    } else if (this.#state === 'deciding') {
      if (this.#visitor.waiting.take(message.byteLength)) {
        this.#departedBytes += message.byteLength;
        this.#departures ??= [];
        this.#departures.push(message);
      } else {
        this.#finish('too-slow');
      }
    }
  }

  stored(n: number, whole: boolean): void {
    this.#ledger.settle(n, whole);
    if (this.#ledger.waiting > MAX_UNSETTLED_WRITES) this.#finish('too-many');
  }

  tellSaved(): void {
    if (this.#state === 'over') return;
    const n = this.#ledger.untold();
    if (n !== null) this.#sink.saved(n);
  }

  gap(): boolean {
    const now = this.#desk.clock.now();
    this.#gaps ??= new Allowance(GAPS_PER_MINUTE / 60, GAPS_PER_MINUTE, now);
    return this.#gaps.take(1, now);
  }

  refuse(n: number, reason: CloseReason): void {
    this.#refusing = true;
    this.#sink.refused(n, reason);
  }

  attempted(): void {
    this.#attempts += 1;
    this.#desk.refused({ ...this.#asked(), act: 'write', access: this.#decision?.access ?? 'none' });
    const now = this.#desk.clock.now();
    if (this.#auditedAt !== null && now - this.#auditedAt < AUDIT_EVERY_MS) return;
    this.#auditedAt = now;
    this.#desk.log.warn('writing without the right to was dropped', {
      block: this.#blockId,
      person: this.identity.id,
      access: this.#decision?.access,
      attempts: this.#attempts,
    });
  }

  end(reason: CloseReason): void {
    this.#finish(reason);
  }

  async #decide(): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    try {
      const decision = await this.#visitor.access.block(this.identity.id, this.#blockId);
      if (question !== this.#question || this.#state === 'over') return;
      const before = this.#decision;
      const refusal = before ? refusalOfChange(before, decision) : refusalOfJoining(decision);
      const wantsTooMuch = refusal && !before && !decision?.owesPasskey;
      if (wantsTooMuch) this.#desk.refused({ ...this.#asked(), act: 'join', access: 'none' });
      if (refusal && before) this.#desk.takenAway(this.identity.id, this.#blockId);
      if (refusal) this.#finish(refusal);
      else if (this.#room) this.#goOn();
      else await this.#enter(decision as BlockDecision, question);
    } catch (cause) {
      if (question !== this.#question) return;
      if (!(cause instanceof RoomUnavailableError)) {
        this.#desk.log.error('access could not be decided', { block: this.#blockId }, cause);
      }
      this.#finish(cause instanceof RoomUnavailableError ? cause.reason : 'load-failed');
    }
  }

  async #enter(decision: BlockDecision, question: number): Promise<void> {
    const room = await this.#desk.rooms.enter(this.#blockId);
    if (question === this.#question && this.#state === 'deciding') {
      this.#decision = decision;
      this.#room = room;
      this.#state = 'open';
      this.#sink.opened(decision.access, room.lineage);
      room.join(this);
      this.#goOn();
    }
    this.#desk.rooms.release(room);
  }

  #asked() {
    return { place: { kind: 'block', id: this.#blockId } as const, by: this.#visitor.actor };
  }

  #goOn(): void {
    this.#state = 'open';
    const departures = this.#departures;
    const arrivals = this.#arrivals;
    this.#emptyWaiting();
    for (const message of departures ?? []) this.#sink.send(message);
    if (arrivals) this.#handleAll(arrivals);
  }

  /** What takes long is taken a part at a time, and others come between. */
  #handleAll(messages: readonly RoomMessage[]): void {
    let bytes = 0;
    for (const [at, message] of messages.entries()) {
      // One of them may have ended it: the rest must not be counted among what waits.
      if (this.#state === 'over') return;
      if (bytes > MAX_TAKEN_AT_ONCE) {
        this.#wait(messages.slice(at));
        this.#desk.turn(() => {
          if (this.#state === 'open') this.#goOn();
        });
        return;
      }
      bytes += bytesOf(message);
      this.#handle(message);
    }
  }

  #wait(messages: readonly RoomMessage[]): void {
    const bytes = messages.reduce((sum, message) => sum + bytesOf(message), 0);
    if (!this.#visitor.waiting.take(bytes)) {
      this.#finish('too-many');
      return;
    }
    this.#arrivedBytes += bytes;
    this.#arrivals ??= [];
    this.#arrivals.push(...messages);
  }

  #handle(message: RoomMessage): void {
    const room = this.#room;
    if (this.#state !== 'open' || !room) return;
    switch (message.kind) {
      case 'step-1':
        if (this.#hasAsked) this.#askAgain(message.stateVector);
        else this.#answer(room, message.stateVector);
        this.#hasAsked = true;
        return;
      case 'step-2':
      case 'update': {
        const n = this.#ledger.arrive();
        if (!this.#refusing) room.write(this, n, message.update, message.kind === 'step-2');
        return;
      }
      case 'awareness':
        if (!this.#mayTellPresence()) return;
        try {
          room.presence.hear(this, message.states);
        } catch (cause) {
          if (!(cause instanceof RangeError)) throw cause;
          this.#finish('bad-message');
        }
        return;
      case 'query-awareness':
        if (this.#mayTellPresence()) room.presence.tell(this);
        return;
      default:
        message satisfies never;
    }
  }

  #answer(room: Room, stateVector: Uint8Array): void {
    if (!room.answer(this, stateVector)) this.#finish('bad-message');
  }

  /**
   * An honest page asks once; to find what one lacks of a dear block takes some milliseconds. So it counts
   * like opening a room, and of what is asked within a turn the last is answered.
   */
  #askAgain(stateVector: Uint8Array): void {
    this.#visitor.opened();
    const waits = this.#asksAgain !== null;
    this.#asksAgain = stateVector;
    if (waits) return;
    const { turn, openings } = this.#desk;
    turn(() => openings.open(() => this.#answerAgain()));
  }

  #answerAgain(): void {
    const stateVector = this.#asksAgain;
    this.#asksAgain = null;
    if (!stateVector || this.#state === 'over') return;
    if (this.#state === 'open' && this.#room) this.#answer(this.#room, stateVector);
    else this.#wait([{ kind: 'step-1', stateVector }]);
  }

  #mayTellPresence(): boolean {
    const now = this.#desk.clock.now();
    this.#presence ??= new Allowance(PRESENCE_PER_SECOND, PRESENCE_AT_ONCE, now);
    return this.#presence.take(1, now);
  }

  #finish(reason: CloseReason): void {
    if (this.#state === 'over') return;
    const opened = this.#room !== null;
    this.#over();
    this.#sink.ended(reason, opened);
  }

  #over(): void {
    this.#state = 'over';
    this.#question += 1;
    this.#emptyWaiting();
    this.#room?.leave(this);
    this.#room = null;
  }

  #emptyWaiting(): void {
    this.#visitor.waiting.give(this.#arrivedBytes + this.#departedBytes);
    this.#arrivedBytes = 0;
    this.#departedBytes = 0;
    this.#arrivals = null;
    this.#departures = null;
  }
}

function bytesOf(message: RoomMessage): number {
  switch (message.kind) {
    case 'step-1':
      return message.stateVector.byteLength;
    case 'step-2':
    case 'update':
      return message.update.byteLength;
    case 'awareness':
      return message.states.byteLength;
    case 'query-awareness':
      return 1;
    default:
      return message satisfies never;
  }
}

function refusalOfJoining(decision: BlockDecision | null): CloseReason | null {
  if (!decision) return 'not-found';
  // Their device keeps what it has, to be sent once they have shown it.
  if (decision.owesPasskey) return 'not-signed-in';
  if (decision.access !== 'none') return null;
  // To whom nothing of the study is known, nothing of it exists.
  return decision.reason === 'not-a-member' ? 'not-found' : 'no-access';
}

/** A replica lives under one access: with another, the page begins a fresh one. */
function refusalOfChange(before: BlockDecision, now: BlockDecision | null): CloseReason | null {
  if (now?.access === before.access) return null;
  if (now?.owesPasskey) return 'not-signed-in';
  return now?.reason === 'stage' ? 'locked' : 'access-changed';
}
