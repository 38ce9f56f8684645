import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPerson } from '../../support/browser.ts';
import { casebook, type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';
import { CaseAtBrowser } from '../co-drafting/case-at-browser.ts';
import { giveHand } from '../co-drafting/in-page.ts';
import { axeFindings } from '../shell/accessible.ts';

let server: RunningServer;
let browser: Browser;
let team: Team;
const TYPED = 'Typed while nobody could be asked.';
const EMAIL = 'jo.marsh@wendale.example';

/** Where passkeys can be used: 127.0.0.1 is a number. */
let named: string;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
  team = await plantTeam(server);
  named = server.url.replace('127.0.0.1', 'localhost');
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A device with a screen lock, in the browser's software. */
interface VirtualDevice {
  readonly session: CDPSession;
  readonly authenticatorId: string;
}

async function giveDevice(context: BrowserContext, page: Page): Promise<VirtualDevice> {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { session, authenticatorId };
}

type Kept = Awaited<ReturnType<typeof passkeysOf>>;

async function passkeysOf({ session, authenticatorId }: VirtualDevice) {
  return (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
}

/** What a keychain does: the passkeys of one device are on the other, too. */
async function give(kept: Kept, { session, authenticatorId }: VirtualDevice): Promise<void> {
  for (const credential of kept) {
    await session.send('WebAuthn.addCredential', { authenticatorId, credential });
  }
}

/** The digits of the newest letter to an address, from where letters lie without a mail server. */
async function digitsFor(email: string): Promise<string> {
  const folder = join(server.dataDir, 'outbox');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const letters = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const theirs = letters.filter((letter) => letter.includes(email));
  return theirs.map((letter) => /your code is (\d{6})/.exec(letter)?.[1] ?? '').find((code) => code) ?? '';
}

/** A browser that was never here. */
async function freshPage(path = '/sign-in'): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: named });
  const page = await context.newPage();
  await page.goto(path);
  return { context, page };
}

/** A device in software picks what the browser offers by itself; where a button is under test, nothing is offered. */
async function offerNothing(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
}

describe('a passkey', () => {
  it('[PASSKEY-1] is added on the page of one’s account, and signs in on a browser that was never here', async () => {
    const link = (await team.invite('Jo Marsh', 'fieldworker')).replace('127.0.0.1', 'localhost');
    const { context, page } = await openPerson(browser, link);
    const laptop = await giveDevice(context, page);
    await page.goto('/account');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Send me a code' }).click();
    await expect.poll(() => digitsFor(EMAIL)).toMatch(/^\d{6}$/);
    await dialog.getByLabel('The six digits').fill(await digitsFor(EMAIL));
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.getByLabel('What to call it').fill('My laptop');
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.waitFor({ state: 'detached' });
    const list = page.getByRole('list', { name: 'Your passkeys' });
    await list.getByText('My laptop').waitFor();
    await page.getByRole('button', { name: 'Rename My laptop' }).click();
    await dialog.getByLabel('What to call it').fill('Old laptop');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await list.getByText('Old laptop').waitFor();

    const fresh = await freshPage('/healthz');
    await offerNothing(fresh.context);
    const phone = await giveDevice(fresh.context, fresh.page);
    const shared = await passkeysOf(laptop);
    await give(shared, phone);
    await fresh.page.goto('/');
    await fresh.page.getByRole('button', { name: 'Use a passkey' }).click();
    await fresh.page.getByRole('heading', { name: 'Your studies' }).waitFor();
    await fresh.page.goto('/account');
    await fresh.page.getByText('(used here)').waitFor();
    await fresh.page.getByText('A passkey was used there').first().waitFor();

    const filling = await freshPage('/healthz');
    await give(shared, await giveDevice(filling.context, filling.page));
    await filling.page.goto('/sign-in');
    await filling.page.getByRole('heading', { name: 'Your studies' }).waitFor();
    await filling.context.close();

    await page.getByRole('button', { name: 'Take away Old laptop' }).click();
    await dialog.getByRole('button', { name: 'Take it away' }).click();
    await list.waitFor({ state: 'detached' });
    // The device is told, and offers it no more; one that could not be told goes on.
    await expect.poll(() => passkeysOf(laptop)).toEqual([]);
    await fresh.context.close();

    const last = await freshPage('/healthz');
    await offerNothing(last.context);
    await give(shared, await giveDevice(last.context, last.page));
    await last.page.goto('/sign-in');
    await last.page.getByRole('button', { name: 'Use a passkey' }).click();
    await last.page.getByText('This passkey does not work here').waitFor();
    await last.context.close();
    await context.close();
  });

  it('is offered by the browser in the field for the address, and none is used without being asked for', async () => {
    const { context, page } = await freshPage('/healthz');
    await context.addInitScript(() => {
      const { credentials } = navigator;
      const asked: string[] = [];
      Object.assign(window, { asked });
      const get = credentials.get.bind(credentials);
      credentials.get = (options) => {
        asked.push(String(options?.mediation));
        return get(options);
      };
    });
    await giveDevice(context, page);
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Use a passkey' }).waitFor();
    const asked = () => page.evaluate(() => (window as unknown as { asked: string[] }).asked);
    await expect.poll(asked).toEqual(['conditional']);
    expect(await page.getByLabel('Your e-mail address').getAttribute('autocomplete')).toBe('email webauthn');
    // A device that keeps none, or whose person closes its window, ends the question; another one follows.
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByText('No passkey was used').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await expect.poll(asked).toEqual(['conditional', 'undefined', 'conditional']);
    await page.getByLabel('Your e-mail address').fill(EMAIL);
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await page.getByLabel('The six digits').waitFor();
    await context.close();
  });

  it('at an address that is a number, the page says where it can be used', async () => {
    const page = await browser.newPage();
    await page.goto(`${server.url}/sign-in`);
    const way = page.getByRole('link', { name: named });
    expect(await way.getAttribute('href')).toBe(`${named}/sign-in`);
    await page.close();
  });

  it('in a browser that has none, the page says so', async () => {
    const { context, page } = await freshPage('/healthz');
    await context.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'));
    await page.goto('/sign-in');
    await page.getByText('This browser can’t use passkeys.').waitFor();
    await context.close();
  });
});

