/** What is measured of a page in Chromium; the same for both pages. */
import type { BrowserContext, Page } from 'playwright-core';
import { FIRST_WORDS, LAST_WORDS } from './seeding.ts';

export interface Opening {
  /** Milliseconds from the start of the navigation until the whole text can be read. */
  readonly readable: number;
  /** … until the first section's text stands in an editor that takes keys. */
  readonly editable: number;
  /** Bytes of JavaScript on the wire, as compressed, until then. */
  readonly scriptBytes: number;
}

/**
 * Notes, in the page, when the text can first be read and first be edited. As
 * text: what compiles this file adds names of its own to functions.
 */
const WATCH_OPENING = `
  const times = {};
  requestAnimationFrame(function look() {
    const text = document.body?.textContent ?? '';
    if (!times.readable && text.includes('${FIRST_WORDS}') && text.includes('${LAST_WORDS}')) {
      times.readable = performance.now();
    }
    for (const editor of times.editable ? [] : document.querySelectorAll('[contenteditable="true"]')) {
      if (editor.textContent.includes('${FIRST_WORDS}')) times.editable = performance.now();
    }
    if (times.readable && times.editable) window.opened(times);
    else requestAnimationFrame(look);
  });
`;

/** Notes, in the page, the time from each key to the frame after it. */
const WATCH_KEYS = `
  window.samples = [];
  addEventListener('keydown', (event) => {
    requestAnimationFrame(() => {
      const afterFrame = new MessageChannel();
      afterFrame.port1.onmessage = () => window.samples.push(performance.now() - event.timeStamp);
      afterFrame.port2.postMessage(null);
    });
  }, true);
`;

/** Opens `url` in a context of its own, nothing cached. */
export async function measureOpening(context: BrowserContext, url: string): Promise<Opening> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  const scripts = new Set<string>();
  let scriptBytes = 0;
  devtools.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) scriptBytes += encodedDataLength;
  });
  await page.addInitScript({ content: WATCH_OPENING });
  const opened = new Promise<Omit<Opening, 'scriptBytes'>>((resolve) => {
    void page.exposeFunction('opened', resolve);
  });
  await page.goto(url, { waitUntil: 'commit' });
  const times = await opened;
  const opening = { ...times, scriptBytes };
  await page.close();
  return opening;
}

/**
 * Types into the editor that holds the first words.
 * @returns milliseconds from each key to the frame after it
 */
export async function measureTyping(page: Page, keys: number): Promise<number[]> {
  const editor = page.locator('[contenteditable="true"]').filter({ hasText: FIRST_WORDS }).first();
  await editor
    .locator('p')
    .first()
    .click({ position: { x: 8, y: 8 } });
  await page.keyboard.press('End');
  await page.evaluate(WATCH_KEYS);
  const letters = 'and so she said it again more slowly ';
  for (let key = 0; key < keys; key++) {
    // The pause varies so that keys fall anywhere within a frame; it is part of what is measured.
    await page.keyboard.type(letters.charAt(key % letters.length), { delay: 20 + ((key * 7) % 17) });
    await page.waitForTimeout(40 + ((key * 11) % 23));
  }
  return page.evaluate(() => (window as unknown as { samples: number[] }).samples);
}
