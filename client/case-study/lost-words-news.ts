import { useEffect, useRef } from 'react';
import type { LostWords } from '../../shared/api/cases.ts';
import { showToast } from '../ui/toast.ts';
import type { CasePageState } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { goToSection } from './page-place.ts';

/**
 * What a person is told when words of theirs have just lost their place, since the
 * card with them may stand out of view.
 * @param known - ids of what was there before
 * @param shortOf - a section as it is called in passing: `2.4`; null where it is not on the page
 * @returns null where there is nothing new of theirs
 */
export function lostWordsNews(
  lost: readonly LostWords[],
  known: ReadonlySet<string>,
  myId: string,
  shortOf: (blockId: string) => string | null,
): { readonly text: string; readonly blockId: string } | null {
  const mine = lost.filter((words) => words.authorId === myId && !known.has(words.id));
  const places = [...new Set(mine.flatMap(({ blockId }) => shortOf(blockId) ?? []))];
  const first = mine.find(({ blockId }) => shortOf(blockId) !== null);
  if (!first) return null;
  const where =
    places.length < 3
      ? places.join(' and ')
      : `${places.slice(0, -1).join(', ')} and ${places[places.length - 1]}`;
  return { text: `Words of yours lost their place in ${where}. They are kept.`, blockId: first.blockId };
}

/** Tells a person in passing of such words that came while the page was open (SAVE-5). */
export function useLostWordsNews(
  page: CasePageState,
  sections: readonly CaseSection[],
  lost: readonly LostWords[] | null,
): void {
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (!lost) return;
    const before = known.current;
    known.current = new Set([...(before ?? []), ...lost.map(({ id }) => id)]);
    if (!before) return;
    const sectionOf = (blockId: string) => sections.find((section) => section.blockId === blockId);
    const news = lostWordsNews(lost, before, page.me.id, (id) => sectionOf(id)?.short ?? null);
    if (!news) return;
    const run = () => goToSection(page, news);
    showToast({ text: news.text, action: { label: 'Show them', run } });
  }, [page, sections, lost]);
}
