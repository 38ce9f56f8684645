import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import type { SignedIn } from '../../server/accounts/authentication.ts';
import type { Desk, Visitor } from '../../server/collaboration/channel.ts';
import { createDesk } from '../../server/collaboration/desk.ts';
import { ManyRoomsSession } from '../../server/collaboration/many-rooms-session.ts';
import { type ClientSocket, SocketSession } from '../../server/collaboration/socket-session.ts';
import { StockSession } from '../../server/collaboration/stock-session.ts';
import type { Log, LogFacts } from '../../server/log.ts';
import type {
  Alongside,
  BlockStore,
  LogRow,
  NewLogRow,
  Snapshot,
  StoredBlock,
} from '../../server/ports/block-store.ts';
import type { BlockHistory, Changeset, WindowEnd } from '../../server/ports/changeset.ts';
import type { BlockDecision, PlaceDecision, RoomAccess } from '../../server/studies/room-access.ts';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import type { ClientControl, ServerControl } from '../../shared/protocol/control.ts';
import {
  CONTROL_CHANNEL,
  MESSAGE_SYNC,
  readFrame,
  readServerControl,
  writeControl,
  writeFrame,
} from '../../shared/protocol/frames.ts';
import type { HandClock } from './clock.ts';
import { createTestParts, type TestParts } from './parts.ts';
import { seededRandomness } from './randomness.ts';
import { TrialFolder } from './trial-folder.ts';

/** A turn of the event loop that happens when a test says so. */
export class HandTurn {
  #acts: (() => void)[] = [];
  readonly turn = (act: () => void): void => {
    this.#acts.push(act);
  };

  /** @returns whether there was anything to run */
  step(): boolean {
    const acts = this.#acts;
    this.#acts = [];
    for (const act of acts) act();
    return acts.length > 0;
  }
}

/** A store whose writes wait until a test lets them through, or fail when it says so. */
export class GatedStore implements BlockStore {
  readonly inner: BlockStore;
  /** Rows of each append that was asked for, in order. */
  readonly asked: (readonly NewLogRow[])[] = [];
  /** While set, appends fail with it once they are let through. */
  failure: Error | null = null;
  /** While set, appends of this block fail. */
  failingBlock: { readonly blockId: string; readonly error: Error } | null = null;
  /** While set, loads fail with it. */
  loadFailure: Error | null = null;
  #open = true;
  #waiting: (() => void)[] = [];

  constructor(inner: BlockStore) {
    this.inner = inner;
  }

  shut(): void {
    this.#open = false;
  }

