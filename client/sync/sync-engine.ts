/**
 * The client's half of the live engine: opens blocks on demand, keeps their unsent
 * changes safe, and tells the page what it may say about them. Runs without React.
 */

import type { CloseReason } from '../../shared/protocol/control.ts';
import { BlockReplica, type ReplicaParts } from './block-replica.ts';
import { CasePresence, type Me } from './case-presence.ts';
import type { Clock } from './clock.ts';
import type { DeviceStore } from './device-store.ts';
import type { Engine } from './engine.ts';
import { OpenBlock } from './open-block.ts';
import type { BlockView, Connection, KeptWords, PersonHere } from './replica.ts';
import { SharedSocket, type SharedSocketParts } from './shared-socket.ts';
import { Tabs } from './tabs.ts';
import type { Change } from './waiting-changes.ts';
import { Value, type Watched } from './watched.ts';

/** Another tab's change that it has not had acknowledged for so long is sent by this one. */
const RESCUE_AFTER = 5_000;

export interface SyncEngineParts
  extends Pick<SharedSocketParts, 'url' | 'makeSocket' | 'roomAskedOn' | 'onNetwork'> {
  readonly me: Me;
  readonly clock: Clock;
  /** Random and unique. */
  readonly newId: () => string;
  readonly openStore: () => DeviceStore;
  readonly openTabs: () => BroadcastChannel | null;
  /** The server says that this person is not signed in here any more. */
  readonly signedOut?: () => void;
}

const NOWHERE = { blockId: null, field: null };

interface Running extends ReplicaParts {
  readonly socket: SharedSocket;
}

interface CaseEntry {
  readonly people: Value<readonly PersonHere[]>;
  entered: number;
  presence: CasePresence | null;
  /** Where this person is, told again after a reload of the room. */
  place: { readonly blockId: string | null; readonly field: string | null };
}

export class SyncEngine implements Engine {
  readonly connection = new Value<Connection>('connecting');
  readonly refusal = new Value<CloseReason | null>(null);
  readonly kept = new Value<readonly KeptWords[]>([]);

  readonly #parts: SyncEngineParts;
  readonly #blocks = new Map<string, OpenBlock>();
  readonly #cases = new Map<string, CaseEntry>();
  readonly #topics = new Map<string, Set<() => void>>();
  /** Changes that other tabs made in blocks that are not open here. */
  readonly #rescues = new Map<string, Map<string, { lineage: string; change: Change }>>();
  readonly #callOffs = new Set<() => void>();
  /** Kept words that this device could not store. */
  readonly #onlyHere = new Set<string>();
  #running: Running | null = null;

