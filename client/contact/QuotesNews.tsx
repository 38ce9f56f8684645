import { useTopic } from '../sync/hooks.ts';
import { useRoute } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import styles from './contact.module.css';

/** The way to one's own words where they are quoted, and how many wait for an answer. */
export function QuotesNews() {
  const { person } = useSession();
  const own = useRoute('GET /api/contact/quotes', {}, { staleTime: 0 });
  useTopic(`person/${person.id}`, () => void own.refetch());
  if (!own.data || own.data.words.length === 0) return null;
  const { words, now } = own.data;
  const waiting = words
    .flatMap(({ quotes }) => quotes)
    .filter(({ answer, over, until }) => answer === null && over === null && until > now).length;
  return (
    <p className={styles.quotes} data-waiting={waiting > 0 || undefined} role="status">
      {waiting === 0
        ? 'You are quoted in this study. '
        : waiting === 1
          ? 'One thing that you said waits for your yes or no. '
          : `${waiting} things that you said wait for your yes or no. `}
      {/* Not of this app: a page of its own. */}
      <a href="/quotes">{waiting > 0 ? 'Check your words' : 'Look at your words'}</a>
    </p>
  );
}
