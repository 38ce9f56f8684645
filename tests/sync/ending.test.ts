import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  clearOtherStudies,
  clearSent,
  forgetDevice,
  openDeviceCache,
  unsentOnDevice,
} from '../../client/sync/device-cache.ts';
import { clearErased } from '../../client/sync/erased-copies.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const { page, all, pass } = stage;

describe('a refusal for good', () => {
  it('[SAVE-6] keeps the unsent words apart when access is taken away, and opens afresh to read', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    ada.type('one', 'Known. ');
    await all();
    stage.network.holdsSaved = true;
    stage.network.refuses = 'locked';
    const before = ada.view('one').replica;
    stage.network.room('block/one').access.set('ada', 'read');
    ada.type('one', 'Not known.');
    await all();
    expect(ada.engine.kept.get()).toMatchObject([{ blockId: 'one', words: 'Not known.', reason: 'locked' }]);
    expect(ada.view('one')).toMatchObject({
      access: 'read',
      live: true,
      refusal: null,
      save: { kind: 'saved' },
    });
    expect(ada.view('one').replica).not.toBe(before);
    expect(ada.text('one')).toBe('Known. ');
  });

  it('[SAVE-6] keeps what was typed offline when the block is closed to the writer meanwhile', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    stage.network.cut();
    ada.type('one', 'Typed in the train.');
    await all();
    stage.network.room('block/one').access.set('ada', 'no-access');
    stage.network.up = true;
    await pass(1_000);
    expect(ada.view('one')).toMatchObject({ replica: null, access: 'none', refusal: 'no-access' });
    expect(ada.engine.kept.get()).toMatchObject([{ words: 'Typed in the train.', reason: 'no-access' }]);
    await pass(1_000);
    // The copy is gone from the device; the words are there after a reload, until they are let go.
    ada.engine.stop();
    await all();
    const again = page('ada');
    await all();
    expect(await again.stores[0]?.load('one')).toMatchObject({ replica: null, updates: [], orphans: [] });
    const [kept] = again.engine.kept.get();
    expect(kept?.words).toBe('Typed in the train.');
    again.engine.forgetKept(kept?.id ?? '');
    await all();
    expect(again.engine.kept.get()).toEqual([]);
    expect(await again.stores[0]?.kept()).toEqual([]);
  });

  it('[AUDIT-2] [SAVE-6] asks the server only about closed blocks that the device has something of', async () => {
    const before = page('ada');
    before.engine.holdBlock('one');
    await all();
    before.engine.stop();
    await all();
    for (const blockId of ['one', 'two']) {
      stage.network.room(`block/${blockId}`).access.set('ada', 'no-access');
    }
    const ada = page('ada');
    await all();
    const { opens } = stage.network;
    await ada.engine.letGo(['one', 'two']);
    await all();
    expect(stage.network.opens).toBe(opens + 1);
    expect(await ada.stores[0]?.held()).toEqual(new Set());
    // Known to be gone, it is not asked about again.
    await ada.engine.letGo(['one', 'two']);
    await all();
    expect(stage.network.opens).toBe(opens + 1);
  });

  it('[SAVE-6] never sends changes on to a block that may only be read now', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    stage.network.cut();
    ada.type('one', 'Too late.');
    await all();
    stage.network.room('block/one').access.set('ada', 'read');
    stage.network.up = true;
    const { taken } = stage.network;
    await pass(1_000);
    expect(stage.network.taken).toBe(taken);
    expect(ada.view('one')).toMatchObject({ access: 'read', save: { kind: 'saved' } });
    expect(ada.text('one')).toBe('');
    expect(ada.engine.kept.get()).toMatchObject([{ words: 'Too late.', reason: 'access-changed' }]);
  });

  it('[SAVE-6] keeps words typed offline where the device only knew of reading', async () => {
    stage.network.room('block/one').access.set('ada', 'read');
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    // What a reader's editor does to the text while it is live is nobody's.
    ada.type('one', 'Tidied.');
    await all();
    expect(ada.view('one').save).toEqual({ kind: 'saved' });
    stage.network.cut();
    ada.type('one', 'Meant.');
    await all();
    expect(ada.view('one').save).toEqual({ kind: 'on-device', waiting: 1 });
    stage.network.up = true;
    await pass(1_000);
    expect(ada.engine.kept.get()).toMatchObject([{ words: 'Meant.', reason: 'access-changed' }]);
    expect(stage.onServer('one')).toBe('');
  });

  it('[SAVE-6] leaves on the device what another tab typed and has not told of yet', async () => {
    const first = page('ada');
    const second = page('ada');
    for (const each of [first, second]) each.engine.holdBlock('one');
    await all();
    stage.network.cut();
    first.type('one', 'Of the first.');
    await all();
    second.type('one', 'Of the second.');
    await second.settled();
    // Before it has told the other, that one is refused, and then it is closed.
    stage.network.tabs.length = 0;
    const room = stage.network.room('block/one');
    room.access.set('ada', 'no-access');
    stage.network.up = true;
    second.engine.stop();
    await pass(1_000);
    first.engine.stop();
    await all();
    const again = page('ada');
    await all();
    await pass(1_000);
    const words = again.engine.kept.get().map((kept) => kept.words);
    expect(words.join(' ')).toContain('Of the first.');
    expect(words.join(' ')).toContain('Of the second.');
  });

  it('[SAVE-6] keeps nothing where nothing was unsent', async () => {
    const ada = page('ada');
    const ben = page('ben');
    for (const each of [ada, ben]) each.engine.holdBlock('one');
    await all();
    ada.type('one', 'Sent.');
    ben.type('one', 'Not yet on the device of Ada.');
    await all();
    stage.network.room('block/one').access.set('ada', 'not-found');
    stage.network.close('block/one', 'ada', 'not-found');
    await all();
    expect(ada.view('one')).toMatchObject({ replica: null, refusal: 'not-found' });
    expect(ada.engine.kept.get()).toEqual([]);
    await pass(1_000);
    const database = await openDB('casebook/ada');
    expect(await database.count('updates')).toBe(0);
    database.close();
  });

  it('[SAVE-6] asks before closing the page while kept words stand nowhere but here', async () => {
    const ada = page('ada', { keeps: false });
    ada.engine.holdBlock('one');
    await all();
    stage.network.refuses = 'too-large';
    ada.type('one', 'Too much.');
    await all();
    expect(ada.engine.unsafe).toBe(true);
    ada.engine.forgetKept(ada.engine.kept.get()[0]?.id ?? '');
    expect(ada.engine.unsafe).toBe(false);
  });

  it('[SAVE-6] gives up on a block that refuses again and again', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    stage.network.cut();
    ada.type('one', 'Odd.');
    await all();
    stage.network.refuses = 'bad-message';
    stage.network.up = true;
    for (let round = 0; round < 20; round++) await pass(10_000);
    expect(ada.engine.kept.get()).toMatchObject([{ words: 'Odd.', reason: 'bad-message' }]);
  });

  it('[SAVE-3] tries again after a refusal that passes', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    stage.network.refuses = 'store-failed';
    ada.type('one', 'The disk was full.');
    await all();
    expect(ada.view('one').save).toEqual({ kind: 'on-device', waiting: 1 });
    stage.network.refuses = null;
    for (let second = 0; second < 5; second++) await pass(1_000);
    expect(ada.view('one').save).toEqual({ kind: 'saved' });
    expect(stage.onServer('one')).toBe('The disk was full.');
  });

  it('[INPUT-1] asks more and more rarely for a room that cannot be opened now', async () => {
    stage.network.room('block/one').access.set('ada', 'load-failed');
    const ada = page('ada');
    ada.engine.holdBlock('one');
    const asked: number[] = [];
    for (let second = 0; second < 120; second++) {
      stage.network.sayToAll({ t: 'alive' });
      await pass(1_000);
      asked.push(stage.network.opens);
    }
    expect(ada.view('one')).toMatchObject({ live: false, refusal: null, save: { kind: 'opening' } });
    expect(asked[9]).toBeGreaterThanOrEqual(3);
    expect(asked[119]).toBeLessThanOrEqual(10);
    stage.network.room('block/one').access.delete('ada');
    for (let second = 0; second < 30; second++) {
      stage.network.sayToAll({ t: 'alive' });
      await pass(1_000);
    }
    expect(ada.view('one')).toMatchObject({ live: true, save: { kind: 'saved' } });
  });

  it('[SAVE-6] holds back, and keeps, everything while nobody is signed in', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    for (const socket of [...stage.network.sockets]) socket.cut(4403, 'not-signed-in');
    ada.type('one', 'Still mine.');
    await pass(60_000);
    expect(ada.view('one')).toMatchObject({ live: false, save: { kind: 'on-device', waiting: 1 } });
    expect(stage.network.sockets.size).toBe(0);
    ada.engine.stop();
    const again = page('ada');
    await pass(1_000);
    expect(stage.onServer('one')).toBe('Still mine.');
    expect(again.engine.kept.get()).toEqual([]);
  });

  it('[ACCESS-3] sends nothing under the name of somebody who signed in in another tab', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    stage.network.cut();
    ada.type('one', "Ada's words");
    await all();
    stage.network.up = true;
    const { connect } = stage.network;
    stage.network.connect = () => connect.call(stage.network, 'ben');
    for (let second = 0; second < 5; second++) await pass(1_000);
    expect(stage.onServer('one')).toBe('');
    expect(ada.view('one').save).toEqual({ kind: 'on-device', waiting: 1 });
    expect(stage.network.opens).toBe(1);
  });
});

