/**
 * `npm run bench`: the product's pages against a bare page, and its server against
 * others, each pair in one run. Prints tables; the ratios are what counts. Ends
 * with an error only where it could not measure.
 *
 * `-- pages`, `-- servers` or `-- chips` chooses one of three; the last is how soon quotes are told of. `--json` prints one object of the
 * servers' figures, and the tables beside it on stderr. For a closer look:
 * `--server <name>`, `--scenario <name>` (both repeatable), and `--profile <folder>`
 * for CPU profiles of ours, one for each start.
 */
import { execFile } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { QUOTES, runChips } from './chips-run.ts';
import { pagesReport } from './pages-report.ts';
import { runPages } from './pages-run.ts';
import { SCENARIOS } from './scenarios/scenario.ts';
import { SERVERS } from './servers/benched-server.ts';
import { byScenario, serversReport } from './servers-report.ts';
import { runServers } from './servers-run.ts';
import { median, quantile } from './statistics.ts';

const HALVES = ['pages', 'servers', 'chips'] as const;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    server: { type: 'string', multiple: true },
    scenario: { type: 'string', multiple: true },
    profile: { type: 'string' },
  },
});
const halves = chosen(positionals, HALVES) ?? HALVES;
const servers = chosen(values.server, SERVERS);
const scenarios = chosen(values.scenario, SCENARIOS);
const print = values.json ? console.error : console.log;

await promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../server/cli/build.mjs')]);
if (halves.includes('pages')) print(pagesReport(await runPages()));
if (halves.includes('chips')) {
  const samples = await runChips();
  const [middle, high] = [median(samples), quantile(samples, 0.95)].map((one) => Math.round(one));
  print(
    `Key to chip, ${QUOTES} quotes in the section: median ${middle} ms, p95 ${high} ms (wanted: ≤ 100 ms).`,
  );
}
if (halves.includes('servers')) {
  const [loadBefore = 0] = loadavg();
  const measured = await runServers({ servers, scenarios, profiles: values.profile });
  print(serversReport(measured, loadBefore));
  if (values.json) console.log(JSON.stringify(byScenario(measured), null, 2));
}
// What was given up may hold the process open.
process.exit();

/** @throws Error on a name that is none of those */
function chosen<T extends string>(named: readonly string[] = [], all: readonly T[]): readonly T[] | null {
  for (const name of named) {
    if (!all.some((one) => one === name)) throw new Error(`${name} is none of ${all.join(', ')}`);
  }
  return named.length > 0 ? all.filter((one) => named.includes(one)) : null;
}
