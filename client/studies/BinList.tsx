import { Button } from '@mantine/core';
import type { BinItem } from '../../shared/api/studies.ts';
import { momentOf } from '../ui/dates.ts';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import styles from './studies.module.css';

const KINDS: Readonly<Record<BinItem['kind'], string>> = {
  study: 'Study',
  case: 'Case study',
  school: 'School',
};

/** What lies in a bin, newest first, each to be restored as it was. */
export function BinList({ items }: { items: readonly BinItem[] }) {
  const restore = useAct('POST /api/bin/:kind/:itemId/restore', [
    'GET /api/bin',
    'GET /api/studies',
    'GET /api/studies/:studyId',
    'GET /api/studies/:studyId/bin',
  ]);
  const bringBack = async (item: BinItem) => {
    if (await restore.send({ kind: item.kind, itemId: item.id }, {})) {
      showToast({ text: `“${item.title}” is back.` });
    }
  };
  return (
    <>
      {restore.problem && (
        <p className={styles.problem} role="alert">
          {restore.problem}
        </p>
      )}
      <ul className={styles.rows}>
        {[...items]
          .sort((a, b) => b.deletedAt - a.deletedAt)
          .map((item) => (
            <li key={`${item.kind}:${item.id}`}>
              <div>
                <strong>{item.title}</strong>
                <p className={styles.small}>
                  {KINDS[item.kind]}, put here by {item.deletedBy}, {momentOf(item.deletedAt)}
                </p>
              </div>
              <Button
                aria-label={`Restore ${item.title}`}
                aria-disabled={restore.pending || undefined}
                onClick={() => void bringBack(item)}
              >
                Restore
              </Button>
            </li>
          ))}
      </ul>
    </>
  );
}
