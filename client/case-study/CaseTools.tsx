import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { Stage } from '../../shared/permissions/access.ts';
import { type DraftFormat, downloadDraft } from '../publishing/draft-download.ts';
import { showToast } from '../ui/toast.ts';
import styles from './CaseTools.module.css';
import type { Lifted } from './CaseView.tsx';
import { useAllFacts } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { MenuButton, type MenuItem } from './MenuButton.tsx';
import { PeopleHere } from './PeopleHere.tsx';
import { SavedState } from './SavedState.tsx';
import { countToAsk, stillToAsk } from './to-ask.ts';
import { useMedia } from './use-media.ts';
import { type OfferedAct, useNextAct } from './use-next-act.ts';

const StageDialog = lazy(() => import('./StageDialog.tsx'));

interface ToolsProps {
  readonly detail: CaseDetail;
  readonly sections: readonly CaseSection[];
  readonly blockIds: readonly string[];
  readonly narrow: boolean;
  readonly onGo: (section: CaseSection) => void;
  readonly onLift: (what: Lifted) => void;
}

/** At the right of the bar: saved or not, who is here, what can be done with the case. */
export function CaseTools(props: ToolsProps) {
  const { detail, sections, narrow, onGo } = props;
  const phone = useMedia('(max-width: 620px)');
  const [closing, setClosing] = useState<Stage | null>(null);
  const next = useNextAct(detail, sections, onGo, setClosing);
  return (
    <>
      <SavedState blockIds={props.blockIds} />
      {!phone && <PeopleHere sections={sections} onGo={onGo} />}
      {!narrow && (
        <>
          <FindButton onOpen={() => props.onLift('find')} />
          <ToAskButton sections={sections} onOpen={() => props.onLift('to-ask')} />
          <Link
            to="/cases/$caseId/quotes"
            params={{ caseId: detail.id }}
            className={`${styles.button} ${styles.quiet}`}
          >
            Quotes
          </Link>
          <SharingLink detail={detail} />
        </>
      )}
      <ExportMenu {...props} next={phone && !next?.held ? next : null} />
      {next && !phone && (
        <button
          type="button"
          className={`${styles.button} ${styles.main} ${next.held ? styles.held : ''}`}
          disabled={next.busy || next.held}
          onClick={() => next.run()}
        >
          {next.words}
        </button>
      )}
      {closing && (
        <Suspense fallback={null}>
          <StageDialog detail={detail} sections={sections} to={closing} onClose={() => setClosing(null)} />
        </Suspense>
      )}
    </>
  );
}

function FindButton({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <button
      type="button"
      className={`${styles.button} ${styles.quiet} ${styles.icon}`}
      aria-label="Find and replace in the whole case"
      title="Find and replace in the whole case"
      onClick={onOpen}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor">
        <circle cx="7" cy="7" r="4.2" strokeWidth="1.5" />
        <path d="m10.2 10.2 3.3 3.3" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
    </button>
  );
}

function ToAskButton(props: { readonly sections: readonly CaseSection[]; readonly onOpen: () => void }) {
  const factsOf = useAllFacts();
  const count = countToAsk(stillToAsk(props.sections, factsOf));
  if (count === 0) return null;
  return (
    <button type="button" className={`${styles.button} ${styles.quiet}`} onClick={props.onOpen}>
      {count} to ask
    </button>
  );
}

function SharingLink({ detail }: { readonly detail: CaseDetail }) {
  if (!detail.acts.includes('see-sharing')) return null;
  return (
    <Link
      to="/cases/$caseId/sharing"
      params={{ caseId: detail.id }}
      className={`${styles.button} ${styles.quiet}`}
    >
      Sharing
    </Link>
  );
}

const WORKING: Readonly<Record<DraftFormat, string>> = {
  html: 'Making the web page…',
  docx: 'Making the Word document…',
};

function ExportMenu({ detail, narrow, onLift, next }: ToolsProps & { readonly next: OfferedAct | null }) {
  const navigate = useNavigate();
  const [working, setWorking] = useState<DraftFormat | null>(null);
  const take = async (format: DraftFormat) => {
    setWorking(format);
    const problem = await downloadDraft(detail.id, format);
    setWorking(null);
    showToast(
      problem === null ? { text: 'The draft is in your downloads.' } : { text: problem, tone: 'bad' },
    );
  };
  const items: MenuItem[] = [];
  if (next) items.push({ id: 'next', label: next.words, act: () => next.run() });
  if (narrow) {
    items.push(
      { id: 'find', label: 'Find and replace', act: () => onLift('find') },
      { id: 'ask', label: 'Still to ask', act: () => onLift('to-ask') },
      {
        id: 'quotes',
        label: 'Quotes',
        act: () => void navigate({ to: '/cases/$caseId/quotes', params: { caseId: detail.id } }),
      },
    );
    if (detail.acts.includes('see-sharing')) {
      items.push({
        id: 'sharing',
        label: 'Sharing',
        act: () => void navigate({ to: '/cases/$caseId/sharing', params: { caseId: detail.id } }),
      });
      items.push({
        id: 'information',
        label: 'Information before the visit',
        act: () => void navigate({ to: '/cases/$caseId/information', params: { caseId: detail.id } }),
      });
    }
  }
  items.push({
    id: 'history',
    label: 'History',
    apart: narrow,
    act: () => void navigate({ to: '/cases/$caseId/history', params: { caseId: detail.id } }),
  });
  if (detail.acts.includes('export-case')) {
    items.push(
      {
        id: 'print',
        label: 'Print a draft',
        apart: true,
        act: () => void navigate({ to: '/cases/$caseId/print', params: { caseId: detail.id } }),
      },
      { id: 'docx', label: 'Draft for Word', act: () => void take('docx') },
      { id: 'html', label: 'Draft as a web page', act: () => void take('html') },
    );
  }
  if (items.length === 0) return null;
  return (
    <>
      <MenuButton
        className={`${styles.button} ${narrow ? styles.icon : ''}`}
        label={
          narrow ? 'More: find, still to ask, quotes, sharing, history, drafts' : 'History, export or print'
        }
        items={items}
        align="end"
        disabled={working !== null}
      >
        {narrow ? '⋯' : working ? 'Making…' : 'More'}
      </MenuButton>
      <span className="heard-only" role="status">
        {working ? WORKING[working] : ''}
      </span>
    </>
  );
}
