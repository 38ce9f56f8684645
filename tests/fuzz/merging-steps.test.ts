import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { RoomState } from '../../server/collaboration/room-state.ts';
import { inspectUpdate, type News } from '../../server/collaboration/update-inspector.ts';
import { surveyUpdate } from '../../server/collaboration/update-survey.ts';
import { recordedPost } from '../bench/load/recorded-post.ts';
import { Dice } from '../support/dice.ts';
import { Company, type Edit, type Onlooker } from './company.ts';
import { editPage } from './page-editing.ts';
import { editRaw } from './raw-editing.ts';

const FIRST_SEED = 20270301;
const RUNS = 150;
const STEPS = 80;

function emptyRoom(): RoomState {
  return new RoomState(surveyUpdate(Uint8Array.of(0, 0)));
}

/** @returns how many structs Yjs went past while it looked for places: it puts each of them in two sets */
function stepsWithin(act: () => void): number {
  const add = Set.prototype.add;
  let added = 0;
  Set.prototype.add = function (this: Set<unknown>, value: unknown) {
    if (value instanceof Y.Item) added++;
    return add.call(this, value);
  };
  try {
    act();
  } finally {
    Set.prototype.add = add;
  }
  return added / 2;
}

/** What a room counts, beside what Yjs does. */
class StepWatch implements Onlooker {
  readonly #state = emptyRoom();
  readonly #page = new Y.Doc();
  readonly #parts: Uint8Array[] = [];
  counted = 0;
  structs = 0;
  done = 0;

  accepted(news: News): void {
    const counted = this.#state.stepsOf(news);
    this.counted += counted;
    this.structs += news.structs;
    this.#state.absorb(news);
    this.#parts.push(news.bytes);
    const done = stepsWithin(() => Y.applyUpdate(this.#page, news.bytes));
    if (news.structs === 1 && news.searches === 1) expect(done).toBeLessThanOrEqual(counted);
    this.done += done;
  }

  folded(): void {}

  /** Those who open the block take its updates in another order than they came in. */
  joined(): number {
    const whole = Y.mergeUpdates(this.#parts);
    return stepsWithin(() => Y.applyUpdate(new Y.Doc(), whole));
  }
}

function run(seed: number, edit: Edit): StepWatch {
  const dice = new Dice(seed);
  const watch = new StepWatch();
  const tally = { news: 0, known: 0, gap: 0, trimmed: 0 };
  const company = new Company(2 + dice.roll(3), edit, dice, tally, watch);
  try {
    for (let step = 0; step < STEPS; step++) company.step();
    company.settle();
    // A struct that goes on from its client's last one passes what came between, once.
    expect(watch.done).toBeLessThanOrEqual(watch.counted + watch.structs);
    expect(watch.joined()).toBeLessThanOrEqual(watch.counted + watch.structs);
  } catch (cause) {
    throw new Error(`seed ${seed}`, { cause });
  }
  return watch;
}

describe('the steps that merging may take', () => {
  test(`[INPUT-1] are never more than a room counts: any edit (seeds from ${FIRST_SEED})`, () => {
    let done = 0;
    for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) done += run(seed, editRaw).done;
    expect(done).toBeGreaterThan(RUNS);
  });

  test(`[INPUT-1] are never more than a room counts: the page's editor (seeds from ${FIRST_SEED})`, () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++)
      run(seed, (doc, _undo, dice) => editPage(doc, dice));
  });

  test('[INPUT-1] are few where one person writes, wherever they put the caret', () => {
    const state = emptyRoom();
    let counted = 0;
    for (const update of recordedPost().updates) {
      const inspection = inspectUpdate(update, state);
      if (inspection.kind !== 'news') throw new Error(inspection.kind);
      counted += state.stepsOf(inspection.news);
      state.absorb(inspection.news);
    }
    // Seven thousand places were typed at, among a hundred thousand structs.
    expect(counted).toBeLessThan(500_000);
  });
});
