import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { ContactSheet, SheetShown } from '../../shared/api/protection.ts';
import { DeleteAccount } from '../accounts/DeleteAccount.tsx';
import contact from '../contact/contact.module.css';
import { longDayOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { useAct, useRoute } from '../ui/query.ts';
import { OwnFile } from './PersonFile.tsx';
import { SheetText } from './SheetText.tsx';
import styles from './sheet.module.css';

/** *What we hold and why*, one step away from a school contact's page. */
export default function ContactSheetPage() {
  const list = useRoute('GET /api/contact/sheets', {}, { staleTime: 0 });
  usePageTitle('What we hold and why');
  return (
    <div className={contact.page}>
      <header className={contact.top}>
        <span className={contact.product}>Casebook</span>
        <Link to="/contact" className={styles.way}>
          Back to your page
        </Link>
      </header>
      <main id="main">
        <h1>What we hold and why</h1>
        {list.data ? (
          list.data.sheets.length === 0 ? (
            <p className={contact.lead}>
              Nothing is written here for you. Whoever invited you can tell you more.
            </p>
          ) : (
            list.data.sheets.map((one) => (
              <Sheet key={one.studyId} told={one} titled={list.data.sheets.length > 1} />
            ))
          )
        ) : list.error ? (
          <ErrorState error={list.error} retry={() => void list.refetch()} />
        ) : (
          <ListSkeleton rows={6} />
        )}
        <section className={styles.contactPart} aria-labelledby="own">
          <h2 id="own">Everything held on you</h2>
          <OwnFile explain={styles.explain ?? ''} />
        </section>
        <div className={styles.contactPart}>
          <DeleteAccount contact />
        </div>
      </main>
    </div>
  );
}

function Sheet({ told, titled }: { told: ContactSheet; titled: boolean }) {
  const { sheet, changed, earlier } = told;
  useShown(told);
  const last = earlier[0];
  return (
    <article className={styles.contactSheet} aria-label={told.studyTitle}>
      {titled && <h2 className={styles.partTitle}>{told.studyTitle}</h2>}
      <p className={contact.lead}>
        For <strong>{told.studyTitle}</strong>. Version {sheet.version}, of {longDayOf(sheet.writtenAt)}.
      </p>
      {!told.asked && (
        <p className={styles.changes}>
          You are no longer asked anything by this study. This is what you were shown while you were.
        </p>
      )}
      {told.asked && last && changed.length > 0 && (
        <p className={styles.changes}>
          What differs from version {last.version}, which you were shown before, is marked.
        </p>
      )}
      <SheetText parts={sheet.parts} level={titled ? 3 : 2} changed={told.asked ? changed : []} />
      <Shown shown={told.shown} />
      <div className={styles.foldList}>
        {earlier.map((one) => (
          <details key={one.version} className={styles.fold}>
            <summary>
              Version {one.version}, of {longDayOf(one.writtenAt)}
            </summary>
            <div>
              <SheetText parts={one.parts} level={titled ? 3 : 2} />
            </div>
          </details>
        ))}
      </div>
    </article>
  );
}

/** Says to the server that this version stood before them, once; then it is no news any more. */
function useShown(told: ContactSheet) {
  const { send } = useAct('POST /api/contact/sheets/shown', ['GET /api/contact/sheets']);
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  const { studyId, news } = told;
  const { version } = told.sheet;
  useEffect(() => {
    if (news) void latest.current({}, { studyId, version });
  }, [news, studyId, version]);
}

function Shown({ shown }: { shown: readonly SheetShown[] }) {
  const taken = shown.find(({ how }) => how === 'invitation');
  if (!taken) return null;
  return (
    <p className={contact.end}>
      You took up your invitation on {longDayOf(taken.at)}, with version {taken.version} of this page beside
      it.
    </p>
  );
}