  constructor(parts: SyncEngineParts) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#running) return;
    const { me, clock, newId, url, makeSocket, roomAskedOn, onNetwork } = this.#parts;
    const socket = new SharedSocket({ url, personId: me.id, makeSocket, roomAskedOn, clock, onNetwork });
    const running: Running = {
      socket,
      store: this.#parts.openStore(),
      tabs: new Tabs(this.#parts.openTabs(), clock),
      clock,
      newId,
    };
    this.#running = running;
    this.refusal.set(null);
    running.tabs.onMessage = (message) => {
      if (message.kind === 'kept') void this.#readKept(running);
      else if (message.kind === 'change') this.#heardChange(message.blockId, message.lineage, message.change);
      else this.#heardAcknowledged(message.blockId, message.ids);
    };
    socket.onChanged = (topic) => this.#tell(topic);
    socket.onRefused = (reason) => {
      this.refusal.set(reason);
      if (reason === 'not-signed-in') this.#parts.signedOut?.();
    };
    socket.state.watch(() => this.#connectionChanged(running));
    for (const block of this.#blocks.values()) block.start(running);
    for (const [caseId, entry] of this.#cases) this.#present(caseId, entry);
    socket.start();
    this.connection.set(socket.state.get());
    void this.#readKept(running);
    void this.#sendWhatWaits(running);
    void running.store.sweep();
  }

  stop(): void {
    const running = this.#running;
    if (!running) return;
    this.#running = null;
    for (const callOff of this.#callOffs) callOff();
    this.#callOffs.clear();
    for (const block of this.#blocks.values()) block.stop();
    for (const entry of this.#cases.values()) {
      entry.presence?.close();
      entry.presence = null;
    }
    running.socket.stop();
    running.tabs.close();
    void running.store.close();
    this.connection.set('offline');
  }

  /** The store in use; null while stopped. */
  get store(): DeviceStore | null {
    return this.#running?.store ?? null;
  }

  /** Would closing the page lose something that was typed? */
  get unsafe(): boolean {
    return this.#onlyHere.size > 0 || [...this.#blocks.values()].some((block) => block.unsafe);
  }

  block(blockId: string): Watched<BlockView> {
    return this.#blockOf(blockId).view;
  }

  holdBlock(blockId: string): () => void {
    return this.#blockOf(blockId).hold();
  }

  async letGo(blockIds: readonly string[]): Promise<void> {
    const running = this.#running;
    const held = await running?.store.held();
    if (!held || running !== this.#running) return;
    // Opened once, a closed block is refused, and that ends the copy.
    for (const blockId of blockIds) if (held.has(blockId)) this.holdBlock(blockId)();
  }

  peopleHere(caseId: string): Watched<readonly PersonHere[]> {
    return this.#caseOf(caseId).people;
  }

  enterCase(caseId: string): () => void {
    const entry = this.#caseOf(caseId);
    entry.entered++;
    this.#present(caseId, entry);
    return once(() => {
      entry.entered--;
      if (entry.entered > 0) return;
      entry.presence?.close();
      entry.presence = null;
      entry.place = NOWHERE;
    });
  }

  moveTo(caseId: string, blockId: string | null, field: string | null): void {
    const entry = this.#caseOf(caseId);
    entry.place = { blockId, field };
    entry.presence?.moveTo(blockId, field);
  }

  follow(topic: string, onChange: () => void): () => void {
    const followers = this.#topics.get(topic) ?? new Set();
    const follower = () => onChange();
    followers.add(follower);
    this.#topics.set(topic, followers);
    if (followers.size === 1) this.#running?.socket.sendControl({ t: 'follow', topic });
    return once(() => {
      followers.delete(follower);
      if (followers.size > 0) return;
      this.#topics.delete(topic);
      this.#running?.socket.sendControl({ t: 'unfollow', topic });
    });
  }

  forgetKept(id: string): void {
    this.kept.set(this.kept.get().filter((words) => words.id !== id));
    this.#onlyHere.delete(id);
    const running = this.#running;
    void running?.store.forgetKept(id).then(() => running.tabs.post({ kind: 'kept' }));
  }

  #blockOf(blockId: string): OpenBlock {
    const known = this.#blocks.get(blockId);
    if (known) return known;
    const block = new OpenBlock(this.#parts.clock, {
      replica: (parts, owner) => new BlockReplica(blockId, parts, owner),
      kept: (words, onDevice) => this.#keep(words, onDevice),
    });
    this.#blocks.set(blockId, block);
    if (this.#running) block.start(this.#running);
    return block;
  }

  #caseOf(caseId: string): CaseEntry {
    const known = this.#cases.get(caseId);
    if (known) return known;
    const entry: CaseEntry = {
      people: new Value<readonly PersonHere[]>([]),
      entered: 0,
      presence: null,
      place: NOWHERE,
    };
    this.#cases.set(caseId, entry);
    return entry;
  }

  #present(caseId: string, entry: CaseEntry): void {
    if (!this.#running || entry.entered === 0 || entry.presence) return;
    entry.presence = new CasePresence(this.#running.socket, caseId, this.#parts.me, entry.people);
    entry.presence.moveTo(entry.place.blockId, entry.place.field);
  }

  #connectionChanged({ socket }: Running): void {
    const before = this.connection.get();
    this.connection.set(socket.state.get());
    if (!socket.live || before === 'live') return;
    for (const topic of this.#topics.keys()) {
      socket.sendControl({ t: 'follow', topic });
      this.#tell(topic);
    }
  }

  #tell(topic: string): void {
    for (const follower of [...(this.#topics.get(topic) ?? [])]) follower();
  }

  #keep(words: KeptWords, onDevice: Promise<boolean>): void {
    this.kept.set([...this.kept.get(), words]);
    this.#onlyHere.add(words.id);
    void onDevice.then((done) => {
      if (!done) return;
      this.#onlyHere.delete(words.id);
      this.#running?.tabs.post({ kind: 'kept' });
    });
  }

  async #readKept(running: Running): Promise<void> {
    const stored = await running.store.kept();
    if (running !== this.#running) return;
    const onlyHere = this.kept.get().filter((words) => this.#onlyHere.has(words.id));
    const known = new Set(stored.map((words) => words.id));
    const all = [...stored, ...onlyHere.filter((words) => !known.has(words.id))];
    this.kept.set(all.sort((one, other) => one.at - other.at));
  }

  /** What an earlier visit could not send goes out now, looked at or not (SAVE-3). */
  async #sendWhatWaits(running: Running): Promise<void> {
    const waiting = await running.store.waiting();
    if (running !== this.#running) return;
    for (const blockId of waiting.keys()) this.#blockOf(blockId).holdUntilSent();
  }

  #heardChange(blockId: string, lineage: string, change: Change): void {
    const block = this.#blocks.get(blockId);
    if (block?.receive(lineage, change)) return;
    const changes = this.#rescues.get(blockId) ?? new Map();
    changes.set(change.id, { lineage, change });
    this.#rescues.set(blockId, changes);
    if (changes.size === 1) this.#rescueLater(blockId);
  }

  #rescueLater(blockId: string): void {
    const callOff = this.#parts.clock.after(RESCUE_AFTER, () => {
      this.#callOffs.delete(callOff);
      const changes = this.#rescues.get(blockId);
      this.#rescues.delete(blockId);
      if (!changes || changes.size === 0) return;
      this.#blockOf(blockId).rescue([...changes.values()]);
    });
    this.#callOffs.add(callOff);
  }

  #heardAcknowledged(blockId: string, ids: readonly string[]): void {
    this.#blocks.get(blockId)?.settle(ids);
    for (const id of ids) this.#rescues.get(blockId)?.delete(id);
  }
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}
