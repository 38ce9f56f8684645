import { expect, it, vi } from 'vitest';
import { SILENCE_LIMIT } from '../../client/sync/shared-socket.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const { page, all, pass } = stage;

it('tells a socket on which nothing comes any more from a live one, and makes another', async () => {
  const ada = page('ada');
  ada.engine.holdBlock('one');
  await all();
  const [first] = stage.network.sockets;
  // As long as the server says that it is alive, nothing happens.
  for (let second = 0; second < 60; second += 5) {
    stage.network.sayToAll({ t: 'alive' });
    await pass(5_000);
  }
  expect([...stage.network.sockets]).toEqual([first]);
  expect(ada.engine.connection.get()).toBe('live');

  // Half open: no close arrives, and nothing that is sent does either.
  if (first) first.send = () => {};
  ada.type('one', 'Into the void');
  await pass(SILENCE_LIMIT);
  await pass(6_000);
  await pass(1_000);
  expect(stage.network.sockets.has(first as never)).toBe(false);
  expect(ada.view('one')).toMatchObject({ live: true, save: { kind: 'saved' } });
  expect(stage.onServer('one')).toBe('Into the void');
});

it('makes another socket where the server never says welcome', async () => {
  const { connect } = stage.network;
  let asked = 0;
  stage.network.connect = (personId) => {
    asked++;
    const socket = connect.call(stage.network, personId);
    if (asked === 1) socket.toPage.length = 0;
    return socket;
  };
  const ada = page('ada');
  await pass(10_000);
  expect(ada.engine.connection.get()).toBe('connecting');
  await pass(12_000);
  await pass(1_000);
  expect(asked).toBe(2);
  expect(ada.engine.connection.get()).toBe('live');
});

it('waits longer and longer between attempts, and not at all when the network is back', async () => {
  const ada = page('ada');
  await all();
  let asked: number[] = [];
  const { connect } = stage.network;
  stage.network.connect = (personId) => {
    asked.push(Date.now());
    return connect.call(stage.network, personId);
  };
  const from = Date.now();
  stage.network.cut();
  expect(ada.engine.connection.get()).toBe('offline');
  for (let passed = 0; passed < 60_000; passed += 125) await pass(125);
  // Chance is held at a half here: three quarters of 0.5, 1, 2, 4, 8, 16, 30 seconds.
  const waits = asked.map((at, index) => at - (asked[index - 1] ?? from));
  expect(waits).toEqual([375, 750, 1_500, 3_000, 6_000, 12_000, 22_500]);
  asked = [];
  stage.network.up = true;
  ada.network('maybe-back');
  await all();
  expect(asked).toHaveLength(1);
  expect(ada.engine.connection.get()).toBe('live');
});

it('is offline as soon as the browser says so', async () => {
  const ada = page('ada');
  ada.engine.holdBlock('one');
  await all();
  stage.network.up = false;
  ada.network('gone');
  expect(ada.engine.connection.get()).toBe('offline');
  expect(ada.view('one').live).toBe(false);
});

it('keeps asking for records while they are followed, and says so after a time without connection', async () => {
  const ada = page('ada');
  const heard: string[] = [];
  const end = ada.engine.follow('case/1', () => heard.push('case'));
  ada.engine.follow('study/1', () => heard.push('study'));
  await all();
  expect([...stage.network.sockets].flatMap((socket) => [...socket.topics])).toEqual(['case/1', 'study/1']);
  heard.length = 0;
  stage.network.sayToAll({ t: 'changed', topic: 'case/1' });
  await all();
  expect(heard).toEqual(['case']);
  stage.network.cut();
  stage.network.up = true;
  await pass(1_000);
  expect(heard).toEqual(['case', 'case', 'study']);
  end();
  await all();
  expect([...stage.network.sockets].flatMap((socket) => [...socket.topics])).toEqual(['study/1']);
  stage.network.sayToAll({ t: 'changed', topic: 'case/1' });
  await all();
  expect(heard).toHaveLength(3);
});

it('begins again after a frame that cannot be read', async () => {
  const ada = page('ada');
  ada.engine.holdBlock('one');
  await all();
  const [first] = stage.network.sockets;
  const channel = [...(first?.channels.keys() ?? [])][0] ?? 0;
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => {});
  first?.toPage.push(Uint8Array.of(channel, 9, 9, 9));
  await all();
  expect(complaint).toHaveBeenCalledOnce();
  complaint.mockRestore();
  await pass(1_000);
  expect(stage.network.sockets.has(first as never)).toBe(false);
  expect(ada.view('one').live).toBe(true);
});

it('opens each block once, however many hold it, and lets go some time after the last', async () => {
  const ada = page('ada');
  const ends = [ada.engine.holdBlock('one'), ada.engine.holdBlock('one')];
  await all();
  expect(stage.network.opens).toBe(1);
  for (const end of ends) end();
  ends[0]?.();
  await pass(10_000);
  const hold = ada.engine.holdBlock('one');
  const passAlive = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 5) {
      stage.network.sayToAll({ t: 'alive' });
      await pass(5_000);
    }
  };
  await passAlive(60);
  expect(ada.view('one').live).toBe(true);
  expect(stage.network.opens).toBe(1);
  hold();
  await passAlive(35);
  expect(ada.view('one')).toMatchObject({ live: false, replica: null });
});
