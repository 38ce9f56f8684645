import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  GAPS_PER_MINUTE,
  HARD_BLOCK_CHARACTERS,
  MAX_BUFFERED_BYTES,
  MAX_MESSAGES_PER_FRAME,
  MAX_ROOMS_PER_SOCKET,
  MAX_STRUCTS_PER_UPDATE,
  MESSAGES_AT_ONCE,
  OPENINGS_AT_ONCE,
  PING_EVERY_MS,
} from '../../server/collaboration/bounds.ts';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { CONTROL_CHANNEL, writeFrame } from '../../shared/protocol/frames.ts';
import {
  readRoomMessages,
  writeSyncStep1,
  writeSyncStep2,
  writeUpdate,
} from '../../shared/protocol/messages.ts';
import {
  bytes,
  HOSTILE,
  NO_DELETIONS,
  nested,
  TEXT_AFTER_ORIGIN,
  TEXT_IN_ROOT,
} from '../support/hostile-updates.ts';
import { seededRandomness } from '../support/randomness.ts';
import { replicaState, Scene, type StockPeer } from '../support/wire.ts';

const aims = (doc: Y.Doc) => doc.getText('field/aims');

describe('hostile bytes', () => {
  let scene: Scene;
  let eve: StockPeer;
  let ben: StockPeer;
  beforeEach(async () => {
    scene = await Scene.create('a');
    eve = scene.stock('eve', 'a');
    ben = scene.stock('ben', 'a');
    await scene.run();
    aims(ben.doc).insert(0, 'Kept');
    await scene.run();
  });
  afterEach(() => scene.close());

  const unharmed = async () => {
    expect(ben.socket.closed).toBeNull();
    expect((await scene.store.rowsAfter('a', 0, 10)).length).toBe(1);
    const joiner = scene.stock('cem', 'a');
    await scene.run();
    expect(replicaState(joiner.doc)).toEqual(replicaState(ben.doc));
    aims(joiner.doc).insert(4, ' on');
    await scene.run();
    expect(aims(ben.doc).toString()).toBe('Kept on');
  };

  test.each(HOSTILE)('[INPUT-1] %s closes its own line, and nothing is stored', async (_what, update) => {
    eve.say(writeUpdate(update));
    await scene.run();
    expect(eve.socket.closed).toEqual({ code: 4503, reason: 'bad-message' });
    await unharmed();
  });

  test.each(HOSTILE)('[INPUT-1] %s from a reader is refused as well', async (_what, update) => {
    scene.access.people.set('vic', { access: 'read', reason: 'role', team: true });
    const vic = scene.stock('vic', 'a');
    await scene.run();
    vic.say(writeSyncStep2(update));
    await scene.run();
    expect(vic.socket.closed?.reason).toBe('bad-message');
    await unharmed();
  });

  test('[INPUT-1] what Yjs throws on in the middle of a merge puts nobody out but its sender', async () => {
    // Two structs that each build on the other: neither is ahead of itself.
    const knot = bytes(
      2,
      1,
      9,
      0,
      TEXT_AFTER_ORIGIN,
      7,
      0,
      'x',
      1,
      7,
      0,
      TEXT_AFTER_ORIGIN,
      9,
      0,
      'y',
      NO_DELETIONS,
    );
    eve.say(writeUpdate(knot));
    await scene.run();
    await unharmed();
  });

  test('[INPUT-1] elements within thousands of elements are not stored', async () => {
    eve.say(writeUpdate(nested(3_000)));
    await scene.run();
    expect(eve.socket.closed?.reason).toBe('bad-message');
    await unharmed();
  });

  test('[INPUT-1] elements within elements as a text may have them are', async () => {
    eve.say(writeUpdate(nested(60)));
    await scene.run();
    expect(eve.socket.closed).toBeNull();
    expect(ben.doc.getXmlFragment('content').length).toBe(1);
  });

  test('[INPUT-1] more structs than anybody types are refused unread', async () => {
    const count = MAX_STRUCTS_PER_UPDATE + 1;
    // Garbage of length 1, so often.
    const garbage = Uint8Array.from({ length: 2 * count }, (_, i) => i % 2);
    const many = Buffer.concat([bytes(1, count, 7, 0), garbage, bytes(NO_DELETIONS)]);
    eve.say(writeUpdate(many));
    await scene.run();
    expect(eve.socket.closed?.reason).toBe('bad-message');
    await unharmed();
  });

  test('[INPUT-1] thousands of mutated updates are taken or refused, and break nothing', async () => {
    const source = new Y.Doc();
    source.clientID = 77;
    const content = source.getXmlFragment('content');
    const updates: Uint8Array[] = [];
    source.on('update', (update) => updates.push(update));
    for (let i = 0; i < 12; i++) {
      const element = new Y.XmlElement('paragraph');
      element.insert(0, [new Y.XmlText(`words ${i}`)]);
      content.insert(0, [element]);
      source.getMap('fields').set(`value/${i}`, i);
      if (i % 3 === 0) content.delete(i % content.length, 1);
    }
    const random = seededRandomness(3);
    for (let i = 0; i < 4_000; i++) {
      const update = (updates[i % updates.length] as Uint8Array).slice();
      const [at = 0, to = 0, cut = 0] = random.bytes(3);
      update[at % update.length] = to;
      const mutated = cut < 60 ? update.subarray(0, cut % update.length) : update;
      if (eve.socket.closed) {
        eve = scene.stock('eve', 'a');
        await scene.run();
      }
      eve.say(writeUpdate(mutated));
      eve.up();
      if (i % 50 === 0) await scene.run();
    }
    await scene.run();
    expect(ben.socket.closed).toBeNull();
    const joiner = scene.stock('cem', 'a');
    await scene.run();
    expect(replicaState(joiner.doc).states).toEqual(replicaState(ben.doc).states);
    expect(scene.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    scene.restart();
    const reader = scene.stock('ben', 'a');
    await scene.run();
    expect(reader.socket.closed).toBeNull();
  });

  test('[INPUT-1] gaps are asked for some times, then their sender is put out', async () => {
    const gap = bytes(1, 1, 7, 5, TEXT_IN_ROOT, 1, 'field/aims', 'x', NO_DELETIONS);
    for (let i = 0; i < GAPS_PER_MINUTE; i++) eve.say(writeUpdate(gap));
    eve.up();
    expect(eve.socket.closed).toBeNull();
    eve.say(writeUpdate(gap));
    await scene.run();
    expect(eve.socket.closed?.reason).toBe('bad-message');
    await unharmed();
  });

  test('[INPUT-1] a block that is full takes no more text, and every deletion', async () => {
    const page = scene.page('ann');
    const mine = page.open(1, 'block/a');
    await scene.run();
    const quarter = 'x'.repeat(HARD_BLOCK_CHARACTERS / 4);
    for (let i = 0; i < 3; i++) aims(mine).insert(0, quarter);
    await scene.run();
    expect(aims(ben.doc).length).toBe(4 + 3 * quarter.length);
    aims(mine).delete(0, quarter.length);
    await scene.run();
    aims(mine).insert(0, quarter);
    await scene.run();
    const saved = page.told('saved').at(-1)?.n;
    aims(mine).insert(0, quarter);
    await scene.run();
    expect(page.told('refused')).toEqual([{ t: 'refused', channel: 1, n: 7, reason: 'too-large' }]);
    aims(mine).insert(0, 'after');
    await scene.run();
    expect(page.told('saved').at(-1)?.n).toBe(saved);
    expect(aims(ben.doc).length).toBe(4 + 3 * quarter.length);

    const honest = scene.page('ann');
    const doc = honest.open(1, 'block/a');
    await scene.run();
    aims(doc).insert(0, 'y'.repeat(HARD_BLOCK_CHARACTERS / 4 - 100));
    await scene.run();
    doc.transact(() => {
      aims(doc).delete(0, 500);
      aims(doc).insert(0, 'z'.repeat(400));
    });
    await scene.run();
    expect(honest.told('refused')).toEqual([]);
    expect(aims(ben.doc).toString().startsWith('zzz')).toBe(true);
  });

  test('[INPUT-1] a stock client is told that the block is full, and stops', async () => {
    aims(eve.doc).insert(0, 'x'.repeat(HARD_BLOCK_CHARACTERS));
    await scene.run();
    expect(eve.socket.closed).toEqual({ code: 4403, reason: 'too-large' });
    await unharmed();
  });
});

describe('a socket beyond its bounds', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.create('a');
  });
  afterEach(() => scene.close());

  test.each([
    ['text', (page: ReturnType<Scene['page']>) => page.session.receive(null)],
    ['no channel', (page: ReturnType<Scene['page']>) => page.session.receive(new Uint8Array())],
    ['no JSON', (page: ReturnType<Scene['page']>) => page.say(CONTROL_CHANNEL, bytes('{'))],
    [
      'null',
      (page: ReturnType<Scene['page']>) => page.say(CONTROL_CHANNEL, new TextEncoder().encode('null')),
    ],
    ['an unknown message', (page: ReturnType<Scene['page']>) => page.control({ t: 'rob' } as never)],
    [
      'a channel that is none',
      (page: ReturnType<Scene['page']>) => page.control({ t: 'close', channel: 0.5 }),
    ],
    [
      'a room without a name',
      (page: ReturnType<Scene['page']>) =>
        page.control({ t: 'open', channel: 1, schema: SCHEMA_VERSION } as never),
    ],
    [
      'a topic of another kind',
      (page: ReturnType<Scene['page']>) => page.control({ t: 'follow', topic: 'people/1' }),
    ],
    [
      'a giant control message',
      (page: ReturnType<Scene['page']>) =>
        page.control({ t: 'open', channel: 1, room: 'x'.repeat(2_000), schema: SCHEMA_VERSION }),
    ],
  ])('[INPUT-1] %s closes it', async (_what, act) => {
    const page = scene.page('eve');
    act(page);
    await scene.run();
    expect(page.socket.closed).toEqual({ code: 4503, reason: 'bad-message' });
  });

  test.each([['block/../a'], ['notes/n'], ['block/'], ['Block/a'], ['block/a/b']])(
    '[INPUT-1] a room %s is not found',
    async (room) => {
      const page = scene.page('eve');
      page.control({ t: 'open', channel: 1, room, schema: SCHEMA_VERSION });
      await scene.run();
      expect(page.told('denied')).toEqual([{ t: 'denied', channel: 1, reason: 'not-found' }]);
    },
  );

  test('[INPUT-1] a channel in use cannot be opened again', async () => {
    const page = scene.page('eve');
    page.open(1, 'block/a');
    page.open(1, 'block/a');
    await scene.run();
    expect(page.socket.closed?.reason).toBe('bad-message');
  });

  test('[INPUT-1] an unknown message in a room ends that room alone', async () => {
    const page = scene.page('eve');
    page.open(1, 'block/a');
    const other = page.open(2, 'block/a');
    await scene.run();
    page.say(1, Uint8Array.of(42));
    await scene.run();
    expect(page.told('closed')).toEqual([{ t: 'closed', channel: 1, reason: 'bad-message' }]);
    aims(other).insert(0, 'still here');
    await scene.run();
    expect(page.told('saved').at(-1)?.channel).toBe(2);
  });

  test('[INPUT-1] too many rooms are denied, those that are open stay', async () => {
    const page = scene.page('eve');
    for (let channel = 1; channel <= MAX_ROOMS_PER_SOCKET + 1; channel++) {
      page.control({ t: 'open', channel, room: 'block/a', schema: SCHEMA_VERSION });
    }
    await scene.run();
    expect(page.told('opened')).toHaveLength(MAX_ROOMS_PER_SOCKET);
    expect(page.told('denied')).toEqual([
      { t: 'denied', channel: MAX_ROOMS_PER_SOCKET + 1, reason: 'too-many' },
    ]);
  });

  test('[INPUT-1] one that sends too fast is read more slowly, and loses nothing', async () => {
    const ben = scene.stock('ben', 'a');
    const eve = scene.stock('eve', 'a');
    await scene.run();
    for (let i = 0; i < MESSAGES_AT_ONCE + 10; i++) aims(eve.doc).insert(i, 'x');
    eve.up();
    expect(eve.socket.paused).toBe(true);
    await scene.run();
    scene.clock.advance(1_000);
    expect(eve.socket.paused).toBe(false);
    expect(aims(ben.doc).length).toBe(MESSAGES_AT_ONCE + 10);
  });

  test('[INPUT-1] one that asks for a text over and over is answered once a turn, and read more slowly', async () => {
    const ben = scene.stock('ben', 'a');
    const eve = scene.stock('eve', 'a');
    await scene.run();
    aims(ben.doc).insert(0, 'Kept');
    await scene.run();
    const question = writeSyncStep1(Y.encodeStateVector(new Y.Doc()));
    const frame = new Uint8Array(question.length * MAX_MESSAGES_PER_FRAME);
    for (let at = 0; at < frame.length; at += question.length) frame.set(question, at);
    const sent = eve.socket.sent.length;
    const frames = Math.ceil(OPENINGS_AT_ONCE / MAX_MESSAGES_PER_FRAME) + 1;
    for (let i = 0; i < frames; i++) eve.say(frame);
    await scene.run();
    expect(eve.socket.sent.length - sent).toBeLessThanOrEqual(frames);
    expect(eve.socket.paused).toBe(true);
    expect(eve.socket.closed).toBeNull();
    const fresh = new Y.Doc();
    const last = readRoomMessages(eve.socket.sent.at(-1) as Uint8Array, 10);
    for (const message of last) if (message.kind === 'step-2') Y.applyUpdate(fresh, message.update);
    expect(aims(fresh).toString()).toBe('Kept');
  });

  test('[INPUT-1] one that takes nothing any more is cut, and the others are not kept waiting', async () => {
    const ben = scene.stock('ben', 'a');
    const slow = scene.stock('slow', 'a');
    await scene.run();
    slow.socket.bufferedAmount = MAX_BUFFERED_BYTES + 1;
    aims(ben.doc).insert(0, 'x');
    await scene.run();
    expect(slow.socket.terminated).toBe(true);
    aims(ben.doc).insert(0, 'y');
    const sent = slow.socket.sent.length;
    await scene.run();
    expect(slow.socket.sent).toHaveLength(sent);
    expect(ben.socket.closed).toBeNull();
  });

  test('[INPUT-1] many small messages in one frame count one by one, up to a bound', async () => {
    const eve = scene.stock('eve', 'a');
    await scene.run();
    eve.say(new Uint8Array(10_000).fill(3));
    await scene.run();
    expect(eve.socket.closed?.reason).toBe('bad-message');
  });

  test('[INPUT-1] what is sent before a room is open waits within a bound', async () => {
    let decide = () => {};
    scene.access.gate = new Promise((resolve) => {
      decide = resolve;
    });
    const eve = scene.page('eve');
    eve.open(1, 'block/a');
    eve.up();
    for (let i = 0; i < 3; i++) eve.session.receive(writeFrame(1, writeUpdate(new Uint8Array(3_000_000))));
    await scene.run();
    expect(eve.told('denied')).toEqual([{ t: 'denied', channel: 1, reason: 'too-many' }]);
    decide();
  });

  test('a quiet line is told that it lives; one that does not answer is cut within a minute', async () => {
    const page = scene.page('ann');
    const stock = scene.stock('ben', 'a');
    await scene.run();
    const dead = scene.stock('cem', 'a');
    await scene.run();
    for (let seconds = 0; seconds < 60; seconds += 5) {
      scene.clock.advance(5_000);
      for (const peer of [page, stock, dead]) peer.session.sweep();
      page.session.pong();
      stock.session.pong();
    }
    await scene.run();
    expect(page.told('alive').length).toBeGreaterThanOrEqual(4);
    expect(stock.others.filter((message) => message.length === 3).length).toBeGreaterThanOrEqual(4);
    expect([page, stock, dead].map(({ socket }) => socket.terminated)).toEqual([false, false, true]);
    expect(PING_EVERY_MS * 2).toBeLessThanOrEqual(60_000);
  });
});
