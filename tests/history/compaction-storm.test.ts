import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { MemoryBlockStore } from '../../server/adapters/memory/block-store.ts';
import { memoryFolder } from '../../server/adapters/memory/folder.ts';
import { applyStored, keepFormatting } from '../../server/collaboration/block-document.ts';
import { WINDOW_MS } from '../../server/collaboration/bounds.ts';
import { Compaction } from '../../server/collaboration/compaction.ts';
import { documentDifference } from '../../server/collaboration/document-comparison.ts';
import { replayHistory } from '../../server/collaboration/history-replay.ts';
import { silentLog } from '../../server/log.ts';
import type { BlockStore, LogRow } from '../../server/ports/block-store.ts';
import type { Folder } from '../../server/ports/folder.ts';
import { HandClock } from '../support/clock.ts';
import { type SeededNumbers, seededNumbers } from './seeded-numbers.ts';

const PEOPLE = ['ann', 'bea', 'cem'];
const SCHEDULES = 2_000;
const STEPS = 40;

/** A store and a folder that are ended at a chosen step, as a process is by `kill -9`. */
class Mortal {
  /** Steps that are still lived through. */
  left = Number.POSITIVE_INFINITY;

  wrap<T extends object>(thing: T): T {
    return new Proxy(thing, {
      get: (target, name) => {
        const member = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...given: unknown[]) => {
          this.#step();
          const result = await member.apply(target, given);
          // Killed after the deed, before anybody heard of it.
          this.#step();
          return result;
        };
      },
    });
  }

  #step(): void {
    if (this.left <= 0) throw new Error('killed');
    this.left -= 1;
  }
}

interface Page {
  readonly doc: Y.Doc;
  readonly author: string;
  /** Something that was not sent yet. */
  written: boolean;
}

/** One block, the people who write in it, and a record of all that they ever wrote. */
class Study {
  readonly store = new MemoryBlockStore();
  readonly clock = new HandClock();
  readonly mortal = new Mortal();
  readonly everything: LogRow[] = [];
  readonly pages: readonly Page[];
  kills = 0;
  readonly #random: SeededNumbers;
  #compaction: Compaction;

  constructor(random: SeededNumbers) {
    this.#random = random;
    this.#compaction = this.#start();
    this.pages = PEOPLE.flatMap((author, person) =>
      [0, 1].map((device) => {
        const page: Page = { doc: new Y.Doc(), author, written: false };
        page.doc.clientID = 10 + person * 2 + device;
        page.doc.on('update', (_update: Uint8Array, origin: unknown) => {
          if (origin !== 'received') page.written = true;
        });
        return page;
      }),
    );
  }

  #start(): Compaction {
    const blocks: BlockStore = this.mortal.wrap(this.store);
    const folder: Folder = this.mortal.wrap(memoryFolder());
    return new Compaction({ blocks, folder, clock: this.clock, log: silentLog() });
  }

  async step(): Promise<void> {
    const page = this.pages[this.#random.below(this.pages.length)] as Page;
    switch (this.#random.below(8)) {
      case 0:
      case 1:
      case 2:
        write(page.doc, this.#random);
        break;
      case 3:
      case 4:
        await this.#send(page);
        break;
      case 5:
        await this.#receive(page);
        break;
      case 6:
        this.clock.advance(this.#random.below(WINDOW_MS));
        break;
      case 7:
        await this.#compact();
    }
  }

  async #send(page: Page): Promise<void> {
    if (!page.written) return;
    page.written = false;
    const known = replayRows(this.everything);
    const needed = Y.diffUpdate(Y.encodeStateAsUpdate(page.doc), Y.encodeStateVector(known));
    const client = page.doc.clientID;
    const row = {
      blockId: 'b1',
      lineage: 'l1',
      authorId: page.author,
      onBehalfOf: null,
      serverTime: this.clock.now(),
      deviceTime: null,
      clients: [{ client, from: Y.getState(known.store, client), to: Y.getState(page.doc.store, client) }],
      bytes: needed,
    };
    const [seq] = await this.store.append([row]);
    this.everything.push({ ...row, seq: seq as number });
  }

  async #receive(page: Page): Promise<void> {
    Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(await this.opened()), 'received');
  }

  async #compact(): Promise<void> {
    if (this.#random.below(2) === 0) this.mortal.left = this.#random.below(24);
    if (this.#random.below(3) === 0) await this.#compaction.seal('b1').catch(() => {});
    else this.#compaction.request('b1');
    await this.#compaction.idle();
    if (this.mortal.left <= 0) {
      this.kills += 1;
      await this.#compaction.stop();
      this.#compaction = this.#start();
    }
    this.mortal.left = Number.POSITIVE_INFINITY;
  }

  async closeAll(): Promise<void> {
    await this.#compaction.seal('b1');
    if (this.everything.length > 0) {
      expect((await this.store.lastWindow('b1')).seq).toBe(this.everything.length);
    }
  }

  async opened(): Promise<Y.Doc> {
    const doc = new Y.Doc();
    keepFormatting(doc);
    const stored = await this.store.load('b1');
    if (stored) applyStored(doc, stored);
    return doc;
  }
}

