import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPerson, type PersonAtBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { axeFindings } from '../shell/accessible.ts';

/**
 * A case can be read while the code of its page is still on its way: here that
 * code waits until the test lets it go.
 */
let server: RunningServer;
let browser: Browser;
let lead: PersonAtBrowser;
let caseId: string;

beforeAll(async () => {
  server = await startServer({ command: 'demo' });
  browser = await launchBrowser();
  const link = /Imogen Farrell\s+(http\S+)/.exec(server.stdout)?.[1] ?? '';
  // A service worker would bring the page's code from the device, past the test.
  lead = await openPerson(browser, link, { context: { serviceWorkers: 'block' } });
  const reply = await lead.context.request.get(`/api${lead.goTo}`);
  const { caseList } = (await reply.json()) as { caseList: { id: string; title: string }[] };
  caseId = caseList.find(({ title }) => title.startsWith('Two teachers'))?.id ?? '';
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** The corner of a table, left empty by whoever wrote it. */
const LEFT_EMPTY = /^empty-table-header: <th><p><br[^>]*><\/p><\/th>$/;
const PAPER = '[class*="firstPaper"]';

/** Opens an address with the page's own code held back. @returns lets it come */
async function openSlowly(page: Page, address: string): Promise<() => void> {
  let letGo = () => {};
  const wait = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/\/assets\/index-[^/]*\.js$/, async (route) => {
    await wait;
    await route.continue();
  });
  await page.goto(address, { waitUntil: 'commit' });
  return letGo;
}

/** Where what stands in view is: titles, prompts, and the first lines of texts. */
function placesIn(page: Page, root: string): Promise<Record<string, number>> {
  return page.evaluate((from) => {
    const places: Record<string, number> = {};
    for (const element of document.querySelectorAll(`${from} :is(h1, main h2, main li, .prose > p)`)) {
      const { top, left, height } = element.getBoundingClientRect();
      const words = (element.textContent ?? '').slice(0, 40);
      if (height === 0 || top < 56 || top > innerHeight || words in places) continue;
      places[`${words} top`] = Math.round(top);
      places[`${words} left`] = Math.round(left);
    }
    return places;
  }, root);
}

for (const [how, size] of [
  ['wide', { width: 1440, height: 900 }],
  ['as on a phone', { width: 390, height: 800 }],
] as const) {
  describe(`the first paper, ${how}`, () => {
    it.each(['1', '2.4', '4-facts'])(
      'shows section %s to be read, and the page comes in its place',
      async (section) => {
        const page = await lead.context.newPage();
        await page.setViewportSize(size);
        const letGo = await openSlowly(page, `/cases/${caseId}?section=${section}`);
        await page.locator(PAPER).waitFor();
        expect(await page.locator('#page').textContent()).toBe('');
        expect(await page.locator(`${PAPER} h1`).textContent()).toContain('Two teachers');
        await page.evaluate(() => document.fonts.ready);
        expect((await axeFindings(page)).filter((finding) => !LEFT_EMPTY.test(finding))).toEqual([]);
        const first = await placesIn(page, PAPER);
        expect(Object.keys(first).length).toBeGreaterThan(2);
        letGo();
        await page.locator('[contenteditable="true"]').first().waitFor();
        expect(await page.locator(PAPER).count()).toBe(0);
        const then = await placesIn(page, '#page');
        const moved = Object.entries(first).filter(([what, at]) => Math.abs((then[what] ?? 9_999) - at) > 2);
        // What lies below the section that one came for may move down as the others get their fields.
        const belowFirst = new Set(Object.keys(first).slice(0, 4));
        expect(moved.filter(([what]) => belowFirst.has(what))).toEqual([]);
        await page.close();
      },
    );
  });
}

it('nothing stands on it of a case that is not there', async () => {
  const page = await lead.context.newPage();
  const letGo = await openSlowly(page, '/cases/nothing-here');
  await page.waitForResponse(/\/api\/cases\/nothing-here$/);
  expect(await page.locator(PAPER).count()).toBe(0);
  letGo();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.locator(PAPER).count()).toBe(0);
  await page.close();
});

