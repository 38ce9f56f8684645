import { useEffect, useLayoutEffect, useRef } from 'react';
import type { CasePageState } from './case-page-state.ts';
import { type CaseSection, sectionBySlug } from './case-sections.ts';
import { keepPlaceInCase, keptPlace, loadedAnew, MOVES, sectionInAddress } from './kept-place.ts';

/** The element of a section on the page. */
export function sectionElement(section: Pick<CaseSection, 'blockId'>): HTMLElement | null {
  return document.getElementById(`section-${section.blockId}`);
}

/** A link to the section that others can open. */
export function sectionLink(caseId: string, section: Pick<CaseSection, 'slug'>): string {
  return `${window.location.origin}/cases/${encodeURIComponent(caseId)}?section=${encodeURIComponent(section.slug)}`;
}

/**
 * Brings a section to the top of the view.
 * @param focus - also moves the keyboard there, to its heading
 */
export function goToSection(page: CasePageState, section: Pick<CaseSection, 'blockId'>, focus = true): void {
  const element = sectionElement(section);
  if (!element) return;
  page.pin(section.blockId);
  if (focus) element.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  holdPlace(element, 0, 'now');
}

/**
 * Brings something in the text to the middle of the view, and keeps it there while what
 * stands above it finds its height, until the reader moves.
 * @param find what it is now: it may be drawn anew meanwhile
 */
export function goToMiddle(find: () => Element | null): void {
  const away = () => {
    const here = find()?.getBoundingClientRect();
    return here ? (here.top + here.bottom - window.innerHeight) / 2 : 0;
  };
  hold(away, document.getElementById('main'), 'now');
}

/**
 * Keeps the line that is being written in where it is in the view, while its section is
 * drawn otherwise and banners come over the paper, until the reader moves.
 */
export function holdLine(section: HTMLElement): void {
  const line = writtenLine(section);
  const find = () => {
    const here = document.getElementById(section.id) ?? section;
    return (line === null ? null : here.querySelector('.prose')?.children[line]) ?? here;
  };
  const top = find().getBoundingClientRect().top;
  hold(() => find().getBoundingClientRect().top - top, section.parentElement, 'next frame');
}

/** Which paragraph, or the like, of the section's text holds the caret; null where it is elsewhere. */
function writtenLine(section: HTMLElement): number | null {
  const text = section.querySelector('.prose');
  const caret = document.getSelection()?.anchorNode;
  if (!text || !caret || !text.contains(caret)) return null;
  const at = [...text.children].findIndex((line) => line.contains(caret));
  return at < 0 ? null : at;
}

/** Holds the place of the last `goToSection` no longer: what follows scrolls by itself. */
export function letPlaceGo(): void {
  releaseLast();
}

/** Milliseconds after which a place is no longer held: what grows then grew by somebody's hand. */
const HELD = 3_000;
let releaseLast: () => void = () => {};

/**
 * Scrolls to a section and keeps it there while the sections above it come to
 * life and find their height, until the reader moves.
 * @param offset pixels into the section
 * @param from the next frame, while the page is being drawn: asking where something stands lays it all
 *   out, and it is laid out for that frame anyway
 */
function holdPlace(element: HTMLElement, offset: number, from: 'now' | 'next frame'): void {
  const away = () => {
    // Another element may stand for the section by now, see `FromPaper.tsx`.
    const here = document.getElementById(element.id);
    if (!here) return 0;
    const margin = Number.parseFloat(getComputedStyle(here).scrollMarginTop) || 0;
    return here.getBoundingClientRect().top - margin + offset;
  };
  hold(away, element.parentElement, from);
}

/** @param away pixels from where it is to where it is to be @param around what grows with all that stands before it */
function hold(away: () => number, around: Element | null, from: 'now' | 'next frame'): void {
  releaseLast();
  const align = () => {
    const by = away();
    if (Math.abs(by) >= 1) window.scrollBy({ top: by, behavior: 'instant' });
  };
  const observer = new ResizeObserver(align);
  const release = () => {
    observer.disconnect();
    clearTimeout(timer);
    for (const event of MOVES) window.removeEventListener(event, release, true);
  };
  const timer = setTimeout(release, HELD);
  if (around) observer.observe(around);
  requestAnimationFrame(() => {
    if (from === 'next frame') align();
    // The key or click that brought us here is not the reader's next move.
    for (const event of MOVES) window.addEventListener(event, release, { capture: true, passive: true });
  });
  releaseLast = release;
  if (from === 'now') align();
}

/** Milliseconds that a section scrolled to stays current before the address names it. */
const SETTLED = 400;
/** A section counts as seen from this far above and below the view, in pixels. */
const NEAR = 900;

/**
 * Follows the reader: which section is current, which need an editor, what the
 * address says; and brings them back to where they were.
 * @param ready - the text stands on the page
 * @param full - so does everything else: other elements may stand for the sections than before
 */
