import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import type { Access } from '../../shared/permissions/access.ts';
import {
  type ClientControl,
  type CloseReason,
  PROTOCOL_VERSION,
  type ServerControl,
} from '../../shared/protocol/control.ts';
import {
  CONTROL_CHANNEL,
  type Frame,
  readFrame,
  writeControl,
  writeFrame,
} from '../../shared/protocol/frames.ts';
import { parseRoomName } from '../../shared/protocol/rooms.ts';
import { BlockChannel } from './block-channel.ts';
import { MAX_ROOMS_PER_SOCKET, MAX_TOPICS_PER_SOCKET } from './bounds.ts';
import { CaseChannel } from './case-rooms.ts';
import type { Channel, ChannelSink, Desk } from './channel.ts';
import { readClientControl } from './control-reading.ts';
import { MAX_COPIED_BYTES } from './framed-socket.ts';
import type { Conversation, Line } from './socket-session.ts';

/** The page's socket: many rooms, each on a channel, and control messages on channel 0. */
export class ManyRoomsSession implements Conversation {
  readonly #desk: Desk;
  readonly #line: Line;
  readonly #channels = new Map<number, Channel>();
  /** Topics that the page follows, or may come to follow; `missed` one more change while that was asked. */
  readonly #topics = new Map<string, 'asked' | 'missed' | 'followed'>();
  #over = false;

  constructor(desk: Desk, line: Line) {
    this.#desk = desk;
    this.#line = line;
  }

  start(): void {
    const personId = this.#line.identity.id;
    this.#tell({ t: 'welcome', protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION, personId });
  }

  receive(bytes: Uint8Array): number {
    let frame: Frame;
    try {
      frame = readFrame(bytes);
    } catch {
      this.#line.close('bad-message');
      return 1;
    }
    if (frame.channel !== CONTROL_CHANNEL) {
      // A channel that the server has just closed may still be written to.
      return this.#channels.get(frame.channel)?.receive(frame.payload) ?? 1;
    }
    const message = readClientControl(frame.payload);
    if (message) this.#handle(message);
    else this.#line.close('bad-message');
    return 1;
  }

