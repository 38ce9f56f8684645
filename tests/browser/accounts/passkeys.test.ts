import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPerson } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { plantTeam, type Team } from '../../support/team.ts';

let server: RunningServer;
let browser: Browser;
let team: Team;
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

/** What a keychain does: the passkeys of one device are on the other, too. */
async function share(from: VirtualDevice, to: VirtualDevice): Promise<void> {
  const { credentials } = await from.session.send('WebAuthn.getCredentials', from);
  for (const credential of credentials) {
    await to.session.send('WebAuthn.addCredential', { authenticatorId: to.authenticatorId, credential });
  }
}

describe('a passkey', () => {
  it('[PASSKEY-1] is added on the page of one’s account, and signs in on a browser that was never here', async () => {
    const link = (await team.invite('Jo Marsh', 'fieldworker')).replace('127.0.0.1', 'localhost');
    const { context, page } = await openPerson(browser, link);
    const laptop = await giveDevice(context, page);
    await page.goto('/account');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const dialog = page.getByRole('dialog');
    console.log(await dialog.innerText());
  });
});
