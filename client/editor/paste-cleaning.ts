/**
 * Cleans what is pasted from Word, Google Docs and the web to what a block's text can
 * hold. It reads an inert document (nothing in it runs or is fetched) and writes new
 * HTML from the words alone: no class, style, id, script or picture comes through (INPUT-2).
 */
import { isSafeHref } from '../../shared/document/links.ts';
import {
  type Block,
  BlockBuilder,
  type Cell,
  type ListItem,
  type Marks,
  NO_MARKS,
  writeBlocks,
} from './pasted-blocks.ts';
import { cleanOwnSlice } from './pasted-slice.ts';
import { pastedWords } from './pasted-words.ts';
import { type FlatItem, isWordMarker, listsOf, readMarker, wordLevel } from './word-lists.ts';

export interface CleanPaste {
  /** Safe, and of the block schema alone. */
  readonly html: string;
  /** Pictures that were left out. */
  readonly pictures: number;
  /** Links whose addresses were left out, their words kept. */
  readonly links: number;
}

/** Elements of which nothing is kept, words neither; `del` is what somebody took out of a Word text with its changes shown. */
const DROPPED = new Set(
  'script style title meta link base head template noscript iframe frame frameset object embed applet svg math canvas video audio source track map area select option datalist textarea dialog portal xml del'.split(
    ' ',
  ),
);
const PICTURES = new Set(['img', 'picture', 'image', 'v:imagedata', 'v:shape']);
const BLOCKS = new Set(
  'p div section article main header footer aside nav address figure figcaption center form fieldset legend details summary dl dt dd body html hgroup search caption'.split(
    ' ',
  ),
);
/** Deeper than any page nests what it means. */
const DEEPEST = 300;
const MOST_ACROSS = 40;

/**
 * @param html as it stands on the clipboard, whatever it is
 * @param quotes whether words copied from a text of ours stay quotes
 */
export function cleanPastedHtml(html: string, quotes = false): CleanPaste {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const own = cleanOwnSlice(page, quotes);
  if (own !== null) return { html: own, pictures: 0, links: 0 };
  const cleaning = new Cleaning(topHeading(page));
  const blocks = cleaning.blocksIn(page.body, NO_MARKS, 0);
  return { html: writeBlocks(blocks), pictures: cleaning.pictures, links: cleaning.links };
}

class Cleaning {
  pictures = 0;
  links = 0;
  private readonly top: number;
  private inTable = false;
  /** White space as typed (pre), rather than as a browser shows it. */
  private typed = false;

  /** @param top the level of the largest headings: those below them become smaller ones */
  constructor(top: number) {
    this.top = top;
  }

  blocksIn(parent: Element, marks: Marks, depth: number): Block[] {
    const builder = new BlockBuilder();
    this.children(parent, marks, builder, depth);
    builder.end();
    return builder.blocks;
  }

