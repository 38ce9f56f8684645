import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OpenHarness, WriterAtPage } from './harness/open-harness.ts';

let open: OpenHarness;
let page: Page;
let ruth: WriterAtPage;
let tom: WriterAtPage;

beforeAll(async () => {
  open = await OpenHarness.open();
}, 60_000);
afterAll(() => open.close());
beforeEach(async () => {
  page = await open.page();
  ruth = new WriterAtPage(page, 'ruth');
  tom = new WriterAtPage(page, 'tom');
  return async () => {
    await page.context().close();
    expect(open.complaints.splice(0)).toEqual([]);
  };
});

const focused = () =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  );
const caretIsInText = () => page.evaluate(() => document.activeElement?.classList.contains('ProseMirror'));

describe('the menu behind a slash', () => {
  it('is walked through, filtered and taken from by keyboard, the caret staying in the text', async () => {
    await ruth.text.click();
    await ruth.type('/');
    const list = page.getByRole('listbox', { name: 'What to put in' });
    await list.waitFor();
    expect(await list.getByRole('option').count()).toBe(9);
    expect(await list.getByRole('group').count()).toBe(3);
    const marked = () =>
      ruth.text.evaluate((text) => {
        const option = document.getElementById(text.getAttribute('aria-activedescendant') ?? '');
        return [option?.getAttribute('aria-selected'), option?.querySelector('span')?.textContent];
      });
    expect(await marked()).toEqual(['true', 'Heading']);
    await ruth.press('ArrowUp');
    expect(await marked()).toEqual(['true', 'Divider']);
    await ruth.type('num');
    expect(await marked()).toEqual(['true', 'Numbered list']);
    expect(await caretIsInText()).toBe(true);
    await ruth.press('Enter');
    await ruth.type('first');
    expect(await tom.html()).toBe('<ol><li><p>first</p></li></ol>');
    expect(await ruth.text.getAttribute('aria-activedescendant')).toBeNull();
  });

  it('goes with Escape and leaves the slash as it was typed', async () => {
    await ruth.text.click();
    await ruth.type('and/or /ta');
    await page.getByRole('listbox').waitFor();
    await ruth.press('Escape');
    expect(await page.getByRole('listbox').count()).toBe(0);
    await ruth.type('ble');
    expect(await page.getByRole('listbox').count()).toBe(0);
    expect(await tom.html()).toBe('<p>and/or /table</p>');
  });

  it('does not open for a slash that somebody else types', async () => {
    await ruth.text.click();
    await page.evaluate(() => window.harness.editors.tom?.commands.insertContent('/'));
    expect(await ruth.text.getAttribute('aria-activedescendant')).toBeNull();
  });

  it('is taken from with the mouse, too', async () => {
    await ruth.text.click();
    await ruth.type('/quo');
    await page.getByRole('option', { name: 'Quotation' }).click();
    await ruth.type('said');
    expect(await tom.html()).toBe('<blockquote><p>said</p></blockquote>');
  });
});