it('its links lead where they say, before the page has come', async () => {
  const page = await lead.context.newPage();
  const letGo = await openSlowly(page, `/cases/${caseId}`);
  await page
    .locator(PAPER)
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('link', { name: /2.4/ })
    .click();
  await page.waitForURL(/section=2.4/, { waitUntil: 'commit' });
  letGo();
  await page.locator('[contenteditable="true"]').first().waitFor();
  await page.close();
});

it('the keyboard stays in the section that it went to while that was still to be drawn in full', async () => {
  const page = await lead.context.newPage();
  await page.addInitScript(() => {
    // As soon as the page listens, and before the rest of it is drawn.
    const press = () => {
      const waits = document.querySelector('#page section[id^="section-"]:not([aria-labelledby])');
      if (waits) document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true }));
      // The first press goes to the section that one came for, which is there in full.
      const at = document.activeElement?.closest('section:not([aria-labelledby])');
      if (at) sessionStorage.setItem('went', at.id);
      else requestAnimationFrame(press);
    };
    requestAnimationFrame(press);
  });
  await page.goto(`/cases/${caseId}`);
  await page.waitForFunction(
    () =>
      sessionStorage.getItem('went') !== null &&
      !document.querySelector('#page section[id^="section-"]:not([aria-labelledby])'),
  );
  const went = await page.evaluate(() => sessionStorage.getItem('went'));
  expect(went).toMatch(/^section-/);
  const heading = page.locator(`#${went} h2`);
  expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
  const away = await heading.evaluate(
    (element) => (element.closest('section')?.getBoundingClientRect().top ?? 0) - 56,
  );
  expect(Math.abs(away)).toBeLessThan(60);
  await page.close();
});

it('its links load nothing anew once the page has taken them over', async () => {
  const page = await lead.context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  let loads = 0;
  page.on('domcontentloaded', () => {
    loads++;
  });
  await page.addInitScript(() => {
    const press = () => {
      const links = document.querySelectorAll('#page nav[aria-label="Sections"] a:not([tabindex])');
      const last = links[links.length - 1];
      if (!(last instanceof HTMLElement)) return requestAnimationFrame(press);
      sessionStorage.setItem('pressed', 'true');
      last.click();
    };
    if (sessionStorage.getItem('pressed') === null) requestAnimationFrame(press);
  });
  await page.goto(`/cases/${caseId}`);
  await page.waitForFunction(
    () =>
      document.activeElement?.tagName === 'H2' && document.activeElement.closest('section[aria-labelledby]'),
  );
  expect(await page.evaluate(() => sessionStorage.getItem('pressed'))).toBe('true');
  expect(loads).toBe(1);
  await page.close();
});

it('a link to a section that is not in the case opens it at its top', async () => {
  const page = await lead.context.newPage();
  const letGo = await openSlowly(page, `/cases/${caseId}?section=nothing-here`);
  await page.locator(PAPER).waitFor();
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  letGo();
  await page.close();
});