describe('a block whose past was rewritten', () => {
  it('[SAVE-6] keeps the unsent words alone, and nothing of the old text', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    ada.type('one', 'To be erased. ');
    await all();
    stage.network.cut();
    ada.type('one', 'Mine.');
    await all();
    const room = stage.network.room('block/one');
    room.doc = new Y.Doc();
    room.doc.getText('field/story').insert(0, 'A new start.');
    room.lineage = 'second';
    stage.network.up = true;
    await pass(1_000);
    expect(ada.text('one')).toBe('A new start.');
    expect(stage.onServer('one')).toBe('A new start.');
    expect(ada.engine.kept.get()).toMatchObject([{ words: 'Mine.', reason: 'lineage' }]);
    await pass(1_000);
    ada.engine.stop();
    stage.network.cut();
    const again = page('ada');
    again.engine.holdBlock('one');
    await all();
    expect(again.text('one')).toBe('A new start.');
  });

  it('[ERASE-1] lets go of older copies that nobody opened, and of answers that told the words, at the next connection', async () => {
    const ada = page('ada');
    for (const block of ['one', 'two']) ada.engine.holdBlock(block);
    await all();
    ada.type('one', 'To be erased.');
    ada.type('two', 'To stay.');
    await all();
    const told = { quotes: ['To be erased.'] };
    const store = ada.stores[0];
    await store?.cache('GET /api/cases/:caseId/quotes {"caseId":"c1"}', told);
    await store?.cache('GET /api/cases/:caseId/quotes {"caseId":"c2"}', told);
    const selected = { quote: 'To be erased.', prefix: 'To ', suffix: '', occurrence: 0 };
    const waiting = (blockId: string) => ({
      ...{ blockId, refused: null, at: 1 },
      act: { kind: 'opened', words: 'Is it so?', target: { on: 'range', anchor: 'a', selected } },
    });
    await store?.cache('waiting comments c1', [waiting('one'), waiting('three')]);
    await pass(1_000);
    ada.engine.stop();
    await all();
    const room = stage.network.room('block/one');
    room.doc = new Y.Doc();
    room.lineage = 'second';
    const again = page('ada');
    await all();
    const lineage = (await again.stores[0]?.lineages())?.get('two') ?? '';
    const blocks = [
      { blockId: 'one', lineage: 'second' },
      { blockId: 'two', lineage },
    ];
    const erased = { erasures: [{ id: 'e1', studyId: 's1', caseIds: ['c1'], blocks }] };
    await clearErased('ada', again.engine, erased);
    await pass(1_000);
    expect(await again.stores[0]?.load('one')).toMatchObject({ replica: null, updates: [], orphans: [] });
    expect((await again.stores[0]?.load('two'))?.replica).not.toBeNull();
    const keys = (await again.stores[0]?.cachedAnswers())?.map(({ key }) => key);
    expect(keys).toEqual(['GET /api/cases/:caseId/quotes {"caseId":"c2"}', 'waiting comments c1']);
    // what waits is sent without the words that it was about
    const [untold, other] = ((await again.stores[0]?.cached('waiting comments c1')) ?? []) as object[];
    expect(JSON.stringify(untold)).toContain('Is it so?');
    expect(JSON.stringify(untold)).not.toContain('To be erased.');
    expect(other).toEqual(waiting('three'));
    expect(again.engine.kept.get()).toEqual([]);
    // what is answered after that is kept as ever
    await again.stores[0]?.cache('GET /api/cases/:caseId/quotes {"caseId":"c1"}', {});
    await clearErased('ada', again.engine, erased);
    expect((await again.stores[0]?.cachedAnswers())?.length).toBe(3);
  });

  it('[SAVE-3] keeps the words of a tab that had not heard of it', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    const doc = new Y.Doc();
    doc.getText('field/story').insert(0, 'Left behind');
    const given = ada.stores[0]?.changeRows(
      [{ id: 'x', blockId: 'one', lineage: 'older', bytes: Y.encodeStateAsUpdate(doc), waiting: 1 }],
      [],
    );
    ada.paint();
    await given;
    ada.engine.stop();
    const again = page('ada');
    await all();
    expect(again.engine.kept.get()).toMatchObject([{ words: 'Left behind', reason: 'lineage' }]);
    expect((await again.stores[0]?.waiting())?.size).toBe(0);
    expect(stage.onServer('one')).toBe('');
  });
});

