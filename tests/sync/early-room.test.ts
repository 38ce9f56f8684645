import { expect, it, vi } from 'vitest';
import { EARLY_LIMIT } from '../../client/sync/shared-socket.ts';
import type { ClientControl } from '../../shared/protocol/control.ts';
import { EarlyConnection } from './support/early.ts';
import type { FakeSocket } from './support/network.ts';
import type { Page, PageOptions } from './support/page.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const { all, pass } = stage;

/** What the early connection heard is said again at once, before anything new comes. */
async function page(personId: string, options?: PageOptions): Promise<Page> {
  const made = stage.page(personId, options);
  await Promise.resolve();
  return made;
}

/** Ada's connection with section `one` asked for on it, and all that the server says to that. */
function asked(): EarlyConnection {
  const early = new EarlyConnection(stage.network, 'ada', 'block/one');
  stage.network.run();
  return early;
}

/** What is said on channel 0 from now on. */
function listen(): string[] {
  const said: string[] = [];
  const { control } = stage.network;
  stage.network.control = (socket: FakeSocket, message: ClientControl) => {
    if (message.t === 'open') said.push(`open ${message.room}`);
    if (message.t === 'close') said.push(`close ${message.channel}`);
    control.call(stage.network, socket, message);
  };
  return said;
}

const field = () => stage.network.room('block/one').doc.getText('field/story');

it('[SAVE-4] a section that was asked for early is there with its page, and is asked for once', async () => {
  field().insert(0, 'As it stands. ');
  const early = asked();
  const said = listen();
  const ada = await page('ada', { early });
  ada.engine.holdBlock('one');
  ada.engine.holdBlock('two');
  await all();
  expect(said).toEqual(['open block/two']);
  expect([ada.text('one'), ada.view('one').live]).toEqual(['As it stands. ', true]);
  ada.type('one', 'And more.');
  ada.type('two', 'There too.');
  await all();
  expect([stage.onServer('one'), stage.onServer('two')]).toEqual(['As it stands. And more.', 'There too.']);
  expect([ada.view('one').save, ada.view('two').save]).toEqual([{ kind: 'saved' }, { kind: 'saved' }]);
  await pass(EARLY_LIMIT);
  expect(ada.view('one').live).toBe(true);
});

it('[SAVE-3] what others write between the asking and the page arrives, and so does the answer that comes late', async () => {
  const ben = await page('ben');
  ben.engine.holdBlock('one');
  await all();
  const early = asked();
  ben.type('one', 'Before the page. ');
  await all();
  const ada = await page('ada', { early });
  ada.engine.holdBlock('one');
  ben.type('one', 'And after. ');
  await all();
  expect(ada.text('one')).toBe('Before the page. And after. ');
  ada.type('one', 'Seen.');
  await all();
  expect(ben.text('one')).toBe('Before the page. And after. Seen.');

  // Of another one nothing has come back when the page takes it.
  const later = new EarlyConnection(stage.network, 'ada', 'block/one');
  const eve = await page('ada', { early: later, keeps: false, tabs: false });
  eve.engine.holdBlock('one');
  await all();
  expect(eve.text('one')).toBe('Before the page. And after. Seen.');
});

it('[SAVE-6] a refusal of what was asked early is one of the section, and gives nothing away', async () => {
  field().insert(0, 'Not for everybody.');
  const { access } = stage.network.room('block/one');
  access.set('ada', 'no-access');
  const ada = await page('ada', { early: asked() });
  ada.engine.holdBlock('one');
  await all();
  expect(ada.view('one')).toMatchObject({ live: false, replica: null, refusal: 'no-access' });
  ada.engine.stop();
  // One that is not for good is tried again.
  access.set('ada', 'too-many');
  const eve = await page('ada', { early: asked(), keeps: false });
  eve.engine.holdBlock('one');
  await all();
  expect(eve.view('one')).toMatchObject({ live: false, replica: null, refusal: null });
  access.delete('ada');
  await pass(1_000);
  await pass(1_000);
  expect(eve.text('one')).toBe('Not for everybody.');
});

it('[ACCESS-2] of a section to be read alone, as with an older schema, nothing is written', async () => {
  field().insert(0, 'To be read.');
  stage.network.room('block/one').access.set('ada', 'read');
  const ada = await page('ada', { early: asked() });
  ada.engine.holdBlock('one');
  await all();
  expect([ada.text('one'), ada.view('one').access]).toEqual(['To be read.', 'read']);
  expect(stage.network.taken).toBe(0);
});

