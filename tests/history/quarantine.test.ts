import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { memoryFolder } from '../../server/adapters/memory/folder.ts';
import { UNLOAD_AFTER_MS } from '../../server/collaboration/bounds.ts';
import { Compaction } from '../../server/collaboration/compaction.ts';
import { Scene } from '../support/wire.ts';

const aims = (doc: Y.Doc) => doc.getText('field/aims');

describe('a block of which something kept is damaged', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.create('spoilt', 'fine');
    for (const blockId of ['spoilt', 'fine']) {
      const ann = scene.stock('ann', blockId);
      await scene.run();
      aims(ann.doc).insert(0, 'Lesson study');
      await scene.run();
      const { store: blocks, clock, log } = scene;
      await new Compaction({ blocks, folder: memoryFolder(), clock, log }).seal(blockId);
      aims(ann.doc).insert(0, 'Weekly ');
      await scene.run();
    }
    scene.restart();
    scene.clock.advance(UNLOAD_AFTER_MS);
    await scene.run();
  });
  afterEach(() => scene.close());

  async function joined(table: 'block_log' | 'block_snapshots' | 'block_changesets') {
    await scene.parts.records.read
      .updateTable(table)
      .set({ bytes: Uint8Array.of(255) })
      .where('block_id', '=', 'spoilt')
      .execute();
    const ben = scene.stock('ben', 'spoilt');
    const cem = scene.stock('cem', 'fine');
    await scene.run();
    aims(cem.doc).insert(0, 'Now: ');
    await scene.run();
    expect(aims(cem.doc).toString()).toBe('Now: Weekly Lesson study');
    expect((await scene.store.historyOf('fine'))?.rows).toHaveLength(2);
    return ben;
  }

  test.each([
    ['a row', 'block_log'],
    ['the snapshot', 'block_snapshots'],
  ] as const)(
    '[SAVE-3] (%s) is refused to whoever joins, with a reason, and others go on',
    async (_what, table) => {
      const ben = await joined(table);
      expect(ben.socket.closed).toEqual({ code: 4503, reason: 'load-failed' });
      expect(aims(ben.doc).toString()).toBe('');
      expect(scene.log.lines.map(({ level, facts }) => [level, facts.block])).toEqual([['error', 'spoilt']]);
    },
  );

  test('[SAVE-3] (a changeset) opens, for its text is whole; its history is refused, and others go on', async () => {
    const ben = await joined('block_changesets');
    expect(ben.socket.closed).toBeNull();
    expect(aims(ben.doc).toString()).toBe('Weekly Lesson study');
    await expect(scene.store.historyOf('spoilt')).rejects.toThrow('changeset 1 of window 1');
  });
});
