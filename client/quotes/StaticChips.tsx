import { useEffect, useMemo } from 'react';
import type { QuoteView } from '../../shared/api/quotes.ts';
import { boardWord, mostPressing } from '../../shared/quotes/board-words.ts';
import { useTopic } from '../sync/hooks.ts';
import { queries, routeKey, useRoute } from '../ui/query.ts';
import { type KnownQuotes, whoSpeaks } from './known-quotes.ts';
import type { UseSign } from './quote-part.ts';
import { drawStaticChips } from './static-chips.ts';

/** How quotes stand beside their words in texts that have no editor, as the server read them last. */
export function StaticChips({ caseId, known }: { readonly caseId: string; readonly known: KnownQuotes }) {
  const params = { caseId };
  const board = useRoute('GET /api/cases/:caseId/quotes', params, { keep: true, staleTime: 0 });
  useTopic(`case/${caseId}`, () => {
    void queries.invalidateQueries({ queryKey: routeKey('GET /api/cases/:caseId/quotes', params) });
  });
  const signs = useMemo(() => signsOf(board.data?.quotes ?? [], known), [board.data, known]);
  useEffect(() => {
    const paper = document.getElementById('main');
    if (!paper || signs.size === 0) return;
    let frame = 0;
    const draw = () => {
      frame = 0;
      drawStaticChips(paper, signs);
    };
    // a text is drawn anew when it comes from elsewhere, or its editor goes
    const drawn = new MutationObserver((changes) => {
      const isText = changes.some(({ target }) => !(target as Element).closest?.('.ProseMirror'));
      if (isText && frame === 0) frame = requestAnimationFrame(draw);
    });
    drawn.observe(paper, { childList: true, subtree: true });
    draw();
    return () => {
      drawn.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [signs]);
  return null;
}

/** @returns by use */
function signsOf(quotes: readonly QuoteView[], known: KnownQuotes): ReadonlyMap<string, UseSign> {
  return new Map(
    quotes.flatMap(({ id, uses }) =>
      uses.map(({ use, standings }): [string, UseSign] => [
        use,
        {
          word: mostPressing(standings.map(({ standing }) => boardWord(standing))) ?? 'needs-you',
          guarded: false,
          whose: whoSpeaks(known, id),
        },
      ]),
    ),
  );
}
