/** What is measured of a page in Chromium; the same for both pages. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { within } from './deadline.ts';
import { FIRST_WORDS, LAST_WORDS } from './seeding.ts';

/** One of something for each page: the product's, and the bare one. */
export interface Both<T> {
  readonly ours: T;
  readonly bare: T;
}

export interface Opening {
  /** Milliseconds from the start of the navigation until the whole text can be read. */
  readonly readable: number;
  /** … until the first section's text stands in an editor that takes keys. */
  readonly editable: number;
  /** Name of each script that came until then, and its bytes on the wire, as compressed, with headers. */
  readonly scripts: ReadonlyMap<string, number>;
  /** Bytes of live objects once the page has come to rest. */
  readonly heap: number;
}

export interface Visit {
  readonly url: string;
  readonly cookies: Cookies;
}
export type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** Milliseconds in which a page must open, or the measuring ends. */
const OPENS_WITHIN = 30_000;
/** Milliseconds in which a page comes to rest after it opened. */
const REST = 2_500;
/** Keys of each round that only warm the page up. */
const WARM_UP = 10;

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

/** Opens the page in a context of its own, nothing cached. */
export async function measureOpening(browser: Browser, visit: Visit): Promise<Opening> {
  return inOwnContext(browser, visit, async (page) => {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
    const names = new Map<string, string>();
    const scripts = new Map<string, number>();
    devtools.on('Network.responseReceived', ({ requestId, type, response }) => {
      if (type === 'Script') names.set(requestId, new URL(response.url).pathname);
    });
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const name = names.get(requestId);
      if (name) scripts.set(name, encodedDataLength);
    });
    const times = await open(page, visit.url);
    const loadedByThen = new Map(scripts);
    await page.waitForTimeout(REST);
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return { ...times, scripts: loadedByThen, heap: usedSize };
  });
}

/**
 * Opens the page, lets it come to rest, and types into the editor that holds the first words.
 * @returns milliseconds from each key to the frame after it
 */
export async function measureTyping(browser: Browser, visit: Visit, keys: number): Promise<number[]> {
  return inOwnContext(browser, visit, async (page) => {
    await open(page, visit.url);
    await page.waitForTimeout(REST);
    const editor = page.locator('[contenteditable="true"]').filter({ hasText: FIRST_WORDS }).first();
    await editor
      .locator('p')
      .first()
      .click({ position: { x: 8, y: 8 } });
    await page.keyboard.press('End');
    await page.evaluate(WATCH_KEYS);
    const letters = 'and so she said it again more slowly ';
    for (let key = 0; key < WARM_UP + keys; key++) {
      // The pause varies so that keys fall anywhere within a frame.
      await page.keyboard.type(letters.charAt(key % letters.length), { delay: 15 + ((key * 7) % 17) });
      await page.waitForTimeout(35 + ((key * 11) % 23));
    }
    const samples = (await page.evaluate('window.samples')) as number[];
    return samples.slice(WARM_UP);
  });
}

async function open(page: Page, url: string): Promise<Pick<Opening, 'readable' | 'editable'>> {
  await page.addInitScript({ content: WATCH_OPENING });
  const opened = new Promise<Pick<Opening, 'readable' | 'editable'>>((resolve, reject) => {
    page
      .exposeFunction('opened', resolve)
      .then(() => page.goto(url, { waitUntil: 'commit' }))
      .catch(reject);
  });
  return within(OPENS_WITHIN, `to open ${new URL(url).pathname}`, opened);
}

async function inOwnContext<T>(
  browser: Browser,
  visit: Visit,
  measure: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
  });
  try {
    context.setDefaultTimeout(OPENS_WITHIN);
    await context.addCookies(visit.cookies);
    return await measure(await context.newPage());
  } finally {
    await context.close();
  }
}
