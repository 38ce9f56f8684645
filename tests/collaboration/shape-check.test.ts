import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  SHAPE_CHECK_AFTER_MS,
  SHAPE_CHECK_AT_LATEST_MS,
  SHAPE_CHECK_REST_MS,
  SHAPE_RETRY_AFTER_MS,
} from '../../server/collaboration/bounds.ts';
import { type AuthoredWords, ShapeCheck } from '../../server/collaboration/shape-check.ts';
import { isStructural } from '../../server/collaboration/structural.ts';
import type { Log } from '../../server/log.ts';
import { findMisshapen } from '../../shared/document/shape.ts';
import { block, element, paragraph, words } from '../document/foreign.ts';
import { HandClock } from '../support/clock.ts';

/** Blocks in memory, and what was asked of them, in order. */
class Stage {
  readonly clock = new HandClock();
  readonly blocks = new Map<string, Y.Doc>();
  readonly asked: string[] = [];
  readonly kept: AuthoredWords[] = [];
  readonly told: string[] = [];
  failure: Error | null = null;
  /** What somebody writes between the look and the edit. */
  meanwhile: (doc: Y.Doc) => void = () => {};
  readonly check = new ShapeCheck({
    clock: this.clock,
    log: this.#log(),
    hydrate: async (blockId) => {
      this.asked.push(`hydrate ${blockId}`);
      const live = this.blocks.get(blockId);
      if (!live) return null;
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(live));
      return doc;
    },
    owners: async () => new Map([[7, 'ann']]),
    edit: async (blockId, change) => {
      this.asked.push(`edit ${blockId}`);
      if (this.failure) throw this.failure;
      const live = this.blocks.get(blockId) as Y.Doc;
      this.meanwhile(live);
      change(live);
    },
    keep: async (_, pieces) => {
      this.asked.push('keep');
      this.kept.push(...pieces);
    },
  });

  #log(): Log {
    const tell = (message: string, facts: object = {}) => {
      this.told.push(`${message} ${JSON.stringify(facts)}`);
    };
    return { error: tell, warn: tell, info: tell, debug: tell };
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    await this.check.idle();
  }
}

const foreign = () => block((content) => content.insert(0, [paragraph('a'), element('video', 'lost')]));
const healthy = () => block((content) => content.insert(0, [paragraph('a')]));

describe('what was written is looked at', () => {
  test('[INPUT-1] soon after it came to rest, and mended once', async () => {
    const stage = new Stage();
    stage.blocks.set('a', foreign());
    stage.check.written('a');
    await stage.pass(SHAPE_CHECK_AFTER_MS - 1);
    stage.check.written('a');
    await stage.pass(SHAPE_CHECK_AFTER_MS - 1);
    expect(stage.asked).toEqual([]);
    await stage.pass(1);
    expect(stage.asked).toEqual(['hydrate a', 'keep', 'edit a', 'keep']);
    expect(findMisshapen(stage.blocks.get('a') as Y.Doc)).toEqual([]);
    expect(stage.told).toEqual([
      'what no editor can hold was taken out of a block {"block":"a","places":1,"words":1,"by":"ann"}',
    ]);
    expect(stage.clock.pending).toBe(0);
  });

  test('[INPUT-1] at the latest some seconds after the first, however much is written', async () => {
    const stage = new Stage();
    stage.blocks.set('a', healthy());
    for (let passed = 0; passed < SHAPE_CHECK_AT_LATEST_MS; passed += 100) {
      expect(stage.asked).toEqual([]);
      stage.check.written('a');
      await stage.pass(100);
    }
    expect(stage.asked).toEqual(['hydrate a']);
  });

  test('not at all where only letters were typed', async () => {
    const stage = new Stage();
    stage.blocks.set('a', healthy());
    stage.check.written('a', false);
    expect(stage.clock.pending).toBe(0);
  });

  test('one block at a time, and a healthy one is not edited', async () => {
    const stage = new Stage();
    stage.blocks.set('a', healthy());
    stage.blocks.set('b', foreign());
    stage.check.written('a');
    stage.check.written('b');
    stage.check.written('gone');
    stage.clock.advance(SHAPE_CHECK_AFTER_MS);
    // With a rest between two, so that thousands of blocks leave room for whoever types.
    for (let rests = 0; rests < 2; rests++) {
      await new Promise((resolve) => setImmediate(resolve));
      stage.clock.advance(SHAPE_CHECK_REST_MS);
    }
    await stage.check.idle();
    expect(stage.asked).toEqual(['hydrate a', 'hydrate b', 'keep', 'edit b', 'keep', 'hydrate gone']);
  });

  test('[SAVE-5] words are in the tray before they leave the text, those of the last moment as well', async () => {
    const stage = new Stage();
    const doc = foreign();
    stage.blocks.set('a', doc);
    stage.meanwhile = () => {
      const video = doc.getXmlFragment('content').get(1) as Y.XmlElement;
      (video.get(0) as Y.XmlText).insert(4, ' and more');
    };
    stage.check.written('a');
    await stage.pass(SHAPE_CHECK_AFTER_MS);
    expect(stage.asked).toEqual(['hydrate a', 'keep', 'edit a', 'keep']);
    expect(stage.kept.map(({ words: said, authorId, from }) => [said, authorId, from])).toEqual([
      ['lost', 'ann', stage.kept[0]?.from],
      ['lost and more', 'ann', stage.kept[0]?.from],
    ]);
  });

  test('what could not be written is tried again', async () => {
    const stage = new Stage();
    stage.blocks.set('a', foreign());
    stage.failure = new Error('the disk is full');
    stage.check.written('a');
    await stage.pass(SHAPE_CHECK_AFTER_MS);
    expect(stage.told[0]).toContain('could not be put right');
    stage.failure = null;
    await stage.pass(SHAPE_RETRY_AFTER_MS);
    expect(findMisshapen(stage.blocks.get('a') as Y.Doc)).toEqual([]);
  });

  test('[STOP-1] a stop leaves no timer', async () => {
    const stage = new Stage();
    stage.check.written('a');
    stage.check.stop();
    stage.check.written('b');
    expect(stage.clock.pending).toBe(0);
  });
});

describe('an update is structural', () => {
  const brought = (change: (doc: Y.Doc) => void): boolean => {
    const doc = healthy();
    const before = Y.encodeStateVector(doc);
    doc.transact(() => change(doc));
    return isStructural(Y.encodeStateAsUpdate(doc, before));
  };
  const text = (doc: Y.Doc) => (doc.getXmlFragment('content').get(0) as Y.XmlElement).get(0) as Y.XmlText;

  test('where it brings more than letters beside letters', () => {
    const fresh = (doc: Y.Doc) => doc.getXmlFragment('content').insert(0, [paragraph('b')]);
    expect(brought((doc) => text(doc).insert(1, 'bc'))).toBe(false);
    expect(brought(fresh)).toBe(true);
    expect(brought(() => {})).toBe(false);
    expect(brought((doc) => text(doc).format(0, 1, { blink: {} }))).toBe(true);
    // What it deletes is for the room to judge, which knows where elements and values are.
    expect(brought((doc) => text(doc).delete(0, 1))).toBe(false);
    expect(brought((doc) => doc.getXmlFragment('content').insert(0, [words('lone')]))).toBe(true);
    expect(brought((doc) => doc.getMap('fields').set('x', 1))).toBe(true);
    expect(brought((doc) => text(doc).insert(1, 'é'.repeat(5_000)))).toBe(false);
  });
});
