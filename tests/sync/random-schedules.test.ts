import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { LOCAL_EDIT } from '../../client/sync/local-edit.ts';
import { EarlyConnection } from './support/early.ts';
import type { Page } from './support/page.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();

/** A small generator of numbers: https://en.wikipedia.org/wiki/Xorshift */
function chance(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const BLOCKS = ['one', 'two'];
const STEPS = 150;

/** Every insertion is one sign of its own, so that each can be found again. */
interface Typed {
  readonly inserted: Set<string>;
  readonly deleted: Set<string>;
}

function edit(page: Page, block: string, sign: string, typed: Typed, below: (limit: number) => number): void {
  const doc = page.doc(block);
  const text = doc.getText('field/story');
  doc.transact(() => {
    if (text.length > 5 && below(3) === 0) {
      const at = below(text.length - 3);
      for (const gone of text.toString().slice(at, at + 2)) typed.deleted.add(gone);
      text.delete(at, 2);
    } else {
      text.insert(below(text.length + 1), sign);
      typed.inserted.add(sign);
    }
  }, LOCAL_EDIT);
}

async function play(seed: number): Promise<void> {
  const { network } = stage;
  const below = chance(seed);
  let opened = 0;
  const open = (personId: string) => {
    // Of half of the pages the first section was asked for before they came.
    const early = opened++ % 2 === 0 ? new EarlyConnection(network, personId, 'block/one') : null;
    const page = stage.page(personId, early ? { early } : {});
    for (const block of BLOCKS) page.engine.holdBlock(block);
    return page;
  };
  // Ada has two tabs.
  let pages = [open('ada'), open('ada'), open('ben')];
  const people = ['ada', 'ada', 'ben'];
  const typed: Typed = { inserted: new Set(), deleted: new Set() };
  await stage.all();
  for (let step = 0; step < STEPS; step++) {
    const who = below(pages.length);
    const page = pages[who] as Page;
    const block = BLOCKS[below(BLOCKS.length)] as string;
    const sockets = [...network.sockets];
    const socket = sockets[below(Math.max(1, sockets.length))];
    switch (below(12)) {
      case 0:
        if (below(4) === 0) network.cut();
        else socket?.cut();
        break;
      case 1:
      case 2:
        network.up = true;
        await stage.pass(below(3_000));
        break;
      case 3:
        // A reload, right after whatever came before.
        page.engine.stop();
        pages = pages.with(who, open(people[who] as string));
        await stage.all();
        break;
      case 4:
      case 5:
      case 6:
        if (socket && below(2) === 0) network.serve(socket);
        else if (socket) network.deliver(socket);
        break;
      case 7:
        network.tellTabs();
        break;
      default:
        if (page.view(block).replica) edit(page, block, String.fromCharCode(0x4e00 + step), typed, below);
    }
  }
  network.up = true;
  for (let round = 0; round < 8; round++) await stage.pass(10_000);
  for (const block of BLOCKS) {
    const server = network.room(`block/${block}`).doc;
    for (const page of pages) {
      expect(page.view(block).save).toEqual({ kind: 'saved' });
      expect(page.text(block)).toBe(stage.onServer(block));
      expect(Y.encodeStateVector(page.doc(block))).toEqual(Y.encodeStateVector(server));
    }
  }
  const signs = [...BLOCKS.map((block) => stage.onServer(block)).join('')].sort();
  const expected = [...typed.inserted].filter((sign) => !typed.deleted.has(sign)).sort();
  expect(signs).toEqual(expected);
  for (const page of pages) {
    expect((await page.stores[0]?.waiting())?.size).toBe(0);
    page.engine.stop();
  }
}

describe('any order of typing, loss, delay, reloads and tabs', () => {
  for (let seed = 1; seed <= 25; seed++) {
    it(`[SAVE-4] ends equal everywhere (seed ${seed})`, async () => {
      await play(seed);
    });
  }
});
