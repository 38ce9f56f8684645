import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { CaseQuotes } from '../../shared/api/quotes.ts';
import { unclaimedPassages } from '../../shared/quotes/unclaimed.ts';
import { caseSections } from '../case-study/case-sections.ts';
import { useFramework } from '../frameworks/use-framework.ts';
import { useRoute } from '../ui/query.ts';
import styles from './board.module.css';

/** Passages that are listed at once. */
const MOST_LISTED = 40;

/** Words in quotation marks that nobody captured yet, with the way to them. */
export function Unclaimed({ quotes }: { readonly quotes: CaseQuotes }) {
  const params = { caseId: quotes.caseId };
  const detail = useRoute('GET /api/cases/:caseId', params, { keep: true });
  const text = useRoute('GET /api/cases/:caseId/text', params, { keep: true });
  return detail.data && text.data ? <Found quotes={quotes} detail={detail.data} text={text.data} /> : null;
}

function Found(props: {
  readonly quotes: CaseQuotes;
  readonly detail: CaseDetail;
  readonly text: { readonly blocks: readonly { readonly blockId: string; readonly html: string }[] };
}) {
  const { quotes, detail, text } = props;
  const framework = useFramework(detail.study.frameworkId, detail.study.frameworkVersion);
  const found = useMemo(() => {
    if (!framework.data) return [];
    const sections = new Map(caseSections(framework.data, detail).map((one) => [one.blockId, one]));
    return text.blocks.flatMap(({ blockId, html }) => {
      const section = sections.get(blockId);
      if (!section || html === '') return [];
      const wordings = quotes.quotes.flatMap(({ uses }) =>
        uses.filter((use) => use.blockId === blockId).map(({ wording }) => wording),
      );
      return unclaimedPassages(linesOf(html), wordings).map((passage) => ({ passage, section }));
    });
  }, [framework.data, detail, text.blocks, quotes.quotes]);
  if (found.length === 0) return null;
  return (
    <details className={styles.unclaimed}>
      <summary>
        {found.length === 1 ? 'One passage' : `${found.length} passages`} in quotation marks that nobody was
        named for
      </summary>
      <p className={styles.soft}>
        If somebody said it, select it in the text and press <em>Quote</em>. Titles and terms may stay as they
        are.
      </p>
      <ul>
        {found.slice(0, MOST_LISTED).map(({ passage, section }) => (
          <li key={`${section.blockId} ${passage}`} className={styles.passage}>
            <q>{passage}</q>{' '}
            <Link to="/cases/$caseId" params={{ caseId: detail.id }} search={{ section: section.slug }}>
              {section.short}
            </Link>
          </li>
        ))}
      </ul>
      {found.length > MOST_LISTED && <p className={styles.soft}>And {found.length - MOST_LISTED} more.</p>}
    </details>
  );
}

/** The words of our own safe HTML, a line for each paragraph; nothing of it is drawn or run. */
function linesOf(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const line of page.querySelectorAll('p, h3, h4, h5, h6, li, td, th, blockquote, br')) line.after('\n');
  return page.body.textContent ?? '';
}
