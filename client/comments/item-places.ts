import type { ThreadPlace } from '../../shared/comments/reading.ts';
import { sectionElement } from '../case-study/page-place.ts';
import { begunWords } from './begun-words.ts';
import type { NewTarget } from './comments-here.ts';
import type { MarginItem } from './margin-items.ts';

/** Sections further from the view than this are not asked where a line in them stands, pixels. */
const FAR = 4_000;

/** What an item stands beside, as far as it is on the page. */
export type Beside =
  | { readonly on: 'anchor'; readonly anchor: string; readonly from: number }
  | { readonly on: 'field'; readonly field: string }
  | { readonly on: 'quote'; readonly quote: string }
  | { readonly on: 'section' };

export function besideOf(item: MarginItem): Beside {
  switch (item.kind) {
    case 'thread':
      return besidePlace(item.thread.place, item.thread.target);
    case 'new': {
      const { target } = item.thread;
      return target.on === 'suggestion' ? { on: 'section' } : besideTarget(target);
    }
    default:
      return { on: 'section' };
  }
}

function besidePlace(place: ThreadPlace, target: { readonly on: string; readonly anchor?: string }): Beside {
  switch (place.where) {
    case 'text':
      return { on: 'anchor', anchor: target.anchor ?? '', from: place.from };
    case 'field':
      return { on: 'field', field: place.field };
    case 'quote':
      return { on: 'quote', quote: place.quote };
    default:
      return { on: 'section' };
  }
}

function besideTarget(target: Exclude<NewTarget, { on: 'suggestion' }>): Beside {
  switch (target.on) {
    case 'range':
      return { on: 'anchor', anchor: target.anchor, from: 0 };
    case 'field':
      return { on: 'field', field: target.field };
    case 'quote':
      return { on: 'quote', quote: target.quote };
    case 'section':
      return { on: 'section' };
  }
}

/** @returns the element that something is beside; of a section, its head; null where it is not drawn */
export function besideElement(blockId: string, beside: Beside): Element | null {
  const section = sectionElement({ blockId });
  switch (beside.on) {
    case 'anchor':
      return section?.querySelector(`[data-anchor='${CSS.escape(beside.anchor)}']`) ?? null;
    case 'field':
      return section?.querySelector(`[data-field='${CSS.escape(beside.field)}']`) ?? null;
    case 'quote':
      return section?.querySelector(`[data-quote='${CSS.escape(beside.quote)}']`) ?? null;
    case 'section':
      return section?.querySelector('h2') ?? null;
  }
}

/** A section as it is drawn, asked for once for all that stands beside it. */
interface DrawnSection {
  readonly top: number;
  readonly isFar: boolean;
  /** Its running text; null where there is none, or it was not asked for. */
  readonly text: { readonly top: number; readonly height: number; readonly length: number } | null;
}

function drawnSection(blockId: string): DrawnSection | null {
  const section = sectionElement({ blockId });
  if (!section) return null;
  const { top, bottom } = section.getBoundingClientRect();
  const isFar = bottom < -FAR || top > window.innerHeight + FAR;
  const text = isFar ? null : section.querySelector('.prose');
  const length = text?.textContent?.length ?? 0;
  if (!text || length === 0) return { top, isFar, text: null };
  const here = text.getBoundingClientRect();
  return { top, isFar, text: { top: here.top, height: here.height, length } };
}

/**
 * Where items want to stand, by one reading of the page.
 * @param origin top of the margin, in the window
 * @returns pixels from the margin's top, by item
 */
export function wantedTops(items: readonly MarginItem[], origin: number): ReadonlyMap<string, number> {
  const tops = new Map<string, number>();
  const sections = new Map<string, DrawnSection | null>();
  for (const item of items) {
    let section = sections.get(item.blockId);
    if (section === undefined) {
      section = drawnSection(item.blockId);
      sections.set(item.blockId, section);
    }
    if (!section) continue;
    const beside = besideOf(item);
    const element = section.isFar ? null : besideElement(item.blockId, beside);
    const top = element?.getBoundingClientRect().top ?? begunTop(beside) ?? about(section, beside);
    tops.set(item.id, Math.max(0, top - origin));
  }
  return tops;
}

function begunTop(beside: Beside): number | null {
  return beside.on === 'anchor' ? begunWords.topOf(beside.anchor) : null;
}

/** About where words stand that are not marked: by how much of the text stands before them. */
function about({ top, text }: DrawnSection, beside: Beside): number {
  if (!text || beside.on !== 'anchor') return top;
  return text.top + text.height * Math.min(1, beside.from / text.length);
}
