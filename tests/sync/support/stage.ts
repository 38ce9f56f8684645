/** What every test of pages begins and ends with. */
import { afterEach, beforeEach, vi } from 'vitest';
import { Network } from './network.ts';
import { Page, type PageOptions, settle } from './page.ts';

export interface Stage {
  readonly network: Network;
  page(personId: string, options?: PageOptions): Page;
  /** Everything that needs no further time happens. */
  all(): Promise<void>;
  /** Time goes on, then everything happens. */
  pass(milliseconds: number): Promise<void>;
  /** The text on the server. */
  onServer(blockId: string): string;
}

/** Sets up a network, fake time and empty devices before each test of the file. */
export function setStage(): Stage {
  let network = new Network();
  let pages: Page[] = [];
  const all = () => settle(network, pages);

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    network = new Network();
    pages = [];
  });

  afterEach(async () => {
    for (const page of pages) page.engine.stop();
    await all();
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name);
    vi.useRealTimers();
  });

  return {
    get network() {
      return network;
    },
    page(personId, options) {
      const page = new Page(network, personId, options);
      pages.push(page);
      return page;
    },
    all,
    async pass(milliseconds) {
      vi.advanceTimersByTime(milliseconds);
      await all();
    },
    onServer: (blockId) => network.room(`block/${blockId}`).doc.getText('field/story').toString(),
  };
}
