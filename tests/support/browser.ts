import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { RouteReply } from '../../shared/api/contract.ts';
import { launchChromium } from './chromium.ts';

/** Somebody at a browser of their own, signed in. */
export interface PersonAtBrowser {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly personId: string;
  /** Path of the page that the link leads to; already open. */
  readonly goTo: string;
}

export const launchBrowser: () => Promise<Browser> = launchChromium;

export interface PersonOptions {
  /** Said to a link that does not know whom it is for. */
  readonly identity?: { readonly name: string; readonly email: string };
  readonly context?: BrowserContextOptions;
}

/**
 * Opens a browser context for one person, signed in by a one-time link, on the
 * page that the link leads to.
 */
export async function openPerson(
  browser: Browser,
  link: string,
  options: PersonOptions = {},
): Promise<PersonAtBrowser> {
  const { origin, hash } = new URL(link);
  const context = await browser.newContext({ baseURL: origin, ...options.context });
  const response = await context.request.post('/api/links/redeem', {
    headers: { origin },
    data: { token: hash.slice(1), ...options.identity },
  });
  if (!response.ok()) throw new Error(`the link was refused: ${await response.text()}`);
  const { person, goTo } = (await response.json()) as RouteReply<'POST /api/links/redeem'>;
  const page = await context.newPage();
  await page.goto(goTo);
  return { context, page, personId: person.id, goTo };
}
