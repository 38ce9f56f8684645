import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { issueLink } from '../../../server/accounts/links.ts';
import { CONTENT } from '../../../shared/document/block-parts.ts';
import { type QuoteUse, quoteKey } from '../../../shared/document/quote-key.ts';
import { type QuotesOnTrial, quotesOnTrial, standings } from '../../quotes/quotes-on-trial.ts';
import { launchBrowser } from '../../support/browser.ts';
import { openSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { newId } from '../../support/team.ts';
import { axeFindings, overflows } from '../shell/accessible.ts';

const DIST = join(import.meta.dirname, '../../../dist/client');
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' };

let sink: SmtpSink;
let trial: QuotesOnTrial;
let browser: Browser;
beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../../server/cli/build.mjs')]);
  sink = await openSmtpSink();
  trial = await quotesOnTrial({ SMTP_URL: sink.url }, DIST);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await trial?.close();
  await sink?.close();
});

const newUse = (): QuoteUse => ({ quote: newId(), use: newId() });
const lastCode = (): string => /^your code is (\d{6})/m.exec(sink.messages.at(-1) ?? '')?.[1] ?? '';

/** Asks somebody about words of theirs. @returns a link as their letter would bring it */
async function ask(name: string, texts: readonly (readonly [QuoteUse, string])[]): Promise<string> {
  const speaker = await trial.speaker(name, { role: 'Class teacher', naming: 'role-only' });
  for (const [use, text] of texts) {
    await trial.write(text, use);
    await trial.capture(use, text.split(/[«»]/)[1] ?? '', speaker);
    await trial.ask(use, speaker);
  }
  return linkFor(name);
}

async function linkFor(name: string): Promise<string> {
  const { studyId, caseId, schoolId, lead } = trial;
  const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@school.example`;
  const place = { studyId, caseId, schoolId, role: 'contact', createdBy: lead } as const;
  const { token } = await issueLink(trial.service.parts, { kind: 'contact', email, name, ...place });
  return `${trial.service.url}/quotes#${token}`;
}

async function comeIn(link: string, options: BrowserContextOptions = PHONE): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const digits = page.getByLabel('The six digits');
  await digits.waitFor();
  await digits.fill(lastCode());
  await page.getByRole('button', { name: 'Show me my words' }).click();
  await page.getByRole('heading', { level: 1, name: /you said/ }).waitFor();
  return page;
}

const card = (page: Page, words: string) => page.getByRole('article').filter({ hasText: words });

