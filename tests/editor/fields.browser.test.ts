import { AxeBuilder } from '@axe-core/playwright';
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

const protocol = (writer: WriterAtPage) => writer.part.getByLabel('Protocol used');
const terms = (writer: WriterAtPage) => writer.part.getByLabel('Terms agreed beforehand');
/** Types into a Y.Text as Tom, wherever the keyboard is. */
const tomInserts = (key: string, at: number, words: string) =>
  page.evaluate(([name, place, text]) => window.harness.tom.doc.getText(name).insert(place, text), [
    key,
    at,
    words,
  ] as const);

describe('a text field of two people', () => {
  it('[SAVE-4] merges letter by letter, and leaves the caret on its letter', async () => {
    await protocol(ruth).fill('focus card');
    await protocol(ruth).evaluate((input) => (input as HTMLInputElement).setSelectionRange(5, 5));
    await tomInserts('field/protocol', 0, 'A ');
    await ruth.type('ed');
    expect(await protocol(tom).inputValue()).toBe('A focused card');
    await tomInserts('field/protocol', 14, 's');
    await ruth.press('Backspace');
    expect(await protocol(tom).inputValue()).toBe('A focuse cards');
  });

  it('keeps a selection while others type around it', async () => {
    await terms(ruth).fill('one two three');
    await terms(ruth).evaluate((input) => (input as HTMLTextAreaElement).setSelectionRange(4, 7));
    await tomInserts('field/terms', 0, '>> ');
    await tomInserts('field/terms', 16, ' <<');
    await ruth.type('2');
    expect(await terms(tom).inputValue()).toBe('>> one 2 three <<');
  });

  it('[SAVE-5] takes no letters while something that is no letter stands in it, which would lead them astray', async () => {
    await protocol(ruth).fill('focus card');
    await page.evaluate(() =>
      window.harness.tom.doc.getText('field/protocol').insertEmbed(0, { image: 'x' }),
    );
    await protocol(ruth).press('End');
    await ruth.type('s');
    await ruth.part.getByText('It is being put right; write on in a moment.').waitFor();
    expect(await protocol(tom).inputValue()).toBe('focus card');
    await page.evaluate(() => window.harness.mend());
    await protocol(ruth).press('End');
    await ruth.type('s');
    expect(await protocol(tom).inputValue()).toBe('focus cards');
  });

  it('undoes only one’s own letters', async () => {
    await protocol(ruth).fill('Mine.');
    await tomInserts('field/protocol', 5, ' Theirs.');
    await ruth.press('Control+z');
    expect(await protocol(tom).inputValue()).toBe(' Theirs.');
    await ruth.press('Control+Shift+z');
    expect(await protocol(tom).inputValue()).toBe('Mine. Theirs.');
  });

  it('[SAVE-5] loses no letter of others while a word is being composed', async () => {
    await protocol(ruth).fill('ab');
    await protocol(ruth).focus();
    const client = await page.context().newCDPSession(page);
    await client.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
    await tomInserts('field/protocol', 0, 'Tom: ');
    expect(await protocol(ruth).inputValue()).toBe('abni');
    await client.send('Input.imeSetComposition', { text: 'nih', selectionStart: 3, selectionEnd: 3 });
    await client.send('Input.insertText', { text: '你' });
    expect(await protocol(tom).inputValue()).toBe('Tom: ab你');
    expect(await protocol(ruth).inputValue()).toBe('Tom: ab你');
  });

  it('never holds half of a letter outside the basic plane', async () => {
    await protocol(ruth).fill('a🏫b');
    await protocol(ruth).evaluate((input) => {
      (input as HTMLInputElement).setRangeText('\udfe0', 2, 3, 'end');
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    });
    expect(await protocol(tom).inputValue()).toBe('a🏠b');
  });

  it('[INPUT-1] refuses what is too long, with its reason, and keeps what stands there', async () => {
    await protocol(ruth).fill('kept');
    await protocol(ruth).evaluate((input) => {
      (input as HTMLInputElement).setRangeText('x'.repeat(600), 4, 4, 'end');
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    });
    expect(await protocol(ruth).inputValue()).toBe('kept');
    expect(await ruth.part.locator('[data-field="field/protocol"]').textContent()).toContain('room for 496');
    await protocol(ruth).press('End');
    await ruth.type('!');
    expect(await protocol(tom).inputValue()).toBe('kept!');
    expect(await ruth.part.locator('[data-field="field/protocol"]').textContent()).not.toContain('room for');
  });

  it('reads raw line ends that it cannot show, and writes beside them without losing a word', async () => {
    await tomInserts('field/protocol', 0, 'one\r\ntwo');
    expect(await protocol(ruth).inputValue()).toBe('onetwo');
    await protocol(ruth).focus();
    await protocol(ruth).press('End');
    await ruth.type('!');
    expect((await tom.values())['field/protocol']).toBe('onetwo!');
  });

  it('shows who is in a field, and when they have left it', async () => {
    await protocol(tom).focus();
    const field = ruth.part.locator('[data-field="field/protocol"]');
    expect(await field.textContent()).toContain('Tom is here');
    expect(await field.evaluate((element) => (element as HTMLElement).style.getPropertyValue('--here'))).toBe(
      '#a85826',
    );
    await tom.text.click();
    expect(await field.textContent()).not.toContain('Tom');
    expect(await ruth.text.locator('.collaboration-carets__flag').count()).toBe(1);
    await ruth.text.click();
    expect(await page.evaluate(() => window.harness.tom.awareness.getLocalState())).toBeNull();
  });

  it('grows with its text', async () => {
    const height = () => terms(ruth).evaluate((input) => input.clientHeight);
    const before = await height();
    await terms(ruth).fill('line\n'.repeat(12));
    expect(await height()).toBeGreaterThan(before + 150);
    await page.evaluate(() => window.harness.tom.doc.getText('field/terms').delete(0, 60));
    expect(await height()).toBe(before);
  });
});

