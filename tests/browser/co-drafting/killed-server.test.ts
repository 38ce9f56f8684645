import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SqliteBlockStore } from '../../../server/adapters/sqlite/block-store.ts';
import { openDataFolder } from '../../../server/adapters/sqlite/data-folder.ts';
import { readBlock } from '../../../server/collaboration/block-reading.ts';
import { readText } from '../../../shared/document/reading.ts';
import { plainText } from '../../../shared/document/words.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { CaseAtBrowser, MemberAtBrowser } from './case-at-browser.ts';

const SECTION = '2.4';

let server: RunningServer;
let browser: Browser;
let team: Team;
let ruth: MemberAtBrowser;
let tom: MemberAtBrowser;
let hers: CaseAtBrowser;
let his: CaseAtBrowser;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  ruth = await MemberAtBrowser.join(browser, server.url, team, 'Ruth Adeyemi');
  tom = await MemberAtBrowser.join(browser, server.url, team, 'Tom Ashe');
  hers = await ruth.open(SECTION);
  his = await tom.open(SECTION);
});
afterAll(async () => {
  await ruth?.close();
  await tom?.close();
  await browser?.close();
  await server?.close();
});
afterEach(() => expect([...ruth.complaints, ...tom.complaints]).toEqual([]));

async function onDisk(): Promise<string> {
  const database = openDataFolder(server.dataDir);
  const read = await readBlock(new SqliteBlockStore(database), CaseAtBrowser.blockOf(team, SECTION));
  await database.close();
  return read ? plainText(readText(read.doc)) : '';
}

/** Counted words of one writer: a1, a2, … */
const wordsOf = (letter: string, text: string) => text.match(new RegExp(`\\b${letter}\\d+\\b`, 'g')) ?? [];
const whole = (letter: string, text: string) => text.match(new RegExp(`\\b${letter}\\d+(?=\\.)`, 'g')) ?? [];
const upTo = (letter: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);

describe('when the server is killed while two pages are typing', () => {
  const TYPED = 60;

  test('[SAVE-1] [SAVE-3] what was seen or said to be saved is there, once, and the pages recover by themselves', async () => {
    await his.write(SECTION, 'Tom:');
    await hers.until(SECTION, 'Tom:');
    await hers.toEnd(SECTION);
    await hers.page.keyboard.press('Enter');
    await hers.page.keyboard.type('Ruth:');
    await his.until(SECTION, 'Tom:\nRuth:');
    const told = await Promise.all([hers.watch(SECTION), his.watch(SECTION)]);

    const type = async ({ page }: CaseAtBrowser, letter: string) => {
      for (const word of upTo(letter, TYPED)) await page.keyboard.type(` ${word}.`);
    };
    await his.caretAt(SECTION, 'Tom:'.length);
    const typing = Promise.all([type(hers, 'a'), type(his, 'b')]);
    await Promise.all([
      his.text(SECTION).getByText('a20.').waitFor(),
      hers.text(SECTION).getByText('b20.').waitFor(),
    ]);
    const ended = await server.kill9();
    expect(ended.signal).toBe('SIGKILL');

    const disk = await onDisk();
    for (const [at, other, letter] of [
      [told[0], told[1], 'a'],
      [told[1], told[0], 'b'],
    ] as const) {
      const seen = whole(letter, other.texts.at(-1) ?? '');
      const saved = whole(letter, at.saved.at(-1) ?? '');
      expect(seen.length).toBeGreaterThanOrEqual(20);
      expect(whole(letter, disk)).toEqual(expect.arrayContaining([...seen, ...saved]));
    }

    await typing;
    for (const at of [hers, his]) await at.says(/^\d+ changes saved on this device$/);
    await server.restart();
    for (const at of [hers, his]) await at.says('Saved');
    const both = `Tom:${upTo('b', TYPED)
      .map((word) => ` ${word}.`)
      .join('')}\nRuth:${upTo('a', TYPED)
      .map((word) => ` ${word}.`)
      .join('')}`;
    for (const at of [hers, his]) await at.until(SECTION, both);
    expect(wordsOf('a', await onDisk())).toEqual(upTo('a', TYPED));
    expect(wordsOf('b', await onDisk())).toEqual(upTo('b', TYPED));
  });
});

describe('what the bar says', () => {
  test('[SAVE-2] is not “Saved” before the server has said so', async () => {
    await hers.page.evaluate(() => window.hand.hold({ saved: true }));
    const told = await hers.watch(SECTION);
    await hers.toEnd(SECTION);
    for (const count of [1, 2]) {
      await hers.page.keyboard.insertText(` Held ${count}.`);
      await his.text(SECTION).getByText(`Held ${count}.`).waitFor();
      await hers.says(count === 1 ? 'Saving 1 change' : 'Saving 2 changes');
      await hers.page.evaluate((acknowledged) => window.hand.arrived(acknowledged), count);
    }
    await hers.page.evaluate(() => window.hand.letThrough(1));
    await hers.says('Saving 1 change');
    const since = told.said.findIndex((words) => words.startsWith('Saving'));
    expect(since).toBeGreaterThanOrEqual(0);
    expect(told.said.slice(since)).not.toContain('Saved');
    await hers.page.evaluate(() => {
      window.hand.letThrough(2);
      window.hand.hold({});
    });
    await hers.says('Saved');
  });

  test('[SAVE-2] is how many changes wait on this device, and nothing warmer, while there is no server', async () => {
    await server.kill9();
    const told = await hers.watch(SECTION);
    await hers.write(SECTION, ' Alone.');
    await hers.says('7 changes saved on this device');
    // What the page says comes here a moment later.
    await expect.poll(() => told.said.at(-1)).toMatch(/saved on this device$/);
    const since = told.said.findIndex((words) => words.endsWith('saved on this device'));
    expect(since).toBeGreaterThanOrEqual(0);
    expect(told.said.slice(since)).not.toContain('Saved');
    await server.restart();
    await hers.says('Saved');
    await his.text(SECTION).getByText('Alone.').waitFor();
    expect(await his.reads(SECTION)).toBe(await hers.reads(SECTION));
  });
});
