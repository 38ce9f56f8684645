/**
 * Word puts no lists on the clipboard but paragraphs that look like items: the level
 * stands in a style of its own, the bullet or number as text before the words.
 */
import type { Block } from './pasted-blocks.ts';

/** A paragraph that was an item of a list. */
export interface FlatItem {
  /** Counts from 1. */
  readonly level: number;
  readonly ordered: boolean;
  /** What its number says; 1 where it says nothing. */
  readonly number: number;
  readonly blocks: readonly Block[];
}

/** Deeper items than this become items of this level. */
const DEEPEST = 9;

/** @returns the level of a paragraph that Word means as an item of a list, or null */
export function wordLevel(element: Element): number | null {
  const style = element.getAttribute('style') ?? '';
  const level = /mso-list:\s*l\d+\s+level(\d{1,2})/i.exec(style)?.[1];
  return level === undefined ? null : Math.min(DEEPEST, Math.max(1, Number(level)));
}

/** @returns whether this is the text that stands for a bullet or number */
export function isWordMarker(element: Element): boolean {
  return /mso-list:\s*ignore/i.test(element.getAttribute('style') ?? '');
}

/** What a bullet or number says about its list. */
export function readMarker(text: string): { ordered: boolean; number: number } {
  const marker = text.replace(/[\s\u00a0]+/g, '');
  const number = /^\(?(\d{1,5})[.)]?$/.exec(marker)?.[1];
  if (number !== undefined) return { ordered: true, number: Math.max(1, Number(number)) };
  // a lone "o" is the bullet of Word's second level
  if (/^\(?([a-z]|[ivxlc]{1,6})[.)]$/i.test(marker)) return { ordered: true, number: 1 };
  return { ordered: false, number: 1 };
}

/** Items that follow each other, as the lists within lists that they were. */
export function listsOf(items: readonly FlatItem[]): Block[] {
  const lists: Block[] = [];
  for (let at = 0; at < items.length; ) {
    const first = items[at] as FlatItem;
    let end = at + 1;
    while (end < items.length) {
      const next = items[end] as FlatItem;
      if (next.level < first.level || (next.level === first.level && next.ordered !== first.ordered)) break;
      end++;
    }
    lists.push(oneList(items.slice(at, end), first.level));
    at = end;
  }
  return lists;
}

/** All items stand at `level` or deeper; the first stands at it. */
function oneList(items: readonly FlatItem[], level: number): Block {
  const first = items[0] as FlatItem;
  const entries: { blocks: Block[]; checked: null }[] = [];
  for (let at = 0; at < items.length; ) {
    let end = at + 1;
    while (end < items.length && (items[end] as FlatItem).level > level) end++;
    entries.push({
      blocks: [...(items[at] as FlatItem).blocks, ...listsOf(items.slice(at + 1, end))],
      checked: null,
    });
    at = end;
  }
  return { kind: 'list', ordered: first.ordered, start: first.number, items: entries };
}
