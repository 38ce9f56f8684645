import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { HOW_SAID_WORDS, type QuoteSource, type SourcePart } from '../../shared/quotes/source.ts';
import { dayOf } from '../ui/dates.ts';
import { Difference } from './Difference.tsx';
import { LANGUAGES } from './quote-words.ts';
import styles from './record.module.css';

/** What was noted of where words come from, before and after. */
export function SourceChange({ event }: { readonly event: QuoteEvent }) {
  if (event.kind !== 'source-changed') return null;
  const { before, after, parts } = event;
  if (!before || !after) return <p className={styles.soft}>What stood there was deleted.</p>;
  return (
    <ul className={styles.changes}>
      {parts.map((part) => (
        <li key={part}>
          {before[part] && after[part] && (part === 'source' || part === 'original') ? (
            <Difference before={said(before, part)} after={said(after, part)} />
          ) : (
            <p className={styles.changed}>
              <del>{said(before, part)}</del> <ins>{said(after, part)}</ins>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function said(source: QuoteSource, part: SourcePart): string {
  switch (part) {
    case 'how':
      return HOW_SAID_WORDS[source.how];
    case 'saidOn':
      return source.saidOn === null ? 'No day' : dayOf(source.saidOn);
    case 'language':
      return LANGUAGES.find(([code]) => code === source.language)?.[1] ?? source.language;
    case 'translated':
      return source.translated ? 'A translation' : 'No translation';
    default:
      return source[part] === '' ? 'Nothing' : source[part];
  }
}
