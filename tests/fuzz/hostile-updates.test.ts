import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { inspectUpdate } from '../../server/collaboration/update-inspector.ts';
import { surveyUpdate } from '../../server/collaboration/update-survey.ts';
import { Dice } from '../support/dice.ts';
import { KeptBlock } from '../support/kept-block.ts';
import {
  any,
  bytes,
  type Deletions,
  deleted,
  element,
  garbage,
  type Id,
  item,
  type Struct,
  skip,
  text,
  update,
  values,
} from '../support/update-bytes.ts';
import { forged } from './forgery.ts';
import { mutant } from './mutation.ts';
import { editPage } from './page-editing.ts';
import { editRaw } from './raw-editing.ts';
import { type Tokens, tokensOf } from './update-tokens.ts';

const CAMPAIGNS = 200;
const MUTANTS = 500;
const FIRST_SEED = 20260501;
/** What merging, dividing and applying one small update may take. */
const MAX_MS = 50;

/** Honest updates of three people at one block, and a server that has some of them. */
function honestUpdates(dice: Dice): { block: KeptBlock; updates: Tokens[] } {
  const block = new KeptBlock();
  const docs = [0, 1, 2].map((who) => {
    const doc = new Y.Doc({ gc: !dice.once(3) });
    doc.clientID = 1 + who + 3 * dice.roll(dice.once(2) ? 30 : 2 ** 29);
    return { doc, undo: new Y.UndoManager(doc.getText('field/aims'), { captureTimeout: 0 }) };
  });
  const updates: Uint8Array[] = [];
  const edit = (times: number) => {
    for (const { doc, undo } of docs) {
      for (let i = 0; i < times; i++) dice.once(3) ? editPage(doc, dice) : editRaw(doc, undo, dice);
    }
  };
  const meet = () => {
    for (const { doc } of docs)
      for (const other of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other.doc), 'meeting');
  };
  edit(6);
  meet();
  block.receive(Y.encodeStateAsUpdate((docs[0] as { doc: Y.Doc }).doc));
  const known = block.stateVector();
  for (const { doc } of docs) {
    doc.on('update', (update: Uint8Array, origin: unknown) => origin === 'meeting' || updates.push(update));
  }
  edit(4);
  updates.push(...docs.map(({ doc }) => Y.encodeStateAsUpdate(doc, known)));
  meet();
  edit(2);
  meet();
  updates.push(...docs.flatMap(({ doc }) => [Y.encodeStateAsUpdate(doc, known), Y.encodeStateAsUpdate(doc)]));
  return { block, updates: updates.map(tokensOf) };
}

/** What a server, a joiner and somebody who was there do with what was accepted. */
const JOINS: readonly (readonly [
  gc: boolean,
  updates: (whole: Uint8Array, news: Uint8Array, merged: Uint8Array, difference: Uint8Array) => Uint8Array[],
])[] = [
  [true, (_whole, _news, merged) => [merged]],
  [false, (_whole, _news, merged) => [merged]],
  [true, (whole, news) => [whole, news]],
  [false, (whole, news) => [whole, news]],
  [true, (whole, _news, _merged, difference) => [whole, difference]],
];

/** @throws where Yjs does, or where something waits for what is not there */
function mergeAndJoin(block: KeptBlock, news: Uint8Array, [gc, updates]: (typeof JOINS)[number]): void {
  const whole = block.whole();
  const merged = Y.mergeUpdates([whole, news]);
  const difference = Y.diffUpdate(merged, block.stateVector());
  const doc = new Y.Doc({ gc });
  for (const update of updates(whole, news, merged, difference)) Y.applyUpdate(doc, update);
  requireNothingWaits(doc);
  Y.encodeStateAsUpdate(doc);
}

function requireNothingWaits({ store }: Y.Doc): void {
  if (store.pendingStructs || store.pendingDs) throw new Error('something waits for what is not there');
}

