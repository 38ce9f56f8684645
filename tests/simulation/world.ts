/**
 * A block's pages, the server and the disk under it, on a network and clocks that
 * move when they are told to. The pages are the client's engine, the server is the
 * whole of its live part behind its own handshake.
 */
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import * as Y from 'yjs';
import { memoryRoomBus } from '../../server/adapters/memory/room-bus.ts';
import { type Collaboration, createCollaboration } from '../../server/collaboration/collaboration.ts';
import { silentLog } from '../../server/log.ts';
import type { RecordStore } from '../../server/ports/record-store.ts';
import type { RoomBus } from '../../server/ports/room-bus.ts';
import type { BlockDecision } from '../../server/studies/room-access.ts';
import { HandClock } from '../support/clock.ts';
import type { TestParts } from '../support/parts.ts';
import { seededRandomness } from '../support/randomness.ts';
import { HandTurn } from '../support/wire.ts';
import { Network } from '../sync/support/network.ts';
import { Page } from '../sync/support/page.ts';
import { Disk, DiskOfProcess } from './disk.ts';
import { Line } from './line.ts';
import { Stranger } from './stranger.ts';

export const BLOCK = 'one';
export const LINEAGE = 'first';
const WRITES: BlockDecision = { access: 'write', team: true };
/** When every schedule begins, milliseconds since 1970. */
const BEGIN = Date.UTC(2030, 0, 15, 9);

interface Process {
  readonly collaboration: Collaboration;
  readonly disk: DiskOfProcess;
  readonly clock: HandClock;
  readonly turn: HandTurn;
  readonly bus: RoomBus;
}

export class World {
  readonly disk: Disk;
  readonly records: RecordStore;
  readonly pages: Page[] = [];
  readonly strangers: Stranger[] = [];
  readonly lines: Line[] = [];
  /** By person; absent: may write. */
  readonly access = new Map<string, BlockDecision>();
  /** Between the tabs of a person alone. */
  readonly tabs = new Network();
  /** Without a network nobody reaches the server. */
  networkIsUp = true;
  #parts: TestParts;
  #process: Process;
  #processes = 0;
  #elapsed = 0;

  constructor(parts: TestParts, records: RecordStore) {
    this.#parts = parts;
    this.records = records;
    vi.setSystemTime(BEGIN);
    globalThis.indexedDB = new IDBFactory();
    this.disk = new Disk(records);
    this.#process = this.#begin();
  }

  get process(): Process {
    return this.#process;
  }

  page(personId: string): Page {
    const page = new Page(this.tabs, personId, {
      makeSocket: () => this.#connect(personId, '/collab', ['casebook.1']) as unknown as WebSocket,
    });
    page.engine.holdBlock(BLOCK);
    this.pages.push(page);
    return page;
  }

  stranger(personId: string): Stranger {
    const stranger = new Stranger(personId, (protocols) =>
      this.#connect(personId, `/collab/block/${BLOCK}`, protocols),
    );
    this.strangers.push(stranger);
    stranger.come();
    return stranger;
  }

  decide(personId: string, decision: Omit<BlockDecision, 'team'>): void {
    this.access.set(personId, { ...decision, team: true });
    this.process.bus.publish({ t: 'access-changed', personId, caseId: null });
  }

  /** Time goes on everywhere. @param ms milliseconds */
  pass(ms: number): void {
    this.#elapsed += ms;
    vi.advanceTimersByTime(ms);
    this.process.clock.advance(ms);
  }

  /** Promises, streams and devices get a few turns. */
  async breathe(turns = 2): Promise<void> {
    for (let turn = 0; turn < turns; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  /**
   * The server's process is killed, and another takes its place.
   * @param reached so many of its last writes still came to the disk
   */
  async crash(reached: number): Promise<void> {
    const { disk } = this.#process;
    await disk.end(reached);
    const lines = this.lines.splice(0);
    this.#process = this.#begin();
    for (const line of lines) line.cut();
  }

  /** Delivers all that is under way, until nobody has anything left to say. */
  async run(): Promise<void> {
    for (let quiet = 0; quiet < 3; ) {
      let moved = this.process.turn.step();
      moved = this.tabs.tellTabs() || moved;
      this.#forgetLines();
      for (const line of [...this.lines]) {
        while (line.stepUp()) moved = true;
        while (line.stepDown()) moved = true;
      }
      while (await this.process.disk.step()) moved = true;
      await this.breathe(1);
      quiet = moved ? 0 : quiet + 1;
    }
  }

  /** Devices have done what they were asked. */
  async settle(): Promise<void> {
    for (const page of this.pages) await page.settled();
  }

  /** The block as somebody gets it who joins now. */
  async joined(): Promise<Y.Doc> {
    const stored = await this.disk.store.load(BLOCK);
    if (!stored) throw new Error('the block is gone');
    const doc = new Y.Doc();
    const updates = stored.tail.map((row) => row.bytes);
    if (stored.snapshot) updates.unshift(stored.snapshot.bytes);
    if (updates.length > 0) Y.applyUpdate(doc, Y.mergeUpdates(updates));
    return doc;
  }

  async end(): Promise<void> {
    for (const page of this.pages) page.engine.stop();
    for (const line of this.lines.splice(0)) line.cut();
    await this.process.disk.end(0);
    await this.settle();
    vi.clearAllTimers();
  }

  #forgetLines(): void {
    for (let at = this.lines.length - 1; at >= 0; at--) if (this.lines[at]?.isOver) this.lines.splice(at, 1);
  }

  #connect(personId: string, path: string, protocols: readonly string[]): Line {
    this.#forgetLines();
    const line = new Line(this.process.collaboration, personId, path, protocols);
    this.lines.push(line);
    if (!this.networkIsUp) queueMicrotask(() => line.cut());
    return line;
  }

  #begin(): Process {
    this.#processes++;
    const clock = new HandClock(BEGIN + this.#elapsed);
    const disk = new DiskOfProcess(this.disk);
    const turn = new HandTurn();
    const bus = memoryRoomBus((cause) => {
      throw cause;
    });
    const parts = {
      ...this.#parts,
      blocks: disk,
      clock,
      bus,
      random: seededRandomness(this.#processes),
      log: silentLog(),
    };
    const collaboration = createCollaboration(
      parts,
      {
        block: async (personId) => this.access.get(personId) ?? WRITES,
        case: async () => 'closed',
        topic: async () => 'closed',
        person: async (id) => ({ id, name: `Person ${id}`, colour: '#224466', initials: 'P' }),
      },
      turn.turn,
    );
    return { collaboration, disk, clock, turn, bus };
  }
}