describe('a study that asks for a passkey', () => {
  it('[PASSKEY-2] is set by its lead, asks whoever is in it at once, and opens when one is added', async () => {
    const email = 'imogen@wendale.example';
    const added = await casebook(['user', 'add', '--name', 'Imogen Farrell', '--email', email], {
      DATA_DIR: server.dataDir,
    });
    const leadLink = /^http\S+$/m.exec(added.stdout)?.[0] ?? '';
    const { context, page } = await openPerson(browser, leadLink.replace('127.0.0.1', 'localhost'));
    await giveDevice(context, page);
    const ruthLink = (await team.invite('Ruth Ade', 'fieldworker')).replace('127.0.0.1', 'localhost');
    const ruth = await openPerson(browser, ruthLink);
    await giveDevice(ruth.context, ruth.page);
    await proveAddress('ruth.ade@wendale.example', ruth.page);
    await ruth.page.goto(`/cases/${team.case.id}`);
    await ruth.page.getByRole('heading', { name: team.case.title }).first().waitFor();

    await page.goto('/account');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.goto(`/studies/${team.studyId}`);
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await dialog.getByRole('button', { name: 'Ask members for a passkey' }).waitFor();
    await dialog.getByRole('button', { name: 'Ask members for a passkey' }).click();
    await page.getByRole('button', { name: 'Ask for it' }).click();
    await page.getByText('Members are asked for a passkey from now on.').waitFor();

    await ruth.page.getByRole('heading', { name: 'This study asks for a passkey' }).waitFor();
    await ruth.page.getByText('is kept on this device, and is sent once you are in').waitFor();
    await ruth.page.getByText('No such lock on this device?').waitFor();
    expect(await axeFindings(ruth.page)).toEqual([]);
    await ruth.page.goto('/');
    await ruth.page.getByText('Asks for your passkey').waitFor();
    await ruth.page.goto(`/cases/${team.case.id}`);
    await ruth.page.getByRole('button', { name: 'Add a passkey' }).click();
    await ruth.page.getByRole('dialog').getByRole('button', { name: 'Go on' }).click();
    await ruth.page.getByRole('heading', { name: team.case.title }).first().waitFor();
    await ruth.context.close();
    await context.close();
  });

  it('[PASSKEY-2] [SAVE-3] keeps what was written meanwhile on the device, and sends it once one is shown', async () => {
    setDuty(false);
    const link = (await team.invite('Sam Orr', 'fieldworker')).replace('127.0.0.1', 'localhost');
    const { context, page } = await openPerson(browser, link);
    await context.addInitScript(giveHand);
    await giveDevice(context, page);
    await proveAddress('sam.orr@wendale.example', page);
    const at = new CaseAtBrowser(page, team);
    await at.goTo('2.4');
    await at.onDevice('2.4');
    await at.says('Saved');
    await server.stop();
    await at.write('2.4', TYPED);
    await at.says(/saved on this device/);
    setDuty(true);
    await server.restart();
    await page.getByRole('heading', { name: 'This study asks for a passkey' }).waitFor();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: team.case.title }).first().waitFor();
    await at.goTo('2.4');
    await at.until('2.4', TYPED);
    await at.says('Saved');
    setDuty(false);
    const params = { caseId: team.case.id };
    const { blocks } = await team.calls.call('GET /api/cases/:caseId/text', undefined, params);
    expect(JSON.stringify(blocks)).toContain(TYPED);
    await context.close();
  });
});

/** As if the lead had set it while nobody could hear of it. */
function setDuty(required: boolean): void {
  const database = new Database(join(server.dataDir, 'casebook.db'));
  database.prepare('delete from passkey_studies').run();
  if (required) {
    database.prepare('insert into passkey_studies values (?, ?, ?)').run(team.studyId, team.lead.id, 0);
  }
  database.close();
}

/** Signs in once more, by the digits of a letter. */
async function proveAddress(email: string, page: Page): Promise<void> {
  await page.request.post('/api/session/request', { headers: { origin: named }, data: { email } });
  await expect.poll(() => digitsFor(email)).toMatch(/^\d{6}$/);
  const code = await digitsFor(email);
  const answer = await page.request.post('/api/session/code', {
    headers: { origin: named },
    data: { email, code },
  });
  expect(answer.status()).toBe(200);
}
