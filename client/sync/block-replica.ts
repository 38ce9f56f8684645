/**
 * This device's copy of one block: opened from the device first, then kept in step
 * with the server, until it is closed or ended by a refusal (SAVE-2, SAVE-3, SAVE-6).
 */
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { type Access, includesAccess } from '../../shared/permissions/access.ts';
import type { CloseReason } from '../../shared/protocol/control.ts';
import { writeUpdate } from '../../shared/protocol/messages.ts';
import { roomName } from '../../shared/protocol/rooms.ts';
import { BlockUndo } from './block-undo.ts';
import { ChangeKeeper } from './change-keeper.ts';
import { type ChannelOwner, channelSocketClass, isFinal, PROVIDER_BACKOFF } from './channel-socket.ts';
import type { Clock } from './clock.ts';
import { DeviceCopy, FROM_DEVICE } from './device-copy.ts';
import type { DeviceStore } from './device-store.ts';
import { forgetOthersOnClose } from './fresh-awareness.ts';
import type { KeptWords, Replica, SaveState } from './replica.ts';
import type { SharedSocket } from './shared-socket.ts';
import type { Tabs } from './tabs.ts';
import { wordsNotSent, wordsOfUpdates } from './unsent-words.ts';
import { type Change, saveState, WaitingChanges } from './waiting-changes.ts';
import { withoutGaps } from './whole-updates.ts';
import type { SyncWrite } from './wire-messages.ts';

/** Origin of what another tab of this person did. */
const FROM_TAB = Object.freeze({ name: 'from another tab' });
/** Refusals of what this replica sends, with nothing saved between, after which it ends. */
const REFUSALS_TO_END = 3;

export interface ReplicaParts {
  readonly socket: SharedSocket;
  readonly store: DeviceStore;
  readonly tabs: Tabs;
  readonly clock: Clock;
  readonly newId: () => string;
}

export interface ReplicaOwner {
  changed(): void;
  /** The server had not got these words. @param onDevice whether this device keeps them */
  kept(words: KeptWords, onDevice: Promise<boolean>): void;
  /** This replica is of no more use. */
  ended(reason: CloseReason): void;
}

export class BlockReplica implements Replica, ChannelOwner {
  readonly blockId: string;
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  readonly undo: BlockUndo = new BlockUndo(this.doc);

  access: Access = 'none';
  live = false;
  /** The device's or the server's copy is there. */
  loaded = false;
  refusal: CloseReason | null = null;

  readonly #parts: ReplicaParts;
  readonly #owner: ReplicaOwner;
  readonly #copy: DeviceCopy;
  readonly #waiting = new WaitingChanges();
  readonly #keeper: ChangeKeeper;
  #provider: WebsocketProvider | null = null;
  #lineage: string | null = null;
  #over = false;
  /** The change whose update event is being told at this moment. */
  #telling: string | null = null;
  /** From other tabs, before there is a copy that they belong to. */
  #early: { readonly lineage: string; readonly change: Change }[] = [];
  #refusals = 0;
  /** Something was merged with changes that wait: words of theirs may be hidden, and thrown away. */
  #isMixed = false;

