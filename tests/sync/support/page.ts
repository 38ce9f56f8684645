/** Pages of people, each with its own engine, on a network stepped by hand. */
import 'fake-indexeddb/auto';
import type * as Y from 'yjs';
import { type Clock, pageClock } from '../../../client/sync/clock.ts';
import { DeviceStore } from '../../../client/sync/device-store.ts';
import { LOCAL_EDIT } from '../../../client/sync/local-edit.ts';
import type { BlockView } from '../../../client/sync/replica.ts';
import { SyncEngine } from '../../../client/sync/sync-engine.ts';
import type { EarlyConnection } from './early.ts';
import { FakeTab, type Network } from './network.ts';

// The stock provider listens for the end of a Node process, once for every room.
process.setMaxListeners(0);

let pages = 0;

export interface PageOptions {
  /** False: this page's device keeps nothing. */
  readonly keeps?: boolean;
  /** False: other tabs do not hear of it. */
  readonly tabs?: boolean;
  /** The first connection, with a room asked for on it already. */
  readonly early?: EarlyConnection;
  /** Instead of the network's own. */
  readonly makeSocket?: (url: string, protocols: string[]) => WebSocket;
}

export class Page {
  readonly engine: SyncEngine;
  readonly personId: string;
  readonly stores: DeviceStore[] = [];
  network: (what: 'maybe-back' | 'gone') => void = () => {};
  #ids = 0;
  /** Put off until this page's next frame. */
  #unpainted: (() => void)[] = [];
  readonly #clock: Clock;

  constructor(network: Network, personId: string, options: PageOptions = {}) {
    const page = ++pages;
    this.#clock = {
      ...pageClock,
      random: () => 0.5,
      // On a real network nobody draws frames by hand.
      afterPaint: options.makeSocket ? queueMicrotask : (run) => void this.#unpainted.push(run),
    };
    this.personId = personId;
    const keeps = options.keeps ?? true;
    let { early } = options;
    const connect = () => {
      const socket = early?.socket.closed === false ? early.take() : network.connect(personId);
      early = undefined;
      return socket as unknown as WebSocket;
    };
    this.engine = new SyncEngine({
      me: { id: personId, name: `Person ${personId}`, colour: '#224466', initials: 'P' },
      url: 'ws://case.test/collab',
      makeSocket: options.makeSocket ?? connect,
      roomAskedOn: (socket) =>
        (socket as unknown) === options.early?.socket ? (options.early?.room ?? null) : null,
      onNetwork: (change) => {
        this.network = change;
        return () => {};
      },
      clock: this.#clock,
      newId: () => `${page}-${++this.#ids}`,
      openStore: () => {
        const store = new DeviceStore(keeps ? personId : null, this.#clock);
        this.stores.push(store);
        return store;
      },
      openTabs: () =>
        (options.tabs ?? true) ? (new FakeTab(network, personId) as unknown as BroadcastChannel) : null,
    });
    this.engine.start();
  }

  view(blockId: string): BlockView {
    return this.engine.block(blockId).get();
  }

  doc(blockId: string): Y.Doc {
    const { replica } = this.view(blockId);
    if (!replica) throw new Error(`${blockId} is not open`);
    return replica.doc;
  }

  /** Types at the end of a text field. */
  type(blockId: string, words: string): void {
    const doc = this.doc(blockId);
    const text = doc.getText('field/story');
    doc.transact(() => text.insert(text.length, words), LOCAL_EDIT);
  }

  text(blockId: string): string {
    return this.doc(blockId).getText('field/story').toString();
  }

  /** Draws a frame. @returns whether anything waited for it */
  paint(): boolean {
    const unpainted = this.#unpainted;
    this.#unpainted = [];
    for (const run of unpainted) run();
    return unpainted.length > 0;
  }

  async settled(): Promise<void> {
    for (const store of this.stores) await store.settled();
  }
}

/** Lets everything that needs no further time happen: network, tabs, devices. */
export async function settle(network: Network, pagesToSettle: readonly Page[]): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    let moved = network.run();
    for (const page of pagesToSettle) {
      if (page.paint()) moved = true;
      await page.settled();
    }
    await new Promise<void>((resolve) => setImmediate(resolve));
    quiet = moved ? 0 : quiet + 1;
  }
}