  private children(parent: Element, marks: Marks, builder: BlockBuilder, depth: number): void {
    if (depth > DEEPEST) {
      builder.words(pastedWords(parent.textContent ?? ''), marks);
      return;
    }
    let items: FlatItem[] = [];
    const endItems = () => {
      if (items.length === 0) return;
      for (const list of listsOf(items)) builder.add(list);
      items = [];
    };
    for (const node of parent.childNodes) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        const element = node as Element;
        const found = this.flatItems(element, marks, depth);
        if (found) {
          builder.end();
          items.push(...found);
          continue;
        }
        endItems();
        this.element(element, marks, builder, depth + 1);
      } else if (node.nodeType === Node.TEXT_NODE) {
        if (/[^\s\u00a0]/.test(node.nodeValue ?? '')) endItems();
        if (items.length === 0) this.text(node.nodeValue ?? '', marks, builder);
      }
    }
    endItems();
  }

  private text(text: string, marks: Marks, builder: BlockBuilder): void {
    if (!this.typed) {
      builder.words(pastedWords(text), marks);
      return;
    }
    text.split(/\r\n?|\n/).forEach((line, at) => {
      if (at > 0) builder.end();
      builder.words(pastedWords(line), marks);
    });
  }

  private element(element: Element, inherited: Marks, builder: BlockBuilder, depth: number): void {
    const tag = element.localName;
    if (PICTURES.has(tag)) {
      if (!isTrackingPixel(element)) this.pictures += 1;
      return;
    }
    if (DROPPED.has(tag) || isHidden(element) || isWordMarker(element)) return;
    const marks = this.marksOf(element, inherited);
    const heading = this.headingLevel(element);
    if (heading !== null) {
      builder.end();
      this.children(element, marks, builder, depth);
      builder.end(heading);
    } else if (tag === 'br') builder.break();
    else if (tag === 'hr') builder.add({ kind: 'rule' });
    else if (tag === 'ul' || tag === 'ol' || tag === 'menu' || tag === 'dir')
      this.list(element, marks, builder, depth);
    else if (tag === 'li')
      builder.add({ kind: 'list', ordered: false, start: 1, items: [this.item(element, marks, depth)] });
    else if (tag === 'table') this.table(element, marks, builder, depth);
    else if (tag === 'blockquote' || /\bMso(Intense)?Quote\b/.test(element.className)) {
      const blocks = this.blocksIn(element, NO_MARKS, depth);
      if (blocks.length > 0) builder.add({ kind: 'quote', blocks });
    } else if (tag === 'pre') {
      builder.end();
      this.typed = true;
      this.children(element, marks, builder, depth);
      this.typed = false;
      builder.end();
    } else if (BLOCKS.has(tag)) {
      builder.end();
      this.children(element, marks, builder, depth);
      builder.end();
    } else this.children(element, marks, builder, depth);
  }

  private headingLevel(element: Element): 3 | 4 | null {
    const level = /^h([1-6])$/.exec(element.localName)?.[1];
    if (level !== undefined) return Number(level) <= this.top ? 3 : 4;
    return element.localName === 'p' && /\bMsoTitle\b/.test(element.className) ? 3 : null;
  }

  private marksOf(element: Element, inherited: Marks): Marks {
    const tag = element.localName;
    const style = element.getAttribute('style') ?? '';
    const weight = /(?:^|;)\s*font-weight:\s*([\w-]+)/i.exec(style)?.[1]?.toLowerCase();
    const slant = /(?:^|;)\s*font-style:\s*([\w-]+)/i.exec(style)?.[1]?.toLowerCase();
    const bold =
      weight === undefined
        ? inherited.bold || tag === 'b' || tag === 'strong'
        : weight === 'bold' || weight === 'bolder' || Number(weight) >= 600;
    const italic =
      slant === undefined
        ? inherited.italic || tag === 'i' || tag === 'em' || tag === 'cite'
        : slant === 'italic' || slant === 'oblique';
    return { bold, italic, href: tag === 'a' ? this.address(element) : inherited.href };
  }

  private address(link: Element): string | null {
    const href: string = link.getAttribute('href')?.trim() ?? '';
    const safe: boolean = isSafeHref(href);
    if (safe) return href;
    // places within the page that was copied from are no loss
    if (href !== '' && !href.startsWith('#')) this.links += 1;
    return null;
  }

  /** What stands for items of a list without being one: Word's paragraphs, and each one-item list of Word on the web. */
  private flatItems(element: Element, marks: Marks, depth: number): FlatItem[] | null {
    const level = wordLevel(element);
    if (level !== null && /^(p|div)$/.test(element.localName)) {
      const marker = [...element.querySelectorAll('[style]')].find(isWordMarker);
      return [
        { level, ...readMarker(marker?.textContent ?? ''), blocks: this.blocksIn(element, marks, depth + 1) },
      ];
    }
    const list = element.classList.contains('ListContainerWrapper') ? element.firstElementChild : element;
    if (list?.localName !== 'ul' && list?.localName !== 'ol') return null;
    const items = [...list.children];
    if (items.length === 0 || !items.every((item) => item.hasAttribute('data-aria-level'))) return null;
    return items.map((item) => ({
      level: Math.min(9, Math.max(1, Number(item.getAttribute('data-aria-level')) || 1)),
      ordered: list.localName === 'ol',
      number: startOf(list),
      blocks: this.blocksIn(item, marks, depth + 2),
    }));
  }

  private list(list: Element, marks: Marks, builder: BlockBuilder, depth: number): void {
    const items: { blocks: Block[]; checked: boolean | null }[] = [];
    for (const child of list.children) {
      if (DROPPED.has(child.localName) || isHidden(child)) continue;
      const inside = child.localName === 'li' ? null : this.blocksIn(wrapped(child), marks, depth + 1);
      if (inside === null) {
        const item = this.item(child, marks, depth + 1);
        if (item.blocks.length > 0) items.push({ ...item, blocks: [...item.blocks] });
      } else if (inside.length > 0) {
        // a list set directly inside a list belongs to the item before it
        const last = items.at(-1);
        if (last) last.blocks.push(...inside);
        else items.push({ blocks: inside, checked: null });
      }
    }
    if (items.length > 0)
      builder.add({ kind: 'list', ordered: list.localName === 'ol', start: startOf(list), items });
  }

  private item(item: Element, marks: Marks, depth: number): ListItem {
    const box = item.querySelector(
      ':scope > input[type=checkbox], :scope > label > input[type=checkbox], :scope > p > input[type=checkbox]',
    );
    const said =
      item.getAttribute('role') === 'checkbox'
        ? item.getAttribute('aria-checked')
        : item.getAttribute('data-checked');
    const checked = box ? box.hasAttribute('checked') : said === null ? null : said === 'true' || said === '';
    const before = this.pictures;
    const blocks = this.blocksIn(item, marks, depth);
    // Google Docs draws the box of a task as a picture
    if (checked !== null) this.pictures = before;
    return { blocks, checked };
  }

  private table(table: Element, marks: Marks, builder: BlockBuilder, depth: number): void {
    const caption = table.querySelector(':scope > caption');
    if (caption) for (const block of this.blocksIn(caption, marks, depth + 1)) builder.add(block);
    const nested = this.inTable;
    this.inTable = true;
    const rows = [...table.querySelectorAll(':scope > tr, :scope > :is(thead, tbody, tfoot) > tr')]
      .filter((row) => !isHidden(row))
      .map((row) =>
        [...row.children]
          .filter((cell) => (cell.localName === 'td' || cell.localName === 'th') && !isHidden(cell))
          .map(
            (cell): Cell => ({
              head: cell.localName === 'th' || row.parentElement?.localName === 'thead',
              across: spanOf(cell, 'colspan'),
              down: spanOf(cell, 'rowspan'),
              blocks: this.blocksIn(cell, NO_MARKS, depth + 1),
            }),
          ),
      )
      .filter((row) => row.length > 0);
    this.inTable = nested;
    const cells = rows.flat();
    if (nested || cells.length <= 1 || table.getAttribute('role') === 'presentation') {
      // a table within a table, or one that only held something in place: its words, one after the other
      for (const block of cells.flatMap(({ blocks }) => blocks)) builder.add(block);
    } else if (cells.some(({ blocks }) => blocks.length > 0)) builder.add({ kind: 'table', rows });
  }
}

