import { useState } from 'react';
import { listed } from '../../shared/quotes/receipt.ts';
import { momentOf } from '../ui/dates.ts';
import { useRoute, wordsFor } from '../ui/query.ts';
import styles from './quotes.module.css';

/**
 * Who changed the words of a use since they were agreed to. Asked for by hand: the server looks
 * through the past of the section, and a board may show hundreds.
 */
export function ChangedBy({ quoteId, use }: { readonly quoteId: string; readonly use: string }) {
  const [asked, setAsked] = useState(false);
  return (
    <p className={styles.soft}>
      <button type="button" className={styles.quiet} aria-expanded={asked} onClick={() => setAsked(!asked)}>
        Who changed it?
      </button>{' '}
      <span role="status">{asked && <Changes quoteId={quoteId} use={use} />}</span>
    </p>
  );
}

function Changes({ quoteId, use }: { readonly quoteId: string; readonly use: string }) {
  const { data, error } = useRoute('GET /api/quotes/:quoteId/changes', { quoteId }, { staleTime: 0 });
  if (!data) return error ? wordsFor(error) : 'Looking …';
  const each = data.changes
    .filter((change) => change.use === use)
    .map(({ by, at }) => `${by === '' ? 'Casebook' : by} (${momentOf(at)})`);
  return each.length === 0 ? 'That cannot be told any more.' : `${listed(each)}.`;
}
