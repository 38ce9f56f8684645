import { startTransition, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { useEngine } from '../sync/hooks.ts';
import type { CasePageState } from './case-page-state.ts';
import { caseSections, sectionBySlug } from './case-sections.ts';
import { sectionInAddress } from './kept-place.ts';
import { cancelIdle, whenIdle } from './live-facts.ts';

/**
 * Opens the live copy of the section that the reader comes for, before the case is
 * drawn: it is on its way while the page is busy.
 * @param here null while the case is not here
 * @returns its block id, empty where the case has no section; null until the case may be drawn
 */
export function useFirstSectionOpen(
  page: CasePageState,
  here: { detail: CaseDetail; framework: Framework } | null,
): string | null {
  const engine = useEngine();
  const [asked, setAsked] = useState(false);
  // Which one is decided once: where the reader goes later is for the sections themselves.
  const first = useRef<string | null>(null);
  if (here && first.current === null) {
    const sections = caseSections(here.framework, here.detail);
    first.current = (sectionBySlug(sections, sectionInAddress() ?? '') ?? sections[0])?.blockId ?? '';
  }
  const blockId = first.current;
  useLayoutEffect(() => {
    if (blockId === null) return;
    // Drawn in pieces, between which what the server answers is taken in.
    startTransition(() => setAsked(true));
    if (blockId === '') return;
    page.mounting.startWith(blockId);
    return engine.holdBlock(blockId);
  }, [engine, page, blockId]);
  return asked ? blockId : null;
}

/** Milliseconds that the rest of the case waits for the first section's editor. */
const FIRST_COMES_WITHIN = 600;

/**
 * @param first block id of the section that the reader came for
 * @returns false while that one alone is drawn in full, and of the others titles and texts
 */
export function useDrawnInFull(page: CasePageState, first: string): boolean {
  const [full, setFull] = useState(first === '');
  useEffect(() => {
    if (full) return;
    const editor = page.editor(first);
    let idle: number | undefined;
    const draw = () => {
      clearTimeout(timer);
      idle ??= whenIdle(() => startTransition(() => setFull(true)), 200);
    };
    const timer = setTimeout(draw, FIRST_COMES_WITHIN);
    const unwatch = editor.watch(draw);
    if (editor.get()) draw();
    return () => {
      unwatch();
      clearTimeout(timer);
      if (idle !== undefined) cancelIdle(idle);
    };
  }, [page, first, full]);
  return full;
}