describe('fields of other kinds', () => {
  it('keep a figure as it was typed, and hint where it is words', async () => {
    const figure = ruth.part.getByLabel('Pupils on roll', { exact: true }).first();
    await ruth.part.getByRole('textbox', { name: 'Pupils on roll', exact: true }).fill('about 240');
    expect(await ruth.part.locator('[data-field="value/roll"]').textContent()).toContain(
      'Kept as you typed it',
    );
    await figure.fill('1,240');
    expect(await ruth.part.locator('[data-field="value/roll"]').textContent()).not.toContain('Kept');
    await ruth.part.getByRole('textbox', { name: 'Year of Pupils on roll' }).fill('2025/26');
    await ruth.part.getByRole('textbox', { name: 'Source of Pupils on roll' }).fill('School census');
    expect(await tom.values()).toMatchObject({
      'value/roll': '1,240',
      'year/roll': '2025/26',
      'source/roll': 'School census',
    });
  });

  it('take a day, a choice, an answer, ticks, and let each be taken back', async () => {
    await ruth.part.getByLabel('First observation').fill('2026-03-14');
    await ruth.part.getByLabel('Career stage').selectOption('New teacher');
    await ruth.part
      .getByRole('radiogroup', { name: 'Copies available' })
      .getByLabel('Not known')
      .check({ force: true });
    await ruth.part.getByLabel('One detail of it').check({ force: true });
    await ruth.part.getByLabel('A lesson plan').check();
    expect(await tom.values()).toEqual({
      'value/first': '2026-03-14',
      'value/stage': 'new',
      'value/copies': 'unknown',
      'option/kinds/detail': true,
      'option/gather/plan': true,
    });
    expect(await tom.part.getByLabel('First observation').inputValue()).toBe('2026-03-14');
    expect(await tom.part.getByLabel('A lesson plan').isChecked()).toBe(true);
    await tom.part.getByLabel('First observation').fill('');
    await tom.part.getByLabel('Career stage').selectOption('');
    await tom.part.getByRole('radio', { name: 'Not known' }).first().press('Delete');
    await tom.part.getByLabel('One detail of it').uncheck({ force: true });
    await tom.part.getByLabel('A lesson plan').uncheck();
    expect(await ruth.values()).toEqual({});
  });

  it('are read where they may not be written', async () => {
    await protocol(ruth).fill('Focus card');
    await ruth.part.getByLabel('First observation').fill('2026-03-14');
    await page.evaluate(() => window.harness.show({ editable: false }));
    expect(await ruth.part.locator('form, input, textarea, select').count()).toBe(0);
    const text = await ruth.part.textContent();
    expect(text).toContain('Focus card');
    expect(text).toContain('14 March 2026');
    expect(text).toContain('Nothing yet');
    expect(text).not.toContain('Who sees the notes');
  });

  it('say for whom they are where that is fewer than the section', async () => {
    expect(await ruth.part.locator('[data-field="value/roll"]').textContent()).toContain('Not for print');
    expect(await ruth.part.locator('[data-field="value/gather"]').textContent()).toContain('Team only');
    expect(await ruth.part.locator('[data-field="field/protocol"]').textContent()).not.toContain('only');
  });
});

