import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useCasePage } from './case-page-state.ts';
import { type CaseSection, sectionBySlug } from './case-sections.ts';
import { sectionInAddress } from './kept-place.ts';
import { goToSection } from './page-place.ts';

/** Goes where a link inside Casebook points while the case is already open. Draws nothing. */
export function FollowAddress({ sections }: { sections: readonly CaseSection[] }) {
  const page = useCasePage();
  const slug = useSearch({ strict: false, select: (search: { section?: string }) => search.section });
  const first = useRef(true);
  const latest = useRef(sections);
  useEffect(() => {
    latest.current = sections;
  });
  useEffect(() => {
    // The first address is followed when the text stands (see page-place.ts).
    if (first.current) {
      first.current = false;
      return;
    }
    const section = slug === undefined ? null : sectionBySlug(latest.current, slug);
    // The page itself names the section in view in the address: nothing to follow then,
    // nor where it named the next one before this was drawn.
    if (slug !== sectionInAddress()) return;
    if (!section || section.blockId === page.current.get()) return;
    goToSection(page, section);
  }, [slug, page]);
  return null;
}
