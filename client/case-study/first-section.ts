import { useLayoutEffect, useRef, useState } from 'react';
import type { CaseDetail } from '../../shared/api/contract.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { useEngine } from '../sync/hooks.ts';
import { caseSections, sectionBySlug } from './case-sections.ts';
import { sectionInAddress } from './page-place.ts';

/**
 * Opens the live copy of the section that the reader comes for, before the case is
 * drawn: it is on its way while the page is busy.
 * @param here null while the case is not here
 * @returns whether the case may be drawn
 */
export function useFirstSectionOpen(here: { detail: CaseDetail; framework: Framework } | null): boolean {
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
    setAsked(true);
    return blockId === '' ? undefined : engine.holdBlock(blockId);
  }, [engine, blockId]);
  return asked;
}
