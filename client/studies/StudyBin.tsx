import { useRoute } from '../ui/query.ts';
import { BinList } from './BinList.tsx';
import styles from './studies.module.css';

/** Studies in the bin, under the list of those that are not; draws nothing where there are none. */
export function StudyBin() {
  const bin = useRoute('GET /api/bin', {});
  if (!bin.data || bin.data.items.length === 0) return null;
  return (
    <details className={styles.binFold}>
      <summary>In the bin: {bin.data.items.length}</summary>
      <BinList items={bin.data.items} />
    </details>
  );
}