it('stays at the section that was asked for, in every frame until the page has come to rest', async () => {
  const page = await lead.context.newPage();
  await page.addInitScript(() => {
    const frames: boolean[] = [];
    const watched = new WeakSet<Element>();
    Object.assign(window, { frames });
    // It is told what a frame shows, after all that was still moved in it.
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (target.isConnected) frames.push(isIntersecting);
    });
    new MutationObserver(() => {
      for (const title of document.querySelectorAll('main h2')) {
        if (!title.textContent?.endsWith('Observing') || watched.has(title)) continue;
        watched.add(title);
        observer.observe(title);
      }
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`/cases/${caseId}?section=2.4`, { waitUntil: 'commit' });
  await page.getByRole('textbox', { name: '2.4 Observing, text' }).waitFor();
  await page.getByText('to go anywhere').waitFor({ state: 'attached' });
  const frames = await page.evaluate(() => (window as unknown as { frames: boolean[] }).frames);
  // The title of the paper, and that of the page.
  expect(frames).toEqual([true, true]);
  await page.close();
});

it('says over an approved case that it is closed, where the page will say it', async () => {
  const reply = await lead.context.request.get(`/api${lead.goTo}`);
  const { caseList } = (await reply.json()) as { caseList: { id: string; title: string }[] };
  const approved = caseList.find(({ title }) => title.startsWith('Everyone coaches'))?.id ?? '';
  const page = await lead.context.newPage();
  const letGo = await openSlowly(page, `/cases/${approved}`);
  await page.locator(PAPER).getByRole('button', { name: 'Open it for editing' }).waitFor();
  const first = await page.locator(`${PAPER} h1`).boundingBox();
  letGo();
  await page.locator('#page h1').waitFor();
  await page.locator('#page').getByRole('button', { name: 'Open it for editing' }).waitFor();
  const then = await page.locator('#page h1').boundingBox();
  expect(Math.abs((then?.y ?? 0) - (first?.y ?? 9_999))).toBeLessThanOrEqual(2);
  await page.close();
});

it('the keyboard stays on the bar, in the page that takes its place', async () => {
  const page = await lead.context.newPage();
  const letGo = await openSlowly(page, `/cases/${caseId}`);
  await page.locator(`${PAPER} header nav a`).focus();
  letGo();
  await page.locator('#page h1').waitFor();
  await page.locator(PAPER).waitFor({ state: 'detached' });
  const at = await page.evaluate(() => {
    const link = document.activeElement;
    return [link?.closest('#page header') !== null, link?.getAttribute('href')];
  });
  expect(at).toEqual([true, lead.goTo]);
  await page.close();
});

it('offers one thing to do next, and no other while the case opens', async () => {
  const page = await lead.context.newPage();
  await page.addInitScript(() => {
    const offered: string[] = [];
    Object.assign(window, { offered });
    const look = () => {
      const button = [...document.querySelectorAll<HTMLElement>('header button[class*="_main_"]')].at(-1);
      const words = button?.checkVisibility({ visibilityProperty: true }) ? (button.textContent ?? '') : '';
      if (words !== '' && words !== offered.at(-1)) offered.push(words);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(`/cases/${caseId}?section=2.4`, { waitUntil: 'commit' });
  await page.getByRole('textbox', { name: '2.4 Observing, text' }).waitFor();
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^(Mark|Agree|Review|Go on)/ })
    .waitFor();
  await page.getByText('to go anywhere').waitFor({ state: 'attached' });
  const offered = await page.evaluate(() => (window as unknown as { offered: string[] }).offered);
  expect(offered).toHaveLength(1);
  await page.close();
});

describe('where the code of the page never comes', () => {
  const said = (page: Page) => page.getByRole('alert').getByText(/has not come/);

  it.each(['with the case to be read', 'with nothing'])(
    'says so %s, and comes when asked again',
    async (what) => {
      const page = await lead.context.newPage();
      const bare = what === 'with nothing';
      await page.route(/\/assets\/index-[^/]*\.js$/, (route) => route.abort());
      await page.goto(bare ? '/account' : `/cases/${caseId}`, { waitUntil: 'commit' });
      await said(page).waitFor();
      await page.getByText(bare ? 'Look at your connection' : 'You can read what stands here').waitFor();
      expect(await page.locator(PAPER).count()).toBe(bare ? 0 : 1);
      // Its colours, which are the same over a paper.
      if (bare) expect((await axeFindings(page)).filter((one) => one.includes('never-came'))).toEqual([]);
      await page.unroute(/\/assets\/index-[^/]*\.js$/);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('#page h1').waitFor();
      await said(page).waitFor({ state: 'detached' });
      await page.close();
    },
  );

  it('says so after a while where it is merely held up, and no longer once it is here', async () => {
    const page = await lead.context.newPage();
    await page.clock.install();
    const letGo = await openSlowly(page, `/cases/${caseId}`);
    await page.locator(PAPER).waitFor();
    expect(await said(page).count()).toBe(0);
    await page.clock.fastForward(15_000);
    await said(page).waitFor();
    letGo();
    await page.locator('#page h1').waitFor();
    await said(page).waitFor({ state: 'detached' });
    await page.close();
  });
});
