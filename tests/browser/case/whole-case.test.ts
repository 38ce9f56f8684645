import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { type DemoCase, DemoTeam } from './demo-case.ts';

let server: RunningServer;
let browser: Browser;
let team: DemoTeam;
let lead: DemoCase;

beforeAll(async () => {
  server = await startServer({ command: 'demo' });
  browser = await launchBrowser();
  team = new DemoTeam(browser, server);
  lead = await team.open('Imogen Farrell', { section: '2.4' });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe('find and replace', () => {
  const panel = () => lead.page.getByRole('search', { name: 'Find and replace in the case' });

  it('counts the matches of the whole case, and goes from one to the next by Enter', async () => {
    await lead.page.keyboard.press('Control+Shift+F');
    await panel().getByRole('textbox', { name: 'Find', exact: true }).fill('card');
    await panel()
      .getByText(/^\d+ matches in \d+ sections$/)
      .waitFor();
    await lead.page.keyboard.press('Enter');
    await panel()
      .getByText(/^1 of \d+ in \d+ sections$/)
      .waitFor();
    await lead.page.keyboard.press('Shift+Enter');
    const [, at, of] = /^(\d+) of (\d+)/.exec((await panel().getByRole('status').textContent()) ?? '') ?? [];
    expect(at).toBe(of);
  });

  it('shows where the match in hand stands', async () => {
    await panel().getByRole('textbox', { name: 'Find', exact: true }).fill('the coat pegs');
    await panel()
      .getByText(/^1 match in 1 section$/)
      .waitFor();
    await lead.page.keyboard.press('Enter');
    const mark = lead.text('2').locator('.found-now');
    await mark.waitFor();
    expect(await mark.textContent()).toBe('the coat pegs');
    await panel().getByText('2 What happened').waitFor();
  });

  it('replaces everywhere at once, for everybody, and takes it back as one', async () => {
    const helen = await team.open('Helen Voss', { section: '2' });
    await panel().getByRole('textbox', { name: 'Replace with' }).fill('the row of coats');
    await panel().getByRole('button', { name: 'All' }).click();
    await lead.page.getByText('Replaced 1 in 1 section.').waitFor();
    await helen.section('2').getByText('beside the row of coats').waitFor();
    await lead.page.getByRole('button', { name: 'Undo' }).click();
    await helen.section('2').getByText('beside the coat pegs').waitFor();
    await helen.close();
  });

  it('closes by Escape and leaves no marks', async () => {
    await lead.page.keyboard.press('Control+Shift+F');
    await panel().getByRole('textbox', { name: 'Find', exact: true }).focus();
    await lead.page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
    expect(await lead.page.locator('.found, .found-now, [data-found]').count()).toBe(0);
  });
});

describe('what is still to ask', () => {
  it('is listed over all sections, counts in the bar, and leads to its section', async () => {
    await lead.goTo('2.4');
    const button = lead.page.getByRole('banner').getByRole('button', { name: /^\d+ to ask$/ });
    const before = Number.parseInt((await button.textContent()) ?? '', 10);
    await lead
      .section('2.4')
      .getByRole('button', { name: /answered\. Change the mark$/ })
      .first()
      .click();
    await lead.page
      .getByRole('banner')
      .getByRole('button', { name: `${before + 1} to ask` })
      .click();
    const dialog = lead.page.getByRole('dialog', { name: `Still to ask: ${before + 1}` });
    await dialog.getByRole('button', { name: '2.4 Observing' }).click();
    await dialog.waitFor({ state: 'detached' });
    await lead.atTop('2.4');
  });
});

describe('a draft', () => {
  it('is handed over as a file for Word and as a web page, with its title as its name', async () => {
    for (const [item, ending, begins] of [
      ['Draft for Word', 'docx', 'PK'],
      ['Draft as a web page', 'html', '<!doctype html>'],
    ] as const) {
      const arrives = lead.page.waitForEvent('download');
      await lead.page.getByRole('button', { name: 'History, export or print' }).click();
      await lead.page.getByRole('menuitem', { name: item }).click();
      const file = await arrives;
      expect(file.suggestedFilename()).toBe(`Two teachers, one lesson at a time (draft).${ending}`);
      expect((await readFile(await file.path())).subarray(0, begins.length).toString()).toBe(begins);
    }
  });

  it('that cannot be made is told in words, and the page stays', async () => {
    await lead.page.route('**/export.docx', (route) => route.abort());
    await lead.page.getByRole('button', { name: 'History, export or print' }).click();
    await lead.page.getByRole('menuitem', { name: 'Draft for Word' }).click();
    await lead.page.getByText(/^The draft could not be made: Casebook can’t be reached/).waitFor();
    await lead.page.unroute('**/export.docx');
    await lead.text('2.4').waitFor();
  });

  it('stands on paper as it is exported, watermarked, and leads back', async () => {
    await lead.page.getByRole('button', { name: 'History, export or print' }).click();
    await lead.page.getByRole('menuitem', { name: 'Print a draft' }).click();
    await lead.page.waitForURL(/\/print$/);
    await lead.page.getByRole('heading', { level: 1, name: 'Two teachers, one lesson at a time' }).waitFor();
    await lead.page.getByText('Draft – not for circulation').waitFor();
    await lead.page.getByText('DRAFT', { exact: true }).waitFor();
    await lead.page.emulateMedia({ media: 'print' });
    await lead.page.getByRole('button', { name: 'Print' }).waitFor({ state: 'hidden' });
    await lead.page.emulateMedia({ media: 'screen' });
    await lead.page.getByRole('button', { name: 'Back to the case' }).click();
    await lead.heading('2.4').waitFor();
  });
});

describe('an agreement', () => {
  it('is undone only after it was asked for whose it is, and the status says who did', async () => {
    await lead.goTo('1');
    const status = lead.section('1').getByRole('button', { name: /^Status of/ });
    await status.click();
    await lead.page.getByRole('menuitemradio', { name: 'Drafting' }).click();
    const dialog = lead.page.getByRole('dialog', { name: 'Undo Helen Voss’s agreement?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await status.textContent()).toMatch(/^Agreed by Helen/);
    await status.click();
    await lead.page.getByRole('menuitemradio', { name: 'Drafting' }).click();
    await dialog.getByRole('button', { name: 'Set back to drafting' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await status.textContent()).toMatch(/^Set back to drafting by Imogen, /);
  });
});

describe('a case that one cannot have', () => {
  it('is said to be not there, whether it never was or is another study’s', async () => {
    await lead.page.goto('/cases/no-such-case');
    await lead.page.getByRole('heading', { level: 1, name: 'Nothing is here' }).waitFor();
    await lead.page.getByRole('link', { name: 'Go to your studies' }).waitFor();
  });

  it('is read and not written once it is approved, and who may opens it again', async () => {
    await lead.goTo('2.4');
    await lead.page.getByRole('button', { name: /^Stage/ }).click();
    await lead.page.getByRole('menuitemradio', { name: 'Approved' }).click();
    const asked = lead.page.getByRole('dialog', { name: 'Make this case approved?' });
    await asked.getByLabel('Why').fill('Read by both schools');
    // Somebody else writes on meanwhile: it is said, and asked again.
    await asked.getByText(/^\d+ of \d+ sections are agreed/).waitFor();
    const tomasz = await team.open('Tomasz Bielak', { section: '2.5' });
    await tomasz.text('2.5').click();
    await tomasz.page.keyboard.type('One more thing. ');
    await asked.getByText('Changed while this stood open: 2.5 Learning from it.').waitFor();
    const line = () =>
      tomasz
        .section('2.5')
        .locator('.prose > *')
        .first()
        .evaluate((it) => it.getBoundingClientRect().top);
    await tomasz
      .section('2.5')
      .locator('.prose > *')
      .first()
      .evaluate((it) => it.scrollIntoView({ block: 'center' }));
    const before = await line();
    await asked.getByRole('button', { name: 'Make it approved all the same' }).click();
    // Under him it closes where he is: the reason has the keyboard, in view, and his line stays.
    const told = tomasz
      .section('2.5')
      .getByRole('alert')
      .filter({ hasText: 'This case was just closed for writing' });
    await told.waitFor();
    expect(await told.evaluate((it) => it === document.activeElement)).toBe(true);
    await tomasz.page.keyboard.type('and more');
    await told.getByText('Typed since, and kept nowhere else: and more').waitFor();
    await tomasz.page.getByText(/^Approved by Imogen/).waitFor();
    expect(Math.abs((await line()) - before)).toBeLessThan(3);
    const box = await told.boundingBox();
    expect(box && box.y >= 0 && box.y < 400).toBe(true);
    await told.getByRole('button', { name: 'All right' }).click();
    expect(await tomasz.heading('2.5').evaluate((it) => it === document.activeElement)).toBe(true);
    await tomasz.close();
    const closed = /^Approved by Imogen Farrell on .*: “Read by both schools”. Nothing in it can be changed/;
    await lead.page.getByText(closed).waitFor();
    await lead.text('2.4').waitFor({ state: 'detached' });
    await lead.section('2.4').locator('.prose').waitFor();
    const ruth = await team.open('Ruth Adeyemi', { section: '2.4' });
    await ruth.page.getByText(closed).waitFor();
    await ruth.page.getByText('The lead or an editor can open it again.').waitFor();
    await ruth.close();
    await lead.page.getByRole('button', { name: 'Open it for editing' }).click();
    await lead.text('2.4').waitFor();
  });
});
