import type { ThreadPlace } from '../../shared/comments/reading.ts';
import { sectionElement } from '../case-study/page-place.ts';
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

/**
 * Where items want to stand, by one reading of the page.
 * @param origin top of the margin, in the window
 * @returns pixels from the margin's top, by item
 */
export function wantedTops(items: readonly MarginItem[], origin: number): ReadonlyMap<string, number> {
  const tops = new Map<string, number>();
  const sections = new Map<string, DOMRect | null>();
  for (const item of items) {
    if (!sections.has(item.blockId))
      sections.set(item.blockId, sectionElement(item)?.getBoundingClientRect() ?? null);
    const section = sections.get(item.blockId);
    if (!section) continue;
    const isFar = section.bottom < -FAR || section.top > window.innerHeight + FAR;
    const beside = besideOf(item);
    const element = isFar ? null : besideElement(item.blockId, beside);
    const top = element?.getBoundingClientRect().top ?? between(item.blockId, section, beside, isFar);
    tops.set(item.id, Math.max(0, top - origin));
  }
  return tops;
}

/** About where a line stands in a text that no editor is in: by how much of it stands before. */
function between(blockId: string, section: DOMRect, beside: Beside, isFar: boolean): number {
  if (isFar || beside.on !== 'anchor') return section.top;
  const text = sectionElement({ blockId })?.querySelector('.prose');
  const length = text?.textContent?.length ?? 0;
  if (!text || length === 0) return section.top;
  const here = text.getBoundingClientRect();
  return here.top + here.height * Math.min(1, beside.from / length);
}
