import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { WrittenSheet } from '../../shared/api/protection.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { StudyPage } from '../studies/StudyPage.tsx';
import { longDayOf } from '../ui/dates.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useRoute, wordsFor } from '../ui/query.ts';
import { request } from '../ui/request.ts';
import { HeldPeople } from './HeldPeople.tsx';
import { HeldSpeakers } from './HeldSpeakers.tsx';
import { SheetForm } from './SheetForm.tsx';
import { SheetText } from './SheetText.tsx';
import styles from './sheet.module.css';
import { useSheetDraft } from './sheet-draft.ts';

/** What people at schools are told of what is held on them; and, for the lead, on whom something is held. */
export default function ProtectionPage() {
  return <StudyPage title="Privacy">{(study) => <Protection study={study} />}</StudyPage>;
}

function Protection({ study }: { study: StudyDetail }) {
  const sheets = useRoute('GET /api/studies/:studyId/sheets', { studyId: study.id }, { keep: true });
  const { draft, begin, keep, end } = useSheetDraft(study);
  const writes = study.acts.includes('write-sheet');
  const current = sheets.data?.sheets[0] ?? null;
  const writing = writes && draft !== null && sheets.data !== undefined;
  return (
    <>
      <PageHead
        title="Privacy"
        meta="What we tell people at schools about what is held on them, and why. They can read it before they come in, and at any time after."
        acts={
          writes && current && !writing && <Button onClick={() => begin(current)}>Write a new version</Button>
        }
      />
      {writing && <SheetForm study={study} current={current} draft={draft} keep={keep} done={end} />}
      {sheets.error && !sheets.data ? (
        <div className={styles.states}>
          <ErrorState error={sheets.error} retry={() => void sheets.refetch()} />
        </div>
      ) : !sheets.data ? (
        <ListSkeleton rows={5} />
      ) : current ? (
        <>
          <Current sheet={current} />
          <Earlier study={study} sheets={sheets.data.sheets.slice(1)} more={sheets.data.more} />
        </>
      ) : (
        !writing && (
          <div className={styles.states}>
            <Nothing writes={writes} begin={() => begin(null)} />
          </div>
        )
      )}
      {study.acts.includes('export-person') && (
        <>
          <HeldPeople studyId={study.id} />
          <HeldSpeakers studyId={study.id} mayErase={study.acts.includes('erase-words')} />
        </>
      )}
      <section className={styles.part} aria-labelledby="own">
        <h2 id="own">What is held on you</h2>
        <p className={styles.explain}>
          Everybody can have it for themselves, from the page of{' '}
          <Link to="/account" className={styles.inText}>
            their account
          </Link>
          ; people at schools have it on the page where they read this.
        </p>
      </section>
    </>
  );
}

function Current({ sheet }: { sheet: WrittenSheet }) {
  return (
    <article className={styles.paper} aria-label={`Version ${sheet.version}`}>
      <p className={styles.version}>{lineOf(sheet)}</p>
      <SheetText parts={sheet.parts} level={2} />
    </article>
  );
}

function Nothing({ writes, begin }: { writes: boolean; begin: () => void }) {
  if (!writes) {
    return (
      <EmptyState title="Nothing is written yet">
        The lead of the study writes what people at schools are told.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="People at schools are told nothing yet"
      act={
        <Button variant="filled" onClick={begin}>
          Write it
        </Button>
      }
    >
      You begin with a text that says what Casebook holds. What only you can know is a gap to fill in: who is
      responsible, what allows you to, how long you keep it.
    </EmptyState>
  );
}

/** Versions before this one; a version never changes. */
function Earlier({
  study,
  sheets,
  more,
}: {
  study: StudyDetail;
  sheets: readonly WrittenSheet[];
  more: boolean;
}) {
  const [older, setOlder] = useState<{ sheets: readonly WrittenSheet[]; more: boolean } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const all = [...sheets, ...(older?.sheets ?? [])];
  if (all.length === 0) return null;
  const fetchMore = async () => {
    setProblem(null);
    try {
      const reply = await request('GET /api/studies/:studyId/sheets', {
        params: { studyId: study.id },
        query: { before: all.at(-1)?.version ?? 1 },
      });
      setOlder({ sheets: [...(older?.sheets ?? []), ...reply.sheets], more: reply.more });
    } catch (error) {
      setProblem(wordsFor(error as Error));
    }
  };
  return (
    <section className={styles.part} aria-labelledby="earlier">
      <h2 id="earlier">Earlier versions</h2>
      {all.map((sheet) => (
        <details key={sheet.version} className={styles.fold}>
          <summary>{lineOf(sheet)}</summary>
          <div>
            <SheetText parts={sheet.parts} level={3} />
          </div>
        </details>
      ))}
      {problem && <p role="alert">{problem}</p>}
      {(older?.more ?? more) && <Button onClick={() => void fetchMore()}>Show those before</Button>}
    </section>
  );
}

function lineOf(sheet: WrittenSheet): string {
  const by = sheet.writtenBy === '' ? '' : `, by ${sheet.writtenBy}`;
  return `Version ${sheet.version}, of ${longDayOf(sheet.writtenAt)}${by}`;
}
