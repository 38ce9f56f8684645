import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { openSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { plantTeam, type Team } from '../../support/team.ts';

let sink: SmtpSink;
let server: RunningServer;
let browser: Browser;
let team: Team;
beforeAll(async () => {
  sink = await openSmtpSink();
  server = await startServer({ env: { SMTP_URL: sink.url } });
  browser = await launchBrowser();
  team = await plantTeam(server);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await sink?.close();
});

const state = async () => ({
  invitations: await team.calls.call('GET /api/studies/:studyId/invitations', undefined, {
    studyId: team.studyId,
  }),
  members: (await team.calls.call('GET /api/studies/:studyId', undefined, { studyId: team.studyId })).members,
  mails: sink.messages.length,
});

/** Looks at a link as mail scanners do: asks for it, and opens it in a browser that runs scripts and waits. */
async function scan(link: string): Promise<void> {
  for (const method of ['HEAD', 'GET', 'OPTIONS', 'GET']) {
    const answer = await fetch(link, { method, redirect: 'follow' });
    expect(answer.headers.getSetCookie(), method).toEqual([]);
  }
  // Some take the fragment for a part of the address.
  const mistaken = link.replace('/enter#', '/enter/');
  await fetch(mistaken);
  await fetch(link.replace('#', '?token='));
  const context = await browser.newContext();
  const page = await context.newPage();
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(new URL(request.url()).pathname);
  });
  await page.goto(link);
  await page.getByRole('button').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.mouse.move(200, 200);
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  // It looks what the link is for, which changes nothing, and asks for nothing else.
  expect(sent.filter((path) => path !== '/api/links/inspect')).toEqual([]);
  expect(await context.cookies()).toEqual([]);
  await context.close();
}

it('[QUOTE-4] [LINK-1] nothing happens to links that scanners open, until the person acts', async () => {
  const asMember = await team.invite('Jo Marsh', 'fieldworker');
  const asContact = await team.invite('Derek Onslow', 'contact');
  const before = await state();
  await scan(asMember);
  await scan(asContact);
  await scan(asMember);
  expect(await state()).toEqual(before);

  const jo = await browser.newPage();
  await jo.goto(asMember);
  await jo.getByRole('button').first().click();
  await jo.waitForURL(`${server.url}/studies/${team.studyId}`);
  const derek = await browser.newPage();
  await derek.goto(asContact);
  await derek.getByRole('button', { name: 'Send me a code' }).click();
  await derek.getByLabel('The six digits').waitFor();
  await derek
    .getByLabel('The six digits')
    .fill(/^your code is (\d{6})/m.exec(sink.messages.at(-1) ?? '')?.[1] ?? '');
  await derek.getByRole('button', { name: 'Show me the questions' }).click();
  await derek.waitForURL(`${server.url}/contact`);
  const names = (await state()).members.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['Jo Marsh', 'Derek Onslow']));

  // And once they have acted, there is nothing left for a scanner that comes late.
  const late = await browser.newPage();
  await late.goto(asMember);
  await late.getByRole('heading', { name: 'This link does not work' }).waitFor();
});
