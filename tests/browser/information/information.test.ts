import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sharing } from '../../../shared/api/sharing.ts';
import { readMessage } from '../../contracts/mailer.contract.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { openSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { newId, plantTeam, type Team } from '../../support/team.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';

const HOOK = pathToFileURL(join(import.meta.dirname, '../../faults/support/moved-clock.mjs')).href;
const MINUTE = 60_000;
const SCHOOL = 'Marlow Bridge Primary School';

let sink: SmtpSink;
let dataDir: string;
let server: RunningServer;
let browser: Browser;
let team: Team;
let context: BrowserContext;
let lead: Page;
let derek: Page;
let anna: Page;
/** Of another contact of the same school. */
let annasLink: string;

/** A server on the folder that believes that it is so much later: letters wait ten minutes. */
async function start(laterMs = 0): Promise<void> {
  server = await startServer({
    dataDir,
    env: { SMTP_URL: sink.url, NODE_OPTIONS: `--import=${HOOK}`, CLOCK_MOVED_BY: String(laterMs) },
  });
}

beforeAll(async () => {
  sink = await openSmtpSink();
  dataDir = await mkdtemp(join(tmpdir(), 'casebook-information-'));
  await start();
  browser = await launchBrowser();
  team = await plantTeam(server);
  annasLink = await team.invite('Anna Colleague', 'contact');
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

async function expectGood(page: Page, widths: readonly number[] = [1280, 390]): Promise<void> {
  const before = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await axeFindings(page), `${page.url()} ${colorScheme} ${width}`).toEqual([]);
    }
    expect(await overflows(page), `${page.url()} at ${width}`).toBe(false);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
}

/** On a phone, from the link of a letter over the digits in the next one to their own page. */
async function enter(link: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  // The server that it was made by listened on another port.
  await page.goto(`${server.url}/enter${new URL(link).hash}`);
  const sent = sink.messages.length;
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await sink.until(sent + 1);
  const code = /^your code is (\d{6})/m.exec(sink.messages[sent] ?? '')?.[1] ?? '';
  await page.getByLabel('The six digits').fill(code);
  await page.getByRole('button', { name: 'Show me the questions' }).click();
  await page.waitForURL(`${server.url}/contact`);
  return page;
}

