import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { BlockDocument } from '../../server/collaboration/block-document.ts';
import type { ClockSet } from '../../server/collaboration/clock-set.ts';
import { surveyDocument } from '../../server/collaboration/document-survey.ts';
import { RoomState } from '../../server/collaboration/room-state.ts';
import { readSurvey, writeSurvey } from '../../server/collaboration/survey-bytes.ts';
import type { News } from '../../server/collaboration/update-inspector.ts';
import { type Survey, surveyUpdate } from '../../server/collaboration/update-survey.ts';
import { Dice } from '../support/dice.ts';
import { KeptBlock } from '../support/kept-block.ts';
import { Company, type Edit, type Onlooker, type Tally } from './company.ts';
import { editPage } from './page-editing.ts';
import { editRaw } from './raw-editing.ts';

const FIRST_SEED = 20260501;
const RAW_RUNS = 400;
const PAGE_RUNS = 150;
const STEPS = 60;

/** How often what was needed of the document, and how often it was used. */
interface Count {
  accepted: number;
  careful: number;
  hidden: number;
  reloaded: number;
}

function told({ states, lastRights, deleted, keyed, elements, removed, ...rest }: Survey) {
  const maps = [states, lastRights].map((map) => [...map].sort(([one], [other]) => one - other));
  return { maps, sets: [deleted, keyed, elements, removed].map(ranges), ...rest };
}

/** A room's knowledge of its block, beside the document that it does without. */
class Watch implements Onlooker {
  readonly #dice: Dice;
  readonly #count: Count;
  #state = new RoomState(surveyUpdate(Uint8Array.of(0, 0)));
  #document = new BlockDocument();
  #parts: Uint8Array[] = [];

  constructor(dice: Dice, count: Count) {
    this.#dice = dice;
    this.#count = count;
  }

  accepted(news: News): void {
    const mayHide = this.#state.mayHide(news);
    const { hidden, arrivedHidden } = this.#document.apply(news.bytes, news.deletions);
    this.#parts.push(news.bytes);
    this.#count.accepted++;
    if (mayHide) this.#count.careful++;
    if (hidden.length + arrivedHidden.length > 0) {
      this.#count.hidden++;
      expect(mayHide).toBe(true);
    }
    this.#state.absorb(news);
    const { deleted, removed } = this.#document.gone();
    if (mayHide) this.#state.learn(deleted, removed, this.#document.weight);
    this.#compare();
    if (this.#dice.once(12)) this.#reload([Y.mergeUpdates(this.#parts)]);
  }

  folded(whole: Uint8Array): void {
    this.#reload([whole]);
  }

  #reload(parts: Uint8Array[]): void {
    this.#count.reloaded++;
    this.#parts = parts;
    this.#document = new BlockDocument();
    this.#document.load(parts);
    // What a fold asks of its document is what stands in the bytes that it makes of it.
    const { weight, ...asked } = told(surveyDocument(this.#document));
    const { weight: most, ...stands } = told(surveyUpdate(this.#document.encode()));
    expect(asked).toEqual(stands);
    // Of marks the bytes count their values as well.
    expect(weight).toBeLessThanOrEqual(most);
    const survey = surveyUpdate(parts[0] as Uint8Array);
    const kept = readSurvey(writeSurvey(survey));
    expect(kept).toEqual(survey);
    this.#state = new RoomState(kept ?? survey);
    this.#compare();
  }

  #compare(): void {
    const { deleted, removed } = this.#document.gone();
    expect(this.#state.stateVector()).toEqual(Y.encodeStateVector(this.#document.doc));
    expect(ranges(this.#state.removed)).toEqual(ranges(removed));
    expect(ranges(this.#state.deleted.without(deleted))).toEqual([]);
    // Which of several values replaced the others, the document alone knows.
    expect(ranges(deleted.without(this.#state.deleted).without(this.#state.keyed))).toEqual([]);
    expect(this.#state.weight).toBeGreaterThanOrEqual(this.#document.weight);
    for (const structs of this.#document.doc.store.clients.values()) {
      for (const struct of structs) {
        if (!(struct instanceof Y.Item)) continue;
        const { client, clock } = struct.id;
        const isKeyed = struct.parentSub !== null;
        expect(this.#state.keyed.covers(client, clock, clock + struct.length)).toBe(isKeyed);
      }
    }
  }
}

function ranges(set: ClockSet): string[] {
  return [...set].map(({ client, from, to }) => `${client}: ${from}–${to}`);
}

/** @throws naming the seed */
function run(seed: number, edit: Edit, count: Count): void {
  const dice = new Dice(seed);
  const tally: Tally = { news: 0, known: 0, gap: 0, trimmed: 0 };
  const company = new Company(2 + dice.roll(3), edit, dice, tally, new Watch(dice, count));
  try {
    for (let step = 0; step < STEPS; step++) company.step();
    company.settle();
  } catch (cause) {
    throw new Error(`seed ${seed}`, { cause });
  }
}

/** @throws where the runs did not go through what they are meant to go through */
function requireEnough({ accepted, careful, hidden, reloaded }: Count, runs: number): void {
  expect(accepted).toBeGreaterThan(runs * 5);
  expect(reloaded).toBeGreaterThan(runs);
  expect(hidden).toBeGreaterThan(runs / 25);
  // The document is for a few: whoever removes elements, or writes in what was removed.
  expect(careful).toBeLessThan(accepted / 3);
}

describe('what a room knows of its block without the document', () => {
  test(`[SAVE-5] is enough to say when words may be hidden: any edit (seeds from ${FIRST_SEED})`, () => {
    const count: Count = { accepted: 0, careful: 0, hidden: 0, reloaded: 0 };
    for (let seed = FIRST_SEED; seed < FIRST_SEED + RAW_RUNS; seed++) run(seed, editRaw, count);
    requireEnough(count, RAW_RUNS);
  });

  test(`[SAVE-5] is enough to say when words may be hidden: the page's editor (seeds from ${FIRST_SEED})`, () => {
    const count: Count = { accepted: 0, careful: 0, hidden: 0, reloaded: 0 };
    const edit: Edit = (doc, undo, dice) => (dice.once(8) ? editRaw(doc, undo, dice) : editPage(doc, dice));
    for (let seed = FIRST_SEED; seed < FIRST_SEED + PAGE_RUNS; seed++) run(seed, edit, count);
    requireEnough(count, PAGE_RUNS);
  });

  test('[SAVE-5] needs the document never while people type, correct themselves and type on', () => {
    const count: Count = { accepted: 0, careful: 0, hidden: 0, reloaded: 0 };
    const dice = new Dice(FIRST_SEED);
    const watch = new Watch(dice, count);
    const kept = new KeptBlock();
    const doc = new Y.Doc();
    doc.on('update', (update: Uint8Array) => {
      const inspection = kept.receive(update);
      if (inspection.kind === 'news') watch.accepted(inspection.news);
    });
    const content = doc.getXmlFragment('content');
    for (let paragraph = 0; paragraph < 5; paragraph++) {
      const element = new Y.XmlElement('paragraph');
      const text = new Y.XmlText();
      element.insert(0, [text]);
      content.insert(dice.roll(content.length + 1), [element]);
      for (let letter = 0; letter < 60; letter++) {
        const isSlip = text.length > 3 && dice.once(5);
        const at = dice.once(10) ? dice.roll(text.length) : text.length;
        if (isSlip) text.delete(Math.max(0, at - 1), 1);
        else text.insert(at, 'x');
      }
      text.format(0, 5, { bold: true });
    }
    expect(count.accepted).toBeGreaterThan(300);
    expect(count.careful).toBe(0);
  });
});
