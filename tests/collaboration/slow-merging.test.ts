import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { MAX_BYTES_BEHIND_TRIAL } from '../../server/collaboration/bounds.ts';
import { FolderFailedError } from '../../server/ports/folder.ts';
import { writeUpdate } from '../../shared/protocol/messages.ts';
import { searchingUpdate } from '../support/hostile-updates.ts';
import { replicaState, Scene, type StockPeer } from '../support/wire.ts';

const LINE = 3_000;
const aims = (doc: Y.Doc) => doc.getText('field/aims');

/** @returns a page's paste of paragraphs behind what is there */
function paste(doc: Y.Doc, paragraphs: number): void {
  const content = doc.getXmlFragment('content');
  const pasted = Array.from({ length: paragraphs }, (_, at) => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(`paragraph ${at}`)]);
    return paragraph;
  });
  content.insert(content.length, pasted);
}

describe('what may take long to merge', () => {
  let scene: Scene;
  let ann: StockPeer;
  beforeEach(async () => {
    scene = await Scene.create('a');
    const doc = new Y.Doc();
    doc.clientID = 5;
    ann = scene.stock('ann', 'a', { doc });
    await scene.run();
    aims(ann.doc).insert(0, 'k'.repeat(LINE));
    await scene.run();
  });
  afterEach(() => scene.close());

  const rows = async () => (await scene.store.rowsAfter('a', 0, 10_000)).length;

  test('[INPUT-1] is tried apart; where it does take too long its sender alone is refused', async () => {
    const eve = scene.stock('eve', 'a');
    await scene.run();
    scene.folder.shut();
    scene.folder.isSlow = true;
    eve.say(writeUpdate(searchingUpdate(LINE - 1)));
    await scene.run();
    expect(scene.folder.tried).toHaveLength(1);
    aims(ann.doc).insert(0, 'Others go on. ');
    await scene.run();
    expect(await rows()).toBe(2);
    scene.folder.release();
    await scene.run();
    expect(eve.socket.closed).toEqual({ code: 4403, reason: 'too-large' });
    expect(ann.socket.closed).toBeNull();
    expect(await rows()).toBe(2);
    const joiner = scene.stock('ben', 'a');
    await scene.run();
    expect(replicaState(joiner.doc)).toEqual(replicaState(ann.doc));
  });

  test('[SAVE-1] is taken where it does not, with all that its sender wrote meanwhile', async () => {
    const page = scene.page('ben');
    const mine = page.open(1, 'block/a');
    await scene.run();
    scene.folder.shut();
    paste(mine, 2_000);
    await scene.run();
    expect(scene.folder.tried).toHaveLength(1);
    aims(mine).insert(0, 'Ben');
    aims(ann.doc).insert(0, 'Ann');
    await scene.run();
    expect(page.told('saved').at(-1)?.n).toBe(1);
    scene.folder.release();
    await scene.run();
    expect(ann.doc.getXmlFragment('content').length).toBe(2_000);
    expect(replicaState(mine)).toEqual(replicaState(ann.doc));
    expect(aims(ann.doc).toString()).toMatch(/^(BenAnn|AnnBen)k/);
    expect(page.told('saved').at(-1)?.n).toBe(3);
    expect(page.told('refused')).toEqual([]);
  });

  test('[SAVE-1] what its sender wrote meanwhile beyond a bound is asked for again', async () => {
    const page = scene.page('ben');
    const mine = page.open(1, 'block/a');
    await scene.run();
    scene.folder.shut();
    paste(mine, 2_000);
    await scene.run();
    aims(mine).insert(0, 'x'.repeat(MAX_BYTES_BEHIND_TRIAL));
    aims(mine).insert(0, 'Ben');
    await scene.run();
    scene.folder.release();
    await scene.run();
    expect(replicaState(mine)).toEqual(replicaState(ann.doc));
    expect(aims(ann.doc).toString()).toMatch(/^Benx/);
    // As many as it wrote, and all of it once more.
    expect(page.told('saved').at(-1)?.n).toBe(5);
  });

  test('[INPUT-1] is tried as well where it comes in small pieces', async () => {
    const eve = scene.stock('eve', 'a');
    await scene.run();
    scene.folder.isSlow = true;
    for (let at = 0; at < LINE - 1 && !eve.socket.closed; at++) {
      eve.say(writeUpdate(searchingUpdate(1, at)));
      if (at % 100 === 0) await scene.run();
    }
    await scene.run();
    expect(eve.socket.closed?.reason).toBe('too-large');
    expect(scene.folder.tried).toHaveLength(1);
    // What was taken before that takes everybody half a second at most.
    const whole = Y.encodeStateAsUpdate(ann.doc);
    const started = performance.now();
    Y.applyUpdate(new Y.Doc(), whole);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('[INPUT-1] is asked for again where it could not be tried', async () => {
    const eve = scene.stock('eve', 'a');
    await scene.run();
    scene.folder.failure = new FolderFailedError('the thread broke down');
    eve.say(writeUpdate(searchingUpdate(LINE - 1)));
    await scene.run();
    expect(eve.socket.closed).toEqual({ code: 4503, reason: 'load-failed' });
    expect(await rows()).toBe(1);
  });

  test('is no typing: thousands of letters, here and there, are taken at once', async () => {
    const ben = scene.stock('ben', 'a');
    await scene.run();
    for (let letter = 0; letter < 6_000; letter++) {
      const writer = letter % 2 === 0 ? ann : ben;
      const place = (letter % 2) * 2_000 + (letter >> 1);
      aims(writer.doc).insert(place, 'x');
      if (letter % 500 === 0) await scene.run();
    }
    await scene.run();
    expect(scene.folder.tried).toEqual([]);
    expect(aims(ben.doc).length).toBe(LINE + 6_000);
    expect(aims(ann.doc).toString()).toBe(aims(ben.doc).toString());
  });
});
