import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMessage } from '../../contracts/mailer.contract.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { openSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';

const HOOK = pathToFileURL(join(import.meta.dirname, '../../faults/support/moved-clock.mjs')).href;
const MINUTE = 60_000;

let sink: SmtpSink;
let dataDir: string;
let server: RunningServer;
let browser: Browser;
let team: Team;
let context: BrowserContext;
let lead: Page;

/** A server on the folder that believes that it is so much later. */
async function start(laterMs = 0): Promise<void> {
  server = await startServer({
    dataDir,
    env: { SMTP_URL: sink.url, NODE_OPTIONS: `--import=${HOOK}`, CLOCK_MOVED_BY: String(laterMs) },
  });
}

beforeAll(async () => {
  sink = await openSmtpSink();
  dataDir = await mkdtemp(join(tmpdir(), 'casebook-letters-'));
  await start();
  browser = await launchBrowser();
  team = await plantTeam(server);
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  // Cookies know no ports: the lead stays signed in when the server starts anew.
  await context.addCookies(
    [...team.calls.cookies].map(([name, value]) => ({ name, value, url: server.url })),
  );
  lead = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await sink?.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function openPeople(): Promise<void> {
  await lead.goto(`${server.url}/studies/${team.studyId}/people`);
  await lead.getByRole('heading', { name: 'Letters to schools' }).waitFor();
}

/** @returns what the focus is on, by its name */
const focused = (): Promise<string> =>
  lead.evaluate(() => {
    const on = document.activeElement;
    return on?.getAttribute('aria-label') ?? on?.textContent ?? '';
  });

async function expectGood(page: Page): Promise<void> {
  for (const [width, height] of [
    [1280, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeFindings(page), `${page.url()} ${colorScheme} ${width}`).toEqual([]);
    }
    expect(await overflows(page), `${page.url()} at ${width}`).toBe(false);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
}

describe('a letter to somebody at a school', () => {
  it('[LETTER-1] is written with what is fixed in its place, and previewed as they will get it', async () => {
    await openPeople();
    await lead.getByRole('button', { name: 'Invite somebody' }).click();
    await lead.getByLabel('Name', { exact: true }).fill('Derek Onslow');
    await lead.getByLabel('E-mail address').fill('derek@school.example');
    await lead.getByLabel('As', { exact: true }).selectOption('contact');
    await lead.getByLabel('For the case study').selectOption({ label: team.case.title });
    const text = lead.getByLabel('Text', { exact: true });
    await expect.poll(() => text.inputValue()).toMatch(/^Hello Derek Onslow,.*Marlow Bridge Primary School/s);
    await expectGood(lead);
    await text.fill('Dear Derek,\n\nplease look at this:\n\n[link]\n\nImogen');
    await lead.getByLabel('Subject').fill('Your school in our booklet');
    await lead.getByLabel('The link works for').selectOption('7');
    await lead.getByLabel(/Send without waiting for school hours/).check();
    await lead.getByRole('button', { name: 'Preview' }).click();
    const letter = lead.getByRole('article', { name: 'The letter' });
    await letter.getByText('Imogen Farrell via Casebook').waitFor();
    await letter.getByText('Derek Onslow <derek@school.example>').waitFor();
    expect(await letter.innerText()).toMatch(
      /Dear Derek,\s+please look at this:\s+This link is for you alone, and opens once:\nhttp:\S+\/enter#…\nIt works until .+\. Opening the page does nothing by itself: you decide there\.\s+Imogen/,
    );
    expect(await focused()).toBe('The letter');
    await expectGood(lead);
    await lead.getByRole('button', { name: 'Go on writing' }).click();
    expect(await text.inputValue()).toContain('Dear Derek,');
    expect(await focused()).toBe('Preview');
  });

  it('[LETTER-1] is called back while it waits, and nothing was sent', async () => {
    await lead.getByRole('button', { name: 'Send the letter' }).click();
    await lead.getByText(/The letter to Derek Onslow goes in (10|9) minutes/).waitFor();
    await expectGood(lead);
    await lead
      .getByRole('dialog')
      .getByRole('button', { name: 'Call back the letter to Derek Onslow' })
      .click();
    await lead.getByText('Called back. Nothing was sent to Derek Onslow.').waitFor();
    await lead.getByRole('button', { name: 'Done' }).click();
    await lead.getByText('Called back: nothing was sent.', { exact: true }).waitFor();
    await expectGood(lead);
    expect(sink.messages).toEqual([]);
  });

  it('[LETTER-1] to the same person and school is not begun twice, but sent again', async () => {
    await lead.getByRole('button', { name: 'Invite somebody' }).click();
    await lead.getByLabel('E-mail address').fill('Derek@School.example');
    await lead.getByLabel('As', { exact: true }).selectOption('contact');
    await lead.getByLabel('For the case study').selectOption({ label: team.case.title });
    await lead.getByRole('button', { name: 'Send it again' }).click();
    await lead.getByRole('dialog', { name: 'Send Derek Onslow the invitation again' }).waitFor();
    expect(await lead.getByLabel('Text', { exact: true }).inputValue()).toContain('please look at this');
    await lead.getByLabel(/Send without waiting for school hours/).check();
    await expectGood(lead);
    await lead.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
    await lead.getByText(/The letter to Derek Onslow goes in (10|9) minutes/).waitFor();
    await lead.getByRole('button', { name: 'Done' }).click();
    await lead.getByText(/^Goes in (10|9) minutes$/).waitFor();
    await expectGood(lead);
  });

  it('[LETTER-1] goes when its time has come, and its link lets them in', async () => {
    await server.stop();
    await start(11 * MINUTE);
    await sink.until(1);
    const { headers, text } = readMessage(sink.messages[0] ?? '');
    expect(headers).toMatch(/^from: "?Imogen Farrell via Casebook"? </im);
    await openPeople();
    await lead
      .getByText(/^Sent today/)
      .first()
      .waitFor();
    await lead.getByRole('button', { name: /Read the letter “Your school in our booklet”/ }).click();
    await lead.getByRole('article', { name: 'The letter' }).getByText('[link]').waitFor();
    await expectGood(lead);
    await lead.keyboard.press('Escape');

    const link = /^http\S+\/enter#\S{43}$/m.exec(text)?.[0] ?? '';
    const derek = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    await derek.goto(link);
    await derek.getByRole('button', { name: 'Send me a code' }).click();
    await sink.until(2);
    const code = /^your code is (\d{6})/m.exec(sink.messages[1] ?? '')?.[1] ?? '';
    await derek.getByLabel('The six digits').fill(code);
    await derek.getByRole('button', { name: 'Show me the questions' }).click();
    await derek.waitForURL(`${server.url}/contact`);
    await derek.context().close();
    await lead.getByText('Earlier invitations of school contacts (1)').click();
    await lead.getByText(/Derek Onslow, invited .+: taken up/).waitFor();
    await expectGood(lead);
  });

  it('[LINK-1] is left out where the lead passes the link on, which is shown once', async () => {
    await lead.getByRole('button', { name: 'Invite somebody' }).click();
    await lead.getByLabel('Name', { exact: true }).fill('Petra Lind');
    await lead.getByLabel('E-mail address').fill('petra@school.example');
    await lead.getByLabel('As', { exact: true }).selectOption('contact');
    await lead.getByLabel('For the case study').selectOption({ label: team.case.title });
    await lead.getByLabel(/Send no letter: I pass the link on myself/).check();
    expect(await lead.getByLabel('Subject').count()).toBe(0);
    await lead.getByRole('button', { name: 'Invite', exact: true }).click();
    expect(await lead.getByLabel('The link', { exact: true }).inputValue()).toMatch(/\/enter#\S{43}$/);
    await lead.getByRole('button', { name: 'Done' }).click();
    await lead.getByText(/^You pass the link on yourself; it works until/).waitFor();
    expect(sink.messages).toHaveLength(2);
  });

  it('[LETTER-1] goes in the hours that the lead sets', async () => {
    await lead.getByRole('button', { name: 'Change the hours' }).click();
    const dialog = lead.getByRole('dialog', { name: 'When letters to schools go' });
    await dialog.getByLabel('Friday').uncheck();
    await dialog.getByLabel('Until').fill('07:00');
    await dialog.getByRole('button', { name: 'Add holidays' }).click();
    await dialog.getByLabel('First day').fill('2031-12-22');
    await dialog.getByLabel('Last day').fill('2032-01-02');
    await expectGood(lead);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Must be later than the beginning').waitFor();
    await dialog.getByLabel('Until').fill('16:00');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await lead
      .getByText(
        /Monday to Thursday, 08:00 to 16:00 by the clock of London, not in the holidays .*22 December 2031 to 2 January 2032/,
      )
      .waitFor();
    await lead.getByRole('link', { name: 'All letters' }).click();
    await lead.getByRole('heading', { name: 'Before' }).waitFor();
    await expectGood(lead);
  });
});