  reconsider(): void {
    for (const channel of [...this.#channels.values()]) channel.reconsider();
    for (const topic of [...this.#topics.keys()]) {
      // What this person sees of it is another from now on, or nothing: the page asks, and learns which.
      this.changed(topic);
      void this.#allow(topic);
    }
  }

  changed(topic: string): void {
    const held = this.#topics.get(topic);
    if (held === 'followed') this.#tell({ t: 'changed', topic });
    else if (held === 'asked') this.#topics.set(topic, 'missed');
  }

  alive(): Uint8Array {
    return writeControl({ t: 'alive' });
  }

  farewell(): null {
    return null;
  }

  leave(): void {
    this.#over = true;
    for (const channel of this.#channels.values()) channel.leave();
    this.#channels.clear();
    this.#topics.clear();
  }

  #tell(message: ServerControl): void {
    tell(this.#line, message);
  }

  #handle(message: ClientControl): void {
    switch (message.t) {
      case 'open':
        this.#open(message.channel, message.room, message.schema);
        return;
      case 'close':
        this.#channels.get(message.channel)?.leave();
        this.#channels.delete(message.channel);
        return;
      case 'follow':
        this.#line.opened();
        if (this.#topics.size < MAX_TOPICS_PER_SOCKET) void this.#allow(message.topic);
        return;
      case 'unfollow':
        this.#topics.delete(message.topic);
        return;
      default:
        message satisfies never;
    }
  }

  #open(channel: number, name: string, schema: number): void {
    if (this.#channels.has(channel)) {
      this.#line.close('bad-message');
      return;
    }
    this.#line.opened();
    const room = parseRoomName(name);
    const refusal = refusalOfOpening(this.#channels.size, schema, room?.kind);
    if (refusal || !room) {
      this.#tell({ t: 'denied', channel, reason: refusal ?? 'not-found' });
      return;
    }
    const sink = new NumberedSink(this, this.#line, channel);
    const opening =
      room.kind === 'case'
        ? new CaseChannel(this.#desk, this.#line, room.id, sink)
        : new BlockChannel(this.#desk, this.#line, room.id, true, sink);
    this.#channels.set(channel, opening);
    this.#desk.openings.open(() => {
      if (this.#channels.get(channel) === opening) opening.open();
    });
  }

  /** A channel is over that was opened here. */
  ended(channel: number): void {
    this.#channels.delete(channel);
  }

  /** A person is of no study, so no study's record would tell it. */
  #refused(topic: string): void {
    const [kind, id = ''] = topic.split('/');
    const place = kind === 'threads' ? 'case' : kind;
    if (place !== 'case' && place !== 'study') return;
    this.#desk.refused({ place: { kind: place, id }, by: this.#line.actor, act: 'follow', access: 'none' });
  }

  /** Whoever may not follow a topic is not told whether it exists. */
  async #allow(topic: string): Promise<void> {
    const wasTheirs = this.#topics.get(topic) === 'followed';
    if (this.#topics.get(topic) !== 'missed') this.#topics.set(topic, 'asked');
    try {
      const decision = await this.#line.access.topic(this.#line.identity.id, topic);
      const held = this.#topics.get(topic);
      if (this.#over || held === undefined) return;
      if (decision !== 'open') {
        this.#topics.delete(topic);
        if (decision === 'closed' && !wasTheirs) this.#refused(topic);
        return;
      }
      this.#topics.set(topic, 'followed');
      if (held === 'missed') this.#tell({ t: 'changed', topic });
    } catch (cause) {
      this.#topics.delete(topic);
      this.#desk.log.error('a topic could not be followed', { topic }, cause);
    }
  }
}

/** What was last said under a number. */
let numbered: { readonly message: Uint8Array; readonly channel: number; readonly frame: Uint8Array } | null =
  null;

/** One channel of a socket: what it says goes out under its number. */
class NumberedSink implements ChannelSink {
  readonly #session: ManyRoomsSession;
  readonly #line: Line;
  readonly #channel: number;

  constructor(session: ManyRoomsSession, line: Line, channel: number) {
    this.#session = session;
    this.#line = line;
    this.#channel = channel;
  }

  opened(access: Access, lineage: string): void {
    tell(this.#line, { t: 'opened', channel: this.#channel, access, lineage });
  }

  send(message: Uint8Array): void {
    const channel = this.#channel;
    // A room says the same to all, most of whom have it on the same channel.
    if (numbered?.message === message && numbered.channel === channel) {
      this.#line.send(numbered.frame);
      return;
    }
    const frame = writeFrame(channel, message);
    numbered = message.byteLength <= MAX_COPIED_BYTES ? { message, channel, frame } : null;
    this.#line.send(frame);
  }

  saved(n: number): void {
    tell(this.#line, { t: 'saved', channel: this.#channel, n });
  }

  refused(n: number, reason: CloseReason): void {
    this.#line.erred();
    tell(this.#line, { t: 'refused', channel: this.#channel, n, reason });
  }

  ended(reason: CloseReason, opened: boolean): void {
    if (reason === 'bad-message') this.#line.erred();
    this.#session.ended(this.#channel);
    tell(this.#line, { t: opened ? 'closed' : 'denied', channel: this.#channel, reason });
  }
}

function tell(line: Line, message: ServerControl): void {
  line.send(writeControl(message));
}

function refusalOfOpening(held: number, schema: number, kind: string | undefined): CloseReason | null {
  if (held >= MAX_ROOMS_PER_SOCKET) return 'too-many';
  if (schema !== SCHEMA_VERSION) return 'outdated-page';
  // Notes of an encounter have no room yet.
  return kind === undefined || kind === 'notes' ? 'not-found' : null;
}
