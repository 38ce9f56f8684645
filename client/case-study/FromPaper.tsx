import { useLayoutEffect, useRef } from 'react';
import { type CaseSection, sectionBySlug } from './case-sections.ts';
import styles from './SectionView.module.css';

/** A section as it stood on the first paper, taken over from there until it is drawn in full. */
export function SectionFromPaper({ section, drawn }: { section: CaseSection; drawn: Element }) {
  const id = `section-${section.blockId}`;
  const place = useTakenOver(drawn, () => document.querySelector(`#${CSS.escape(id)} h2`));
  return <section ref={place} id={id} className={styles.section} />;
}

/** The outline as it stood there; its links load nothing anew any more. */
export function OutlineFromPaper(props: {
  readonly className: string | undefined;
  readonly drawn: Element;
  readonly sections: readonly CaseSection[];
  readonly onGo: (section: CaseSection) => void;
}) {
  const { drawn, sections, onGo } = props;
  const place = useTakenOver(drawn, (left) => {
    const href = CSS.escape(left.getAttribute('href') ?? '');
    return document.querySelector(`nav[aria-label="Sections"] a[href="${href}"]`);
  });
  useLayoutEffect(() => {
    const outline = place.current;
    const go = (event: MouseEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
      const link = event.target.closest('a');
      const slug = link && new URL(link.href).searchParams.get('section');
      const section = slug ? sectionBySlug(sections, slug) : null;
      if (!section) return;
      event.preventDefault();
      onGo(section);
    };
    outline?.addEventListener('click', go);
    return () => outline?.removeEventListener('click', go);
  }, [place, sections, onGo]);
  return <nav ref={place} className={props.className} aria-label="Sections" />;
}

/**
 * Moves what stands in `drawn` into the element that the result is the ref of. The keyboard
 * stays where it is there, and goes on to what `successor` finds once that is drawn in its place.
 */
function useTakenOver(drawn: Element, successor: (left: Element) => HTMLElement | null) {
  const place = useRef<HTMLElement>(null);
  const next = useRef(successor);
  next.current = successor;
  useLayoutEffect(() => {
    const here = place.current;
    const focused = focusedIn(drawn);
    here?.append(...drawn.childNodes);
    focused?.focus({ preventScroll: true });
    return () => {
      const left = focusedIn(here);
      // What comes in its place is not there yet.
      if (left) queueMicrotask(() => next.current(left)?.focus({ preventScroll: true }));
    };
  }, [drawn]);
  return place;
}

function focusedIn(element: Element | null): HTMLElement | null {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement && element?.contains(activeElement) ? activeElement : null;
}
