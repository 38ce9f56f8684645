/** A network and a server made of plain values, stepped by hand. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '../../../shared/document/schema-version.ts';
import type { Access } from '../../../shared/permissions/access.ts';
import type { ClientControl, CloseReason, ServerControl } from '../../../shared/protocol/control.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/control.ts';
import {
  CONTROL_CHANNEL,
  MESSAGE_AWARENESS,
  MESSAGE_SYNC,
  readFrame,
  SYNC_STEP_1,
  writeControl,
  writeFrame,
} from '../../../shared/protocol/frames.ts';

/** A page's end: what `makeSocket` returns. */
export class FakeSocket {
  binaryType = 'blob';
  onopen: ((event: unknown) => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  readonly toServer: Uint8Array[] = [];
  readonly toPage: Uint8Array[] = [];
  readonly channels = new Map<number, Channel>();
  readonly topics = new Set<string>();
  closed = false;
  readonly personId: string;
  readonly network: Network;

  constructor(network: Network, personId: string) {
    this.network = network;
    this.personId = personId;
  }

  send(bytes: Uint8Array): void {
    if (!this.closed) this.toServer.push(bytes.slice());
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    // What was sent before still arrives.
    this.network.leaving.push(this);
  }

  /** The connection breaks: what is under way in either direction is lost. */
  cut(code = 1006, reason = ''): void {
    if (this.closed) return;
    this.closed = true;
    this.toServer.length = 0;
    this.toPage.length = 0;
    this.network.forget(this);
    this.onclose?.({ code, reason });
  }
}

interface Channel {
  readonly room: string;
  writes: number;
  /** Writes with a gap, not yet covered by a later one. */
  unmet: boolean;
}

export interface Room {
  doc: Y.Doc;
  lineage: string;
  /** By person; absent: write. */
  readonly access: Map<string, Access | CloseReason>;
}

export class Network {
  /** False: new sockets break at once. */
  up = true;
  /** The server keeps its `saved` to itself. */
  holdsSaved = false;
  /** Every update is refused so. */
  refuses: CloseReason | null = null;
  /** Updates taken by the server, of any room. */
  taken = 0;
  opens = 0;
  readonly rooms = new Map<string, Room>();
  readonly sockets = new Set<FakeSocket>();
  readonly leaving: FakeSocket[] = [];
  readonly tabs: { from: FakeTab; message: unknown }[] = [];
  readonly openTabs = new Set<FakeTab>();

  room(name: string): Room {
    const known = this.rooms.get(name);
    if (known) return known;
    const room: Room = { doc: new Y.Doc(), lineage: 'first', access: new Map() };
    this.rooms.set(name, room);
    return room;
  }

  connect(personId: string): FakeSocket {
    const socket = new FakeSocket(this, personId);
    if (this.up) {
      this.sockets.add(socket);
      this.say(socket, { t: 'welcome', protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION, personId });
    } else {
      queueMicrotask(() => socket.cut());
    }
    return socket;
  }

  /** All connections break, and none can be made until `up` is set again. */
  cut(): void {
    this.up = false;
    for (const socket of [...this.sockets]) socket.cut();
  }

  forget(socket: FakeSocket): void {
    this.sockets.delete(socket);
  }

  say(socket: FakeSocket, message: ServerControl): void {
    socket.toPage.push(writeControl(message));
  }

  sayToAll(message: ServerControl): void {
    for (const socket of this.sockets) this.say(socket, message);
  }

  /** Closes a room for a person. */
  close(name: string, personId: string, reason: CloseReason): void {
    for (const socket of this.sockets) {
      if (socket.personId !== personId) continue;
      for (const [channel, { room }] of socket.channels) {
        if (room !== name) continue;
        socket.channels.delete(channel);
        this.say(socket, { t: 'closed', channel, reason });
      }
    }
  }

  /** @returns whether anything moved */
  run(): boolean {
    let moved = false;
    for (let busy = true; busy; moved ||= busy) {
      busy = this.tellTabs();
      for (const socket of this.leaving.splice(0)) {
        while (socket.toServer.length > 0) this.serve(socket);
        this.forget(socket);
        busy = true;
      }
      for (const socket of [...this.sockets]) {
        if (socket.toServer.length + socket.toPage.length > 0) busy = true;
        while (socket.toServer.length > 0) this.serve(socket);
        while (socket.toPage.length > 0) this.deliver(socket);
      }
    }
    return moved;
  }

  tellTabs(): boolean {
    const messages = this.tabs.splice(0);
    for (const { from, message } of messages) {
      for (const tab of this.openTabs) {
        if (tab !== from && tab.personId === from.personId)
          tab.onmessage?.({ data: structuredClone(message) });
      }
    }
    return messages.length > 0;
  }

