import { cpus } from 'node:os';
import type { Both, Opening } from './page-measures.ts';
import { WORDS } from './seeding.ts';
import { median, quantile } from './statistics.ts';

export interface Figures {
  readonly openings: Both<readonly Opening[]>;
  /** Milliseconds from each key to the frame after it, by round. */
  readonly alone: Both<readonly (readonly number[])[]>;
  readonly together: Both<readonly (readonly number[])[]>;
}

interface Row {
  readonly what: string;
  readonly figures: Both<number>;
  readonly unit: string;
  /** The largest ratio to the bare page, or the largest figure, that we allow ourselves. */
  readonly wanted: { readonly ratio: number } | { readonly figure: number } | null;
}

const kB = 1_000;
const MB = 1_000_000;

/** @returns the figures as Markdown, each beside what is wanted of it */
export function pagesReport({ openings, alone, together }: Figures): string {
  const middle = (figure: (opening: Opening) => number): Both<number> => ({
    ours: median(openings.ours.map(figure)),
    bare: median(openings.bare.map(figure)),
  });
  const keys = (rounds: Both<readonly (readonly number[])[]>, share: number): Both<number> => ({
    ours: quantile(rounds.ours.flat(), share),
    bare: quantile(rounds.bare.flat(), share),
  });
  const rows: readonly Row[] = [
    { what: 'key to paint, p95, alone', figures: keys(alone, 0.95), unit: 'ms', wanted: { ratio: 1.3 } },
    { what: 'key to paint, median, alone', figures: keys(alone, 0.5), unit: 'ms', wanted: null },
    {
      what: 'key to paint, p95, ten others typing in the same section',
      figures: keys(together, 0.95),
      unit: 'ms',
      wanted: { ratio: 1.3 },
    },
    {
      what: 'key to paint, median, ten others typing',
      figures: keys(together, 0.5),
      unit: 'ms',
      wanted: null,
    },
    {
      what: 'until the text can be read',
      figures: middle(({ readable }) => readable),
      unit: 'ms',
      wanted: { ratio: 1.5 },
    },
    {
      what: 'until the first section can be edited',
      figures: middle(({ editable }) => editable),
      unit: 'ms',
      wanted: { ratio: 2 },
    },
    {
      what: 'JavaScript until then, brotli',
      figures: middle(({ scripts }) => total(scripts) / kB),
      unit: 'kB',
      wanted: { figure: 350 },
    },
    {
      what: 'live objects once at rest',
      figures: middle(({ heap }) => heap / MB),
      unit: 'MB',
      wanted: null,
    },
  ];
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`;
  return [
    `\n${WORDS.toLocaleString('en-GB')} words; ${machine}; medians of turns.\n`,
    '| | Casebook | bare page | ratio | wanted | |',
    '| --- | ---: | ---: | ---: | ---: | --- |',
    ...rows.map(lineOf),
    ...scriptLines(openings.ours.at(-1)?.scripts ?? new Map()),
  ].join('\n');
}

function lineOf({ what, figures: { ours, bare }, unit, wanted }: Row): string {
  const show = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`;
  const ratio = ours / bare;
  const limit = wanted && ('ratio' in wanted ? `≤ ${wanted.ratio.toFixed(1)}` : `≤ ${show(wanted.figure)}`);
  const over = wanted && ('ratio' in wanted ? ratio > wanted.ratio : ours > wanted.figure);
  const cells = [what, show(ours), show(bare), ratio.toFixed(2), limit ?? '', over ? 'over' : ''];
  return `| ${cells.join(' | ')} |`;
}

function scriptLines(scripts: ReadonlyMap<string, number>): readonly string[] {
  const largest = [...scripts].sort(([, a], [, b]) => b - a);
  const shown = largest.filter(([, bytes]) => bytes >= kB);
  const rest = largest.slice(shown.length);
  return [
    '\nScripts of the case page until its first section can be edited, kB on the wire:\n',
    ...shown.map(([name, bytes]) => `- ${(bytes / kB).toFixed(1)} ${name.slice(name.lastIndexOf('/') + 1)}`),
    ...(rest.length > 0
      ? [`- ${(total(new Map(rest)) / kB).toFixed(1)} in ${rest.length} smaller ones`]
      : []),
  ];
}

function total(scripts: ReadonlyMap<string, number>): number {
  return [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0);
}