describe('rows of a group', () => {
  const rows = (writer: WriterAtPage) => writer.part.locator('[data-row]');
  const roles = (writer: WriterAtPage) =>
    writer.part
      .getByLabel('Role')
      .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  const add = async (role: string) => {
    await ruth.part.getByRole('button', { name: 'Add an observer' }).press('Enter');
    await ruth.type(role);
  };

  it('are added, filled and moved by keyboard', async () => {
    for (const role of ['Deputy', 'Teacher', 'Governor']) await add(role);
    expect(await roles(tom)).toEqual(['Deputy', 'Teacher', 'Governor']);
    await ruth.part.getByRole('button', { name: 'Move observer 3 up' }).press('Enter');
    expect(await roles(tom)).toEqual(['Deputy', 'Governor', 'Teacher']);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Move observer 2 up',
    );
    await ruth.press('Enter');
    expect(await roles(tom)).toEqual(['Governor', 'Deputy', 'Teacher']);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Move observer 1 down',
    );
    expect(await ruth.part.locator('fieldset [role=status]').textContent()).toBe('Observer is now 1 of 3.');
    await ruth.press('Control+z', 'Control+z');
    expect(await roles(tom)).toEqual(['Deputy', 'Teacher', 'Governor']);
  });

  it('come back whole when their removal is undone', async () => {
    await add('Deputy');
    await ruth.part.getByLabel('What exactly they did').fill('Watched twice a month.');
    await ruth.part.getByRole('textbox', { name: 'Hours' }).fill('6');
    await add('Teacher');
    const before = await tom.values();
    await ruth.part.getByRole('button', { name: 'Remove observer 1' }).press('Enter');
    expect(await roles(tom)).toEqual(['Teacher']);
    expect(Object.values(await tom.values())).not.toContain('Watched twice a month.');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Put it back');
    await ruth.press('Enter');
    expect(await tom.values()).toEqual(before);
    expect(await rows(ruth).count()).toBe(2);
  });

  it('[SAVE-5] come back with what somebody wrote in them while somebody else took them away', async () => {
    await add('Deputy');
    await page.evaluate(() => {
      window.harness.wire.apart = true;
    });
    await ruth.part.getByRole('button', { name: 'Remove observer 1' }).press('Enter');
    await tom.part.getByLabel('What exactly they did').fill('Watched twice a month.');
    await page.evaluate(() => window.harness.wire.meet());
    for (const writer of [ruth, tom]) {
      expect(await rows(writer).count()).toBe(1);
      expect(await writer.part.getByLabel('What exactly they did').inputValue()).toBe(
        'Watched twice a month.',
      );
      expect(await roles(writer)).toEqual(['']);
    }
    await tom.part.getByRole('button', { name: 'Remove observer 1' }).press('Enter');
    expect(await rows(ruth).count()).toBe(0);
  });

  it('[SAVE-4] are the same for both when both add one while apart', async () => {
    await page.evaluate(() => {
      window.harness.wire.apart = true;
    });
    await add('Deputy');
    await tom.part.getByRole('button', { name: 'Add an observer' }).press('Enter');
    await tom.type('Teacher');
    await page.evaluate(() => window.harness.wire.meet());
    const seen = await roles(ruth);
    expect(seen).toEqual(await roles(tom));
    expect([...seen].sort()).toEqual(['Deputy', 'Teacher']);
  });
});