/** @returns the level of the largest headings; 3 where all are smaller */
function topHeading(page: Document): number {
  return [1, 2].find((level) => page.querySelector(`h${level}`) !== null) ?? 3;
}

function wrapped(element: Element): Element {
  const box = element.ownerDocument.createElement('div');
  box.append(element.cloneNode(true));
  return box;
}

function startOf(list: Element): number {
  const start = Number(list.getAttribute('start') ?? 1);
  return Number.isInteger(start) && start >= 1 && start <= 100_000 ? start : 1;
}

/** A clipboard may ask for a cell of a billion columns. */
function spanOf(cell: Element, name: string): number {
  const span = Number(cell.getAttribute(name) ?? 1);
  return Number.isInteger(span) && span >= 1 ? Math.min(span, MOST_ACROSS) : 1;
}

function isHidden(element: Element): boolean {
  const style = element.getAttribute('style') ?? '';
  if (element.hasAttribute('hidden') || /display:\s*none|visibility:\s*hidden|mso-hide:\s*all/i.test(style))
    return true;
  // comments beside a Word text, and their marks in it
  return /mso-element:\s*comment/i.test(style) || /\bMsoComment(Reference|Text)\b/.test(element.className);
}

function isTrackingPixel(picture: Element): boolean {
  return picture.getAttribute('width') === '1' || picture.getAttribute('height') === '1';
}
