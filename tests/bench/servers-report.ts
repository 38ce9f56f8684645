import { cpus } from 'node:os';
import { type Figures, figures, SCENARIOS, type ScenarioName } from './scenarios/scenario.ts';
import { SERVERS, type ServerName } from './servers/benched-server.ts';
import type { ServersMeasured } from './servers-run.ts';

/** The largest figure of ours, or the largest ratio to Hocuspocus in the same run, that we allow ourselves. */
type Wanted = { readonly ratio: number } | { readonly figure: number };

interface Line {
  readonly what: string;
  readonly scenario: ScenarioName;
  readonly figure: keyof Figures;
  readonly wanted: Wanted | null;
}

const NO_WORSE: Wanted = { ratio: 1 };

const LINES: readonly Line[] = [
  ...loadLines('one block, 100 readers, 10 writers', 'one-block', 0.75),
  ...loadLines('flood: 50 readers, 10 writers, 20 edits each under way', 'flood', 0.65),
  ...loadLines('500 rooms of two', 'pairs', 0.75),
  {
    what: 'one block: µs to decide who may do what',
    scenario: 'one-block',
    figure: 'decisionUs',
    wanted: null,
  },
  {
    what: 'one block: of its CPU for deciding, %',
    scenario: 'one-block',
    figure: 'decisionPercent',
    wanted: { figure: 2 },
  },
  {
    what: 'one block: taken away, last of 100 rooms closed, ms',
    scenario: 'one-block',
    figure: 'revokedMs',
    wanted: { figure: 1_000 },
  },
  {
    what: 'kB per idle room and socket',
    scenario: 'idle-rooms',
    figure: 'kbPerIdleRoom',
    wanted: { ratio: 0.45 },
  },
  {
    what: 'kB per further room on a socket',
    scenario: 'further-rooms',
    figure: 'kbPerIdleRoom',
    wanted: { figure: 4 },
  },
  {
    what: 'cold open of a recorded post, ms',
    scenario: 'cold-open',
    figure: 'coldOpenMs',
    wanted: { ratio: 0.3 },
  },
  {
    what: 'a case over a link of 150 ms, ms',
    scenario: 'slow-link',
    figure: 'coldOpenMs',
    wanted: { figure: 700 },
  },
  {
    what: 'start to first sync, 10,000 blocks, ms',
    scenario: 'first-sync',
    figure: 'coldOpenMs',
    wanted: { figure: 1_000 },
  },
  {
    what: 'saved, p99 ms, ten writing in one block',
    scenario: 'saved',
    figure: 'p99Ms',
    wanted: { figure: 20 },
  },
  {
    what: 'lost after kill -9, of 200 seen',
    scenario: 'kill',
    figure: 'lostAfterKill',
    wanted: { figure: 0 },
  },
];

function loadLines(what: string, scenario: ScenarioName, ratio: number): readonly Line[] {
  return [
    { what: `${what}: CPU µs per delivery`, scenario, figure: 'cpuUsPerDelivery', wanted: { ratio } },
    { what: `${what}: p50 ms`, scenario, figure: 'p50Ms', wanted: null },
    { what: `${what}: p95 ms`, scenario, figure: 'p95Ms', wanted: null },
    { what: `${what}: p99 ms`, scenario, figure: 'p99Ms', wanted: NO_WORSE },
  ];
}

/** @returns by scenario, then by server; what was not measured is absent */
export function byScenario(
  measured: ServersMeasured,
): Partial<Record<ScenarioName, Partial<Record<ServerName, Figures>>>> {
  return Object.fromEntries(
    SCENARIOS.map((scenario) => [
      scenario,
      Object.fromEntries(
        SERVERS.flatMap((server) => {
          const found = measured[server]?.[scenario];
          return found ? [[server, found]] : [];
        }),
      ),
    ]).filter(([, servers]) => Object.keys(servers as object).length > 0),
  );
}

/**
 * @param loadBefore - of the machine, before the run: what else it does makes everything late
 * @returns the table in Markdown, each of our figures beside what is wanted of it
 */
export function serversReport(measured: ServersMeasured, loadBefore: number): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`;
  const rows = LINES.flatMap((line) => {
    const cells = rowOf(line, measured);
    return cells ? [`| ${cells.join(' | ')} |`] : [];
  });
  return [
    `\nServers, one core each; ${machine}. Load before: ${loadBefore.toFixed(1)}. Ratios are to Hocuspocus.\n`,
    `| | ${SERVERS.join(' | ')} | ratio | wanted | |`,
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
    ...rows,
  ].join('\n');
}

function rowOf(
  { what, scenario, figure, wanted }: Line,
  measured: ServersMeasured,
): readonly string[] | null {
  const of = (server: ServerName): number | null => (measured[server]?.[scenario] ?? figures({}))[figure];
  const values = SERVERS.map(of);
  if (values.every((value) => value === null)) return null;
  const ours = of('casebook');
  const theirs = of('hocuspocus');
  const ratio = ours !== null && theirs ? ours / theirs : null;
  return [
    what,
    ...values.map((value) => (value === null ? '' : show(value))),
    ratio === null ? '' : ratio.toFixed(2),
    wanted ? ('ratio' in wanted ? `× ${wanted.ratio}` : `≤ ${wanted.figure}`) : '',
    verdict(wanted, ours, ratio),
  ];
}

function verdict(wanted: Wanted | null, ours: number | null, ratio: number | null): string {
  if (!wanted) return '';
  const value = 'ratio' in wanted ? ratio : ours;
  if (value === null) return '';
  return value <= ('ratio' in wanted ? wanted.ratio : wanted.figure) ? 'met' : 'over';
}

function show(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}
