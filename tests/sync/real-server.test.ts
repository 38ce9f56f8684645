import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BlockView, PersonHere, SaveState } from '../../client/sync/replica.ts';
import type { Watched } from '../../client/sync/watched.ts';
import { Network } from './support/network.ts';
import { Page } from './support/page.ts';
import { RealServer } from './support/real-server.ts';

const BLOCKS = ['one', 'two', 'three'];
let server: RealServer;
/** Between tabs alone: what goes to the server takes a real socket. */
let tabs: Network;
let pages: Page[];
let offline: Set<string>;

beforeEach(async () => {
  server = await RealServer.start(BLOCKS);
  tabs = new Network();
  pages = [];
  offline = new Set();
});

afterEach(async () => {
  for (const page of pages) page.engine.stop();
  for (const page of pages) await page.settled();
  await server.stop();
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name);
});

function open(personId: string): Page {
  const connect = server.makeSocket(personId);
  const makeSocket = (url: string, protocols: string[]) => {
    if (offline.has(personId)) throw new Error('no network');
    return connect(url, protocols);
  };
  const page = new Page(tabs, personId, { makeSocket });
  for (const block of BLOCKS) page.engine.holdBlock(block);
  pages.push(page);
  return page;
}

/** Resolves once the value is as wanted. */
function until<T>(watched: Watched<T>, wanted: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const look = () => {
      if (!wanted(watched.get())) return;
      end();
      resolve(watched.get());
    };
    const end = watched.watch(look);
    look();
  });
}

const block = (page: Page, id: string, wanted: (view: BlockView) => boolean) =>
  until(page.engine.block(id), wanted);
const isLive = (view: BlockView) => view.live && view.replica !== null;
const says = (kind: SaveState['kind']) => (view: BlockView) => view.save.kind === kind;
const allLive = (page: Page) => Promise.all(BLOCKS.map((id) => block(page, id, isLive)));
const allSaved = (page: Page) =>
  Promise.all(BLOCKS.map((id) => block(page, id, (view) => isLive(view) && says('saved')(view))));

/** Resolves once the page has exactly this text. */
function text(page: Page, id: string, words: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (page.text(id) !== words) return;
      page.doc(id).off('update', look);
      resolve();
    };
    page.doc(id).on('update', look);
    look();
  });
}

it('[SAVE-1] what a page calls saved is on disk, and a colleague sees it', async () => {
  const ada = open('ada');
  const ben = open('ben');
  await Promise.all([allLive(ada), allLive(ben)]);
  for (const letter of 'Hello') ada.type('one', letter);
  expect(ada.view('one').save).toEqual({ kind: 'saving', waiting: 5 });
  await allSaved(ada);
  expect(await server.onDisk('one')).toBe('Hello');
  await text(ben, 'one', 'Hello');
});

it('[SAVE-3] offline edits in three blocks survive a reload and take effect once', async () => {
  const ada = open('ada');
  const ben = open('ben');
  await Promise.all([allLive(ada), allLive(ben)]);
  ada.type('one', 'Before. ');
  await allSaved(ada);
  offline.add('ada');
  ada.network('gone');
  for (const id of BLOCKS) ada.type(id, `Offline in ${id}.`);
  await Promise.all(BLOCKS.map((id) => block(ada, id, says('on-device'))));
  ben.type('two', 'Meanwhile. ');
  await allSaved(ben);
  ada.engine.stop();

  const again = open('ada');
  await Promise.all(BLOCKS.map((id) => block(again, id, says('on-device'))));
  expect(again.text('one')).toBe('Before. Offline in one.');
  offline.clear();
  again.network('maybe-back');
  await allSaved(again);
  await text(ben, 'one', 'Before. Offline in one.');
  await text(ben, 'three', 'Offline in three.');
  const merged = again.text('two');
  expect(['Meanwhile. Offline in two.', 'Offline in two.Meanwhile. ']).toContain(merged);
  await text(ben, 'two', merged);
  for (const id of BLOCKS) expect(await server.onDisk(id)).toBe(again.text(id));
});