  /** Lets through what waits, and everything after it. */
  release(): void {
    this.#open = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }

  /** Lets through the oldest that waits, and nothing else. */
  releaseOne(): void {
    this.#waiting.shift()?.();
  }

  async append(rows: readonly NewLogRow[], alongside?: Alongside): Promise<readonly number[]> {
    this.asked.push(rows);
    if (!this.#open) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.failure) throw this.failure;
    if (this.failingBlock && rows.some((row) => row.blockId === this.failingBlock?.blockId)) {
      throw this.failingBlock.error;
    }
    return this.inner.append(rows, alongside);
  }

  async load(blockId: string): Promise<StoredBlock | null> {
    if (this.loadFailure) throw this.loadFailure;
    return this.inner.load(blockId);
  }

  create(blockId: string, lineage: string): Promise<void> {
    return this.inner.create(blockId, lineage);
  }

  saveSnapshot(blockId: string, lineage: string, snapshot: Snapshot): Promise<void> {
    return this.inner.saveSnapshot(blockId, lineage, snapshot);
  }

  clientOwners(blockId: string): Promise<ReadonlyMap<number, string | null>> {
    return this.inner.clientOwners(blockId);
  }

  rowsAfter(blockId: string, seq: number, limit: number): Promise<readonly LogRow[]> {
    return this.inner.rowsAfter(blockId, seq, limit);
  }

  closeWindow(window: readonly Changeset[]): Promise<boolean> {
    return this.inner.closeWindow(window);
  }

  rewrite(...asked: Parameters<BlockStore['rewrite']>): Promise<boolean> {
    return this.inner.rewrite(...asked);
  }

  holds(blockId: string, pieces: readonly Uint8Array[]): Promise<boolean> {
    return this.inner.holds(blockId, pieces);
  }

  lastWindow(blockId: string): Promise<WindowEnd> {
    return this.inner.lastWindow(blockId);
  }

  historyOf(blockId: string, seq?: number, limit?: number): Promise<BlockHistory | null> {
    return this.inner.historyOf(blockId, seq, limit);
  }

  blockIds(): Promise<readonly string[]> {
    return this.inner.blockIds();
  }
}

/** A log that remembers. */
export class HeardLog implements Log {
  readonly lines: { readonly level: string; readonly message: string; readonly facts: LogFacts }[] = [];
  error(message: string, facts: LogFacts = {}): void {
    this.lines.push({ level: 'error', message, facts });
  }
  warn(message: string, facts: LogFacts = {}): void {
    this.lines.push({ level: 'warn', message, facts });
  }
  info(): void {}
  debug(): void {}
}

/** Access as a test sets it: by person, for every block. */
export class SetAccess implements RoomAccess {
  readonly people = new Map<string, BlockDecision>();
  readonly cases = new Set<string>();
  /** While set, decisions wait for it. */
  gate: Promise<void> | null = null;

  async block(personId: string): Promise<BlockDecision | null> {
    await this.gate;
    return this.people.get(personId) ?? { access: 'write', team: true };
  }
  async case(personId: string): Promise<PlaceDecision> {
    await this.gate;
    return this.topic(personId);
  }
  async topic(personId: string): Promise<PlaceDecision> {
    return this.cases.has(personId) ? 'open' : 'closed';
  }
  async person(personId: string) {
    return identityOf(personId);
  }
}

function identityOf(personId: string) {
  return { id: personId, name: `Name of ${personId}`, colour: '#0a7d62', initials: personId.slice(0, 2) };
}

/** The server's end of a socket. */
export class FakeSocket implements ClientSocket {
  bufferedAmount = 0;
  readonly sent: Uint8Array[] = [];
  closed: { readonly code: number; readonly reason: string } | null = null;
  terminated = false;
  paused = false;
  pings = 0;

  send(bytes: Uint8Array): void {
    this.sent.push(bytes.slice());
  }
  close(code: number, reason: string): void {
    this.closed ??= { code, reason };
  }
  terminate(): void {
    this.terminated = true;
  }
  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
  }
  ping(): void {
    this.pings += 1;
  }
}

/** The live part of the server with fake sockets, stepped by hand. */
export class Scene {
  readonly parts: TestParts;
  readonly store: GatedStore;
  readonly clock: HandClock;
  readonly folder = new TrialFolder();
  readonly turn = new HandTurn();
  readonly access = new SetAccess();
  readonly #decides: RoomAccess;
  readonly log = new HeardLog();
  readonly lostWordsKept: string[] = [];
  readonly peers: (StockPeer | PagePeer)[] = [];
  #desk: Desk;

  private constructor(parts: TestParts, decides?: RoomAccess) {
    this.parts = parts;
    this.#decides = decides ?? this.access;
    this.store = new GatedStore(parts.blocks);
    this.clock = parts.clock;
    this.#desk = this.#newDesk();
  }

  static async create(...blockIds: string[]): Promise<Scene> {
    const scene = new Scene(await createTestParts());
    for (const blockId of blockIds) await scene.store.create(blockId, 'lineage-1');
    return scene;
  }

  /** Over a service's own records and blocks, with access as it decides. */
  static over(parts: TestParts, decides: RoomAccess): Scene {
    return new Scene(parts, decides);
  }

  get desk(): Desk {
    return this.#desk;
  }

  /** As if the process were killed and started again: sockets and memory are gone, the store is not. */
  restart(): void {
    for (const peer of this.peers.splice(0)) peer.cut();
    this.#desk = this.#newDesk();
  }

  /** A plain y-websocket client. */
  stock(personId: string, blockId: string, options: PeerOptions = {}): StockPeer {
    const peer = new StockPeer(this, personId, blockId, options);
    this.peers.push(peer);
    return peer;
  }

  /** The page's socket. */
  page(personId: string): PagePeer {
    const peer = new PagePeer(this, personId);
    this.peers.push(peer);
    return peer;
  }

