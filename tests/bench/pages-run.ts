import type { Browser } from 'playwright-core';
import { launchBrowser, openPerson } from '../support/browser.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { newId, plantTeam } from '../support/team.ts';
import { buildBare, removeBare } from './bare-build.ts';
import { within } from './deadline.ts';
import { type Both, type Cookies, measureOpening, measureTyping, type Visit } from './page-measures.ts';
import type { Figures } from './pages-report.ts';
import { type Bench, seed } from './seeding.ts';
import { TypingCompany } from './typing-company.ts';

const OPENINGS = 9;
const TYPING_ROUNDS = 4;
const KEYS_PER_ROUND = 60;
/** Milliseconds after which the whole is given up, the build apart. */
const ENDS_WITHIN = 6 * 60_000;

/** Measures both pages in turns, so that a slow moment of the machine meets both. */
async function inTurns<T>(rounds: number, measure: Both<() => Promise<T>>): Promise<Both<T[]>> {
  const results: Both<T[]> = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const);
    for (const page of order) results[page].push(await measure[page]());
  }
  return results;
}

async function measure(browser: Browser, bench: Bench, cookies: Cookies): Promise<Figures> {
  // At the first section with running text: the profile before it is all fields.
  const ours: Visit = { url: `${bench.url}/cases/${bench.caseId}?section=${bench.firstSectionId}`, cookies };
  const bare = (blockId: string): Visit => ({
    url: `${bench.url}/bare/index.html#${encodeURI(`block/${blockId}`)}|${bench.token}`,
    cookies: [],
  });
  const whole = bare(bench.bareBlockId);
  const section = bare(bench.bareSectionBlockId);
  // The first visit of each warms the server, and is not counted.
  await measureOpening(browser, ours);
  await measureOpening(browser, whole);
  const openings = await inTurns(OPENINGS, {
    ours: () => measureOpening(browser, ours),
    bare: () => measureOpening(browser, whole),
  });
  const alone = await inTurns(TYPING_ROUNDS, {
    ours: () => measureTyping(browser, ours, KEYS_PER_ROUND),
    bare: () => measureTyping(browser, section, KEYS_PER_ROUND),
  });
  const company = await TypingCompany.gather(bench, [bench.firstBlockId, bench.bareSectionBlockId]);
  try {
    const together = await inTurns(TYPING_ROUNDS, {
      ours: () =>
        company.whileTypingIn(bench.firstBlockId, () => measureTyping(browser, ours, KEYS_PER_ROUND)),
      bare: () =>
        company.whileTypingIn(bench.bareSectionBlockId, () =>
          measureTyping(browser, section, KEYS_PER_ROUND),
        ),
    });
    return { openings, alone, together };
  } finally {
    await company.dismiss();
  }
}

async function bench(server: RunningServer, browser: Browser) {
  const team = await plantTeam(server);
  const seeded = await seed(server.url, await team.token());
  const invited = await team.calls.call(
    'POST /api/studies/:studyId/invitations',
    { id: newId(), email: 'ruth@wendale.example', name: 'Ruth Adeyemi', role: 'editor' },
    { studyId: seeded.studyId },
  );
  const person = await openPerson(browser, invited.link);
  const cookies = await person.context.cookies();
  await person.context.close();
  return measure(browser, seeded, cookies);
}

/**
 * Measures the product against the bare page (one editor, one document, the stock
 * provider, nothing else), both built and served the same way, in one run, in
 * turns. The product has to be built.
 * @throws Error where it could not measure
 */
export async function runPages(): Promise<Figures> {
  await buildBare();
  try {
    const server = await startServer();
    try {
      const browser = await launchBrowser();
      try {
        return await within(ENDS_WITHIN, 'to measure', bench(server, browser));
      } finally {
        await browser.close();
      }
    } finally {
      await server.close();
    }
  } finally {
    await removeBare();
  }
}