export function useReaderPlace(
  page: CasePageState,
  sections: readonly CaseSection[],
  ready: boolean,
  full: boolean,
): void {
  const ids = sections.map((section) => section.blockId).join(' ');
  const latest = useRef(sections);
  latest.current = sections;
  useEffect(() => {
    if (!ready) return;
    page.mounting.setOrder(ids === '' ? [] : ids.split(' '));
    return watchSections(page, latest.current, full);
  }, [page, ids, ready, full]);

  const restored = useRef(false);
  useLayoutEffect(() => {
    if (!ready || restored.current) return;
    restored.current = true;
    restorePlace(page, latest.current);
  }, [page, ready]);

  useEffect(() => {
    if (!ready) return;
    return keepPlace(page, () => latest.current);
  }, [page, ready]);
}

function watchSections(page: CasePageState, sections: readonly CaseSection[], full: boolean): () => void {
  const elements = sections.flatMap((section) => sectionElement(section) ?? []);
  const idOf = (element: Element) => element.id.slice('section-'.length);
  const where = new Map<string, { near: boolean; visible: boolean }>();
  const note = (entries: readonly IntersectionObserverEntry[], kind: 'near' | 'visible') => {
    for (const entry of entries) {
      const id = idOf(entry.target);
      const now = { near: false, visible: false, ...where.get(id), [kind]: entry.isIntersecting };
      where.set(id, now);
      page.mounting.see(id, now.visible ? 'visible' : now.near ? 'near' : 'far');
    }
  };
  const visible = new IntersectionObserver((entries) => note(entries, 'visible'));
  const near = new IntersectionObserver((entries) => note(entries, 'near'), {
    rootMargin: `${NEAR}px 0px`,
  });
  const crossing = new Set<string>();
  const follow = () => {
    const last = sections.findLast((section) => crossing.has(section.blockId));
    if (last && !page.pinned) page.current.set(last.blockId);
  };
  const unpin = () => {
    page.pinned = false;
  };
  // A band in the upper part of the view: the last section that crosses it is the one being read.
  const band = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) crossing.add(idOf(entry.target));
        else crossing.delete(idOf(entry.target));
      }
      follow();
      if (full) page.placed.set(true);
    },
    { rootMargin: '-96px 0px -72% 0px' },
  );
  for (const element of elements) {
    visible.observe(element);
    near.observe(element);
    band.observe(element);
  }
  for (const event of MOVES) window.addEventListener(event, unpin, { capture: true, passive: true });
  return () => {
    for (const event of MOVES) window.removeEventListener(event, unpin, true);
    visible.disconnect();
    near.disconnect();
    band.disconnect();
  };
}

function restorePlace(page: CasePageState, sections: readonly CaseSection[]): void {
  const slug = sectionInAddress();
  if (slug === null) return;
  const section = sectionBySlug(sections, slug);
  if (!section) return;
  page.pin(section.blockId);
  const kept = cameBack() ? keptPlace(page.caseId) : null;
  const element = sectionElement(section);
  if (element) holdPlace(element, kept?.slug === slug ? kept.offset : 0, 'next frame');
}

let firstPage = true;

/** Whether this page is one that was left: loaded anew or gone back to, not followed by a link. */
function cameBack(): boolean {
  const first = firstPage;
  firstPage = false;
  return first && loadedAnew();
}

function holdsFocus(section: CaseSection | undefined): boolean {
  return section !== undefined && (sectionElement(section)?.contains(document.activeElement) ?? false);
}

/** Names the current section in the address, and keeps how far into it the reader is. */
function keepPlace(page: CasePageState, sections: () => readonly CaseSection[]): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const currentSection = () => sections().find((section) => section.blockId === page.current.get());
  const writeAddress = () => {
    const section = currentSection();
    if (!section || sectionInAddress() === section.slug) return;
    if (sectionInAddress() === null && window.scrollY < 200) return;
    const url = new URL(window.location.href);
    url.searchParams.set('section', section.slug);
    window.history.replaceState(window.history.state, '', url);
  };
  const onChange = () => {
    clearTimeout(timer);
    // Whoever went there, or writes there, comes back to it however soon the page is loaded anew.
    if (page.pinned || holdsFocus(currentSection())) writeAddress();
    else timer = setTimeout(writeAddress, SETTLED);
  };
  const keep = () => {
    const section = currentSection();
    const element = section && sectionElement(section);
    if (!section || !element) return;
    const margin = Number.parseFloat(getComputedStyle(element).scrollMarginTop) || 0;
    const offset = Math.round(margin - element.getBoundingClientRect().top);
    keepPlaceInCase(page.caseId, { slug: section.slug, offset });
  };
  const restoration = window.history.scrollRestoration;
  window.history.scrollRestoration = 'manual';
  const unwatch = page.current.watch(onChange);
  window.addEventListener('pagehide', keep);
  return () => {
    keep();
    clearTimeout(timer);
    unwatch();
    window.removeEventListener('pagehide', keep);
    window.history.scrollRestoration = restoration;
  };
}
