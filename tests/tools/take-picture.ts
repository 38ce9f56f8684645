/**
 * `npx tsx tests/tools/take-picture.ts`: takes the picture of README anew, of the
 * demo as it is served by the last build.
 */
import { join } from 'node:path';
import { DemoTeam } from '../browser/case/demo-case.ts';
import { launchBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

const PICTURE = join(import.meta.dirname, '../browser/pictures/case.png');

const server = await startServer({ command: 'demo' });
const browser = await launchBrowser();
try {
  const team = new DemoTeam(browser, server);
  const ruth = await team.open('Ruth Adeyemi', { section: '2.4' });
  const tomasz = await team.open('Tomasz Bielak', { section: '2.4' });
  await ruth.page.setViewportSize({ width: 1280, height: 860 });
  await ruth.page.emulateMedia({ reducedMotion: 'reduce' });
  const her = ruth.text('2.4');
  const his = tomasz.text('2.4');

  // The paragraphs fill the view, with the end of the fields over them.
  await her.evaluate((text) => window.scrollBy(0, text.getBoundingClientRect().top - 260));
  await her.getByText('The pair watch').click({ position: { x: 75, y: 12 } });
  for (let word = 0; word < 3; word++) await ruth.page.keyboard.press('Control+Shift+ArrowRight');
  await ruth.page.getByRole('toolbar', { name: 'Format' }).waitFor();

  await his.getByText('By the spring term').click({ position: { x: 250, y: 72 } });
  await her.locator('.collaboration-carets__caret:not([data-still]) [data-name="Tomasz"]').waitFor();
  await ruth.page.screenshot({ path: PICTURE });
} finally {
  await browser.close();
  await server.close();
}