it('[ACCESS-4] a section that was closed again before its page came stays closed', async () => {
  const early = asked();
  stage.network.room('block/one').access.set('ada', 'no-access');
  stage.network.close('block/one', 'ada', 'access-changed');
  stage.network.run();
  const ada = await page('ada', { early });
  ada.engine.holdBlock('one');
  await all();
  expect(ada.view('one')).toMatchObject({ live: false, replica: null, refusal: 'no-access' });
});

it('[SAVE-4] where the line breaks, before the page or after, the section is asked for anew', async () => {
  field().insert(0, 'As it stands. ');
  const broken = asked();
  broken.socket.cut();
  const ada = await page('ada', { early: broken });
  ada.engine.holdBlock('one');
  await all();
  expect(ada.text('one')).toBe('As it stands. ');

  const said = listen();
  const ben = await page('ada', { early: asked(), keeps: false, tabs: false });
  expect(said.splice(0)).toEqual(['open block/one']);
  await all();
  stage.network.cut();
  stage.network.up = true;
  ben.network('maybe-back');
  await all();
  ben.engine.holdBlock('one');
  await all();
  expect(said).toEqual(['open block/one']);
  ben.type('one', 'And more.');
  await all();
  expect(stage.onServer('one')).toBe('As it stands. And more.');
});

it('a section that nobody comes for is closed, and opens when somebody does', async () => {
  field().insert(0, 'As it stands.');
  const early = asked();
  const said = listen();
  const ada = await page('ada', { early });
  ada.engine.holdBlock('two');
  await all();
  await pass(EARLY_LIMIT);
  expect(said).toEqual(['open block/two', 'close 1']);
  ada.engine.holdBlock('one');
  await all();
  await all();
  expect(said).toEqual(['open block/two', 'close 1', 'open block/one']);
  expect(ada.text('one')).toBe('As it stands.');
});

it('[SAVE-3] where the device has a copy after all, the section is asked for by what stands there, and unsent words go out', async () => {
  const before = await page('ada');
  before.engine.holdBlock('one');
  await all();
  before.type('one', 'Known. ');
  await all();
  stage.network.cut();
  before.type('one', 'Unsent.');
  await all();
  before.engine.stop();
  await all();
  stage.network.up = true;
  const early = asked();
  const said = listen();
  const ada = await page('ada', { early });
  ada.engine.holdBlock('one');
  await all();
  expect(said).toEqual(['close 1', 'open block/one']);
  expect([ada.text('one'), stage.onServer('one')]).toEqual(['Known. Unsent.', 'Known. Unsent.']);
  expect(ada.view('one').save).toEqual({ kind: 'saved' });
});

it('[SAVE-4] two tabs that both asked early end equal', async () => {
  field().insert(0, 'As it stands. ');
  const tabs = [await page('ada', { early: asked() }), await page('ada', { early: asked() })];
  for (const tab of tabs) tab.engine.holdBlock('one');
  await all();
  for (const tab of tabs) tab.type('one', 'From here. ');
  await all();
  const text = 'As it stands. From here. From here. ';
  expect([...tabs.map((tab) => tab.text('one')), stage.onServer('one')]).toEqual([text, text, text]);
  for (const tab of tabs) expect(tab.view('one').save).toEqual({ kind: 'saved' });
});

it('[ACCESS-3] what was asked as another person is not shown', async () => {
  field().insert(0, 'For Ben.');
  const early = new EarlyConnection(stage.network, 'ben', 'block/one');
  stage.network.run();
  const ada = await page('ada', { early });
  ada.engine.holdBlock('one');
  await all();
  expect(ada.view('one').replica).toBeNull();
  expect(ada.engine.refusal.get()).toBe('not-signed-in');
});

it('[SAVE-4] what cannot be read in it costs the connection, and the section comes by the next one', async () => {
  field().insert(0, 'As it stands.');
  const early = asked();
  early.socket.toPage.push(Uint8Array.of(1, 0, 1, 200));
  stage.network.run();
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const ada = await page('ada', { early });
  ada.engine.holdBlock('one');
  await all();
  await pass(1_000);
  expect(said).toHaveBeenCalled();
  said.mockRestore();
  expect(stage.network.sockets.has(early.socket)).toBe(false);
  expect(ada.text('one')).toBe('As it stands.');
});
