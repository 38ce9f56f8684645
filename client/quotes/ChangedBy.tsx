import { listed } from '../../shared/quotes/receipt.ts';
import { momentOf } from '../ui/dates.ts';
import { useRoute } from '../ui/query.ts';
import styles from './quotes.module.css';

/** Who changed the words of a use since they were agreed to; nothing until that is known. */
export function ChangedBy({ quoteId, use }: { readonly quoteId: string; readonly use: string }) {
  const { data } = useRoute('GET /api/quotes/:quoteId/changes', { quoteId }, { staleTime: 0 });
  const changes = data?.changes.filter((change) => change.use === use) ?? [];
  if (changes.length === 0) return null;
  const each = changes.map(({ by, at }) => `${by === '' ? 'Casebook' : by} (${momentOf(at)})`);
  return <p className={styles.soft}>Changed by {listed(each)}.</p>;
}
