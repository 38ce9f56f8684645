import { Link } from '@tanstack/react-router';
import { useTopic } from '../sync/hooks.ts';
import { useRoute } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import styles from './sheet.module.css';

/** The way to what is held and why, on every page of a school contact's. */
export function SheetLink() {
  return (
    <Link to="/contact/sheet" className={styles.way}>
      What we hold and why
    </Link>
  );
}

/** Tells of a version that this person was not shown yet, until they have looked at it. */
export function SheetNews() {
  const { person } = useSession();
  const list = useRoute('GET /api/contact/sheets', {}, { staleTime: 0 });
  useTopic(`person/${person.id}`, () => void list.refetch());
  const news = list.data?.sheets.filter((one) => one.news) ?? [];
  return (
    <div role="status">
      {news.map((one) => (
        <p key={one.studyId} className={styles.news}>
          {one.shown.length > 0
            ? 'There is a new version of what we hold about you and why'
            : 'There is now a page that says what we hold about you and why'}
          , for {one.studyTitle}. <Link to="/contact/sheet">Read it</Link>
        </p>
      ))}
    </div>
  );
}