  /** Lets promises run; nothing here waits for time. */
  async settle(): Promise<void> {
    for (let i = 0; i < 3; i++) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  /** One turn of the loop, and what follows of it. */
  async step(): Promise<void> {
    this.turn.step();
    await this.settle();
  }

  /** Delivers everything both ways until nobody has anything left to say. */
  async run(): Promise<void> {
    for (;;) {
      await this.settle();
      let moved = this.turn.step();
      for (const peer of this.peers) moved = peer.exchange() || moved;
      if (!moved) break;
    }
    await this.settle();
  }

  async close(): Promise<void> {
    await this.parts.close();
  }

  #newDesk(): Desk {
    return createDesk(
      {
        blocks: this.store,
        folder: this.folder,
        clock: this.clock,
        random: seededRandomness(7),
        log: this.log,
      },
      this.#decides,
      this.turn.turn,
      { lostWordsKept: (blockId) => this.lostWordsKept.push(blockId), shapeChanged: () => {} },
      { refused: () => {}, takenAway: () => {} },
    );
  }
}

interface PeerOptions {
  /** A replica that has a past; absent: an empty one. */
  readonly doc?: Y.Doc;
  readonly knowsSchema?: boolean;
}

function signedInAs(personId: string): SignedIn {
  return { personId, credentialId: `credential of ${personId}`, via: 'session' };
}

function actorAs(personId: string): Visitor['actor'] {
  return { personId, way: 'page', tokenId: null, from: '' };
}

/** A replica on the stock provider's protocol; what goes either way is delivered by hand. */
export class StockPeer {
  readonly doc: Y.Doc;
  readonly socket = new FakeSocket();
  readonly session: SocketSession;
  /** Frames on their way to the server. */
  readonly outgoing: Uint8Array[] = [];
  /** Messages other than sync that were received. */
  readonly others: Uint8Array[] = [];
  #read = 0;
  #connected = true;
  readonly #onUpdate: (update: Uint8Array, origin: unknown) => void;