describe('information before the visit', () => {
  it('[ASK-1] [ACCESS-6] is asked for in one step from the home of the study, which says what the school will see', async () => {
    await lead.goto(`${server.url}/studies/${team.studyId}`);
    await lead.getByRole('link', { name: new RegExp(`${SCHOOL}: nothing asked yet`) }).click();
    const dialog = lead.getByRole('dialog', { name: 'Information before the visit' });
    const begin = dialog.getByLabel('Whom do you ask?');
    await begin.waitFor();
    expect(await begin.evaluate((field) => field === document.activeElement)).toBe(true);
    await dialog.getByText(/^The letter goes /).waitFor();
    await dialog.getByLabel(/^Name/).fill('Derek Onslow');
    await dialog.getByLabel('E-mail address').fill('derek@school.example');
    expect(await dialog.getByLabel('4 Context').isChecked()).toBe(true);
    expect(await dialog.getByLabel('12 Contacts').isChecked()).toBe(true);
    expect(await dialog.getByLabel('13 Filming').isChecked()).toBe(false);
    await dialog.getByLabel('12 Contacts').uncheck();
    await dialog.getByLabel('A word from you').fill('Last year’s figures are fine.');
    await dialog.getByText('What Derek Onslow will see').waitFor();
    await dialog.getByText('Not asked for; whoever speaks for the school fills it in.').first().waitFor();
    await dialog.getByText('Read or change the letter').click();
    expect(await dialog.getByLabel('Text', { exact: true }).inputValue()).toMatch(
      /^Hello Derek Onslow,.*Context.*Last year’s figures are fine\..*\[link\].*Imogen Farrell$/s,
    );
    await dialog.getByLabel(/Send without waiting for school hours/).check();
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await dialog.getByRole('article', { name: 'The letter' }).getByText('derek@school.example').waitFor();
    await expectGood(lead);
    await dialog.getByRole('button', { name: 'Ask Derek Onslow' }).click();
    await lead
      .getByRole('dialog', { name: 'Derek Onslow is asked' })
      .getByText(/The letter goes today/)
      .waitFor();
    await expectGood(lead);
    await lead.getByRole('button', { name: 'Done' }).click();
    await lead.getByText('Not come in yet').waitFor();
    await lead.getByRole('button', { name: 'Call it back' }).waitFor();
    await expectGood(lead);
  });

  it('[LINK-1] [ASK-1] is found on a phone from the mail by link and code, and by nobody else at the school', async () => {
    await server.stop();
    await start(11 * MINUTE);
    await sink.until(1);
    const { text } = readMessage(sink.messages[0] ?? '');
    derek = await enter(/^http\S+\/enter#\S{43}$/m.exec(text)?.[0] ?? '');
    await derek.getByRole('heading', { level: 1, name: `About ${SCHOOL}` }).waitFor();
    await derek.getByRole('heading', { name: /^Until \w+day / }).waitFor();
    await derek.getByText('Last year’s figures are fine.').waitFor();
    await derek.getByText('nothing yet · most needed: The school in a few lines').waitFor();
    await derek.getByRole('heading', { name: 'Not asked for, and open to you as well' }).waitFor();
    await expectGood(derek, [390]);
    await derek.getByRole('link', { name: 'Next: say how far you came' }).click();
    await derek.waitForURL(/#finish-/);

    anna = await enter(annasLink);
    const at = `${server.url}/api/cases/${team.case.id}/sharing`;
    const sharing = (await (await context.request.get(at)).json()) as Sharing;
    const her = sharing.people.find(({ name }) => name === 'Anna Colleague');
    const facts = sharing.sections.find(({ sectionId }) => sectionId === '4-facts');
    const step = { blockId: facts?.blockId, personId: her?.id, from: null, to: 'none' };
    const data = { id: newId(), steps: [step] };
    expect((await context.request.post(at, { headers: { origin: server.url }, data })).ok()).toBe(true);
    await anna.reload();
    await anna.getByRole('heading', { level: 2, name: 'Contacts' }).waitFor();
    expect(await anna.getByRole('heading', { level: 2, name: 'Context' }).count()).toBe(0);
    expect(await anna.getByText(/Until|Last year’s figures|I have filled in/).count()).toBe(0);
  });

  it('[ASK-2] is filled in on the phone, and the lead sees the answer as it comes, everywhere', async () => {
    const home = await context.newPage();
    const page = await context.newPage();
    await home.goto(`${server.url}/studies/${team.studyId}`);
    await page.goto(`${server.url}/cases/${team.case.id}`);
    await lead.goto(`${server.url}/cases/${team.case.id}/information`);
    const card = lead.getByRole('region', { name: 'Derek Onslow' });
    await card.getByText('Under way').waitFor();
    const strip = page.getByRole('complementary', { name: 'Information before the visit' });
    await strip.getByText('nothing yet').waitFor();
    const row = home.getByRole('link', { name: new RegExp(`${SCHOOL}: Derek Onslow is asked`) });
    await row.getByText('nothing yet').waitFor();

    await derek
      .getByLabel('The school in a few lines')
      .fill('A small school between the river and the hill.');
    await derek.getByLabel('Pupils on roll', { exact: true }).fill('212');
    for (const where of [derek.getByRole('listitem').first(), card, strip, row]) {
      await where
        .getByText(/^2 of \d+ facts/)
        .first()
        .waitFor();
    }
    await card.getByText(/last changed today/).waitFor();
    await derek
      .getByRole('status')
      .filter({ hasText: /^Saved$/ })
      .waitFor();

    await derek
      .getByLabel('Was there something that you could not fill in?')
      .fill('Free school meals: the office is closed.');
    await derek.getByRole('button', { name: 'I have filled in what I can' }).click();
    await derek.getByRole('heading', { name: 'You have filled in what you can. Thank you!' }).waitFor();
    await expectGood(derek, [390]);
    for (const where of [card, strip, row]) await where.getByText('They say they are finished').waitFor();
    await card.getByText('Free school meals: the office is closed.').waitFor();
    await expectGood(lead);

    // It closes nothing: what is added is saved and seen as before.
    await derek.getByLabel('Ages taught').fill('3 to 11');
    await card.getByText(/^3 of \d+ facts/).waitFor();
    await derek.getByRole('button', { name: 'I am not finished after all' }).click();
    await card.getByText('Under way').waitFor();
    await derek.getByRole('button', { name: 'I have filled in what I can' }).click();
    await expectGood(home);
    await Promise.all([home.close(), page.close()]);
  });

  it('[ASK-2] [ACCESS-4] is closed by the lead, and the phone thanks and shows it to be read', async () => {
    const card = lead.getByRole('region', { name: 'Derek Onslow' });
    await card.getByRole('button', { name: 'Close it' }).click();
    const dialog = lead.getByRole('dialog', { name: 'Close what was asked?' });
    await dialog.getByText(/From then on they read 4 Context and no longer fill it in/).waitFor();
    await expectGood(lead);
    await dialog.getByRole('button', { name: 'Close it' }).click();
    await lead.getByText('Nothing is asked just now.').waitFor();
    await derek.getByRole('heading', { name: 'Thank you: Imogen Farrell has what is needed' }).waitFor();
    const copy = derek.getByRole('region', { name: '4 Context' });
    await copy.getByText('A small school between the river and the hill.').waitFor();
    expect(await copy.locator('input, textarea, [contenteditable="true"]').count()).toBe(0);
    await expectGood(derek, [390]);
    await lead.getByText('One that is over').click();
    await expectGood(lead);
  });
});