describe('what stays on the device', () => {
  it('[DEVICE-1] is counted, then cleared, at sign-out', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    stage.network.cut();
    ada.type('one', 'a');
    ada.type('one', 'b');
    await all();
    ada.engine.stop();
    await all();
    expect(await unsentOnDevice('ada')).toBe(2);
    await forgetDevice('ada');
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual([]);
    expect(await unsentOnDevice('ada')).toBe(0);
  });

  it('[DEVICE-1] is cleared even while another tab has it open', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    await all();
    await forgetDevice('ada');
    stage.network.cut();
    ada.type('one', 'After sign-out');
    await all();
    expect(ada.view('one').save).toEqual({ kind: 'only-here', waiting: 1 });
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual([]);
  });

  it('[DEVICE-1] goes after 30 days unseen, except for what waits', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    ada.engine.holdBlock('two');
    await all();
    const cache = openDeviceCache('ada');
    await cache.saveCached('case', { title: 'Hillside' });
    expect(await cache.loadCached('case')).toEqual({ title: 'Hillside' });
    await cache.close();
    stage.network.cut();
    ada.type('two', 'Waits.');
    await all();
    ada.engine.stop();
    await pass(31 * 24 * 60 * 60 * 1_000);
    const later = page('ada');
    await all();
    expect((await later.stores[0]?.load('one'))?.replica).toBeNull();
    expect((await later.stores[0]?.load('two'))?.updates).toHaveLength(1);
    expect(await later.stores[0]?.cached('case')).toBeUndefined();
  });

  it('[DEVICE-1] signed out from afar, goes but for what the server does not have', async () => {
    const ada = page('ada');
    ada.engine.holdBlock('one');
    ada.engine.holdBlock('two');
    await all();
    const cache = openDeviceCache('ada');
    await cache.saveCached('case', { title: 'Hillside' });
    stage.network.cut();
    ada.type('two', 'Waits.');
    await all();
    ada.engine.stop();
    await all();
    expect(await clearSent('ada')).toBe(1);
    expect(await cache.loadCached('case')).toBeUndefined();
    await cache.close();
    stage.network.up = true;
    const later = page('ada');
    expect((await later.stores[0]?.load('one'))?.replica).toBeNull();
    await all();
    expect(stage.onServer('two')).toBe('Waits.');
    await pass(10_000);
    expect(await unsentOnDevice('ada')).toBe(0);
  });

  it('[DEVICE-1] a quote that waits counts, and outlasts signing out from afar and thirty days', async () => {
    const cache = openDeviceCache('ada');
    await cache.saveCached('waiting quotes c1', [{ quote: { id: 'q1' } }, { quote: { id: 'q2' } }]);
    await cache.saveCached('waiting quotes c2', undefined);
    await cache.saveCached('case', { title: 'Hillside' });
    expect(await unsentOnDevice('ada')).toBe(2);
    expect(await clearSent('ada')).toBe(2);
    expect(await cache.loadCached('waiting quotes c1')).toHaveLength(2);
    expect(await cache.loadCached('case')).toBeUndefined();
    await cache.close();
    await pass(31 * 24 * 60 * 60 * 1_000);
    page('ada');
    await all();
    expect(await unsentOnDevice('ada')).toBe(2);
  });

  it('[DEVICE-1] of a study that one was taken out of, goes; of the others, stays', async () => {
    const ada = page('ada');
    for (const blockId of ['one', 'two', 'three']) ada.engine.holdBlock(blockId);
    await all();
    const cache = openDeviceCache('ada');
    const keep = (caseId: string, studyId: string, blockId: string) =>
      cache.saveCached(`GET /api/cases/:caseId {"caseId":"${caseId}"}`, {
        id: caseId,
        studyId,
        blocks: [{ blockId }],
      });
    await keep('c1', 's1', 'one');
    await keep('c2', 's2', 'two');
    for (const id of ['s1', 's2']) {
      await cache.saveCached(`GET /api/studies/:studyId {"studyId":"${id}"}`, { id });
    }
    await cache.saveCached('GET /api/cases/:caseId/text {"caseId":"c1"}', { blocks: [] });
    // As when the server has refused the case already.
    await keep('c3', 's1', 'three');
    await cache.saveCached('GET /api/cases/:caseId {"caseId":"c3"}', undefined);
    await cache.saveCached('GET /api/cases/:caseId/sharing {"caseId":"c3"}', { people: [] });
    ada.engine.stop();
    await all();
    await clearOtherStudies('ada', ['s2']);
    expect(await cache.loadCached('GET /api/cases/:caseId/sharing {"caseId":"c3"}')).toBeUndefined();
    expect(await cache.loadCached('GET /api/cases/:caseId {"caseId":"c1"}')).toBeUndefined();
    expect(await cache.loadCached('GET /api/cases/:caseId/text {"caseId":"c1"}')).toBeUndefined();
    expect(await cache.loadCached('GET /api/studies/:studyId {"studyId":"s1"}')).toBeUndefined();
    expect(await cache.loadCached('GET /api/studies/:studyId {"studyId":"s2"}')).toEqual({ id: 's2' });
    await cache.close();
    stage.network.cut();
    const later = page('ada');
    for (const blockId of ['one', 'three']) {
      expect((await later.stores[0]?.load(blockId))?.replica, blockId).toBeNull();
    }
    expect((await later.stores[0]?.load('two'))?.replica).not.toBeNull();
  });

  it('[DEVICE-1] is nothing on a page that keeps nothing', async () => {
    const contact = page('head', { keeps: false, tabs: false });
    contact.engine.holdBlock('one');
    await all();
    contact.type('one', 'Our school');
    await all();
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual([]);
  });
});
