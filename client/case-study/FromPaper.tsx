import { useLayoutEffect, useRef } from 'react';
import type { CaseSection } from './case-sections.ts';
import styles from './SectionView.module.css';

/** A section as it stood on the first paper, taken over from there until it is drawn in full. */
export function SectionFromPaper({ section, drawn }: { section: CaseSection; drawn: Element }) {
  const place = useTakenOver(drawn);
  return <section ref={place} id={`section-${section.blockId}`} className={styles.section} />;
}

/** The outline as it stood there. */
export function OutlineFromPaper({ className, drawn }: { className: string | undefined; drawn: Element }) {
  const place = useTakenOver(drawn);
  return <nav ref={place} className={className} aria-label="Sections" />;
}

/** Moves what stands in `drawn` into the element that the result is the ref of. */
function useTakenOver(drawn: Element) {
  const place = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    place.current?.append(...drawn.childNodes);
  }, [drawn]);
  return place;
}
