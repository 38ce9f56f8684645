/**
 * What a paste comes down to: the blocks and marks of the block schema, and their
 * HTML. Whatever was on the clipboard, only what is written here reaches the editor.
 */
import { escapeHtml } from '../../shared/document/html.ts';

export interface Marks {
  readonly bold: boolean;
  readonly italic: boolean;
  /** A safe address, or null. */
  readonly href: string | null;
}

export const NO_MARKS: Marks = { bold: false, italic: false, href: null };

export type Run =
  | { readonly kind: 'words'; readonly text: string; readonly marks: Marks }
  | { readonly kind: 'break' };

export interface ListItem {
  readonly blocks: readonly Block[];
  /** Null: not a task. */
  readonly checked: boolean | null;
}

export interface Cell {
  readonly head: boolean;
  readonly across: number;
  readonly down: number;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'paragraph'; readonly runs: readonly Run[] }
  | { readonly kind: 'heading'; readonly level: 3 | 4; readonly runs: readonly Run[] }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly ListItem[];
    }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'rule' };

/** @returns HTML that the block schema takes as it is */
export function writeBlocks(blocks: readonly Block[]): string {
  return blocks.map(writeBlock).join('');
}

function writeBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${writeRuns(block.runs)}</p>`;
    case 'heading':
      return `<h${block.level}>${writeRuns(block.runs)}</h${block.level}>`;
    case 'list':
      return writeList(block);
    case 'quote':
      return `<blockquote>${writeBlocks(block.blocks)}</blockquote>`;
    case 'table':
      return `<table><tbody>${block.rows.map((row) => `<tr>${row.map(writeCell).join('')}</tr>`).join('')}</tbody></table>`;
    case 'rule':
      return '<hr>';
  }
}

function writeList(list: Extract<Block, { kind: 'list' }>): string {
  const tasks = list.items.length > 0 && list.items.every(({ checked }) => checked !== null);
  const items = list.items.map(({ blocks, checked }) => {
    const inside = writeBlocks(startingWithWords(blocks));
    return tasks
      ? `<li data-type="taskItem" data-checked="${checked}"><div>${inside}</div></li>`
      : `<li>${inside}</li>`;
  });
  if (tasks) return `<ul data-type="taskList">${items.join('')}</ul>`;
  if (!list.ordered) return `<ul>${items.join('')}</ul>`;
  return `<ol${list.start === 1 ? '' : ` start="${list.start}"`}>${items.join('')}</ol>`;
}

/** An item of a list begins with a paragraph. */
function startingWithWords(blocks: readonly Block[]): readonly Block[] {
  const [first, ...rest] = blocks;
  if (first?.kind === 'paragraph') return blocks;
  if (first?.kind === 'heading') return [{ kind: 'paragraph', runs: first.runs }, ...rest];
  return [{ kind: 'paragraph', runs: [] }, ...blocks];
}

function writeCell(cell: Cell): string {
  const tag = cell.head ? 'th' : 'td';
  const across = cell.across > 1 ? ` colspan="${cell.across}"` : '';
  const down = cell.down > 1 ? ` rowspan="${cell.down}"` : '';
  return `<${tag}${across}${down}>${writeBlocks(cell.blocks) || '<p></p>'}</${tag}>`;
}

function writeRuns(runs: readonly Run[]): string {
  return runs
    .map((run) => {
      if (run.kind === 'break') return '<br>';
      let html = escapeHtml(run.text);
      if (run.marks.italic) html = `<em>${html}</em>`;
      if (run.marks.bold) html = `<strong>${html}</strong>`;
      return run.marks.href === null ? html : `<a href="${escapeHtml(run.marks.href)}">${html}</a>`;
    })
    .join('');
}

/** Gathers runs into blocks. */
export class BlockBuilder {
  readonly blocks: Block[] = [];
  private runs: Run[] = [];

  words(text: string, marks: Marks): void {
    if (text !== '') this.runs.push({ kind: 'words', text, marks });
  }

  break(): void {
    this.runs.push({ kind: 'break' });
  }

  /** Ends the paragraph (or heading) that was being gathered; two breaks end one, too. */
  end(heading: 3 | 4 | null = null): void {
    for (const runs of paragraphsOf(this.runs.splice(0))) {
      this.blocks.push(
        heading === null
          ? { kind: 'paragraph', runs }
          : { kind: 'heading', level: heading, runs: runs.map(withoutBold) },
      );
    }
  }

  add(block: Block): void {
    this.end();
    this.blocks.push(block);
  }
}

/** A heading is bold by itself. */
function withoutBold(run: Run): Run {
  return run.kind === 'words' && run.marks.bold ? { ...run, marks: { ...run.marks, bold: false } } : run;
}

/** Splits at double breaks, trims, joins what is alike; nothing for what holds no words. */
function paragraphsOf(runs: readonly Run[]): Run[][] {
  const paragraphs: Run[][] = [[]];
  runs.forEach((run, at) => {
    const last = paragraphs.at(-1) as Run[];
    if (run.kind === 'break' && runs[at + 1]?.kind === 'break') {
      if (last.length > 0) paragraphs.push([]);
    } else if (run.kind === 'break' && runs[at - 1]?.kind === 'break') {
      // the second of two: the paragraph has ended already
    } else last.push(run);
  });
  return paragraphs.map(tidied).filter((paragraph) => paragraph.length > 0);
}

function tidied(runs: readonly Run[]): Run[] {
  const tidy: Run[] = [];
  for (const run of runs) {
    const last = tidy.at(-1);
    if (run.kind === 'break') {
      if (last) tidy.push(run);
      continue;
    }
    // no space at the beginning of a line, and never two
    const after = !last || last.kind === 'break' || / $/.test(last.text);
    const text = after ? run.text.replace(/^ +/, '') : run.text;
    if (text === '') continue;
    if (last?.kind === 'words' && sameMarks(last.marks, run.marks)) {
      tidy[tidy.length - 1] = { ...last, text: last.text + text };
    } else tidy.push({ ...run, text });
  }
  for (let last = tidy.at(-1); last; last = tidy.at(-1)) {
    if (last.kind === 'words' && last.text.trimEnd() !== '') {
      tidy[tidy.length - 1] = { ...last, text: last.text.replace(/ +$/, '') };
      break;
    }
    tidy.pop();
  }
  return tidy;
}

function sameMarks(a: Marks, b: Marks): boolean {
  return a.bold === b.bold && a.italic === b.italic && a.href === b.href;
}