it('[SAVE-3] a connection cut while typing loses nothing and repeats nothing', async () => {
  const ada = open('ada');
  await allLive(ada);
  let typed = '';
  for (let round = 0; round < 5; round++) {
    for (const letter of 'abcdef') {
      ada.type('one', letter);
      typed += letter;
    }
    server.cut();
    ada.type('one', '.');
    typed += '.';
    await block(ada, 'one', (view) => !view.live);
    ada.network('maybe-back');
    await block(ada, 'one', isLive);
    ada.type('one', '!');
    typed += '!';
  }
  await allSaved(ada);
  expect(await server.onDisk('one')).toBe(typed);
  const ben = open('ben');
  await allLive(ben);
  expect(ben.text('one')).toBe(typed);
});

it('[SAVE-3] two tabs, one closed right after typing: the other sends its words', async () => {
  const first = open('ada');
  const second = open('ada');
  await Promise.all([allLive(first), allLive(second)]);
  offline.add('ada');
  for (const page of [first, second]) page.network('gone');
  first.type('one', 'Typed, then closed.');
  first.engine.stop();
  tabs.tellTabs();
  offline.clear();
  second.network('maybe-back');
  await allSaved(second);
  expect(second.text('one')).toBe('Typed, then closed.');
  expect(await server.onDisk('one')).toBe('Typed, then closed.');
});

it('[SAVE-1] what was saved is there after another process took over', async () => {
  const ada = open('ada');
  await allLive(ada);
  ada.type('one', 'First. ');
  await allSaved(ada);
  const gone = block(ada, 'one', (view) => !view.live);
  await server.restart();
  await gone;
  ada.type('one', 'Second.');
  ada.network('maybe-back');
  await allSaved(ada);
  expect(await server.onDisk('one')).toBe('First. Second.');
});

it('[SAVE-6] words typed offline in a block that was locked meanwhile are kept apart', async () => {
  const ada = open('ada');
  await allLive(ada);
  ada.type('one', 'Known. ');
  await allSaved(ada);
  offline.add('ada');
  ada.network('gone');
  ada.type('one', 'Too late.');
  await block(ada, 'one', says('on-device'));
  server.setAccess('ada', 'one', { access: 'read', reason: 'stage' });
  offline.clear();
  ada.network('maybe-back');
  const [kept] = await until(ada.engine.kept, (words) => words.length > 0);
  expect(kept).toMatchObject({ blockId: 'one', words: 'Too late.', reason: 'access-changed' });
  await block(ada, 'one', (view) => isLive(view) && view.access === 'read');
  expect(ada.text('one')).toBe('Known. ');
  expect(await server.onDisk('one')).toBe('Known. ');
});

it('[ACCESS-4] a block that is locked while it is open is read from then on', async () => {
  const ada = open('ada');
  await allLive(ada);
  ada.type('one', 'Text.');
  await allSaved(ada);
  const before = ada.view('one').replica;
  server.setAccess('ada', 'one', { access: 'read', reason: 'stage' });
  await block(ada, 'one', (view) => isLive(view) && view.access === 'read');
  expect(ada.view('one').replica).not.toBe(before);
  expect(ada.text('one')).toBe('Text.');
  server.setAccess('ada', 'one', { access: 'none', reason: 'not-a-member' });
  await block(ada, 'one', (view) => view.refusal === 'not-found');
  expect(ada.view('one').replica).toBeNull();
});

it('[ACCESS-3] colleagues see where somebody is, under the name that the server knows', async () => {
  const ada = open('ada');
  const ben = open('ben');
  const leave = ada.engine.enterCase('1');
  ben.engine.enterCase('1');
  ada.engine.moveTo('1', 'one', 'field/story');
  const isAda = (here: PersonHere) => here.person.name === 'Person ada' && here.field === 'field/story';
  const people = ben.engine.peopleHere('1');
  await until(people, (list) => list.some(isAda));
  // After the connection broke, they are back without anybody having moved.
  server.cut();
  await until(people, (list) => !list.some(isAda));
  for (const page of [ada, ben]) page.network('maybe-back');
  await until(people, (list) => list.some(isAda));
  leave();
  await until(people, (list) => list.length === 1);
});

it('what changes in the records is told to whoever follows', async () => {
  const ada = open('ada');
  await allLive(ada);
  await new Promise<void>((resolve) => {
    ada.engine.follow('case/1', resolve);
    const publish = () => server.parts.bus.publish({ t: 'changed', topic: 'case/1' });
    // The server has taken in the wish to follow when it has saved what was sent after it.
    ada.type('one', 'x');
    void allSaved(ada).then(publish);
  });
});
