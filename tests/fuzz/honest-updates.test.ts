import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Dice } from '../support/dice.ts';
import { deletedIn, exactDoc, KeptBlock } from '../support/kept-block.ts';
import { loadTrace, typeStep } from '../support/traces.ts';
import { Company, type Edit, type Tally } from './company.ts';
import { editPage } from './page-editing.ts';
import { editRaw } from './raw-editing.ts';

const RAW_RUNS = 2_000;
const PAGE_RUNS = 500;
const STEPS = 60;
const FIRST_SEED = 20260401;

/** @throws naming the seed, where a run does not end with equal replicas */
function run(seed: number, edit: Edit, steps: number, tally: Tally): void {
  const dice = new Dice(seed);
  const company = new Company(2 + dice.roll(3), edit, dice, tally);
  try {
    for (let step = 0; step < steps; step++) company.step();
    company.settle();
    const [server, ...others] = company.replicas();
    for (const other of others) expect(other).toEqual(server);
    company.requireKeyed();
  } catch (cause) {
    throw new Error(`seed ${seed}`, { cause });
  }
}

describe('what honest people send', () => {
  test(`[SAVE-4] is never refused, and nothing of it is lost: any edit (seeds from ${FIRST_SEED})`, () => {
    const tally: Tally = { news: 0, known: 0, gap: 0, trimmed: 0 };
    for (let seed = FIRST_SEED; seed < FIRST_SEED + RAW_RUNS; seed++) run(seed, editRaw, STEPS, tally);
    for (const count of Object.values(tally)) expect(count).toBeGreaterThan(RAW_RUNS / 10);
  });

  test(`[SAVE-4] is never refused, and nothing of it is lost: the page's editor (seeds from ${FIRST_SEED})`, () => {
    const tally: Tally = { news: 0, known: 0, gap: 0, trimmed: 0 };
    for (let seed = FIRST_SEED; seed < FIRST_SEED + PAGE_RUNS; seed++) {
      run(
        seed,
        (doc, undo, dice) => (dice.once(8) ? editRaw(doc, undo, dice) : editPage(doc, dice)),
        STEPS,
        tally,
      );
    }
    for (const count of Object.values(tally)) expect(count).toBeGreaterThan(0);
  });

  test('[SAVE-4] is never refused, and nothing of it is lost: the recorded typing of two people', () => {
    const trace = loadTrace('friendsforever');
    const server = new KeptBlock();
    const sent: Uint8Array[][] = [[], []];
    const pages = [7, 9].map((clientId, agent) => {
      const doc = new Y.Doc();
      doc.clientID = clientId;
      doc.on('update', (update: Uint8Array, origin: unknown) => origin || sent[agent]?.push(update));
      return doc;
    });
    const heard = [0, 0];
    for (const step of trace.steps) {
      const page = pages[step.agent] as Y.Doc;
      const others = sent[1 - step.agent] as Uint8Array[];
      for (let at = heard[step.agent] as number; at < step.heard; at++) {
        Y.applyUpdate(page, others[at] as Uint8Array, 'heard');
      }
      heard[step.agent] = Math.max(heard[step.agent] as number, step.heard);
      const before = sent[step.agent]?.length ?? 0;
      typeStep(page.getText('field/aims'), step.patches);
      for (const update of sent[step.agent]?.slice(before) ?? [])
        expect(server.receive(update).kind).toBe('news');
    }
    for (const page of pages) {
      Y.applyUpdate(page, server.whole(), 'heard');
      expect(server.receive(Y.encodeStateAsUpdate(page)).kind).toBe('known');
    }
    const kept = exactDoc(true, server.whole());
    expect(kept.getText('field/aims').toString()).toBe(trace.endContent);
    expect([...deletedIn(kept)]).toEqual([...server.deleted]);
    expect(Y.encodeStateVector(kept)).toEqual(server.stateVector());
  });
});
