/**
 * Tables: every row has to reach as far as the others, and no cell over another or
 * below the last row. Two people of whom one adds a row and the other a column leave
 * a table uneven. Editors even it out too, each on its own and so once for every
 * open page; here it is done once.
 */
import type * as Y from 'yjs';
import { grammarOf } from './grammar.ts';
import { heldBy, type Misshapen, typeOf } from './misshapen.ts';

export interface KeptCell {
  readonly item: Y.Item;
  readonly name: string;
  /** Something stands in it. */
  readonly full: boolean;
}

export interface KeptRow {
  readonly item: Y.Item;
  readonly cells: readonly KeptCell[];
}

/** Places (rows by columns) of the largest table: editors hold a number for each, exports a cell. */
const MOST_PLACES = 10_000;
const MOST_ROWS = 2_000;

/** @returns what is wrong with the cells; `too-large` where no editor should lay them out */
export function tableFaults(all: readonly KeptRow[]): readonly Misshapen[] | 'empty' | 'too-large' {
  const cells = all.reduce((sum, row) => sum + row.cells.length, 0);
  if (cells === 0) return 'empty';
  if (all.length > MOST_ROWS || cells > MOST_PLACES) return 'too-large';
  const spans = all.some((row) => row.cells.some(({ item }) => across(item) > 1 || down(item) > 1));
  if (!spans) return plainFaults(all);
  const covered = all.reduce(
    (sum, row, at) => row.cells.reduce((more, cell) => more + area(cell, all.length - at), sum),
    0,
  );
  if (covered > MOST_PLACES) return 'too-large';
  const placed = place(all);
  if (!placed) return flattened(all);
  const { widths, width } = placed;
  if (width * all.length > MOST_PLACES) return 'too-large';
  return [...overlong(all), ...filled(all, widths, width)];
}

function plainFaults(all: readonly KeptRow[]): readonly Misshapen[] | 'too-large' {
  const gone: Misshapen[] = all
    .filter((row) => row.cells.length === 0)
    .map(({ item }) => ({ edit: 'remove', item, bearable: true }));
  const rows = all.filter((row) => row.cells.length > 0);
  const width = evenWidth(rows);
  if (width * rows.length > MOST_PLACES) return 'too-large';
  for (const row of rows) {
    for (const { item } of row.cells.slice(width)) gone.push({ edit: 'remove', item, bearable: true });
  }
  const widths = rows.map((row) => row.cells.length);
  return [...gone, ...filled(rows, widths, width)];
}

/**
 * As wide as most rows are, but no word is cut off. So two servers that both filled
 * the same row take away again what is one too many, instead of widening all others.
 */
function evenWidth(rows: readonly KeptRow[]): number {
  const counts = new Map<number, number>();
  let needed = 0;
  for (const { cells } of rows) {
    counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
    needed = Math.max(needed, cells.findLastIndex((cell) => cell.full) + 1);
  }
  const [usual] = [...counts].sort(([a, times], [b, others]) => others - times || a - b)[0] as [
    number,
    number,
  ];
  return Math.max(usual, needed);
}

function filled(rows: readonly KeptRow[], widths: readonly number[], width: number): Misshapen[] {
  return rows.flatMap((row, at): Misshapen[] => {
    const count = width - (widths[at] as number);
    if (count <= 0) return [];
    const heads = row.cells.length > 0 && row.cells.every(({ name }) => name === 'tableHeader');
    const name = heads ? 'tableHeader' : 'tableCell';
    return [{ edit: 'add-cells', row: typeOf(row.item) as Y.XmlElement, name, count, bearable: true }];
  });
}

/**
 * @returns how many columns are taken in each row, by its cells and by those that reach
 *   down into it, and how far the widest reaches; null where a cell would lie over another
 */
function place(rows: readonly KeptRow[]): { widths: number[]; width: number } | null {
  const taken: Set<number>[] = rows.map(() => new Set());
  let width = 0;
  for (const [at, { cells }] of rows.entries()) {
    let column = 0;
    for (const { item } of cells) {
      while (taken[at]?.has(column)) column += 1;
      const end = column + across(item);
      for (const row of taken.slice(at, at + down(item))) {
        for (let next = column; next < end; next += 1) {
          if (row.has(next)) return null;
          row.add(next);
        }
      }
      column = end;
      width = Math.max(width, end);
    }
  }
  return { widths: taken.map((row) => row.size), width };
}

/** The spans of such a table mean nothing any more; its words stay, each in its cell. */
function flattened(rows: readonly KeptRow[]): readonly Misshapen[] | 'too-large' {
  const faults = plainFaults(rows);
  if (faults === 'too-large') return faults;
  const spans = rows.flatMap((row) => row.cells.flatMap(({ item }) => spanItems(item)));
  return [...spans.map((item): Misshapen => ({ edit: 'remove', item, bearable: true })), ...faults];
}

function overlong(rows: readonly KeptRow[]): Misshapen[] {
  return rows.flatMap((row, at) =>
    row.cells
      .filter(({ item }) => down(item) > rows.length - at)
      .map(({ item }): Misshapen => {
        return {
          edit: 'span-rows',
          cell: typeOf(item) as Y.XmlElement,
          rows: rows.length - at,
          bearable: true,
        };
      }),
  );
}

function area(cell: KeptCell, rowsLeft: number): number {
  return across(cell.item) * Math.min(down(cell.item), rowsLeft);
}

function across(cell: Y.Item): number {
  return span(cell, 'colspan');
}

function down(cell: Y.Item): number {
  return span(cell, 'rowspan');
}

/** What is no span counts as one: it is taken away. */
function span(cell: Y.Item, name: 'colspan' | 'rowspan'): number {
  const item = typeOf(cell)?._map.get(name);
  if (!item || item.deleted) return 1;
  const value = heldBy(item);
  return grammarOf('tableCell')?.attributes[name]?.(value) ? (value as number) : 1;
}

function spanItems(cell: Y.Item): Y.Item[] {
  return ['colspan', 'rowspan'].flatMap((name) => {
    const item = typeOf(cell)?._map.get(name);
    return item && !item.deleted ? [item] : [];
  });
}
