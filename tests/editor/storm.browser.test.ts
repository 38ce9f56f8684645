import { afterAll, beforeAll, expect, it } from 'vitest';
import { OpenHarness } from './harness/open-harness.ts';

let open: OpenHarness;
beforeAll(async () => {
  open = await OpenHarness.open();
}, 60_000);
afterAll(() => open.close());

/**
 * Pinned, since page and block had parted there: in 115 an undo threw; in 167 the mending
 * of a merge that the schema cannot hold; in 105 a heading turned plain for one of both.
 */
const SEEDS = [115, 105, 167, 1, 2, 3, 5, 8];

it.each(SEEDS)(
  '[SAVE-4] two editors at random edits, together and apart, end equal and show what the block says (seed %i)',
  async (seed) => {
    const page = await open.page();
    const outcome = await page.evaluate((number) => {
      const differences = window.harness.storm(number, 300);
      return { differences, ruth: window.harness.html('ruth'), tom: window.harness.html('tom') };
    }, seed);
    await page.context().close();
    expect(outcome.differences).toEqual([]);
    expect(outcome.tom).toBe(outcome.ruth);
    expect(open.complaints.splice(0)).toEqual([]);
  },
);