  deliver(socket: FakeSocket): void {
    const bytes = socket.toPage.shift();
    if (bytes && !socket.closed) socket.onmessage?.({ data: bytes.slice().buffer });
  }

  /** The server reads one frame of a socket. */
  serve(socket: FakeSocket): void {
    const bytes = socket.toServer.shift();
    if (!bytes) return;
    const { channel, payload } = readFrame(bytes);
    if (channel === CONTROL_CHANNEL) {
      this.control(socket, JSON.parse(new TextDecoder().decode(payload)) as ClientControl);
    } else {
      this.message(socket, channel, payload);
    }
  }

  control(socket: FakeSocket, message: ClientControl): void {
    if (message.t === 'follow') socket.topics.add(message.topic);
    if (message.t === 'unfollow') socket.topics.delete(message.topic);
    if (message.t === 'close') socket.channels.delete(message.channel);
    if (message.t !== 'open') return;
    this.opens++;
    const { channel } = message;
    const room = this.room(message.room);
    const access = room.access.get(socket.personId) ?? 'write';
    switch (access) {
      case 'none':
      case 'read':
      case 'comment':
      case 'suggest':
      case 'write':
        break;
      default:
        this.say(socket, { t: 'denied', channel, reason: access });
        return;
    }
    socket.channels.set(channel, { room: message.room, writes: 0, unmet: false });
    this.say(socket, { t: 'opened', channel, access, lineage: room.lineage });
    if (access === 'write' && !message.room.startsWith('case/')) this.askForAll(socket, channel);
  }

  askForAll(socket: FakeSocket, channel: number): void {
    const room = this.room(socket.channels.get(channel)?.room ?? '');
    socket.toPage.push(
      writeFrame(
        channel,
        message((encoder) => writeSyncStep1(encoder, room.doc)),
      ),
    );
  }

  message(socket: FakeSocket, number: number, payload: Uint8Array): void {
    const channel = socket.channels.get(number);
    if (!channel) return;
    const room = this.room(channel.room);
    const decoder = decoding.createDecoder(payload);
    const kind = decoding.readVarUint(decoder);
    if (kind === MESSAGE_AWARENESS) {
      for (const [other, at] of this.channelsOf(channel.room)) other.toPage.push(writeFrame(at, payload));
      return;
    }
    if (kind !== MESSAGE_SYNC) return;
    const step = decoding.readVarUint(decoder);
    const body = decoding.readVarUint8Array(decoder);
    if (step === SYNC_STEP_1) {
      const answer = message((encoder) => writeSyncStep2(encoder, room.doc, body));
      // Two messages in one frame, as the real server packs them.
      const presence = Uint8Array.of(MESSAGE_AWARENESS, 1, 0);
      socket.toPage.push(writeFrame(number, Uint8Array.of(...answer, ...presence)));
      return;
    }
    channel.writes++;
    if (this.refuses) {
      this.say(socket, { t: 'refused', channel: number, n: channel.writes, reason: this.refuses });
      return;
    }
    if (!isMet(room.doc, body)) {
      channel.unmet = true;
      this.askForAll(socket, number);
      return;
    }
    if (step !== SYNC_STEP_1 + 2) channel.unmet = false;
    this.taken++;
    Y.applyUpdate(room.doc, body);
    const news = message((encoder) => writeUpdate(encoder, body));
    for (const [other, at] of this.channelsOf(channel.room)) {
      if (other !== socket || at !== number) other.toPage.push(writeFrame(at, news));
    }
    if (!channel.unmet && !this.holdsSaved)
      this.say(socket, { t: 'saved', channel: number, n: channel.writes });
  }

  *channelsOf(room: string): Generator<[FakeSocket, number]> {
    for (const socket of this.sockets) {
      for (const [at, channel] of socket.channels) if (channel.room === room) yield [socket, at];
    }
  }
}

/** Between the tabs of one person, as BroadcastChannel. */
export class FakeTab {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly #network: Network;
  readonly personId: string;

  constructor(network: Network, personId: string) {
    this.#network = network;
    this.personId = personId;
    network.openTabs.add(this);
  }

  postMessage(message: unknown): void {
    this.#network.tabs.push({ from: this, message: structuredClone(message) });
  }

  close(): void {
    this.#network.openTabs.delete(this);
  }
}

function message(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_SYNC);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

function isMet(doc: Y.Doc, update: Uint8Array): boolean {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(copy, update);
  return copy.store.pendingStructs === null && copy.store.pendingDs === null;
}
