import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { LARGE_BLOCK_BYTES, UNLOAD_AFTER_MS } from '../../server/collaboration/bounds.ts';
import { StoreWriteError } from '../../server/ports/block-store.ts';
import { replicaState, Scene, type StockPeer } from '../support/wire.ts';
import { Paper } from './paper.ts';

const PLAN = 'Pairs plan a lesson together';
const WATCH = 'One teaches, one watches';

describe('words that a merge hides', () => {
  let scene: Scene;
  let ann: StockPeer;
  let ben: StockPeer;
  let anns: Paper;
  let bens: Paper;

  beforeEach(async () => {
    scene = await Scene.create('a');
    ann = scene.stock('ann', 'a');
    ben = scene.stock('ben', 'a');
    await scene.run();
    anns = new Paper(ann.doc);
    bens = new Paper(ben.doc);
    anns.write(PLAN, WATCH);
    await scene.run();
  });
  afterEach(() => scene.close());

  const tray = () =>
    scene.parts.records.read
      .selectFrom('lost_words')
      .select(['words', 'before_text', 'after_text', 'author_id', 'caused_by_id', 'cause', 'settled_at'])
      .orderBy('at')
      .execute();

  /** Ben types while he is offline; what Ann does meanwhile is there first. */
  const benOffline = async (bens_: (paper: Paper) => void, anns_: (paper: Paper) => void) => {
    const { doc } = ben;
    ben.cut();
    bens_(bens);
    anns_(anns);
    await scene.run();
    ben = scene.stock('ben', 'a', { doc });
    await scene.run();
  };

  /** Ben's words reach the server first, and Ann's change is made without having seen them. */
  const annUnaware = async (bens_: (paper: Paper) => void, anns_: (paper: Paper) => void) => {
    bens_(bens);
    anns_(anns);
    ben.up();
    await scene.step();
    await scene.step();
    ann.up();
    await scene.run();
  };

  const words = { words: '-talk', author_id: 'ben', caused_by_id: 'ann', settled_at: null };

  describe.each([
    ['typed offline', benOffline],
    ['typed just before', annUnaware],
  ])('%s', (_name, meanwhile) => {
    test('[SAVE-5] in a paragraph that became a heading', async () => {
      await meanwhile(
        (paper) => paper.type('Pairs plan', '-talk'),
        (paper) => paper.makeHeading(PLAN),
      );
      expect(bens.text).not.toContain('talk');
      expect(await tray()).toEqual([
        { ...words, before_text: 'Pairs plan', after_text: ' a lesson together', cause: 'changed-kind' },
      ]);
      expect(scene.lostWordsKept).toEqual(['a']);
    });

    test('[SAVE-5] in a paragraph that was moved into a list', async () => {
      await meanwhile(
        (paper) => paper.type('One teaches', '-talk'),
        (paper) => paper.makeList(WATCH),
      );
      expect(await tray()).toEqual([
        { ...words, before_text: 'One teaches', after_text: ', one watches', cause: 'changed-kind' },
      ]);
    });

    test('[SAVE-5] in a paragraph that was joined to the one before', async () => {
      await meanwhile(
        (paper) => paper.type('One teaches', '-talk'),
        (paper) => paper.joinToBefore(WATCH),
      );
      expect(await tray()).toEqual([
        { ...words, before_text: 'One teaches', after_text: ', one watches', cause: 'changed-kind' },
      ]);
    });

    test('[SAVE-5] in a paragraph that was deleted by somebody who had not seen them', async () => {
      await meanwhile(
        (paper) => paper.type('One teaches', '-talk'),
        (paper) => paper.removeParagraph(WATCH),
      );
      expect(await tray()).toEqual([
        { ...words, before_text: 'One teaches', after_text: ', one watches', cause: 'removed' },
      ]);
    });

    test('[SAVE-5] in two places, and in the middle of what was just typed', async () => {
      await meanwhile(
        (paper) => {
          paper.type('Pairs', '-really');
          paper.type('together', '-in-rom-4');
          paper.type('-in-ro', 'o');
        },
        (paper) => paper.makeHeading(PLAN),
      );
      expect(
        (await tray()).map(({ words, before_text, after_text }) => [words, before_text, after_text]),
      ).toEqual([
        ['-really', 'Pairs', ' plan a lesson together'],
        ['-in-room-4', 'Pairs plan a lesson together', ''],
      ]);
    });

    test('[SAVE-5] with marks among them', async () => {
      await meanwhile(
        (paper) => {
          paper.type('Pairs plan', '-talk');
          paper.bold('talk');
        },
        (paper) => paper.makeHeading(PLAN),
      );
      expect((await tray()).map((row) => row.words)).toEqual(['-talk']);
    });
  });

  test('[SAVE-5] in a paragraph of their own, pressed Enter for, within a list that was deleted', async () => {
    anns.makeList(WATCH);
    await scene.run();
    await benOffline(
      (paper) => {
        paper.split('One teaches');
        paper.type('One teaches', ' first');
      },
      (paper) => paper.removeParagraph(WATCH),
    );
    expect((await tray()).map((row) => row.words).join('')).toContain(' first');
  });

  test('[SAVE-5] in a block so large that it is looked at on another thread', async () => {
    ann.doc.getText('field/aims').insert(0, 'x'.repeat(LARGE_BLOCK_BYTES));
    await scene.run();
    await benOffline(
      (paper) => paper.type('Pairs plan', '-talk'),
      (paper) => paper.makeHeading(PLAN),
    );
    expect(await tray()).toMatchObject([{ ...words, cause: 'changed-kind' }]);
    expect(scene.folder.merges).toBeGreaterThan(0);
    const joiner = scene.stock('cem', 'a');
    await scene.run();
    expect(replicaState(joiner.doc)).toEqual(replicaState(ann.doc));
  });

  test('[SAVE-5] in an empty paragraph that somebody removed, before a folding and after it', async () => {
    const content = anns.doc.getXmlFragment('content');
    const empties = [0, 1].map(() => {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText()]);
      return paragraph;
    });
    content.insert(2, empties);
    await scene.run();
    const cem = scene.stock('cem', 'a');
    await scene.run();
    const { doc: bens_ } = ben;
    const { doc: cems } = cem;
    ben.cut();
    cem.cut();
    content.delete(2, 2);
    await scene.run();
    const typeIn = (doc: Y.Doc, at: number, typed: string) => {
      const paragraph = doc.getXmlFragment('content').get(at) as Y.XmlElement;
      (paragraph.get(0) as Y.XmlText).insert(0, typed);
    };
    typeIn(bens_, 2, 'typed by Ben');
    typeIn(cems, 3, 'typed by Cem');
    ben = scene.stock('ben', 'a', { doc: bens_ });
    await scene.run();
    expect((await tray()).map((kept) => kept.words)).toEqual(['typed by Ben']);
    await scene.desk.compaction.seal('a');
    ann.cut();
    ben.cut();
    scene.clock.advance(UNLOAD_AFTER_MS);
    expect(scene.desk.rooms.size).toBe(0);
    scene.stock('cem', 'a', { doc: cems });
    await scene.run();
    expect((await tray()).map((kept) => kept.words)).toEqual(['typed by Ben', 'typed by Cem']);
  });

  test('[SAVE-5] a letter at a time, while the change is on its way to the writer, are one record', async () => {
    anns.makeHeading(PLAN);
    ann.up();
    await scene.step();
    await scene.step();
    for (const letter of '-now') {
      bens.type(`Pairs plan${'-now'.slice(0, '-now'.indexOf(letter))}`, letter);
      ben.up();
      await scene.step();
      await scene.step();
    }
    await scene.run();
    expect((await tray()).map((row) => row.words)).toEqual(['-now']);
  });

  test('[SAVE-5] are not added to a record that somebody has settled', async () => {
    anns.makeHeading(PLAN);
    ann.up();
    await scene.run();
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(ben.doc));
    expect(bens.text).toContain(PLAN);
    // Two letters of somebody who was cut off from before the change.
    const old = await scene.store.rowsAfter('a', 0, 1);
    const late = new Y.Doc();
    Y.applyUpdate(late, (old[0] as { bytes: Uint8Array }).bytes);
    const lates = new Paper(late);
    lates.type('Pairs plan', 'x');
    const cem = scene.stock('cem', 'a', { doc: late });
    await cem.up(0);
    await scene.settle();
    cem.down();
    cem.up();
    await scene.step();
    await scene.step();
    await scene.parts.records.read.updateTable('lost_words').set({ settled_at: 1 }).execute();
    lates.type('Pairs planx', 'y');
    cem.up();
    await scene.run();
    expect((await tray()).map((row) => [row.words, row.settled_at])).toEqual([
      ['x', 1],
      ['y', null],
    ]);
  });

  test('[SAVE-5] are kept in the same transaction as the edit that hid them', async () => {
    const { doc } = ben;
    ben.cut();
    bens.type('Pairs plan', '-talk');
    anns.makeHeading(PLAN);
    await scene.run();
    scene.store.failure = new StoreWriteError('no space left');
    ben = scene.stock('ben', 'a', { doc });
    await scene.run();
    expect(await tray()).toEqual([]);
    expect(ben.socket.closed?.reason).toBe('store-failed');
    // The words are still on the device: nothing was merged there that could hide them.
    expect(new Paper(doc).text).toContain('Pairs plan-talk');
    scene.store.failure = null;
    scene.stock('ben', 'a', { doc });
    await scene.run();
    expect((await tray()).map((row) => row.words)).toEqual(['-talk']);
  });

  test('[SAVE-5] are safe on the server before the writer’s own device is told what hid them', async () => {
    const { doc } = ben;
    ben.cut();
    bens.type('Pairs plan', '-talk');
    anns.makeHeading(PLAN);
    await scene.run();
    scene.store.shut();
    ben = scene.stock('ben', 'a', { doc });
    await scene.run();
    expect(new Paper(doc).text).toContain('Pairs plan-talk');
    ben.cut();
    scene.store.release();
    await scene.run();
    expect((await tray()).map((row) => row.words)).toEqual(['-talk']);
  });

  test('[SAVE-5] are safe although the line breaks in the middle of coming back', async () => {
    const { doc } = ben;
    ben.cut();
    bens.type('Pairs plan', '-talk');
    ben = scene.stock('ben', 'a', { doc });
    ben.up();
    await scene.settle();
    anns.makeHeading(PLAN);
    ann.up();
    await scene.step();
    await scene.step();
    // All that the server said arrives, and nothing of the answer.
    ben.down();
    expect(ben.outgoing.length).toBeGreaterThan(0);
    ben.cut();
    ben = scene.stock('ben', 'a', { doc });
    await scene.run();
    expect((await tray()).map((row) => row.words)).toEqual(['-talk']);
  });

  test('[SAVE-5] stay in the log for history, and hide nothing of what loads', async () => {
    await benOffline(
      (paper) => paper.type('Pairs plan', '-talk'),
      (paper) => paper.makeHeading(PLAN),
    );
    const history = new Y.Doc({ gc: false });
    for (const row of await scene.store.rowsAfter('a', 0, 100)) Y.applyUpdate(history, row.bytes);
    const everything = [...history.store.clients.values()]
      .flat()
      .map((struct) =>
        struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : '',
      )
      .join('');
    expect(everything).toContain('-talk');
    const onDisk = await readBlock(scene.store, 'a');
    expect(new Paper(onDisk?.doc as Y.Doc).text).toBe(anns.text);
  });

  describe('is not said', () => {
    test('[SAVE-5] of text that somebody deleted', async () => {
      anns.type('Pairs plan', '-talk');
      await scene.run();
      bens.remove('-talk');
      await scene.run();
      bens.removeParagraph(WATCH);
      await scene.run();
      expect(await tray()).toEqual([]);
    });

    test('[SAVE-5] of text that its own change carried along', async () => {
      bens.type('Pairs plan', '-talk');
      await scene.run();
      anns.makeHeading('Pairs plan');
      await scene.run();
      bens.makeList(WATCH);
      await scene.run();
      expect(bens.text).toContain('Pairs plan-talk');
      expect(await tray()).toEqual([]);
    });

    test('[SAVE-5] of typing at the same place at the same time', async () => {
      bens.type('Pairs plan', '-talk');
      anns.type('Pairs plan', '-sing');
      anns.split('a lesson');
      bens.bold('lesson');
      await scene.run();
      expect(anns.text).toContain('talk');
      expect(anns.text).toContain('sing');
      expect(await tray()).toEqual([]);
    });

    test('[SAVE-5] of marks, however they are tidied', async () => {
      anns.bold('plan a lesson');
      bens.bold('Pairs plan');
      await scene.run();
      anns.plain('plan');
      bens.remove('plan a');
      await scene.run();
      anns.makeHeading('Pairs');
      bens.plain('lesson');
      await scene.run();
      expect((await tray()).map((row) => row.words)).toEqual([]);
    });

    test('[SAVE-5] of what the writer undid, and did again', async () => {
      const undo = new Y.UndoManager(ben.doc.getXmlFragment('content'), {
        trackedOrigins: new Set(['paper']),
      });
      bens.type('Pairs plan', '-talk');
      await scene.run();
      undo.undo();
      await scene.run();
      expect(anns.text).not.toContain('talk');
      undo.redo();
      await scene.run();
      expect(anns.text).toContain('talk');
      expect(await tray()).toEqual([]);
    });

    test('[SAVE-5] twice, when the whole state is sent again', async () => {
      const { doc } = ben;
      await benOffline(
        (paper) => paper.type('Pairs plan', '-talk'),
        (paper) => paper.makeHeading(PLAN),
      );
      ben.cut();
      scene.stock('ben', 'a', { doc });
      scene.restart();
      scene.stock('ben', 'a', { doc });
      await scene.run();
      expect(await tray()).toHaveLength(1);
    });

    test('[SAVE-5] of words that were typed and removed again before they came', async () => {
      await benOffline(
        (paper) => {
          paper.type('Pairs plan', '-talk');
          paper.remove('-talk');
        },
        (paper) => paper.makeHeading(PLAN),
      );
      expect(await tray()).toEqual([]);
    });
  });

  test('[SAVE-5] somebody undoes the change that hid them: they are in the tray still', async () => {
    const undo = new Y.UndoManager(ann.doc.getXmlFragment('content'), { trackedOrigins: new Set(['paper']) });
    await benOffline(
      (paper) => paper.type('Pairs plan', '-talk'),
      (paper) => paper.makeHeading(PLAN),
    );
    undo.undo();
    await scene.run();
    expect(anns.text).toContain(PLAN);
    expect((await tray()).map((row) => row.words)).toEqual(['-talk']);
  });
});
