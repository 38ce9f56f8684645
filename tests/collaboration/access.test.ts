import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { AUDIT_EVERY_MS } from '../../server/collaboration/bounds.ts';
import { isPermanent } from '../../shared/protocol/control.ts';
import { writeSyncStep2 } from '../../shared/protocol/messages.ts';
import { replicaState, Scene, syncMessage } from '../support/wire.ts';

const aims = (doc: Y.Doc) => doc.getText('field/aims');

describe('a room', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.create('a', 'b');
  });
  afterEach(() => scene.close());

  const rows = async (blockId = 'a') => (await scene.store.rowsAfter(blockId, 0, 1_000)).length;
  const attempts = () => scene.log.lines.filter(({ message }) => message.includes('without the right'));

  test.each([
    ['a viewer', { access: 'read', reason: 'role' }],
    ['somebody who may comment', { access: 'comment', reason: 'role' }],
  ] as const)('[ACCESS-2] %s changes nothing, whatever they send', async (_who, decision) => {
    scene.access.people.set('vic', { ...decision, team: true });
    const ann = scene.stock('ann', 'a');
    await scene.run();
    aims(ann.doc).insert(0, 'Kept');
    await scene.run();
    const before = replicaState(ann.doc);
    const vic = scene.stock('vic', 'a');
    await scene.run();
    expect(aims(vic.doc).toString()).toBe('Kept');
    aims(vic.doc).insert(0, 'forged ');
    aims(vic.doc).delete(8, 2);
    vic.doc.getMap('fields').set('value/x', 'forged');
    vic.say(writeSyncStep2(Y.encodeStateAsUpdate(vic.doc)));
    await scene.run();
    expect(replicaState(ann.doc)).toEqual(before);
    expect(await rows()).toBe(1);
    expect(vic.socket.closed).toBeNull();
  });

  test('[ACCESS-2] without the schema one reads, and honest answers are no attempt', async () => {
    const ann = scene.stock('ann', 'a');
    await scene.run();
    aims(ann.doc).insert(0, 'Shared');
    await scene.run();
    const old = scene.stock('ben', 'a', { knowsSchema: false });
    await scene.run();
    old.say(writeSyncStep2(Y.encodeStateAsUpdate(old.doc)));
    aims(old.doc).delete(0, 3);
    await scene.run();
    expect(aims(ann.doc).toString()).toBe('Shared');
    expect(attempts()).toEqual([]);
    aims(ann.doc).insert(6, ' text');
    await scene.run();
    expect(aims(old.doc).toString()).toContain(' text');
  });

  test('[ACCESS-2] attempts with new text are told to the log once a minute', async () => {
    scene.access.people.set('vic', { access: 'read', reason: 'role', team: true });
    const vic = scene.stock('vic', 'a');
    await scene.run();
    for (let i = 0; i < 5; i++) aims(vic.doc).insert(0, 'x');
    await scene.run();
    expect(attempts()).toHaveLength(1);
    scene.clock.advance(AUDIT_EVERY_MS);
    aims(vic.doc).insert(0, 'x');
    await scene.run();
    expect(attempts().map(({ facts }) => facts.attempts)).toEqual([1, 6]);
  });

  test('[ACCESS-2] a write on a channel that was never opened, or of another room, goes nowhere', async () => {
    const ann = scene.page('ann');
    ann.open(1, 'block/a');
    await scene.run();
    const forged = new Y.Doc();
    aims(forged).insert(0, 'x');
    ann.say(
      9,
      syncMessage((e) => writeUpdate(e, Y.encodeStateAsUpdate(forged))),
    );
    await scene.run();
    expect(await rows('a')).toBe(0);
    expect(await rows('b')).toBe(0);
  });

  test('[ACCESS-1] strangers learn nothing, not even that the block exists', async () => {
    scene.access.people.set('stranger', { access: 'none', reason: 'not-a-member', team: false });
    scene.access.people.set('head', { access: 'none', reason: 'not-shared', team: false });
    const stranger = scene.page('stranger');
    stranger.open(1, 'block/a');
    stranger.open(2, 'block/nowhere');
    stranger.open(3, 'case/c');
    const head = scene.page('head');
    head.open(1, 'block/a');
    await scene.run();
    expect(stranger.told('denied').map(({ channel, reason }) => [channel, reason])).toEqual([
      [1, 'not-found'],
      [2, 'not-found'],
      [3, 'not-found'],
    ]);
    expect(head.told('denied')[0]?.reason).toBe('no-access');
    const stock = scene.stock('stranger', 'a');
    await scene.run();
    expect(stock.socket.closed).toEqual({ code: 4403, reason: 'not-found' });
    // auth-denied comes first: type 2, then what the stock client prints.
    expect([...(stock.others[0] as Uint8Array).subarray(0, 2)]).toEqual([2, 0]);
  });

  test('[ACCESS-3] nobody writes under the client id of somebody else', async () => {
    const ann = scene.stock('ann', 'a');
    await scene.run();
    aims(ann.doc).insert(0, 'Ann');
    await scene.run();
    const twin = new Y.Doc();
    Y.applyUpdate(twin, Y.encodeStateAsUpdate(ann.doc));
    twin.clientID = ann.doc.clientID;
    aims(twin).insert(3, ' never wrote this');
    const eve = scene.page('eve');
    eve.open(1, 'block/a', twin);
    await scene.run();
    expect(eve.told('closed')).toEqual([{ t: 'closed', channel: 1, reason: 'bad-message' }]);
    expect(await rows()).toBe(1);
    expect(aims(ann.doc).toString()).toBe('Ann');
    scene.restart();
    const again = scene.page('eve');
    again.open(1, 'block/a', twin);
    await scene.run();
    expect(again.told('closed')[0]?.reason).toBe('bad-message');
  });

  test('[ACCESS-3] passing on what others wrote, and writing on, is honest', async () => {
    const ann = scene.stock('ann', 'a');
    await scene.run();
    aims(ann.doc).insert(0, 'Ann');
    await scene.run();
    const ben = scene.stock('ben', 'a');
    await scene.run();
    aims(ben.doc).insert(3, ' and Ben');
    ben.say(writeSyncStep2(Y.encodeStateAsUpdate(ben.doc)));
    await scene.run();
    expect(ben.socket.closed).toBeNull();
    const logged = await scene.store.rowsAfter('a', 0, 10);
    expect(logged.map((row) => row.authorId)).toEqual(['ann', 'ben']);
    expect(logged.map((row) => row.clients.map((range) => range.client))).toEqual([
      [ann.doc.clientID],
      [ben.doc.clientID],
    ]);
  });

  test('[ACCESS-4] access that is taken away ends the room at once, and what was typed meanwhile is not taken', async () => {
    const ann = scene.page('ann');
    const mine = ann.open(1, 'block/a');
    const ben = scene.stock('ben', 'a');
    await scene.run();
    let decide = () => {};
    scene.access.gate = new Promise((resolve) => {
      decide = resolve;
    });
    scene.access.people.set('ann', { access: 'none', reason: 'not-a-member', team: false });
    ann.session.reconsider();
    aims(mine).insert(0, 'too late');
    aims(ben.doc).insert(0, 'secret');
    await scene.run();
    expect(aims(mine).toString()).toBe('too late');
    decide();
    await scene.run();
    expect(ann.told('closed')).toEqual([{ t: 'closed', channel: 1, reason: 'access-changed' }]);
    expect(isPermanent('access-changed')).toBe(true);
    expect(aims(mine).toString()).toBe('too late');
    expect(aims(ben.doc).toString()).toBe('secret');
  });

  test('[ACCESS-4] access that stayed the same costs nothing that was under way', async () => {
    const ann = scene.page('ann');
    const mine = ann.open(1, 'block/a');
    const ben = scene.stock('ben', 'a');
    await scene.run();
    let decide = () => {};
    scene.access.gate = new Promise((resolve) => {
      decide = resolve;
    });
    ann.session.reconsider();
    ann.session.reconsider();
    aims(mine).insert(0, 'mine ');
    aims(ben.doc).insert(0, 'yours ');
    await scene.run();
    decide();
    await scene.run();
    expect(aims(mine).toString()).toBe(aims(ben.doc).toString());
    expect(aims(mine).length).toBe(11);
    expect(ann.told('closed')).toEqual([]);
  });

  test('[ACCESS-4] a stage that locks says so; a stock client stops for good', async () => {
    const ann = scene.page('ann');
    ann.open(1, 'block/a');
    const ben = scene.stock('ben', 'a');
    await scene.run();
    for (const who of ['ann', 'ben']) {
      scene.access.people.set(who, { access: 'read', reason: 'stage', team: true });
    }
    ann.session.reconsider();
    ben.session.reconsider();
    await scene.run();
    expect(ann.told('closed')[0]?.reason).toBe('locked');
    expect(ben.socket.closed).toEqual({ code: 4403, reason: 'locked' });
  });

  test('[ACCESS-4] access that changes while a room still opens counts', async () => {
    let decide = () => {};
    scene.access.gate = new Promise((resolve) => {
      decide = resolve;
    });
    const ann = scene.page('ann');
    ann.open(1, 'block/a');
    await scene.run();
    scene.access.people.set('ann', { access: 'none', reason: 'not-a-member', team: false });
    ann.session.reconsider();
    decide();
    await scene.run();
    expect(ann.told('opened')).toEqual([]);
    expect(ann.told('denied')[0]?.reason).toBe('not-found');
  });

  test('[SAVE-6] a page of an older schema is told before it can do anything', async () => {
    const ann = scene.page('ann');
    ann.open(1, 'block/a', new Y.Doc(), 0);
    await scene.run();
    expect(ann.told('denied')).toEqual([{ t: 'denied', channel: 1, reason: 'outdated-page' }]);
  });

  test('[ACCESS-4] topics are told to those alone who may follow them', async () => {
    scene.access.cases.add('ann');
    const ann = scene.page('ann');
    const eve = scene.page('eve');
    for (const page of [ann, eve]) page.control({ t: 'follow', topic: 'case/c' });
    await scene.run();
    for (const page of [ann, eve]) page.session.changed('case/c');
    ann.session.changed('case/other');
    await scene.run();
    expect(ann.told('changed')).toEqual([{ t: 'changed', topic: 'case/c' }]);
    expect(eve.told('changed')).toEqual([]);
    scene.access.cases.delete('ann');
    ann.session.reconsider();
    await scene.run();
    expect(ann.told('changed'), 'once, so that the page asks and learns that it is out').toHaveLength(2);
    ann.session.changed('case/c');
    await scene.run();
    expect(ann.told('changed')).toHaveLength(2);
  });

  test('[ACCESS-1] a change that comes while access is asked is told afterwards', async () => {
    scene.access.cases.add('ann');
    const ann = scene.page('ann');
    const eve = scene.page('eve');
    for (const page of [ann, eve]) page.control({ t: 'follow', topic: 'case/c' });
    await scene.run();
    ann.session.reconsider();
    ann.session.changed('case/c');
    eve.session.changed('case/c');
    await scene.run();
    expect(ann.told('changed')).toHaveLength(2);
    expect(eve.told('changed')).toEqual([]);
  });
});