  constructor(blockId: string, parts: ReplicaParts, owner: ReplicaOwner) {
    this.blockId = blockId;
    this.#parts = parts;
    this.#owner = owner;
    this.#copy = new DeviceCopy(parts.store, blockId, this.doc, parts.clock, parts.newId);
    this.#keeper = new ChangeKeeper(this.#waiting, this.#copy, parts, () => this.#owner.changed());
    // A caret is shown only where its owner is: nothing to renew in the other rooms.
    this.awareness.setLocalState(null);
    // Before the provider's, so that a change is known when the provider sends it.
    this.doc.on('update', this.#onUpdate);
  }

  get save(): SaveState {
    return saveState({
      loaded: this.loaded,
      live: this.live,
      waiting: this.#waiting.count,
      unkept: this.#waiting.unkept,
      keeping: this.#keeper.asking,
    });
  }

  /** Opens the device's copy, then the room. */
  async open(): Promise<void> {
    const { copy, orphans } = await this.#copy.load();
    if (this.#over) return;
    if (copy) {
      this.#lineage = copy.lineage;
      this.access = copy.access;
      for (const change of copy.waiting) this.#waiting.add(change, true);
      this.#isMixed = copy.waiting.length > 0;
      this.loaded = true;
    }
    if (orphans.length > 0) {
      const words = this.#keptWords(wordsOfUpdates(orphans.map((row) => row.bytes)), 'lineage');
      const ids = orphans.map((row) => row.id);
      const kept = this.#parts.store.endOrphans(ids, words);
      if (words) this.#owner.kept(words, kept);
    }
    this.#provider = new WebsocketProvider(
      'casebook:',
      roomName({ kind: 'block', id: this.blockId }),
      this.doc,
      {
        awareness: this.awareness,
        disableBc: true,
        maxBackoffTime: PROVIDER_BACKOFF,
        WebSocketPolyfill: channelSocketClass(this.#parts.socket, this, SCHEMA_VERSION),
      },
    );
    this.#provider.on('sync', this.#onSync);
    forgetOthersOnClose(this.#provider, this.awareness);
    this.#owner.changed();
  }

  /** Closes the room, keeping the device's copy. */
  async close(): Promise<void> {
    if (this.#over) return;
    this.#leave();
    await this.#copy.close();
  }

  /** Changes that neither the server nor this device holds. */
  get unsafe(): number {
    return this.#waiting.unkept;
  }

  get waiting(): number {
    return this.#waiting.count + this.#early.length;
  }

  /** Another tab of this person did this. */
  receive(lineage: string, change: Change): void {
    if (!this.loaded) {
      this.#early.push({ lineage, change });
      void this.#parts.store.changeRows([{ ...change, blockId: this.blockId, lineage, waiting: 1 }], []);
      return;
    }
    if (this.#over || this.#lineage !== lineage || !this.#mayBeMeant()) return;
    this.#waiting.add(change, false);
    this.#isMixed = true;
    this.#telling = change.id;
    // As it was made: merging it here may hide its words, or it waits here for what it builds on.
    if (this.live) this.#provider?.ws?.send(writeUpdate(change.bytes));
    Y.applyUpdate(this.doc, change.bytes, FROM_TAB);
    this.#telling = null;
    this.#keeper.keep([change]);
    this.#owner.changed();
  }

  /** Another tab had these acknowledged. */
  settle(ids: readonly string[]): void {
    this.#early = this.#early.filter(({ change }) => !ids.includes(change.id));
    this.#acknowledge(this.#waiting.settle(ids));
  }

  /** A doc throws away words that it hides; the server, which keeps them, has to see them first (SAVE-5). */
  asMade(): readonly Uint8Array[] {
    return this.#isMixed ? withoutGaps(this.#waiting.updates()) : [];
  }

  known(): Uint8Array {
    return Y.encodeStateVector(this.doc);
  }

  mayWrite(): boolean {
    return includesAccess(this.access, 'suggest');
  }

  opened(access: Access, lineage: string): boolean {
    if (this.#over) return false;
    if (this.#lineage !== null && this.#lineage !== lineage) {
      this.#end('lineage');
      return false;
    }
    this.#lineage = lineage;
    this.access = access;
    if (!this.mayWrite() && this.#waiting.count > 0) {
      this.#end('access-changed');
      return false;
    }
    this.#waiting.channelOpened();
    this.live = true;
    this.refusal = null;
    if (this.loaded) void this.#copy.opened(access);
    this.#owner.changed();
    return true;
  }

  closed(reason: CloseReason | null): void {
    if (this.#over) return;
    this.live = false;
    if (reason === 'bad-message') this.#refusals++;
    if (reason === 'not-signed-in') {
      // The copy and its changes stay: they go out when the same person is signed in again.
      this.refusal = reason;
    } else if (isFinal(reason)) {
      this.#end(reason);
      return;
    } else if (reason && this.#refusals >= REFUSALS_TO_END) {
      this.#end(reason);
      return;
    }
    this.#owner.changed();
  }

  wrote(kind: SyncWrite, n: number): void {
    if (kind === 'everything') this.#waiting.wroteEverything(n);
    else if (this.#telling !== null) this.#waiting.wrote(this.#telling, n);
  }

  saved(n: number): void {
    const saved = this.#waiting.saved(n);
    if (saved.length === 0) return;
    this.#refusals = 0;
    this.#parts.tabs.post({
      kind: 'acknowledged',
      blockId: this.blockId,
      ids: saved.map((change) => change.id),
    });
    this.#acknowledge(saved);
  }

  readonly #onUpdate = (bytes: Uint8Array, origin: unknown): void => {
    if (this.#over || origin === FROM_DEVICE || origin === FROM_TAB) return;
    if (origin === this.#provider) {
      if (this.#waiting.count > 0) this.#isMixed = true;
      this.#copy.received(bytes);
      return;
    }
    if (!this.#mayBeMeant() || this.#lineage === null) return;
    const change: Change = { id: this.#parts.newId(), bytes };
    this.#waiting.add(change, false);
    // The provider, told next, sends it where it can.
    this.#telling = change.id;
    this.#parts.tabs.post({ kind: 'change', blockId: this.blockId, lineage: this.#lineage, change });
    this.#keeper.keep([change]);
    this.#owner.changed();
  };

  readonly #onSync = (synced: boolean): void => {
    if (!synced || this.#over || this.loaded || this.#lineage === null) return;
    this.loaded = true;
    void this.#copy.complete(this.#lineage, this.access);
    for (const { lineage, change } of this.#early.splice(0)) this.receive(lineage, change);
    this.#owner.changed();
  };

  /**
   * A reader's editor may tidy up, which nobody needs to hear of. But while the server
   * does not say otherwise, a change is taken for somebody's words, and kept.
   */
  #mayBeMeant(): boolean {
    return this.mayWrite() || !this.live;
  }

  #acknowledge(changes: readonly Change[]): void {
    if (changes.length === 0 || this.#over) return;
    if (this.#waiting.count === 0) this.#isMixed = false;
    this.#copy.acknowledged(changes);
    this.#owner.changed();
  }

  #leave(): void {
    this.#over = true;
    this.live = false;
    this.#keeper.end();
    this.doc.off('update', this.#onUpdate);
    this.#provider?.destroy();
    this.#provider = null;
    this.awareness.destroy();
    this.undo.end();
  }

  /** SAVE-6: the words that were not sent are kept apart, the copy goes. */
  #end(reason: CloseReason): void {
    this.#leave();
    const words =
      this.#waiting.count === 0
        ? null
        : this.#keptWords(wordsNotSent(this.doc, this.#waiting.updates()), reason);
    const known = [...this.#waiting.ids(), ...this.#copy.end()];
    const kept = this.#parts.store.endCopy(this.blockId, words, known);
    if (words) this.#owner.kept(words, kept);
    this.#owner.ended(reason);
  }

  #keptWords(words: string, reason: CloseReason): KeptWords | null {
    if (words === '') return null;
    return { id: this.#parts.newId(), blockId: this.blockId, words, reason, at: this.#parts.clock.now() };
  }
}
