import { expect, it } from 'vitest';
import { isSyncStep1 } from '../../client/sync/wire-messages.ts';
import { CONTROL_CHANNEL, readFrame } from '../../shared/protocol/frames.ts';
import type { FakeSocket } from './support/network.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const { page, all, pass } = stage;

/** All that every page asked of the server, in order: rooms by what was asked, content by `content`. */
function listen(): string[] {
  const asked: string[] = [];
  const { serve } = stage.network;
  stage.network.serve = (socket: FakeSocket) => {
    const frame = socket.toServer[0] && readFrame(socket.toServer[0]);
    if (frame?.channel === CONTROL_CHANNEL) {
      const { t, room } = JSON.parse(new TextDecoder().decode(frame.payload));
      asked.push([t, room].filter(Boolean).join(' '));
    } else if (frame && isSyncStep1(frame.payload)) asked.push('content');
    serve.call(stage.network, socket);
  };
  return asked;
}

const field = () => stage.network.room('block/one').doc.getText('field/story');

it('[SAVE-4] a section opens in one round trip: its content is asked for with it, and once', async () => {
  field().insert(0, 'As it stands.');
  const asked = listen();
  const ada = page('ada');
  await all();
  ada.engine.holdBlock('one');
  const [socket] = stage.network.sockets;
  if (!socket) throw new Error('no socket');
  // The device is looked at first, which takes no network.
  while (socket.toServer.length === 0) {
    ada.paint();
    await ada.settled();
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  // There, and back: what the page says to that has not arrived anywhere yet.
  while (socket.toServer.length > 0) stage.network.serve(socket);
  while (socket.toPage.length > 0) stage.network.deliver(socket);
  expect(ada.text('one')).toBe('As it stands.');
  expect(ada.view('one').live).toBe(true);
  await all();
  expect(asked).toEqual(['open block/one', 'content']);
  ada.type('one', ' And more.');
  await all();
  expect(stage.onServer('one')).toBe('As it stands. And more.');
  expect(ada.view('one').save).toEqual({ kind: 'saved' });
});

it('[SAVE-3] what is typed while a section is being opened arrives once, and so does what others wrote', async () => {
  const ada = page('ada');
  ada.engine.holdBlock('one');
  await all();
  ada.type('one', 'Known. ');
  await all();
  stage.network.cut();
  field().insert(0, 'Meanwhile. ');
  stage.network.up = true;
  ada.network('maybe-back');
  await pass(1_000);
  stage.network.cut();
  stage.network.up = true;
  const asked = listen();
  const { control } = stage.network;
  stage.network.control = (socket, message) => {
    // Asked for, and not answered: the page cannot have it with what it knew when it asked.
    if (message.t === 'open') ada.type('one', 'Typed on the way. ');
    control.call(stage.network, socket, message);
  };
  ada.network('maybe-back');
  await pass(1_000);
  expect(asked.filter((one) => one === 'content')).toHaveLength(1);
  expect(stage.onServer('one')).toBe('Meanwhile. Known. Typed on the way. ');
  expect(ada.text('one')).toBe(stage.onServer('one'));
  expect(ada.view('one').save).toEqual({ kind: 'saved' });
});

it('[SAVE-4] after the line broke, what was missed is asked for with the room again', async () => {
  const ada = page('ada');
  ada.engine.holdBlock('one');
  await all();
  for (const words of ['First. ', 'Second. ']) {
    stage.network.cut();
    field().insert(field().length, words);
    stage.network.up = true;
    const asked = listen();
    ada.network('maybe-back');
    await pass(1_000);
    expect(asked).toEqual(['open block/one', 'content']);
    expect(ada.view('one').live).toBe(true);
  }
  expect(ada.text('one')).toBe('First. Second. ');
});

it('[SAVE-6] a room that is refused gives nothing away, and is opened whole once it may be', async () => {
  field().insert(0, 'Not for everybody.');
  const { access } = stage.network.room('block/one');
  access.set('ada', 'too-many');
  const ada = page('ada');
  ada.engine.holdBlock('one');
  await all();
  expect(ada.view('one')).toMatchObject({ live: false, replica: null });
  access.delete('ada');
  // Tried again, as after any refusal that is not for good.
  await pass(1_000);
  await pass(1_000);
  expect(ada.view('one').live).toBe(true);
  expect(ada.text('one')).toBe('Not for everybody.');
});

it('[SAVE-6] of another lineage nothing comes into what the device has, although it was asked for with the room', async () => {
  const ada = page('ada');
  ada.engine.holdBlock('one');
  await all();
  ada.type('one', 'Of old. ');
  await all();
  const before = ada.doc('one');
  stage.network.cut();
  ada.type('one', 'Unsent.');
  await all();
  stage.network.rooms.delete('block/one');
  stage.network.room('block/one').lineage = 'second';
  field().insert(0, 'Anew. ');
  stage.network.up = true;
  ada.network('maybe-back');
  await pass(1_000);
  await pass(1_000);
  expect(before.getText('field/story').toString()).toBe('Of old. Unsent.');
  expect(ada.doc('one')).not.toBe(before);
  expect(ada.text('one')).toBe('Anew. ');
  expect(stage.onServer('one')).toBe('Anew. ');
  const words = ada.engine.kept.get().map((kept) => kept.words);
  expect(words).toEqual(['Unsent.']);
});

it('[ACCESS-2] a room to be read alone is asked in the same breath, and written to by nobody', async () => {
  field().insert(0, 'To be read.');
  stage.network.room('block/one').access.set('ada', 'read');
  const asked = listen();
  const ada = page('ada');
  ada.engine.holdBlock('one');
  await all();
  expect(asked).toEqual(['open block/one', 'content']);
  expect(ada.text('one')).toBe('To be read.');
  expect(stage.network.taken).toBe(0);
});
