/**
 * How soon after a key the chips beside quotes say how the words stand now: one section with
 * sixty quotes, all confirmed, in a case of which the rest is empty. A letter typed before a quote
 * changes what stands around it, and taken out again changes it back: both are told at once.
 */
import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap';
import type { Browser, Page } from 'playwright-core';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { blockSchema } from '../../shared/document/schema.ts';
import { launchBrowser, openPerson } from '../support/browser.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { newId, plantTeam, type Team } from '../support/team.ts';
import { within } from './deadline.ts';
import { openStock } from './seeding.ts';

export const QUOTES = 60;
const ROUNDS = 25;
const SECTION = '2.4';
/** Milliseconds after which the whole is given up. */
const ENDS_WITHIN = 3 * 60_000;

const wordsOf = (at: number): string =>
  `Nobody had asked us number ${at} before, and once they did we could not stop talking about it`;

/** @returns milliseconds from each key to the frame in which the chip says so */
export async function runChips(): Promise<readonly number[]> {
  const server = await startServer();
  try {
    const browser = await launchBrowser();
    try {
      return await within(ENDS_WITHIN, 'to measure chips', measure(server, browser));
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}

async function measure(server: RunningServer, browser: Browser): Promise<readonly number[]> {
  const team = await plantTeam(server);
  const blockId = team.case.blocks.find((block) => block.sectionId === SECTION)?.blockId ?? '';
  const uses = Array.from({ length: QUOTES }, () => ({ quote: newId(), use: newId() }));
  await writeQuotes(server.url, await team.token(), blockId, uses);
  await confirmAll(team, blockId, uses);
  const person = await openPerson(browser, await team.invite('Ruth Adeyemi', 'editor'));
  const { page } = person;
  await page.goto(`${server.url}/cases/${team.case.id}?section=${SECTION}`);
  const chips = page.locator('.ProseMirror .quote-chip-confirmed');
  await chips.nth(QUOTES - 1).waitFor();
  return typeBeside(page, uses[Math.floor(QUOTES / 2)]?.use ?? '');
}

async function writeQuotes(
  url: string,
  token: string,
  blockId: string,
  uses: readonly { readonly quote: string; readonly use: string }[],
): Promise<void> {
  const provider = await openStock({ url, token }, blockId);
  const content = uses.map((attrs, at) => ({
    type: 'paragraph',
    content: [
      { type: 'text', text: `The teachers of group ${at} met every week. One of them said: “` },
      { type: 'text', text: wordsOf(at), marks: [{ type: 'quote', attrs }] },
      { type: 'text', text: '.” After that they met in the other room, with notes from the card.' },
    ],
  }));
  provider.doc.transact(() => {
    const json = { type: 'doc', content };
    prosemirrorJSONToYXmlFragment(blockSchema(), json, provider.doc.getXmlFragment(CONTENT));
  });
  const reader = await openStock({ url, token }, blockId);
  while (reader.doc.getXmlFragment(CONTENT).length < QUOTES) {
    await new Promise<void>((resolve) => reader.doc.once('update', () => resolve()));
  }
  reader.destroy();
  provider.destroy();
}

async function confirmAll(
  { calls, schoolId, case: { id: caseId } }: Team,
  blockId: string,
  uses: readonly { readonly quote: string; readonly use: string }[],
): Promise<void> {
  const speakerId = newId();
  const about = { name: 'Amal Haddad', role: 'Deputy head', email: 'amal@school.example' };
  await calls.call(
    'POST /api/cases/:caseId/speakers',
    { id: speakerId, schoolId, age: 'sixteen-or-over', ...about },
    { caseId },
  );
  const evidence = { how: 'phone', note: 'Called on Monday.' } as const;
  for (const [at, { quote, use }] of uses.entries()) {
    const said = { wording: wordsOf(at), how: 'interview', checked: true } as const;
    const place = { id: quote, use, blockId, speakerIds: [speakerId] };
    await calls.call('POST /api/cases/:caseId/quotes', { ...place, ...said }, { caseId });
    const board = await calls.call('GET /api/cases/:caseId/quotes', undefined, { caseId });
    const stands = board.quotes.find(({ id }) => id === quote)?.uses[0];
    if (!stands) throw new Error('the words stand nowhere');
    const seen = { wording: stands.wording, context: stands.context };
    const answer = { ask: newId(), use, speakerId, kind: 'confirmed', evidence, seen } as const;
    await calls.call('POST /api/quotes/:quoteId/answers', answer, { quoteId: quote });
  }
}

/** Notes, in the page, the time from each key to the frame after which a chip says something else. */
const WATCH = (use: string) => `
  window.samples = [];
  const said = () => document.querySelector('.ProseMirror .quote-chip[data-chip="${use}"]')?.dataset.word;
  addEventListener('keydown', (event) => {
    const before = said();
    requestAnimationFrame(function look() {
      if (said() === before) return requestAnimationFrame(look);
      const afterFrame = new MessageChannel();
      afterFrame.port1.onmessage = () => window.samples.push(performance.now() - event.timeStamp);
      afterFrame.port2.postMessage(null);
    });
  }, true);
`;

async function typeBeside(page: Page, use: string): Promise<readonly number[]> {
  const line = page.locator('.ProseMirror p').filter({ has: page.locator(`[data-chip="${use}"]`) });
  await line.scrollIntoViewIfNeeded();
  await line.click({ position: { x: 4, y: 8 } });
  await page.keyboard.press('Home');
  await page.evaluate(WATCH(use));
  const samples = async () => (await page.evaluate('window.samples')) as number[];
  for (let key = 0; key < 2 * ROUNDS; key += 1) {
    await page.keyboard.press(key % 2 === 0 ? 'a' : 'Backspace');
    while ((await samples()).length <= key) await page.waitForTimeout(20);
    await page.waitForTimeout(40 + ((key * 11) % 23));
  }
  // the first rounds only warm it up
  return (await samples()).slice(6);
}
