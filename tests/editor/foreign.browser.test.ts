import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ForeignKind } from './harness/foreign.ts';
import { OpenHarness, WriterAtPage } from './harness/open-harness.ts';

let open: OpenHarness;
beforeAll(async () => {
  open = await OpenHarness.open();
}, 60_000);
afterAll(() => open.close());
afterEach(() => expect(open.complaints.splice(0)).toEqual([]));

const LINE = 'Something in this text can’t be shown here.';
const KINDS: [ForeignKind, string[]][] = [
  ['element', ['in a film']],
  ['map', []],
  ['lone text', ['alone']],
  ['mark', []],
  ['embed', []],
  ['levels', ['at the bottom']],
  ['table', []],
];

describe('while two people write, something comes that no editor can hold', () => {
  it.each(KINDS)(
    '[SAVE-5] both read on, delete nothing, and write on once it is mended: %s',
    async (kind, gone) => {
      const page = await open.page();
      const ruth = new WriterAtPage(page, 'ruth');
      const tom = new WriterAtPage(page, 'tom');
      await ruth.select(1);
      await ruth.type('They watch a lesson.');
      await tom.text.getByText('They watch a lesson.').waitFor();

      await page.evaluate((one) => window.harness.bring(one), kind);
      const foreign = await page.evaluate(() => window.harness.state('ruth'));
      await ruth.part.getByText(LINE).waitFor();
      await tom.part.getByText(LINE).waitFor();
      expect(await ruth.text.count()).toBe(0);
      await ruth.part.getByText('They watch a lesson.').waitFor();
      await page.keyboard.type('typed into nothing');
      for (const name of ['ruth', 'tom'] as const) {
        expect(await page.evaluate((one) => window.harness.state(one), name)).toBe(foreign);
      }

      expect(await page.evaluate(() => window.harness.mend())).toEqual(gone);
      await ruth.text.waitFor();
      await tom.text.waitFor();
      expect(await ruth.part.getByText(LINE).count()).toBe(0);
      // the keyboard is where it was
      await ruth.type(' And talk.');
      await tom.text.getByText('They watch a lesson. And talk.').waitFor();
      expect(await tom.html()).toBe(await ruth.html());
      await page.context().close();
    },
  );

  it('[SAVE-5] an editor that comes later is not made while it is there', async () => {
    const page = await open.page();
    const ruth = new WriterAtPage(page, 'ruth');
    await ruth.select(1);
    await ruth.type('Kept.');
    await page.evaluate(() => window.harness.show({ editors: false }));
    await page.evaluate(() => window.harness.bring('element'));
    const foreign = await page.evaluate(() => window.harness.state('ruth'));
    await page.evaluate(() => window.harness.show({ editors: true }));
    await ruth.part.getByText(LINE).waitFor();
    expect(await page.evaluate(() => window.harness.state('ruth'))).toBe(foreign);
    await page.evaluate(() => window.harness.mend());
    await ruth.text.getByText('Kept.').waitFor();
    await page.context().close();
  });
});
