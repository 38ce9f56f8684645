import { ExternalHyperlink, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from 'docx';
import { linkTarget, wholeNumber } from '../../shared/document/html.ts';
import { plainCharacters } from '../../shared/document/plain-characters.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { seenRuns } from '../../shared/document/seen-runs.ts';

/** What stands one below the other in a Word document. */
export type DocxBlock = Paragraph | Table;

/** Names of the numberings that the document has to define: one for each first number that a list has. */
export class ListNumbers {
  readonly #starts = new Set<number>();
  #lists = 0;

  /** @returns where a new numbered list stands: its definition, and its own count */
  next(start: number): { readonly reference: string; readonly instance: number } {
    this.#starts.add(start);
    this.#lists += 1;
    return { reference: numberingName(start), instance: this.#lists };
  }

  get starts(): readonly number[] {
    return [...this.#starts];
  }
}

export function numberingName(start: number): string {
  return `numbers-from-${start}`;
}

/** Levels of lists that Word knows. */
export const LIST_LEVELS = 9;

interface Place {
  readonly lists: ListNumbers;
  /** Style of plain paragraphs here. */
  readonly style?: string;
  /** Headings of the text start here (1 to 6); its own levels are 3 and 4. */
  readonly headingFrom: number;
  readonly list?: {
    readonly reference: string;
    readonly instance: number;
    readonly level: number;
  };
  /** What the next paragraph begins with: the box of a task. */
  readonly lead?: string;
}

/**
 * The running text of a block as paragraphs and tables with Word's own styles.
 * @param headingFrom level that the text's largest headings get
 */
export function docxText(json: ProseMirrorJson, lists: ListNumbers, headingFrom: number): DocxBlock[] {
  return blocksOf(json, { lists, headingFrom });
}

/** @returns words as a run, without what XML cannot hold */
export function run(text: string, look: { bold?: boolean; italics?: boolean; style?: string } = {}): TextRun {
  return new TextRun({ ...look, text: plainCharacters(text).replace(/[\r\n\t]+/g, ' ') });
}

function blocksOf(node: ProseMirrorJson, place: Place): DocxBlock[] {
  const content = node.content ?? [];
  if (content.some((child) => child.type === 'text')) return [paragraph(node, place)];
  return content.flatMap((child, index) =>
    // the box of a task stands before its first paragraph alone
    blockOf(child, index === 0 ? place : ({ ...place, lead: undefined } as Place)),
  );
}

function blockOf(node: ProseMirrorJson, place: Place): DocxBlock[] {
  switch (node.type) {
    case 'paragraph':
      return [paragraph(node, place)];
    case 'heading': {
      const level = place.headingFrom + (node.attrs?.level === 4 ? 1 : 0);
      return [new Paragraph({ style: `Heading${Math.min(6, level)}`, children: inline(node) })];
    }
    case 'bulletList':
      return listItems(node, place, { reference: 'bullets', instance: 0 });
    case 'orderedList':
      return listItems(node, place, place.lists.next(wholeNumber(node.attrs?.start, 1, 100_000)));
    case 'taskList':
      return (node.content ?? []).flatMap((item) =>
        blocksOf(item, { ...place, lead: item.attrs?.checked === true ? '☑ ' : '☐ ' }),
      );
    case 'blockquote':
      return blocksOf(node, { ...place, style: 'Quote' });
    case 'horizontalRule':
      return [new Paragraph({ style: 'Rule' })];
    case 'table':
      return tableOf(node, place);
    default:
      // a node of a newer schema: its words are kept, its shape is not guessed at
      return blocksOf(node, place);
  }
}

function listItems(
  node: ProseMirrorJson,
  place: Place,
  list: { readonly reference: string; readonly instance: number },
): DocxBlock[] {
  const level = Math.min(LIST_LEVELS - 1, place.list ? place.list.level + 1 : 0);
  return (node.content ?? []).flatMap((item) => blocksOf(item, { ...place, list: { ...list, level } }));
}

function paragraph(node: ProseMirrorJson, place: Place): Paragraph {
  const children = inline(node);
  return new Paragraph({
    children: place.lead === undefined ? children : [run(place.lead), ...children],
    ...(place.list && { numbering: place.list }),
    ...(place.style !== undefined && { style: place.style }),
  });
}

type Inline = TextRun | ExternalHyperlink;

function inline(node: ProseMirrorJson): Inline[] {
  return seenRuns(node.content ?? []).flatMap((child): Inline[] => {
    if (child.type === 'hardBreak') return [new TextRun({ break: 1 })];
    if (child.type !== 'text') return inline(child);
    const marks = child.marks ?? [];
    const href = linkTarget(marks);
    const words = run(child.text ?? '', {
      ...(marks.some((mark) => mark.type === 'bold') && { bold: true }),
      ...(marks.some((mark) => mark.type === 'italic') && { italics: true }),
      ...(href !== null && { style: 'Hyperlink' }),
    });
    return href === null ? [words] : [new ExternalHyperlink({ link: new URL(href).href, children: [words] })];
  });
}

interface Cell {
  readonly node: ProseMirrorJson | null;
  readonly across: number;
  readonly down: number;
}

function tableOf(node: ProseMirrorJson, place: Place): DocxBlock[] {
  const rows = tableCells(node);
  if (rows.length === 0) return [];
  const inCell: Place = { lists: place.lists, headingFrom: place.headingFrom };
  return [
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: rows.map(
        (cells) =>
          new TableRow({
            cantSplit: true,
            children: cells.map(
              (cell) =>
                new TableCell({
                  columnSpan: cell.across,
                  rowSpan: cell.down,
                  ...(cell.node?.type === 'tableHeader' && { shading: { fill: 'F4F1EA' } }),
                  children: closed(cell.node ? blocksOf(cell.node, inCell) : []),
                }),
            ),
          }),
      ),
    }),
    // Word joins two tables that nothing stands between
    new Paragraph({}),
  ];
}

/** A cell of Word ends with a paragraph, or the file counts as damaged. */
function closed(blocks: readonly DocxBlock[]): DocxBlock[] {
  return blocks.at(-1) instanceof Paragraph ? [...blocks] : [...blocks, new Paragraph({})];
}

/** Places (rows by columns) of the largest table whose short rows are filled up. */
const MOST_FILLED = 20_000;

/** Widest table that is written, in columns. */
const MAX_COLUMNS = 60;

/**
 * Cells row by row. Tables are as wide in every row as in the widest, and cells
 * that span only do so where they fit: what does not is filled up, plainly.
 */
function tableCells(node: ProseMirrorJson): Cell[][] {
  const rows = (node.content ?? [])
    .filter((row) => row.type === 'tableRow' && (row.content ?? []).length > 0)
    .map((row) =>
      (row.content ?? []).slice(0, MAX_COLUMNS).map((cell) => ({
        node: cell,
        across: wholeNumber(cell.attrs?.colspan, 1, MAX_COLUMNS),
        down: wholeNumber(cell.attrs?.rowspan, 1, 1_000),
      })),
    );
  if (isEven(rows)) return rows;
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  // Word takes uneven rows too; to fill up what nobody wrote by hand would cost gigabytes
  if (width * rows.length > MOST_FILLED) {
    return rows.map((row) => row.map(({ node }) => ({ node, across: 1, down: 1 })));
  }
  return rows.map((row) =>
    Array.from({ length: width }, (_, at) => ({ node: row[at]?.node ?? null, across: 1, down: 1 })),
  );
}

/** @returns whether the cells, with all that they span, fill a rectangle exactly */
function isEven(rows: readonly (readonly Cell[])[]): boolean {
  const width = (rows[0] ?? []).reduce((sum, cell) => sum + cell.across, 0);
  /** Rows below the present one that each column is still covered for. */
  const covered = new Array<number>(width).fill(0);
  for (const [index, row] of rows.entries()) {
    let column = 0;
    for (const cell of row) {
      while (column < width && (covered[column] as number) > 0) column += 1;
      if (index + cell.down > rows.length || column + cell.across > width) return false;
      for (let at = column; at < column + cell.across; at += 1) {
        if ((covered[at] as number) > 0) return false;
        covered[at] = cell.down;
      }
      column += cell.across;
    }
    if (covered.some((down) => down === 0)) return false;
    for (let at = 0; at < width; at += 1) covered[at] = (covered[at] as number) - 1;
  }
  return true;
}
