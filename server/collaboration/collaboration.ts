import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type CloseReason, closeCode, isPermanent } from '../../shared/protocol/control.ts';
import { writePermissionDenied } from '../../shared/protocol/messages.ts';
import { actorOf, type SignedIn } from '../accounts/authentication.ts';
import { refusedRoom } from '../audit/refused-rooms.ts';
import type { Parts } from '../parts.ts';
import type { WindowEnd } from '../ports/changeset.ts';
import type { BusMessage } from '../ports/room-bus.ts';
import { passkeyAccess } from '../studies/passkey-rooms.ts';
import type { RoomAccess } from '../studies/room-access.ts';
import { scopedAccess } from '../studies/scoped-access.ts';
import { readForShape } from './block-reading.ts';
import { type BlockRewriting, createBlockRewriting } from './block-rewriting.ts';
import { type BlockWriting, createBlockWriting } from './block-writing.ts';
import {
  CLOSE_WITHIN_MS,
  FOLD_AT_STOP_WITHIN_MS,
  MAX_FRAGMENTS,
  MAX_MESSAGE_BYTES,
  MAX_PIECES_OF_FRAME,
  MAX_SOCKETS,
  MAX_SOCKETS_PER_PERSON,
  MAX_UNHEARD_BYTES,
  STOP_WITHIN_MS,
  SWEEP_EVERY_MS,
} from './bounds.ts';
import type { Desk } from './channel.ts';
import { createDesk } from './desk.ts';
import { FramedSocket } from './framed-socket.ts';
import { ManyRoomsSession } from './many-rooms-session.ts';
import { ShapeCheck } from './shape-check.ts';
import { type Arrival, SocketSession } from './socket-session.ts';
import { StockSession } from './stock-session.ts';
import { nextTurn, type Turn } from './turn.ts';
import { countUnfinished } from './unfinished-bytes.ts';
import { keepUnheldWords } from './unheld-words.ts';
import { chooseProtocol, originOf, readWanted, refuseUpgrade, type Wanted } from './upgrade.ts';

export interface Collaboration {
  /** For every `upgrade` of the HTTP server. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /**
   * Takes nothing more, finishes what was accepted, closes every socket (STOP-1).
   * @returns blocks of which something accepted could not be saved
   */
  stop(): Promise<{ readonly unsaved: readonly string[] }>;
  roomsOpen(): number;
  readonly writing: BlockWriting;
  /**
   * Ends a window of a block's history with what is on disk of it now.
   * @throws NotSealedError
   */
  seal(blockId: string): Promise<WindowEnd | null>;
  readonly rewriting: BlockRewriting;
}

type CollaborationParts = Pick<
  Parts,
  | 'blocks'
  | 'folder'
  | 'records'
  | 'bus'
  | 'clock'
  | 'random'
  | 'log'
  | 'settings'
  | 'authentication'
  | 'refusals'
>;

/**
 * The live part of the service: sockets, rooms, and the one way by which edits
 * reach the log.
 * @param turn tests step it by hand
 */
export function createCollaboration(
  parts: CollaborationParts,
  access: RoomAccess,
  turn: Turn = nextTurn,
): Collaboration {
  return new LiveCollaboration(parts, access, turn);
}

class LiveCollaboration implements Collaboration {
  readonly writing: BlockWriting;
  readonly rewriting: BlockRewriting;
  readonly #parts: CollaborationParts;
  readonly #turn: Turn;
  readonly #desk: Desk;
  readonly #shapes: ShapeCheck;
  readonly #server: WebSocketServer;
  readonly #sessions = new Set<SocketSession>();
  /** Of each upgrade under way, which sign-ins and tokens ended meanwhile: it has no session yet that could hear of it. */
  readonly #arriving = new Set<Set<string>>();
  readonly #unsubscribe: () => void;
  #cancelSweep: () => void;
  #stopping = false;
  #allGone: (() => void) | null = null;

