import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
afterEach(() => {
  expect(lead.complaints).toEqual([]);
});

describe('a link to a section', () => {
  it('opens the case there, and stays there while the sections above come to life', async () => {
    await lead.goTo('2.4');
    await lead.text('2.4').waitFor();
    await lead.atTop('2.4');
    expect(await lead.outline().locator('[aria-current="true"]').textContent()).toContain('Observing');
  });

  it('goes on where one was after a reload, to the line', async () => {
    await lead.page.mouse.move(720, 500);
    await lead.page.mouse.wheel(0, 260);
    await lead.page.waitForFunction(
      (id) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top ?? 0;
        return top < -100;
      },
      `section-${lead.blockOf('2.4')}`,
    );
    const before = await lead.topOf('2.4');
    await lead.page.reload();
    await lead.text('2.4').waitFor();
    await lead.page.waitForFunction(
      ([id, wanted]) =>
        Math.abs((document.getElementById(id)?.getBoundingClientRect().top ?? 0) - wanted) < 3,
      [`section-${lead.blockOf('2.4')}`, before] as const,
    );
  });

  it('names the section that one reads', async () => {
    await lead
      .outline()
      .getByRole('link', { name: /^3 Who led it/ })
      .click();
    await lead.atTop('3');
    await lead.page.waitForURL(/section=3$/);
    expect(await lead.heading('3').evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe('by keyboard alone', () => {
  it('Alt and an arrow go to the next and the previous section', async () => {
    await lead.goTo('2.4');
    await lead.atTop('2.4');
    await lead.page.keyboard.press('Alt+ArrowDown');
    await lead.atTop('2.5');
    await lead.page.keyboard.press('Alt+ArrowUp');
    await lead.atTop('2.4');
  });

  it('who writes goes on writing in the next section', async () => {
    await lead.text('2.4').focus();
    await lead.page.keyboard.press('Alt+ArrowDown');
    await lead.text('2.5').and(lead.page.locator(':focus')).waitFor();
  });

  it('who goes to a section before it is wholly there stays at its heading', async () => {
    const title = `title-${lead.blockOf('2.5')}`;
    const page = await lead.page.context().newPage();
    await page.addInitScript((id) => {
      new MutationObserver((_, observer) => {
        const heading = document.getElementById(id);
        if (!heading) return;
        observer.disconnect();
        heading.focus({ preventScroll: true });
      }).observe(document, { childList: true, subtree: true });
    }, title);
    await page.goto(`/cases/${lead.detail.id}?section=2.4`);
    await page.getByRole('button', { name: /^Status of 2.5/ }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(title);
    await page.close();
  });

  it('the outline is one stop of the tab key, walked by arrows, followed by Enter', async () => {
    const stops = lead.outline().locator('a[tabindex="0"]');
    expect(await stops.count()).toBe(1);
    await stops.focus();
    await lead.page.keyboard.press('Home');
    await lead.page.keyboard.press('ArrowDown');
    expect(await lead.page.locator(':focus').textContent()).toContain('Summary card');
    await lead.page.keyboard.press('Enter');
    await lead.atTop('summary');
  });

  it('a menu opens, is walked and closed, and gives the focus back', async () => {
    const button = lead.section('summary').getByRole('button', { name: /^Status of Summary card/ });
    await button.focus();
    await lead.page.keyboard.press('ArrowDown');
    const menu = lead.page.getByRole('menu');
    await menu.waitFor();
    await lead.page.keyboard.press('End');
    expect(await lead.page.locator(':focus').textContent()).toBe('Agreed');
    await lead.page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe('what a section is worth', () => {
  it('is said in its menu, agreed by name, and stale as soon as its text changes', async () => {
    await lead.goTo('2.6');
    const status = lead.section('2.6').getByRole('button', { name: /^Status of 2.6/ });
    await status.click();
    await lead.page.getByRole('menuitemradio', { name: 'Agreed' }).click();
    await status.getByText(/^Agreed by Imogen/).waitFor();
    await lead
      .outline()
      .getByRole('link', { name: /^2.6 How it ran ?, agreed/ })
      .waitFor();

    await lead.text('2.6').focus();
    await lead.page.keyboard.press('Control+End');
    await lead.page.keyboard.type(' And so it went.');
    await status.getByText(/^Changed since agreed by Imogen/).waitFor();
    await lead
      .outline()
      .getByRole('link', { name: /^2.6 How it ran ?, changed since agreed/ })
      .waitFor();
  });

  it('is offered as the next act on the main button', async () => {
    await lead.page.getByRole('button', { name: 'Agree 2.6', exact: true }).click();
    await lead
      .section('2.6')
      .getByText(/^Agreed by Imogen/)
      .waitFor();
    await lead.page.getByRole('button', { name: 'Agree 2.6', exact: true }).waitFor({ state: 'detached' });
  });

  it('may be that it does not apply: it folds to one line with the reason, and comes back', async () => {
    await lead.goTo('9');
    await lead.section('9').getByRole('button', { name: 'More for 9' }).click();
    await lead.page.getByRole('menuitem', { name: /^Does not apply/ }).click();
    const dialog = lead.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Does not apply' }).click();
    await dialog.getByText('Say why, in a few words').waitFor();
    await dialog.getByRole('textbox', { name: 'Because' }).fill('nobody has tried it elsewhere');
    await dialog.getByRole('button', { name: 'Does not apply' }).click();
    await lead.section('9').getByText('Does not apply: nobody has tried it elsewhere').waitFor();
    await lead.text('9').waitFor({ state: 'detached' });
    await lead.section('9').getByRole('button', { name: 'It does apply' }).click();
    await lead.section('9').locator('.prose').waitFor();
  });

  it('has a writer and a day, shown beside its title', async () => {
    await lead.section('9').getByRole('button', { name: 'More for 9' }).click();
    await lead.page.getByRole('menuitem', { name: /^Who writes it/ }).click();
    const dialog = lead.page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Written by' }).selectOption({ label: 'Tomasz Bielak' });
    await dialog.getByLabel('Due on').fill('2027-01-14');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await lead.section('9').getByText('Due 14 January').waitFor();
    await lead
      .section('9')
      .getByRole('button', { name: /^9 is with Tomasz Bielak/ })
      .waitFor();
  });

  it('[ACCESS-1] offers a fieldworker what the server takes from one, and no more', async () => {
    const ruth = await team.open('Ruth Adeyemi', { section: '2.5' });
    await ruth
      .section('2.5')
      .getByRole('button', { name: /^Status of 2.5/ })
      .click();
    const agreed = ruth.page.getByRole('menuitemradio', { name: /^Agreed/ });
    expect(await agreed.getAttribute('aria-disabled')).toBe('true');
    expect(await agreed.textContent()).toContain('An editor or the lead agrees sections.');
    await ruth.page.getByRole('menuitemradio', { name: 'Ready for review' }).click();
    await ruth
      .section('2.5')
      .getByRole('button', { name: /^Status of 2.5: Ready for review/ })
      .waitFor();
    expect(await ruth.page.getByRole('button', { name: /^Stage/ }).count()).toBe(0);
    // The lead's page hears of it without asking.
    await lead
      .outline()
      .getByRole('link', { name: /^2.5 Learning from it ?, ready for review/ })
      .waitFor();
    await ruth.close();
  });
});

describe('the title', () => {
  it('is written over in place, and others see it', async () => {
    const helen = await team.open('Helen Voss');
    await lead.goTo();
    await lead.page.getByRole('button', { name: /^Change the title/ }).click();
    const box = lead.page.getByRole('textbox', { name: 'Title', exact: true });
    await box.fill('');
    await lead.page.keyboard.press('Enter');
    await lead.page.getByText('A case needs a title.').waitFor();
    await box.fill('Two teachers, one lesson');
    await lead.page.keyboard.press('Enter');
    await lead.page.getByRole('heading', { level: 1, name: 'Two teachers, one lesson' }).waitFor();
    await helen.page.getByRole('heading', { level: 1, name: 'Two teachers, one lesson' }).waitFor();
    await helen.close();
  });
});

describe('who is here', () => {
  it('stands in the bar and the outline, and a click goes to them', async () => {
    const helen = await team.open('Helen Voss', { section: '6' });
    await helen.text('6').focus();
    await lead
      .outline()
      .getByRole('link', { name: /^6 Outcomes.*Helen Voss/ })
      .waitFor();
    await lead.page.getByRole('button', { name: 'Helen Voss, in 6 Outcomes. Go there' }).click();
    await lead.atTop('6');
    await helen.close();
    await lead.page.getByRole('button', { name: /^Helen Voss/ }).waitFor({ state: 'detached' });
  });
});

describe('a section that comes to life', () => {
  it('takes as much room as it did when it was only to be read', async () => {
    const page = await lead.page.context().newPage();
    await page.addInitScript(() => {
      const heights: Record<string, number[]> = {};
      Object.assign(window, { heights });
      const look = () => {
        for (const section of document.querySelectorAll('section[id^="section-"]')) {
          heights[section.id] ??= [];
          const seen = heights[section.id] as number[];
          const now = section.getBoundingClientRect().height;
          if (seen.at(-1) !== now) seen.push(now);
        }
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(`/cases/${lead.detail.id}?section=2.4`);
    await page.locator(`[id="section-${lead.blockOf('2.4')}"] .prose[contenteditable="true"]`).waitFor();
    const heights = await page.evaluate(
      (id) => (window as unknown as { heights: Record<string, number[]> }).heights[id],
      `section-${lead.blockOf('2.4')}`,
    );
    const [first = 0] = heights ?? [];
    const last = heights?.at(-1) ?? Number.NaN;
    expect(Math.abs(first - last), String(heights)).toBeLessThanOrEqual(4);
    await page.close();
  });
});