describe('checking one’s words on a telephone', () => {
  it('[QUOTE-1] of an exchange one’s own lines stand large, and are corrected alone', async () => {
    const use = newUse();
    const { service, blockId, lead } = trial;
    const lines = ['We tried it once.', 'Twice, she said.'];
    const own = await trial.speaker('Fay Turner', { role: 'Class teacher' });
    const other = await trial.speaker('Gus Other', { role: 'Mentor' });
    await service.writing.edit(blockId, lead, (doc) => {
      for (const line of lines) {
        const paragraph = new Y.XmlElement('paragraph');
        const text = new Y.XmlText();
        doc.getXmlFragment(CONTENT).push([paragraph]);
        paragraph.push([text]);
        text.insert(0, line, { [quoteKey(use)]: { ...use } });
      }
    });
    const about = { how: 'interview' as const, wording: lines.join('\n'), checked: true, turns: [1, 0] };
    await trial.calls.call(
      'POST /api/cases/:caseId/quotes',
      { id: use.quote, use: use.use, blockId, speakerIds: [own, other], ...about },
      { caseId: trial.caseId },
    );
    await trial.ask(use, own);
    const page = await comeIn(await linkFor('Fay Turner'));
    const mine = card(page, 'Twice, she said.');
    expect(await mine.locator('blockquote').allTextContents()).toEqual(['You: “Twice, she said.”']);
    await mine.getByText('Somebody else: “We tried it once.”').waitFor();
    await mine.getByRole('button', { name: 'Correct it' }).click();
    expect(await mine.getByLabel('How it should be').inputValue()).toBe('Twice, she said.');
    expect(await axeFindings(page)).toEqual([]);
    await mine.getByLabel('How it should be').fill('Twice.');
    await mine.getByRole('button', { name: 'Send my correction' }).click();
    const said = async () => (await trial.quote(use.quote)).asks[0]?.answer?.wording;
    await expect.poll(said).toBe('We tried it once. Twice.');
    await page.context().close();
  });

  it('[QUOTE-4] [LINK-1] a scanner that opens the link first changes nothing; the person confirms, is asked apart how they are named, and gets a receipt', async () => {
    const use = newUse();
    const link = await ask('Ann Leeward', [[use, 'They plan. «Nobody comes in to judge me.» That is all.']]);
    const before = (await trial.quote(use.quote)).seq;
    const scanner = await (await browser.newContext()).newPage();
    await scanner.goto(link);
    await scanner.getByRole('button', { name: 'Send me a code' }).waitFor();
    expect(await scanner.evaluate(() => location.hash)).toBe('');
    await scanner.context().close();
    expect((await trial.quote(use.quote)).seq).toBe(before);

    const page = await comeIn(link);
    const mine = card(page, 'Nobody comes in to judge me.');
    await mine.getByText('They plan.').waitFor();
    await mine.getByText('That is all.').waitFor();
    await mine.getByRole('button', { name: 'Yes, that’s right' }).click();
    await mine.getByText('Confirmed').waitFor();
    expect(standings(await trial.quote(use.quote))).toEqual(['verified']);
    await mine.getByRole('group', { name: 'How are you named?' }).waitFor();
    expect(await mine.getByRole('checkbox', { checked: true }).count()).toBe(0);
    await mine.getByLabel('In the printed booklet').check();
    await mine.getByRole('button', { name: 'Save' }).click();
    // the form itself says where, too
    await mine.getByText('You appear').waitFor();
    await mine.getByText('in the printed booklet').waitFor();
    expect((await trial.quote(use.quote)).blocks).toEqual([]);
    const receipt = page.getByRole('region', { name: 'Your receipt' });
    await receipt.getByText('You confirmed “Nobody comes in to judge me.”').waitFor();
    await page.getByText('All done').waitFor();
    await receipt.getByRole('button', { name: 'Mail me what I answered so far' }).click();
    await receipt.getByText('It is on its way').waitFor();
    await expect.poll(() => sink.messages.some((mail) => mail.includes('Your receipt'))).toBe(true);
    await page.context().close();

    // The link is used. Whoever comes back does so by their own address.
    const back = await (await browser.newContext(PHONE)).newPage();
    await back.goto(link);
    await back.getByRole('heading', { level: 1, name: 'This link does not work any more' }).waitFor();
    await back.getByLabel('Your e-mail address').fill('ann.leeward@school.example');
    await back.getByRole('button', { name: 'Send me a code' }).click();
    await back.getByLabel('The six digits').waitFor();
    await expect.poll(lastCode).not.toBe('');
    await back.getByLabel('The six digits').fill(lastCode());
    await back.getByRole('button', { name: 'Show me my words' }).click();
    await back.getByRole('heading', { level: 1, name: 'Thank you, that is all for now' }).waitFor();
    await back.getByRole('button', { name: 'Take these words back' }).click();
    await back.getByRole('button', { name: 'Take them back' }).click();
    await back.getByText('These words were taken back').waitFor();
    expect(await trial.text()).not.toContain('Nobody comes in to judge me.');
    await back.context().close();
  });

  it('[QUOTE-2] a yes to words that were changed meanwhile is refused, the new ones are shown, and a correction is kept while the line is down', async () => {
    const use = newUse();
    const link = await ask('Bea Moor', [[use, 'They plan. «I send for her often.» That is all.']]);
    const page = await comeIn(link);
    const mine = card(page, 'I send for her often.');
    await trial.editLast((text) => {
      const at = text
        .toString()
        .replace(/<[^>]+>/g, '')
        .indexOf('often');
      text.delete(at, 'often'.length);
      text.insert(at, 'seldom');
    });
    await mine.getByRole('button', { name: 'Yes, that’s right' }).click();
    await mine.getByText('The text has been changed meanwhile').waitFor();
    await mine.getByText('“I send for her seldom.”').waitFor();
    expect(await mine.getByRole('button', { name: 'Yes, that’s right' }).count()).toBe(0);
    expect(standings(await trial.quote(use.quote))).toEqual(['changed']);

    await mine.getByRole('button', { name: 'Correct it' }).click();
    const area = mine.getByLabel('How it should be');
    await area.fill('I send\u202e for her.');
    await mine.getByRole('button', { name: 'Send my correction' }).click();
    await mine.getByText('right-to-left override').waitFor();
    await area.fill('I send for her now and then.');
    await page.context().setOffline(true);
    await mine.getByRole('button', { name: 'Send my correction' }).click();
    await mine.getByText('There is no connection just now.').waitFor();
    expect(await area.inputValue()).toBe('I send for her now and then.');
    await page.context().setOffline(false);
    await mine.getByRole('button', { name: 'Send my correction' }).click();
    await card(page, 'I send for her now and then.').getByText('Your correction', { exact: true }).waitFor();
    expect(standings(await trial.quote(use.quote))).toEqual(['correction-proposed']);
    await page.context().close();
  });

  it('is clean in both schemes and at both widths, with every form open', async () => {
    const [one, other] = [newUse(), newUse()];
    const link = await ask('Cas Norton', [
      [one, 'They plan. «It made me braver.» That is all.'],
      [other, 'They meet. «I would not go back to the way it was before.» So it is.'],
    ]);
    const page = await comeIn(link);
    const clean = async (what: string) => {
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 844 });
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          expect(await axeFindings(page), `${what}, ${colorScheme}, ${width}`).toEqual([]);
        }
        expect(await overflows(page), `${what} at ${width}`).toBe(false);
      }
    };
    await clean('the list');
    await card(page, 'braver').getByRole('button', { name: 'Yes, that’s right' }).click();
    await card(page, 'way it was').getByRole('button', { name: 'Correct it' }).click();
    await page.getByRole('button', { name: 'This isn’t me' }).click();
    await clean('the forms');
    await page.context().close();
  });
});

/** Bytes that the page takes before its first card stands, as they are sent. */
const MOST_BYTES = 24_000;
/** What was promised of its JavaScript alone. */
const MOST_SCRIPT = 90_000;

it('is small enough for a slow line: without the app, and before its typefaces', () => {
  const page = readFileSync(join(DIST, 'quotes.html'), 'utf8');
  const files = [...page.matchAll(/(?:src|href)="\/((?:assets\/|quotes-start)[^"]+)"/g)].map(
    ([, file = '']) => file,
  );
  expect(files).toHaveLength(3);
  const sizeOf = (file: string) => statSync(join(DIST, `${file}.br`)).size;
  const sizes = ['quotes.html', ...files].map(sizeOf);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(MOST_BYTES);
  const scripts = readdirSync(join(DIST, 'assets')).filter((file) => /^quotes-.*\.js$/.test(file));
  expect(scripts).toHaveLength(1);
  expect(scripts.reduce((sum, file) => sum + sizeOf(`assets/${file}`), 0)).toBeLessThan(MOST_SCRIPT);
  expect(readFileSync(join(DIST, 'sw.js'), 'utf8')).not.toContain('quotes.html');
});