/** Everything in it, deleted by somebody honest. */
function deleteAll(doc: Y.Doc): Uint8Array {
  const before = Y.encodeStateVector(doc);
  doc.transact(() => {
    doc.getXmlFragment('content').delete(0, doc.getXmlFragment('content').length);
    for (const name of ['field/aims', 'field/x']) doc.getText(name).delete(0, doc.getText(name).length);
    doc.getMap('fields').clear();
  });
  return Y.encodeStateAsUpdate(doc, before);
}

describe('what hostile people send', () => {
  test(`[INPUT-1] is refused, or does no harm (${CAMPAIGNS * MUTANTS} mutants, seeds from ${FIRST_SEED})`, () => {
    const tally = { malformed: 0, gap: 0, known: 0, news: 0 };
    let slowest = 0;
    for (let seed = FIRST_SEED; seed < FIRST_SEED + CAMPAIGNS; seed++) {
      const dice = new Dice(seed);
      const { block, updates } = honestUpdates(dice);
      const present = new Y.Doc();
      Y.applyUpdate(present, block.whole());
      let last: Uint8Array = new Uint8Array();
      try {
        for (let at = 0; at < MUTANTS; at++) {
          last = dice.once(3) ? forged(block, dice) : mutant(dice.pick(updates), dice);
          const inspection = inspectUpdate(last, block);
          tally[inspection.kind]++;
          if (inspection.kind !== 'news') continue;
          const { bytes } = inspection.news;
          const join = dice.pick(JOINS);
          slowest = Math.max(
            slowest,
            millisecondsFor(() => mergeAndJoin(block, bytes, join)),
          );
          if (!dice.once(40)) continue;
          block.receive(last);
          Y.applyUpdate(present, bytes);
          requireNothingWaits(present);
        }
        const cleared = block.receive(deleteAll(present));
        expect(['news', 'known']).toContain(cleared.kind);
        Y.applyUpdate(new Y.Doc(), block.whole());
        expect(surveyUpdate(block.whole()).states).toEqual(block.states);
      } catch (cause) {
        throw new Error(`seed ${seed}, after ${last}`, { cause });
      }
    }
    for (const count of Object.values(tally)) expect(count).toBeGreaterThan(1_000);
    expect(slowest).toBeLessThan(MAX_MS);
  }, 120_000);
});