  constructor(scene: Scene, personId: string, blockId: string, options: PeerOptions) {
    this.doc = options.doc ?? new Y.Doc();
    const room = { kind: 'block', id: blockId } as const;
    this.session = new SocketSession(
      scene.desk,
      this.socket,
      signedInAs(personId),
      identityOf(personId),
      (line) => new StockSession(scene.desk, line, room, options.knowsSchema ?? true),
      { actor: actorAs(personId), access: scene.desk.access },
    );
    this.session.start();
    this.#onUpdate = (update, origin) => {
      if (origin !== this && this.#connected) this.outgoing.push(syncMessage((e) => writeUpdate(e, update)));
    };
    this.doc.on('update', this.#onUpdate);
    this.outgoing.push(syncMessage((e) => writeSyncStep1(e, this.doc)));
  }

  /** @returns whether anything was delivered */
  exchange(): boolean {
    const up = this.up();
    return this.down() || up;
  }

  /** Delivers up to `most` frames to the server. */
  up(most = Number.POSITIVE_INFINITY): boolean {
    if (!this.#connected) return false;
    const frames = this.outgoing.splice(0, Math.min(most, this.outgoing.length));
    for (const frame of frames) this.session.receive(frame);
    return frames.length > 0;
  }

  /** Delivers up to `most` frames from the server. */
  down(most = Number.POSITIVE_INFINITY): boolean {
    if (!this.#connected) return false;
    const from = this.#read;
    for (; this.#read < this.socket.sent.length && this.#read - from < most; this.#read++) {
      this.#hear(this.socket.sent[this.#read] as Uint8Array);
    }
    return this.#read > from;
  }

  /** The line breaks; what was under way in either direction is lost. */
  cut(): void {
    this.#connected = false;
    this.doc.off('update', this.#onUpdate);
    this.outgoing.length = 0;
    this.session.gone();
  }

  /** Sends bytes that no honest replica would. */
  say(frame: Uint8Array): void {
    this.outgoing.push(frame);
  }

  get waitingDown(): number {
    return this.socket.sent.length - this.#read;
  }

  #hear(message: Uint8Array): void {
    const answer = hearSync(message, this.doc, this);
    if (answer === 'other') this.others.push(message);
    else if (answer) this.outgoing.push(answer);
  }
}

/** A page with rooms on channels, delivered by hand like the other. */
export class PagePeer {
  readonly socket = new FakeSocket();
  readonly session: SocketSession;
  readonly outgoing: Uint8Array[] = [];
  readonly controls: ServerControl[] = [];
  readonly docs = new Map<number, Y.Doc>();
  readonly others: { readonly channel: number; readonly message: Uint8Array }[] = [];
  #read = 0;
  #connected = true;

  constructor(scene: Scene, personId: string) {
    this.session = new SocketSession(
      scene.desk,
      this.socket,
      signedInAs(personId),
      identityOf(personId),
      (line) => new ManyRoomsSession(scene.desk, line),
      { actor: actorAs(personId), access: scene.desk.access },
    );
    this.session.start();
  }

  /** Opens a block's room and begins to sync. */
  open(channel: number, room: string, doc = new Y.Doc(), schema = SCHEMA_VERSION): Y.Doc {
    this.docs.set(channel, doc);
    this.control({ t: 'open', channel, room, schema });
    this.say(
      channel,
      syncMessage((e) => writeSyncStep1(e, doc)),
    );
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this || !this.#connected || this.docs.get(channel) !== doc) return;
      this.say(
        channel,
        syncMessage((e) => writeUpdate(e, update)),
      );
    });
    return doc;
  }

  control(message: ClientControl): void {
    this.outgoing.push(writeControl(message));
  }

  say(channel: number, message: Uint8Array): void {
    this.outgoing.push(writeFrame(channel, message));
  }

  exchange(): boolean {
    const up = this.up();
    return this.down() || up;
  }

  up(most = Number.POSITIVE_INFINITY): boolean {
    if (!this.#connected) return false;
    const frames = this.outgoing.splice(0, Math.min(most, this.outgoing.length));
    for (const frame of frames) this.session.receive(frame);
    return frames.length > 0;
  }

  down(most = Number.POSITIVE_INFINITY): boolean {
    if (!this.#connected) return false;
    const from = this.#read;
    for (; this.#read < this.socket.sent.length && this.#read - from < most; this.#read++) {
      this.#hear(this.socket.sent[this.#read] as Uint8Array);
    }
    return this.#read > from;
  }

  cut(): void {
    this.#connected = false;
    this.outgoing.length = 0;
    this.session.gone();
  }

  /** Control messages of one kind, in order. */
  told<T extends ServerControl['t']>(t: T): Extract<ServerControl, { t: T }>[] {
    return this.controls.filter((message) => message.t === t) as Extract<ServerControl, { t: T }>[];
  }

  #hear(bytes: Uint8Array): void {
    const { channel, payload } = readFrame(bytes);
    if (channel === CONTROL_CHANNEL) {
      this.controls.push(readServerControl(payload));
      return;
    }
    const doc = this.docs.get(channel);
    const answer = doc ? hearSync(payload, doc, this) : 'other';
    if (answer === 'other') this.others.push({ channel, message: payload });
    else if (answer) this.say(channel, answer);
  }
}

/** @returns what the stock provider answers; 'other' for what is no sync message */
function hearSync(message: Uint8Array, doc: Y.Doc, origin: unknown): Uint8Array | 'other' | null {
  const decoder = decoding.createDecoder(message);
  if (decoding.readVarUint(decoder) !== MESSAGE_SYNC) return 'other';
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_SYNC);
  readSyncMessage(decoder, encoder, doc, origin);
  return encoding.length(encoder) > 1 ? encoding.toUint8Array(encoder) : null;
}

export function syncMessage(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_SYNC);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

/** What makes two replicas equal: text, values, state and deletions. */
export function replicaState(doc: Y.Doc) {
  const snapshot = Y.snapshot(doc);
  return {
    content: doc.getXmlFragment('content').toString(),
    field: doc.getText('field/aims').toString(),
    fields: doc.getMap('fields').toJSON(),
    states: Object.fromEntries([...snapshot.sv].sort(([a], [b]) => a - b)),
    deleted: [...snapshot.ds.clients]
      .sort(([a], [b]) => a - b)
      .map(([client, ranges]) => [client, ranges.map(({ clock, len }) => [clock, len])]),
  };
}