/** Text, marks, elements and values, with deletions of all of them. */
function write(doc: Y.Doc, random: SeededNumbers): void {
  const field = doc.getText('field/aims');
  const content = doc.getXmlFragment('content');
  switch (random.below(6)) {
    case 0:
      field.insert(random.below(field.length + 1), random.word());
      break;
    case 1:
      if (field.length > 0) field.delete(random.below(field.length), 1);
      break;
    case 2:
      if (field.length > 1)
        field.format(random.below(field.length - 1), 2, { bold: random.below(2) === 0 || null });
      break;
    case 3: {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText(random.word())]);
      content.insert(random.below(content.length + 1), [paragraph]);
      break;
    }
    case 4:
      if (content.length > 0) content.delete(random.below(content.length), 1);
      break;
    case 5:
      doc.getMap('fields').set(['year', 'pupils'][random.below(2)] as string, random.below(100));
  }
}

function replayRows(rows: readonly LogRow[]): Y.Doc {
  const doc = new Y.Doc({ gc: false });
  keepFormatting(doc);
  doc.transact(() => {
    for (const row of rows) Y.applyUpdate(doc, row.bytes);
  });
  return doc;
}

describe('compaction, in thousands of small schedules', () => {
  const seed = Number(process.env.SEED ?? 20_301);

  it(`[SAVE-1] [SAVE-3] [SAVE-4] killed at any step, keeps content, changes and deletions, and every window's end (SEED=${seed})`, async () => {
    let windows = 0;
    let kills = 0;
    for (let schedule = 0; schedule < SCHEDULES; schedule += 1) {
      const name = `SEED=${seed}, schedule ${schedule}`;
      const study = new Study(seededNumbers(seed * 10_000 + schedule));
      await study.store.create('b1', 'l1');
      for (let step = 0; step < STEPS; step += 1) await study.step();
      if (schedule % 2 === 0) await study.closeAll();

      expect(documentDifference(await study.opened(), replayRows(study.everything)), name).toBeNull();
      const history = await study.store.historyOf('b1');
      if (!history) throw new Error('no history');
      expect(documentDifference(replayHistory(history), replayRows(study.everything)), name).toBeNull();
      expect(history.through, name).toBe(study.everything.length);
      const last = await study.store.lastWindow('b1');
      for (let window = 1; window <= last.window; window += 1) {
        const of = history.changesets.filter((changeset) => changeset.window === window);
        const end = Math.max(...of.map(({ lastSeq }) => lastSeq));
        const then = replayRows(study.everything.slice(0, end));
        const first = Math.min(...of.map(({ firstSeq }) => firstSeq));
        const wrote = study.everything.slice(first - 1, end).map(({ authorId }) => authorId);
        const told = of.flatMap(({ authorId, rows }) => Array<string | null>(rows).fill(authorId));
        expect(told.sort(), name).toEqual(wrote.sort());
        expect(
          documentDifference(replayHistory(history, { window }), then),
          `${name}, window ${window}`,
        ).toBeNull();
      }
      windows += last.window;
      kills += study.kills;
    }
    // The schedules are worth something only while these things happen in them.
    expect(windows).toBeGreaterThan(SCHEDULES);
    expect(kills).toBeGreaterThan(SCHEDULES / 2);
  }, 60_000);
});
