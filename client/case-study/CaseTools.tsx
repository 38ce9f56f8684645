import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CaseDetail } from '../../shared/api/contract.ts';
import { type DraftFormat, downloadDraft } from '../publishing/draft-download.ts';
import { showToast } from '../ui/toast.ts';
import styles from './CaseTools.module.css';
import type { Lifted } from './CaseView.tsx';
import { useAllFacts } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { MenuButton, type MenuItem } from './MenuButton.tsx';
import { NextActButton } from './NextActButton.tsx';
import { PeopleHere } from './PeopleHere.tsx';
import { SavedState } from './SavedState.tsx';
import { countToAsk, stillToAsk } from './to-ask.ts';

/** At the right of the bar: saved or not, who is here, what can be done with the case. */
export function CaseTools(props: {
  readonly detail: CaseDetail;
  readonly sections: readonly CaseSection[];
  readonly blockIds: readonly string[];
  readonly narrow: boolean;
  readonly onGo: (section: CaseSection) => void;
  readonly onLift: (what: Lifted) => void;
}) {
  const { detail, sections, narrow } = props;
  return (
    <>
      <SavedState blockIds={props.blockIds} />
      <PeopleHere sections={sections} onGo={props.onGo} />
      {!narrow && <ToAskButton sections={sections} onOpen={() => props.onLift('to-ask')} />}
      <DraftMenu {...props} />
      <NextActButton detail={detail} sections={sections} onGo={props.onGo} />
    </>
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

const WORKING: Readonly<Record<DraftFormat, string>> = {
  html: 'Making the web page…',
  docx: 'Making the Word document…',
};

function DraftMenu(props: {
  readonly detail: CaseDetail;
  readonly narrow: boolean;
  readonly onLift: (what: Lifted) => void;
}) {
  const { detail, narrow, onLift } = props;
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
  const items: MenuItem[] = [{ id: 'ask', label: 'Still to ask', act: () => onLift('to-ask') }];
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
  return (
    <>
      <MenuButton
        className={styles.button}
        label={narrow ? 'Find, still to ask, drafts' : 'Draft: find, print, export'}
        items={items}
        align="end"
        disabled={working !== null}
      >
        {narrow ? '⋯' : 'Draft'}
      </MenuButton>
      <span className="heard-only" role="status">
        {working ? WORKING[working] : ''}
      </span>
    </>
  );
}
