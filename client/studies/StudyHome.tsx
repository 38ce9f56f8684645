import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { CaseSummary } from '../../shared/api/cases.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { STAGE_NAMES } from '../../shared/permissions/access.ts';
import { StudyRequests } from '../information/StudyRequests.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { PageHead } from '../ui/Page.tsx';
import { WhoList } from '../ui/Who.tsx';
import { CaseForm } from './CaseForm.tsx';
import { CaseMenu } from './CaseMenu.tsx';
import { Coverage } from './Coverage.tsx';
import styles from './home.module.css';
import { StudyPage } from './StudyPage.tsx';
import { StudySettings } from './StudySettings.tsx';
import { casesInOrder, casesLine, notesOf, progressWords, schoolsOf, stagesLine } from './study-words.ts';
import { WaitingForYou } from './WaitingForYou.tsx';

export default function StudyHome() {
  return <StudyPage wide>{(study) => <Home study={study} />}</StudyPage>;
}

function Home({ study }: { study: StudyDetail }) {
  const { make } = useSearch({ from: '/team/studies/$studyId/' });
  const navigate = useNavigate();
  const [settings, setSettings] = useState(false);
  const mayCreate = study.acts.includes('create-case');
  const toForm = () =>
    void navigate({ to: '/studies/$studyId', params: { studyId: study.id }, search: { make: 'case' } });
  const closeForm = () =>
    void navigate({ to: '/studies/$studyId', params: { studyId: study.id }, search: {} });
  const stages = stagesLine(study.caseList);
  return (
    <>
      <PageHead
        title={study.title}
        meta={
          <>
            {study.description && <p>{study.description}</p>}
            <p>
              {casesLine(study)}
              {stages && <> &nbsp;·&nbsp; {stages}</>}
            </p>
          </>
        }
        acts={
          <>
            {study.acts.includes('change-study') && (
              <Button variant="subtle" onClick={() => setSettings(true)}>
                Change
              </Button>
            )}
            {mayCreate && study.caseList.length > 0 && <Button onClick={toForm}>New case study</Button>}
          </>
        }
      />
      <div className={styles.homeGrid}>
        <section aria-labelledby="cases">
          <h2 id="cases">Cases</h2>
          {study.caseList.length === 0 ? (
            <EmptyState
              title="No case studies yet"
              act={
                mayCreate && (
                  <Button variant="filled" onClick={toForm}>
                    Begin the first case study
                  </Button>
                )
              }
            >
              A case study tells of one school, or of several together. It has a section for everything the
              framework asks.
            </EmptyState>
          ) : (
            <ul className={styles.cases}>
              {casesInOrder(study.caseList).map((one) => (
                <CaseRow key={one.id} one={one} study={study} />
              ))}
            </ul>
          )}
          <StudyRequests study={study} />
          <Coverage study={study} />
        </section>
        <aside aria-labelledby="waiting">
          <h2 id="waiting">Waiting for you</h2>
          <WaitingForYou study={study} />
        </aside>
      </div>
      {make === 'case' && mayCreate && (
        <Dialog title="New case study" onClose={closeForm}>
          <CaseForm study={study} cancel={closeForm} />
        </Dialog>
      )}
      {settings && <StudySettings study={study} onClose={() => setSettings(false)} />}
    </>
  );
}

function CaseRow({ one, study }: { one: CaseSummary; study: StudyDetail }) {
  const people = one.assigneeIds.flatMap((id) => study.members.find((member) => member.id === id) ?? []);
  const share = one.total === 0 ? 0 : (one.done / one.total) * 100;
  const begun = one.total === 0 ? 0 : (one.started / one.total) * 100;
  const finished = one.total > 0 && one.done === one.total;
  return (
    <li className={styles.caseItem}>
      <Link to="/cases/$caseId" params={{ caseId: one.id }} className={styles.caseRow}>
        <div>
          <h3>{one.title}</h3>
          <p>
            {schoolsOf(one.schoolIds, study.schools)}&nbsp;· {STAGE_NAMES[one.stage]}
          </p>
        </div>
        <div>
          <div className={styles.bar} data-finished={finished || undefined} aria-hidden="true">
            <i className={styles.begun} style={{ width: `${begun}%` }} />
            <i style={{ width: `${share}%` }} />
          </div>
          <p className={styles.progress}>{progressWords(one)}</p>
        </div>
        <div className={styles.notes}>
          {notesOf(one).map((note) => (
            <Chip key={note.words} tone={note.tone}>
              {note.words}
            </Chip>
          ))}
        </div>
        <WhoList people={people} size="s" most={3} />
      </Link>
      <CaseMenu one={one} study={study} />
    </li>
  );
}
