import { useNavigate } from '@tanstack/react-router';
import { lazy, memo, Suspense, useState } from 'react';
import type { Person } from '../../shared/api/people.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import type { StudyAct } from '../../shared/permissions/study-acts.ts';
import { showToast } from '../ui/toast.ts';
import { Who } from '../ui/Who.tsx';
import { askedComment } from './asked-comment.ts';
import { type BlockStatusAct, useBlockStatus } from './block-status.ts';
import { useCasePage, useFacts } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { dueDay } from './day.ts';
import { MenuButton, type MenuItem } from './MenuButton.tsx';
import { sectionLink } from './page-place.ts';
import { wordsPhrase } from './progress.ts';
import { SectionTitle } from './SectionTitle.tsx';
import styles from './SectionView.module.css';
import { StatusMenu } from './StatusMenu.tsx';
import { useSectionSavedWords } from './section-live.ts';

const SectionDetails = lazy(() => import('./SectionDetails.tsx'));

/**
 * Number, title and standing of a section, with what may be done to it as a whole. The
 * title is the same element before and after the rest comes: it may have the keyboard.
 */
export const SectionHead = memo(function SectionHead(props: {
  readonly section: CaseSection;
  readonly people: readonly Person[];
  readonly acts: readonly StudyAct[];
  /** Its title alone as yet. */
  readonly sketch: boolean;
}) {
  const { section, people, acts, sketch } = props;
  const page = useCasePage();
  const act = useBlockStatus(page.caseId, section.blockId);
  const [details, setDetails] = useState<'who-and-when' | 'not-applicable' | null>(null);
  const folded = section.state.notApplicable;
  return (
    <>
      <SectionTitle section={section}>
        {!sketch && (
          <span className={styles.side}>
            <SectionSaved blockId={section.blockId} />
            <StatusMenu section={section} people={people} acts={acts} act={act} />
            {folded === null && <WordCount section={section} />}
            <MoreMenu section={section} acts={acts} act={act} onDetails={setDetails} />
          </span>
        )}
      </SectionTitle>
      {!sketch && (
        <WhoAndWhen
          section={section}
          people={people}
          acts={acts}
          act={act}
          onDue={() => setDetails('who-and-when')}
        />
      )}
      {!sketch && folded !== null && (
        <p className={styles.folded}>
          <span>Does not apply: {folded}</span>
          {acts.includes('set-section-status') && (
            <button
              type="button"
              className={styles.link}
              disabled={act.pending}
              onClick={() => void act.set({ notApplicable: null })}
            >
              It does apply
            </button>
          )}
        </p>
      )}
      {act.problem && !details && (
        <p className={styles.problem} role="alert">
          {act.problem}
        </p>
      )}
      {details && (
        <Suspense fallback={null}>
          <SectionDetails
            section={section}
            people={people}
            about={details}
            act={act}
            onClose={() => {
              act.clear();
              setDetails(null);
            }}
          />
        </Suspense>
      )}
    </>
  );
});

function SectionSaved({ blockId }: { blockId: string }) {
  const said = useSectionSavedWords(blockId);
  if (!said) return null;
  return (
    <span className={`${styles.words} ${said.tone === 'bad' ? styles.bad : styles.wait}`}>{said.words}</span>
  );
}

function WordCount({ section }: { section: CaseSection }) {
  const words = wordsPhrase(useFacts(section).words);
  return words ? <span className={styles.words}>{words}</span> : null;
}

function WhoAndWhen(props: {
  readonly section: CaseSection;
  readonly people: readonly Person[];
  readonly acts: readonly StudyAct[];
  readonly act: BlockStatusAct;
  readonly onDue: () => void;
}) {
  const { section, people, acts, act } = props;
  const { assigneeId, dueOn, notApplicable } = section.state;
  if (notApplicable !== null || (assigneeId === null && dueOn === null)) return null;
  const assignee = people.find(({ id }) => id === assigneeId);
  const may = acts.includes('assign-section');
  const due = dueOn === null ? null : `Due ${dueDay(dueOn)}`;
  return (
    <div className={styles.meta}>
      {assigneeId !== null &&
        (may ? (
          <MenuButton
            className={styles.metaButton}
            label={`${section.short} is with ${assignee?.name ?? 'somebody who left'}. Change`}
            items={assigneeItems(section, people, act)}
          >
            <Assignee person={assignee} />
          </MenuButton>
        ) : (
          <span className={styles.metaButton}>
            <Assignee person={assignee} />
          </span>
        ))}
      {due &&
        (may ? (
          <button type="button" className={styles.metaButton} onClick={props.onDue}>
            {due}
          </button>
        ) : (
          <span>{due}</span>
        ))}
    </div>
  );
}

function Assignee({ person }: { person: Person | undefined }) {
  if (!person) return <>With somebody who left</>;
  return (
    <>
      <span aria-hidden="true">
        <Who person={person} size="s" />
      </span>
      {person.name}
    </>
  );
}

function assigneeItems(section: CaseSection, people: readonly Person[], act: BlockStatusAct): MenuItem[] {
  const now = section.state.assigneeId;
  return [
    ...people.map((person) => ({
      id: person.id,
      label: person.name,
      checked: person.id === now,
      act: () => {
        if (person.id !== now) void act.set({ assigneeId: person.id });
      },
    })),
    {
      id: '',
      label: 'Nobody',
      checked: now === null,
      apart: true,
      act: () => void act.set({ assigneeId: null }),
    },
  ];
}

function MoreMenu(props: {
  readonly section: CaseSection;
  readonly acts: readonly StudyAct[];
  readonly act: BlockStatusAct;
  readonly onDetails: (about: 'who-and-when' | 'not-applicable') => void;
}) {
  const { section, acts, onDetails } = props;
  const page = useCasePage();
  const navigate = useNavigate();
  const items: MenuItem[] = [
    { id: 'link', label: 'Copy a link to this section', act: () => void copyLink(page.caseId, section) },
    {
      id: 'history',
      label: 'History of this section',
      act: () =>
        void navigate({
          to: '/cases/$caseId/history',
          params: { caseId: page.caseId },
          search: { section: section.slug },
        }),
    },
  ];
  if (includesAccess(section.state.access, 'comment')) {
    items.push({
      ...{ id: 'comment', label: 'Comment on this section…' },
      act: () => askedComment.set({ on: 'section', blockId: section.blockId }),
    });
  }
  if (acts.includes('assign-section')) {
    items.push({ id: 'who', label: 'Who writes it, and by when…', act: () => onDetails('who-and-when') });
  }
  if (acts.includes('set-section-status') && section.state.notApplicable === null) {
    items.push({ id: 'not', label: 'Does not apply, because…', act: () => onDetails('not-applicable') });
  }
  return (
    <MenuButton className={styles.more} label={`More for ${section.short}`} items={items} align="end">
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="currentColor">
        <circle cx="3" cy="8" r="1.4" />
        <circle cx="8" cy="8" r="1.4" />
        <circle cx="13" cy="8" r="1.4" />
      </svg>
    </MenuButton>
  );
}

async function copyLink(caseId: string, section: CaseSection): Promise<void> {
  const link = sectionLink(caseId, section);
  try {
    await navigator.clipboard.writeText(link);
    showToast({ text: `The link to ${section.short} is copied.` });
  } catch {
    showToast({ text: `The link could not be copied. It is ${link}`, tone: 'bad' });
  }
}
