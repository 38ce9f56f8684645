import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type DraftPage, fetchDraftPage } from '../publishing/draft-page.ts';
import { usePageTitle } from '../ui/page-title.ts';
import styles from './PrintPage.module.css';

type Draft =
  | { readonly kind: 'making' }
  | { readonly kind: 'failed'; readonly problem: string }
  | { readonly kind: 'here'; readonly page: DraftPage };

/** A case as a draft on paper: what the export writes, ready to be printed. */
export default function PrintPage({ caseId }: { caseId: string }) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>({ kind: 'making' });
  const [attempt, setAttempt] = useState(0);
  usePageTitle(draft.kind === 'here' ? draft.page.title : 'Draft');

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    const controller = new AbortController();
    setDraft({ kind: 'making' });
    fetchDraftPage(caseId, controller.signal).then(
      (page) => setDraft({ kind: 'here', page }),
      (error: unknown) => {
        if (controller.signal.aborted) return;
        setDraft({
          kind: 'failed',
          problem: error instanceof Error ? error.message : 'The draft could not be made.',
        });
      },
    );
    return () => controller.abort();
  }, [caseId, attempt]);

  return (
    <>
      <nav className={styles.bar} aria-label="Draft">
        <button
          type="button"
          className={styles.button}
          onClick={() => void navigate({ to: '/cases/$caseId', params: { caseId } })}
        >
          Back to the case
        </button>
        <span className={styles.gap} />
        {draft.kind === 'here' && (
          <button type="button" className={`${styles.button} ${styles.main}`} onClick={() => window.print()}>
            Print
          </button>
        )}
      </nav>
      {draft.kind === 'here' ? (
        <Paper page={draft.page} />
      ) : (
        <main className={styles.state} id="main" aria-busy={draft.kind === 'making'}>
          {draft.kind === 'making' ? (
            <p role="status">Making the draft…</p>
          ) : (
            <>
              <p role="alert">{draft.problem}</p>
              <button
                type="button"
                className={styles.button}
                onClick={() => setAttempt((count) => count + 1)}
              >
                Try again
              </button>
            </>
          )}
        </main>
      )}
    </>
  );
}

/** The draft with its own style and none of ours: it stands in a tree of its own. */
function Paper({ page }: { page: DraftPage }) {
  const host = useRef<HTMLDivElement>(null);
  const fill = useCallback(() => {
    const element = host.current;
    if (!element) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`${page.style.replace(BODY, '$1.body')}\n${ON_OUR_PAGE}`);
    root.adoptedStyleSheets = [sheet];
    const body = document.createElement('div');
    body.className = 'body';
    body.append(...[...page.body.childNodes].map((node) => document.importNode(node, true)));
    root.replaceChildren(body);
  }, [page]);
  useEffect(fill, [fill]);
  return <div ref={host} className={styles.paper} />;
}

/** The draft's own body, in its style: here it is a part of our page. */
const BODY = /(^|[\s,}])body(?=\s*[{,])/g;

/** In a page of its own, white and light come by themselves; here our fonts do, and the paper is no wider than that. */
const ON_OUR_PAGE = `
.body { background: none; color-scheme: light; font-family: var(--text); }
.study, .date, .schools, .empty, dt, .row-title, .marking, .draft { font-family: var(--tool); }
.watermark { font-size: 0; }
.watermark::before { content: 'DRAFT'; font-size: 30vmin; }
@media screen { .watermark::before { font-size: min(30vmin, 180px); } }
`;