  constructor(parts: CollaborationParts, access: RoomAccess, turn: Turn) {
    this.#parts = parts;
    this.#turn = turn;
    const { log } = parts;
    const events = {
      lostWordsKept: (blockId: string) => void this.#announceLostWords(blockId),
      shapeChanged: (blockId: string) => this.#shapes.written(blockId),
    };
    this.#desk = createDesk(parts, access, turn, events, {
      refused: (refused) => parts.refusals.note(refusedRoom(parts, refused)),
      takenAway: (personId, blockId) => parts.refusals.taken.note(personId, { blockId }),
    });
    this.writing = createBlockWriting(this.#desk.rooms, parts.random);
    this.rewriting = createBlockRewriting(this.#desk.rooms, parts);
    this.#shapes = this.#checkShapes();
    this.#server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      clientTracking: false,
      maxPayload: MAX_MESSAGE_BYTES,
      maxFragments: MAX_FRAGMENTS,
      maxBufferedChunks: MAX_PIECES_OF_FRAME,
      handleProtocols: (offered, request) => chooseProtocol(offered, pathOf(request)),
    });
    this.#server.on('error', (cause) => log.error('the socket server failed', {}, cause));
    this.#unsubscribe = parts.bus.subscribe((message) => this.#hear(message));
    this.#cancelSweep = this.#sweepLater();
  }

  seal(blockId: string): Promise<WindowEnd | null> {
    return this.#desk.compaction.seal(blockId);
  }

  roomsOpen(): number {
    return this.#desk.rooms.size + this.#desk.caseRooms.size;
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const onError = (cause: unknown) => this.#parts.log.debug(`a socket failed before it opened: ${cause}`);
    socket.on('error', onError);
    const ended = new Set<string>();
    this.#arriving.add(ended);
    this.#upgrade(request, socket, head, ended)
      .catch((cause) => {
        this.#parts.log.error('an upgrade failed', {}, cause);
        refuseUpgrade(socket, 'internal');
      })
      .finally(() => this.#arriving.delete(ended));
  }

  async stop(): Promise<{ readonly unsaved: readonly string[] }> {
    this.#stopping = true;
    this.#unsubscribe();
    this.#cancelSweep();
    this.#desk.batch.takeFailed();
    for (const session of this.#sessions) session.freeze();
    this.#shapes.stop();
    const finished = await this.#within(STOP_WITHIN_MS, this.#finishWriting());
    const unsaved = new Set(this.#desk.batch.takeFailed());
    if (!finished) {
      for (const room of this.#desk.rooms.open()) if (!room.isQuiet) unsaved.add(room.blockId);
    }
    const gone = new Promise<void>((resolve) => {
      this.#allGone = resolve;
    });
    for (const session of [...this.#sessions]) session.close('stopping');
    if (this.#sessions.size > 0) await gone;
    if (finished) this.#desk.rooms.close();
    // Folded, the blocks open sooner; but nobody waits long for that.
    if (finished) await this.#within(FOLD_AT_STOP_WITHIN_MS, this.#desk.compaction.idle());
    // Told first, it takes what the thread then leaves undone for no failure.
    const stopped = this.#desk.compaction.stop();
    await this.#parts.folder.close();
    await stopped;
    this.#server.close();
    return { unsaved: [...unsaved].sort() };
  }

  async #upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    ended: ReadonlySet<string>,
  ): Promise<void> {
    const wanted = readWanted(request);
    const origin = originOf(request, this.#parts.settings.publicUrl);
    if (typeof wanted === 'string') return refuseUpgrade(socket, wanted);
    if (origin === 'foreign') return refuseUpgrade(socket, 'no-access');
    if (this.#stopping || this.#sessions.size >= MAX_SOCKETS) return refuseUpgrade(socket, 'unavailable');
    const signedIn = await this.#parts.authentication.ofRequest(request);
    if (signedIn?.via === 'session' && origin === 'missing') return refuseUpgrade(socket, 'no-access');
    const identity = signedIn && (await this.#desk.access.person(signedIn.personId));
    if (identity && !(await this.#mayCome(identity.id))) return refuseUpgrade(socket, 'unavailable');
    if (this.#stopping) return refuseUpgrade(socket, 'unavailable');
    if (socket.destroyed) return;
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', (cause) => this.#parts.log.debug(`a socket failed: ${cause.message}`));
      if (signedIn && identity && !ended.has(signedIn.credentialId))
        this.#converse(webSocket, socket, wanted, signedIn, identity, actorOf(request, signedIn));
      else this.#turnAway(webSocket, socket, wanted, 'not-signed-in');
    });
  }

  /** Whoever opened too much waits before the next socket is theirs. */
  async #mayCome(personId: string): Promise<boolean> {
    const { people, clock } = this.#desk;
    const person = people.of(personId, clock.now());
    if (person.sockets >= MAX_SOCKETS_PER_PERSON) return false;
    const wait = person.wait(clock.now());
    if (wait === 0) return true;
    // Counted meanwhile, so that what waits is bounded as well.
    person.sockets += 1;
    await new Promise<void>((resolve) => clock.after(wait, resolve));
    person.sockets -= 1;
    return true;
  }

  #converse(
    webSocket: WebSocket,
    socket: Duplex,
    wanted: Wanted,
    signedIn: SignedIn,
    identity: SocketSession['identity'],
    actor: Arrival['actor'],
  ) {
    const { scope } = signedIn;
    const records = this.#parts.records.read;
    const shown = passkeyAccess(this.#desk.access, records, signedIn);
    const access = scope ? scopedAccess(shown, records, scope) : shown;
    const session = new SocketSession(
      this.#desk,
      new FramedSocket(webSocket, socket),
      signedIn,
      identity,
      (line) =>
        wanted.kind === 'many-rooms'
          ? new ManyRoomsSession(this.#desk, line)
          : new StockSession(this.#desk, line, wanted.room, wanted.knowsSchema),
      { actor, access },
    );
    this.#sessions.add(session);
    webSocket.on('message', (data, isBinary) => session.receive(isBinary ? bytesOf(data) : null));
    countUnfinished(webSocket, socket, (bytes) => session.unfinished(bytes));
    webSocket.on('pong', () => session.pong());
    webSocket.on('close', () => {
      this.#sessions.delete(session);
      session.gone();
      if (this.#sessions.size === 0) this.#allGone?.();
    });
    session.start();
  }

  /** A stock client that is only closed tries again for ever; a browser sees no HTTP status. */
  #turnAway(webSocket: WebSocket, socket: Duplex, wanted: Wanted, reason: CloseReason): void {
    if (wanted.kind === 'stock' && isPermanent(reason)) webSocket.send(writePermissionDenied(reason));
    webSocket.close(closeCode(reason), reason);
    const cancelCut = this.#parts.clock.after(CLOSE_WITHIN_MS, () => webSocket.terminate());
    webSocket.on('close', cancelCut);
    let unheard = 0;
    socket.on('data', (piece: Buffer) => {
      unheard += piece.length;
      if (unheard > MAX_UNHEARD_BYTES) webSocket.terminate();
    });
  }

  #hear(message: BusMessage): void {
    if (message.t === 'signed-out') for (const ended of this.#arriving) ended.add(message.credentialId);
    for (const session of [...this.#sessions]) {
      switch (message.t) {
        case 'changed':
          session.changed(message.topic);
          break;
        case 'access-changed':
          if (message.personId === null || message.personId === session.identity.id) session.reconsider();
          break;
        case 'signed-out':
          if (message.credentialId === session.signedIn.credentialId) session.close('not-signed-in');
          break;
        default:
          message satisfies never;
      }
    }
  }

  #sweepLater(): () => void {
    return this.#parts.clock.after(SWEEP_EVERY_MS, () => {
      for (const session of [...this.#sessions]) session.sweep();
      this.#desk.people.sweep(this.#desk.clock.now());
      this.#cancelSweep = this.#sweepLater();
    });
  }

  async #finishWriting(): Promise<void> {
    await this.#shapes.idle();
    for (;;) {
      await this.#desk.batch.idle();
      if (this.#desk.rooms.open().every((room) => room.isQuiet)) return;
      await new Promise<void>((resolve) => this.#turn(resolve));
    }
  }

  /** @returns whether it was done in time */
  async #within(ms: number, work: Promise<void>): Promise<boolean> {
    let cancel = () => {};
    const tooLate = new Promise<boolean>((resolve) => {
      cancel = this.#parts.clock.after(ms, () => resolve(false));
    });
    try {
      return await Promise.race([work.then(() => true), tooLate]);
    } finally {
      cancel();
    }
  }

  #checkShapes(): ShapeCheck {
    const { blocks, folder, records, clock, log } = this.#parts;
    return new ShapeCheck({
      clock,
      log,
      hydrate: (blockId) => readForShape(blocks, folder, blockId),
      owners: (blockId) => blocks.clientOwners(blockId),
      edit: (blockId, change) => this.writing.edit(blockId, null, change),
      keep: async (blockId, words) => {
        await keepUnheldWords(records, blockId, words, clock.now());
        await this.#announceLostWords(blockId);
      },
    });
  }

  async #announceLostWords(blockId: string): Promise<void> {
    try {
      const block = await this.#parts.records.read
        .selectFrom('blocks')
        .select('case_id')
        .where('id', '=', blockId)
        .executeTakeFirst();
      if (block) this.#parts.bus.publish({ t: 'changed', topic: `case/${block.case_id}` });
    } catch (cause) {
      this.#parts.log.error('kept words could not be announced', { block: blockId }, cause);
    }
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] as string;
}

function bytesOf(data: WebSocket.RawData): Uint8Array {
  const buffer = Array.isArray(data) ? Buffer.concat(data) : data;
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