describe('what kills those who believe it', () => {
  const AIMS = { parent: 'field/aims' };
  const block = (...updates: Uint8Array[]) => {
    const kept = new KeptBlock();
    for (const sent of updates) expect(kept.receive(sent).kind).toBe('news');
    return kept;
  };
  const one = (client: number, structs: readonly Struct[], deletions: Deletions = []) =>
    update([{ client, clock: 0, structs }], deletions);
  const join =
    (...updates: Uint8Array[]) =>
    () => {
      for (const sent of updates) Y.applyUpdate(new Y.Doc(), sent);
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Y.mergeUpdates(updates));
      requireNothingWaits(doc);
    };

  test('[INPUT-1] clients in ascending order, whose structs a merge loses', () => {
    const sent = update([7, 8].map((client) => ({ client, clock: 0, structs: [item(AIMS, text('abc'))] })));
    const others = one(7, [item(AIMS, text('abc'))]);
    expect(Y.decodeUpdate(Y.mergeUpdates([sent, others])).structs).toHaveLength(1);
    expect(block().receive(sent).kind).toBe('malformed');
  });

  test.each<[string, Uint8Array]>([
    ['an empty text', one(7, [item(AIMS, text('')), item({ origin: [7, 0] }, text('a'))])],
    ['an origin ahead of itself', one(7, [item({ origin: [7, 5] }, text('a'))])],
  ])('[INPUT-1] %s, which throws at every joiner', (_what, sent) => {
    expect(join(sent)).toThrow();
    expect(block().receive(sent).kind).toBe('malformed');
  });

  test('[INPUT-1] words under a key, which throw once what they stand in is deleted', () => {
    const page = one(5, [
      item({ parent: 'content' }, element('heading')),
      item({ parent: [5, 0], key: 'level' }, values(any(3))),
    ]);
    const words = one(7, [item({ origin: [5, 1] }, text('ab')), item({ origin: [7, 0] }, values(any(4)))]);
    const deletion = update([], [[5, [[0, 2]]]]);
    expect(join(page, words, deletion)).toThrow();
    expect(block(page).receive(words)).toEqual({ kind: 'malformed', why: 'under a key, what is no value' });
    const byOthers = update([
      {
        client: 9,
        clock: 0,
        structs: [item({ origin: [7, 0] }, text('ab')), item({ origin: [9, 0] }, deleted(1))],
      },
      { client: 7, clock: 0, structs: [item({ right: [5, 1] }, values(any(4)))] },
    ]);
    expect(block(page).receive(byOthers)).toEqual({
      kind: 'malformed',
      why: 'under a key, what is no value',
    });
    const several = one(7, [item({ origin: [5, 1] }, values(any(1), any(2)))]);
    expect(block(page).receive(several)).toEqual({ kind: 'malformed', why: 'several values under one key' });
    const replaced = one(7, [item({ origin: [5, 1] }, values(any(1), any(2)))], [[7, [[0, 2]]]]);
    expect(join(page, ...block(page, replaced).accepted, deletion)).not.toThrow();
  });

  test('[INPUT-1] garbage of a giant length in fourteen bytes', () => {
    const sent = bytes(1, 1, 7, 0, [0], 2 ** 50, 0);
    expect(sent.length).toBe(14);
    expect(block().receive(sent)).toEqual({ kind: 'malformed', why: 'a clock beyond the limit' });
  });

  test('[INPUT-1] fifty kilobytes of holes, and of waiting for what never comes', () => {
    const holes = one(7, Array.from({ length: 12_000 }, () => [skip(1), garbage(1)]).flat());
    const waiting = one(
      7,
      Array.from({ length: 8_000 }, (_, at) => item({ origin: [9, at] }, text('x'))),
    );
    for (const sent of [holes, waiting]) {
      expect(sent.length).toBeGreaterThan(45_000);
      expect(millisecondsFor(() => expect(block().receive(sent).kind).toBe('gap'))).toBeLessThan(MAX_MS);
    }
  });

  test('[INPUT-1] a thousand clients of which each waits for every other in turn', () => {
    const clients = Array.from({ length: 1_000 }, (_, at) => 1_000 - at);
    const turns = 40;
    // Struct by struct each waits for the next lower client, the last for the first one's turn before.
    const sections = clients.map((client) => ({
      client,
      clock: 0,
      structs: Array.from({ length: turns }, (_, turn) => {
        const origin: Id | null = client > 1 ? [client - 1, turn] : turn > 0 ? [1_000, turn - 1] : null;
        return item(origin ? { origin } : AIMS, text('x'));
      }),
    }));
    const sent = update(sections);
    expect(millisecondsFor(() => expect(block().receive(sent).kind).toBe('news'))).toBeLessThan(10 * MAX_MS);
  });

  test('[INPUT-1] words that must look for their place among as many others, which takes the square of that', () => {
    const line = one(5, [item(AIMS, text('k'.repeat(2_000)))]);
    const searching = one(
      7,
      Array.from({ length: 1_000 }, (_, at) => item({ right: [5, at + 1] }, text('x'))),
    );
    const inspection = inspectUpdate(searching, block(line));
    // Without the document nobody can say that it is not honest; the room is told what it may cost.
    expect(inspection).toMatchObject({ kind: 'news', news: { searches: 1_000 } });
  });
});

/** Milliseconds of this thread's work, or a little more. @returns the least of three where the first is long */
function millisecondsFor(work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && least > MAX_MS / 2; tries++) {
    const started = performance.now();
    work();
    least = Math.min(least, performance.now() - started);
  }
  return least;
}