describe('prompts', () => {
  it('are marked by keyboard for everybody, said in words, and undone', async () => {
    const span = (writer: WriterAtPage) => writer.part.getByRole('button', { name: /^Span:/ });
    expect(await span(ruth).getAttribute('aria-label')).toContain('no mark');
    await span(ruth).press('Enter');
    expect(await span(tom).getAttribute('aria-label')).toContain('answered');
    await span(ruth).press('Space');
    expect(await page.evaluate(() => window.harness.marks('tom'))).toEqual({ span: 'ask' });
    expect(await tom.part.getByRole('listitem').first().textContent()).toContain('still to ask');
    expect(await ruth.part.getByRole('status').first().textContent()).toBe('Span: still to ask');
    await span(ruth).press('Enter');
    expect(await page.evaluate(() => window.harness.marks('tom'))).toEqual({});
  });

  it('fold, stay folded, and sum up what they ask', async () => {
    const head = ruth.part.getByRole('button', { name: /prompts/ });
    await head.press('Enter');
    expect(await head.getAttribute('aria-expanded')).toBe('false');
    expect(await head.textContent()).toContain('Span, Learning both ways, Access');
    await page.reload();
    await page.waitForSelector('.ProseMirror');
    expect(await head.getAttribute('aria-expanded')).toBe('false');
    expect(await tom.part.getByRole('button', { name: /prompts/ }).getAttribute('aria-expanded')).toBe(
      'true',
    );
  });
});

describe('the page as axe sees it', () => {
  it.each(['light', 'dark'])('has nothing against it in %s, with everything open', async (scheme) => {
    await page.evaluate((name) => {
      document.documentElement.dataset.mantineColorScheme = name;
    }, scheme);
    // what fades from one colour into another is neither while it does
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await ruth.part.getByRole('button', { name: /^Span:/ }).click();
    await ruth.part.getByRole('button', { name: /^Access:/ }).click({ clickCount: 2 });
    await ruth.part.getByRole('button', { name: 'Add an observer' }).click();
    await ruth.part.getByRole('textbox', { name: 'Pupils on roll', exact: true }).fill('about 240');
    await ruth.part.getByLabel('One detail of it').check({ force: true });
    await ruth.part.getByRole('radio', { name: 'Yes' }).first().check({ force: true });
    await ruth.text.click();
    await ruth.paste({
      text: 'x',
      html: '<h3>H</h3><ul><li data-checked="true">done</li></ul><blockquote>said <a href="https://example.org">link</a></blockquote><img src="x"><table><tr><th>a</th><td>b</td></tr></table><p>last</p>',
    });
    await tom.text.click();
    await ruth.toEnd();
    await ruth.type(' /');
    await page.getByRole('listbox').waitFor();
    const check = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    };
    await check();
    await ruth.press('Escape', 'Shift+Home');
    await page.getByRole('toolbar').waitFor();
    await check();
    await ruth.press('Control+k');
    await ruth.press('Enter');
    await page.getByText('An address on the web').waitFor();
    await check();
    await page.evaluate(() => window.harness.show({ editable: false }));
    await check();
  });
});
