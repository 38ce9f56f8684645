import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useCasePage } from '../case-study/case-page-state.ts';
import type { CaseSection } from '../case-study/case-sections.ts';
import { goToMiddle, goToSection } from '../case-study/page-place.ts';
import { editorOf } from '../case-study/put-words-back.ts';
import { showToast } from '../ui/toast.ts';
import type { CaseQuotesHere } from './case-quotes.ts';
import type { KnownQuotes } from './known-quotes.ts';
import { placedUses } from './quote-part.ts';

/** Brings the quote that the address names into view, and shows its card. */
export function useSoughtQuote(
  here: CaseQuotesHere,
  known: KnownQuotes,
  sections: readonly CaseSection[],
): void {
  const page = useCasePage();
  const navigate = useNavigate();
  const sought = useSearch({ strict: false, select: (search: { quote?: string }) => search.quote });
  const blockId = sought === undefined ? undefined : known.quotes.get(sought)?.blockId;
  const isMissing = sought !== undefined && known.complete && blockId === undefined;
  const section = sections.find((one) => one.blockId === blockId);
  const slug = section?.slug;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is gone to once, whatever else is known of the section later
  useEffect(() => {
    if (sought === undefined || (!section && !isMissing)) return;
    const settle = () =>
      void navigate({
        to: '/cases/$caseId',
        params: { caseId: page.caseId },
        search: slug === undefined ? {} : { section: slug },
        replace: true,
        // the page stays where it is brought to
        resetScroll: false,
      });
    if (!section) {
      showToast({ text: 'This quote is not in the case any more.' });
      settle();
      return;
    }
    let left = false;
    goToSection(page, section);
    page.mounting.ask(section.blockId);
    void editorOf(page, section.blockId).then((editor) => {
      if (left) return;
      settle();
      const use = editor && placedUses(editor.state).find(({ quote }) => quote === sought);
      if (!use) {
        showToast({ text: 'These words do not stand in the text just now.' });
        return;
      }
      here.lifted.set({ kind: 'card', blockId: section.blockId, quote: use.quote, use: use.use });
      goToMiddle(() => document.querySelector(`[data-chip="${CSS.escape(use.use)}"]`));
    });
    return () => {
      left = true;
    };
  }, [sought, slug, isMissing]);
}