describe('the toolbar beside selected words', () => {
  it('is reached with Alt+F10, walked with arrows, and left with Escape', async () => {
    await ruth.text.click();
    await ruth.type('some words');
    await ruth.select(1, 5);
    await page.getByRole('toolbar', { name: 'Format' }).waitFor();
    await ruth.press('Alt+F10');
    expect(await focused()).toBe('Bold');
    await ruth.press('ArrowRight');
    expect(await focused()).toBe('Italic');
    await ruth.press('Enter');
    expect(await page.getByRole('button', { name: 'Italic' }).getAttribute('aria-pressed')).toBe('true');
    await ruth.press('End');
    expect(await focused()).toBe('Tasks');
    await ruth.press('Escape');
    expect(await caretIsInText()).toBe(true);
    expect(await tom.html()).toBe('<p><em>some</em> words</p>');
    await ruth.press('Escape');
    expect(await page.getByRole('toolbar').count()).toBe(0);
  });

  it('[INPUT-2] makes links only to safe addresses, and says so', async () => {
    await ruth.text.click();
    await ruth.type('some words');
    await ruth.select(1, 5);
    await ruth.press('Control+k');
    const address = page.getByLabel('Address of the link');
    await address.fill('javascript:alert(1)');
    await ruth.press('Enter');
    expect(await page.getByRole('alert').textContent()).toContain('An address on the web');
    expect(await tom.html()).toBe('<p>some words</p>');
    await address.fill('example.org/card');
    await ruth.press('Enter');
    expect(await tom.html()).toContain('<a href="https://example.org/card"');
    expect(await caretIsInText()).toBe(true);
    await ruth.select(2, 3);
    await ruth.press('Control+k');
    expect(await address.inputValue()).toBe('https://example.org/card');
    await page.getByRole('button', { name: 'Remove' }).click();
    expect(await tom.html()).toBe('<p>some words</p>');
  });

  it('takes the keyboard also where it was away, so that an address is not typed over the words', async () => {
    await ruth.text.click();
    await ruth.type('some words');
    await ruth.select(1, 5);
    await page.getByRole('toolbar', { name: 'Format' }).waitFor();
    await ruth.press('Escape');
    await page.getByRole('toolbar').waitFor({ state: 'detached' });
    await ruth.press('Control+k');
    await page.getByLabel('Address of the link').waitFor();
    await ruth.press('e');
    expect(await page.getByLabel('Address of the link').inputValue()).toBe('e');
    expect(await tom.html()).toBe('<p>some words</p>');
    await ruth.press('Escape');
    await ruth.press('Escape');
    await page.getByRole('toolbar').waitFor({ state: 'detached' });
    await ruth.press('Alt+F10');
    await page.getByRole('toolbar', { name: 'Format' }).waitFor();
    expect(await focused()).toBe('Bold');
  });

  it('stays away where nothing may be written', async () => {
    await ruth.text.click();
    await ruth.type('some words');
    await page.evaluate(() => window.harness.show({ editable: false }));
    await ruth.select(1, 5);
    expect(await page.getByRole('toolbar').count()).toBe(0);
  });
});

describe('a table', () => {
  it('is made, filled, and changed row by row and column by column, by keyboard', async () => {
    await ruth.text.click();
    await ruth.type('/table');
    await ruth.press('Enter');
    await ruth.type('Who');
    await ruth.press('Tab');
    await ruth.type('When');
    const choose = async (name: string) => {
      await ruth.press('Alt+F10');
      await page.getByRole('menu', { name: 'Table' }).waitFor();
      await page.getByRole('menuitem', { name }).focus();
      await ruth.press('Enter');
      expect(await caretIsInText()).toBe(true);
    };
    const size = () =>
      tom.text.locator('table').evaluate((table) => {
        const rows = (table as HTMLTableElement).rows;
        return [rows.length, rows[0]?.cells.length];
      });
    expect(await size()).toEqual([3, 3]);
    await choose('Row below');
    await choose('Column after');
    expect(await size()).toEqual([4, 4]);
    await choose('Remove this column');
    await choose('Remove this row');
    expect(await size()).toEqual([3, 3]);
    await choose('Header row on or off');
    expect(await tom.text.locator('th').count()).toBe(3);
    await choose('Remove the table');
    expect(await tom.text.locator('table').count()).toBe(0);
  });

  it('can be left with Escape and Tab', async () => {
    await ruth.text.click();
    await ruth.type('/table');
    await ruth.press('Enter');
    await ruth.press('Escape', 'Tab');
    expect(await ruth.text.evaluate((text) => text === document.activeElement)).toBe(false);
  });
});

describe('shortcuts', () => {
  it('make headings, lists, tasks and quotations as they are typed', async () => {
    await ruth.text.click();
    await ruth.type('# Heading');
    await ruth.press('Enter');
    await ruth.type('## Smaller');
    await ruth.press('Enter');
    await ruth.type('- one');
    await ruth.press('Enter', 'Tab');
    await ruth.type('nested');
    await ruth.press('Enter', 'Enter', 'Enter');
    await ruth.type('[ ] to do');
    await ruth.press('Enter', 'Enter');
    await ruth.type('> said');
    expect(await tom.html()).toBe(
      '<h3>Heading</h3><h4>Smaller</h4><ul><li><p>one</p><ul><li><p>nested</p></li></ul></li></ul>' +
        '<ul data-type="taskList"><li data-type="taskItem" data-checked="false"><label><input type="checkbox" disabled aria-label="To do"><span></span></label><div><p>to do</p></div></li></ul>' +
        '<blockquote><p>said</p></blockquote>',
    );
  });
});
