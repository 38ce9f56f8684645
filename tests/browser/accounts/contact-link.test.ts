import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { openSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { plantTeam } from '../../support/team.ts';

let sink: SmtpSink;
let server: RunningServer;
let browser: Browser;
beforeAll(async () => {
  sink = await openSmtpSink();
  server = await startServer({ env: { SMTP_URL: sink.url } });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await sink?.close();
});

const lastCode = (): string => /^your code is (\d{6})/m.exec(sink.messages.at(-1) ?? '')?.[1] ?? '';

it('[LINK-1] [DEVICE-1] a school contact comes in by the link and the digits sent to their address, and finds back from the team’s pages', async () => {
  const team = await plantTeam(server);
  const link = await team.invite('Derek Onslow', 'contact');
  const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
  await page.goto(link);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const digits = page.getByLabel('The six digits');
  await digits.waitFor();
  expect(sink.recipients.at(-1)).toContain('derek.onslow@wendale.example');
  await digits.fill(lastCode() === '111111' ? '222222' : '111111');
  await page.getByRole('button', { name: 'Show me the questions' }).click();
  await page.getByText('This code does not work').waitFor();
  await digits.fill(lastCode());
  await page.getByRole('button', { name: 'Show me the questions' }).click();
  await page.waitForURL(`${server.url}/contact`);
  await page.getByText('Marlow Bridge Primary School').first().waitFor();

  for (const path of [`/cases/${team.case.id}`, `/studies/${team.studyId}/people`]) {
    await page.goto(server.url + path);
    await page.getByRole('heading', { level: 1, name: 'This page is the team’s' }).waitFor();
    expect(await page.getByText(team.case.title).count()).toBe(0);
    await page.getByRole('button', { name: 'Go to your page' }).click();
    await page.waitForURL(`${server.url}/contact`);
    await page.getByText('Marlow Bridge Primary School').first().waitFor();
    await page.waitForFunction(async () =>
      (await indexedDB.databases()).every(({ name }) => !name?.startsWith('casebook/')),
    );
  }
});
