/**
 * `npx tsx tests/bench/suggest-check.ts`: what it takes to look at one suggestion in a section of
 * 5,000 words with 200 suggestions, on its thread and until the room has the answer, and what of
 * that holds up the event loop. Milliseconds; run it on a quiet machine.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as Y from 'yjs';
import { systemClock } from '../../server/adapters/system/clock.ts';
import { workerFolder } from '../../server/adapters/worker/folder.ts';
import { REVIEW_WITHIN_MS } from '../../server/collaboration/bounds.ts';
import { reviewUpdate } from '../../server/collaboration/suggestion-review.ts';
import { suggestReplacement } from '../../shared/suggestions/suggesting.ts';
import { Paper } from '../collaboration/paper.ts';
import { writeStrokes } from '../suggestions/suggesting-page.ts';
import { quantile } from './statistics.ts';

const WORDS = 5_000;
const SUGGESTIONS = 200;
const ROUNDS = 200;
const PER_PARAGRAPH = 100;

const doc = new Y.Doc();
const words = (from: number) =>
  Array.from({ length: PER_PARAGRAPH }, (_, at) => `word${(from + at) % 97}`).join(' ');
new Paper(doc).write(...Array.from({ length: WORDS / PER_PARAGRAPH }, (_, at) => words(at * 7)));
writeStrokes(doc, (tr) => {
  const size = tr.doc.content.size;
  for (let at = SUGGESTIONS - 1; at >= 0; at -= 1) {
    const place = tr.doc.resolve(Math.floor((at * size) / SUGGESTIONS) + 2);
    const from = place.parent.isTextblock ? place.pos : place.pos + 3;
    const author = at % 2 === 0 ? 'ann' : 'eve';
    suggestReplacement(tr, from, from, `more ${at} `, { id: `s${at}`, author, at });
  }
  return tr;
});
const block = Y.encodeStateAsUpdate(doc);
console.log(`${WORDS} words, ${SUGGESTIONS} suggestions, ${block.byteLength} bytes`);

const page = new Y.Doc();
Y.applyUpdate(page, block);
const updates: Uint8Array[] = [];
page.on('update', (update: Uint8Array) => updates.push(update));
for (let at = 0; at < 20; at += 1) {
  writeStrokes(page, (tr) => {
    const from = 400 + at * 1_000;
    const inText = tr.doc.resolve(from).parent.isTextblock ? from : from + 3;
    return suggestReplacement(tr, inText, inText, 'x', { id: `new${at}`, author: 'eve', at });
  });
}

const asked = { author: 'eve', suggestsOnly: true, adopt: { id: 'adopted', at: 1 }, client: 99 };
const parts = [block];
const update = Y.mergeUpdates(updates.slice(0, 1));

const alone: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const begun = performance.now();
  reviewUpdate(parts, update, asked);
  if (round >= ROUNDS / 4) alone.push(performance.now() - begun);
}

const folder = workerFolder({ clock: systemClock });
await folder.review(parts, update, asked, REVIEW_WITHIN_MS);
const delay = monitorEventLoopDelay({ resolution: 1 });
const waited: number[] = [];
delay.enable();
for (let round = 0; round < ROUNDS; round += 1) {
  const begun = performance.now();
  const reviewed = await folder.review(parts, update, asked, REVIEW_WITHIN_MS);
  if (reviewed?.fault !== null) throw new Error(`refused: ${reviewed?.fault}`);
  if (round >= ROUNDS / 4) waited.push(performance.now() - begun);
}
delay.disable();
await folder.close();

const figures = (name: string, values: readonly number[]) =>
  console.log(
    `${name.padEnd(28)} p50 ${quantile(values, 0.5).toFixed(1)}  p95 ${quantile(values, 0.95).toFixed(1)}`,
  );
figures('the check itself', alone);
figures('until the room has it', waited);
console.log(`the event loop meanwhile     p99 ${(delay.percentile(99) / 1e6).toFixed(1)}`);
