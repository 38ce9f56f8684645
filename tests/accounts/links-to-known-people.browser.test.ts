import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser, openPerson } from '../support/browser.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { openSmtpSink, type SmtpSink } from '../support/smtp-sink.ts';
import { newId, plantTeam, type Team } from '../support/team.ts';

let sink: SmtpSink;
let server: RunningServer;
let browser: Browser;
let team: Team;
beforeAll(async () => {
  sink = await openSmtpSink();
  server = await startServer({ env: { SMTP_URL: sink.url } });
  browser = await launchBrowser();
  team = await plantTeam(server);
  // From here on this address has an account.
  const { context } = await openPerson(browser, await team.invite('Jo Marsh', 'viewer'));
  await context.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await sink?.close();
});

/** A study of its own, and the link into it that its lead was told. */
async function inviteToNewStudy(
  email: string,
): Promise<{ link: string; studyId: string; invitationId: string }> {
  const study = await team.calls.call('POST /api/studies', {
    id: newId(),
    title: 'Coaching by the coast',
    frameworkId: 'mentoring-and-coaching',
    frameworkVersion: 1,
  });
  const body = { id: newId(), email, name: 'Jo', role: 'fieldworker' } as const;
  const invited = await team.calls.call('POST /api/studies/:studyId/invitations', body, {
    studyId: study.id,
  });
  return { link: invited.link, studyId: study.id, invitationId: body.id };
}

async function newPage(): Promise<Page> {
  return (await browser.newContext({ baseURL: server.url })).newPage();
}

/** Does what sends a letter, and waits for it. @returns the letter as a mail program shows it */
async function letterAfter(act: () => Promise<unknown>): Promise<string> {
  const earlier = sink.messages.length;
  await act();
  const letter = await vi.waitUntil(() => sink.messages[earlier], { timeout: 20_000 });
  return letter.replace(/=\r?\n/g, '');
}
const digitsIn = (letter: string): string => /^your code is (\d{6})/m.exec(letter)?.[1] ?? '';
const linkIn = (letter: string): string => /http\S+\/enter#[\w-]+/.exec(letter)?.[0] ?? '';
const waiting = (page: Page) =>
  page.evaluate(() => Object.keys(sessionStorage).filter((key) => /link/.test(key)));

describe('an invitation of somebody who has an account', () => {
  it('[LINK-1] [ACCESS-3] gives its inviter, who knows the link, nothing but a mail to that person', async () => {
    const { link } = await inviteToNewStudy('jo.marsh@wendale.example');
    const inviter = await newPage();
    await inviter
      .context()
      .addCookies([...team.calls.cookies].map(([name, value]) => ({ name, value, url: server.url })));
    await inviter.goto(link);
    await inviter.getByText('On this device you are signed in as Imogen Farrell').waitFor();
    await inviter.getByText('This link is for Jo.').waitFor();
    const letter = await letterAfter(() => inviter.getByRole('button', { name: 'Send me a code' }).click());
    expect(letter).toContain('To: jo.marsh@wendale.example');
    const digits = digitsIn(letter);
    await inviter.getByLabel('The six digits').fill(digits === '111111' ? '222222' : '111111');
    await inviter.keyboard.press('Enter');
    await inviter.getByText('This code does not work').waitFor();

    await inviter.getByRole('button', { name: 'Stay signed in as Imogen Farrell' }).click();
    await inviter.getByRole('heading', { name: 'Your studies' }).waitFor();
    expect(await waiting(inviter)).toEqual([]);
    await inviter.goto('/account');
    await inviter.getByText(team.lead.email).first().waitFor();
    await inviter.context().close();
  });

  it('[LINK-1] is taken up after signing in by code, though the page was loaded anew meanwhile', async () => {
    const { link, studyId } = await inviteToNewStudy('jo.marsh@wendale.example');
    const page = await newPage();
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await page.goto(link);
    await page.getByText('This address has an account here').waitFor();
    expect(await page.getByText('Jo Marsh').count()).toBe(0);
    const letter = await letterAfter(() => page.getByRole('button', { name: 'Send me a code' }).click());
    await page.getByLabel('The six digits').waitFor();
    await page.reload();
    await page.getByLabel('The six digits').fill(digitsIn(letter));
    await page.getByRole('button', { name: 'Come in' }).click();
    await page.waitForURL(`${server.url}/studies/${studyId}`);
    await page.getByRole('heading', { name: 'Coaching by the coast' }).first().waitFor();
    expect(await waiting(page)).toEqual([]);
    const token = new URL(link).hash.slice(1);
    expect(addresses.filter((address) => address.split('#')[0]?.includes(token))).toEqual([]);
    await page.context().close();
  });

  it('[LINK-1] is taken up after signing in by the link of that mail, too', async () => {
    const { link, studyId } = await inviteToNewStudy('jo.marsh@wendale.example');
    const page = await newPage();
    await page.goto(link);
    const letter = await letterAfter(() => page.getByRole('button', { name: 'Send me a code' }).click());
    await page.getByLabel('The six digits').waitFor();
    await page.goto(linkIn(letter));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Come in' }).click();
    await page.waitForURL(`${server.url}/studies/${studyId}`);
    expect(await waiting(page)).toEqual([]);
    await page.context().close();
  });

  it('[LINK-1] that is withdrawn while one signs in leaves one signed in, and lets in nowhere', async () => {
    const { link, studyId, invitationId } = await inviteToNewStudy('jo.marsh@wendale.example');
    const page = await newPage();
    await page.goto(link);
    const letter = await letterAfter(() => page.getByRole('button', { name: 'Send me a code' }).click());
    await page.getByLabel('The six digits').fill(digitsIn(letter));
    await team.calls.call('DELETE /api/invitations/:invitationId', undefined, { invitationId });
    await page.getByRole('button', { name: 'Come in' }).click();
    await page.getByText('This link does not work').first().waitFor();
    const session = await (await page.request.get('/api/session')).json();
    expect(session).toMatchObject({ person: { name: 'Jo Marsh' } });
    expect((await page.request.get(`/api/studies/${studyId}`)).status()).toBe(404);
    await page.context().close();
  });
});

describe('a link that is opened while somebody else is signed in', () => {
  it('[LINK-1] says as whom, and offers to go on as the invited one', async () => {
    const link = await team.invite('Tam Reed', 'fieldworker');
    const page = await newPage();
    await page
      .context()
      .addCookies([...team.calls.cookies].map(([name, value]) => ({ name, value, url: server.url })));
    await page.goto(link);
    await page.getByText('On this device you are signed in as Imogen Farrell').waitFor();
    await page.getByRole('button', { name: 'Go on as Tam Reed' }).click();
    await page.waitForURL(`${server.url}/studies/${team.studyId}`);
    await page.goto('/account');
    await page.getByText('tam.reed@wendale.example').first().waitFor();
    await page.context().close();
  });
});
