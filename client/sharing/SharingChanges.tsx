import { Button } from '@mantine/core';
import { momentOf } from '../ui/dates.ts';
import styles from './sharing.module.css';
import { type SharingGrid, undoOf } from './sharing-grid.ts';
import { changeWords } from './sharing-words.ts';
import type { SharingAct } from './use-sharing.ts';

/** Who changed what, newest first; each can be taken back for as long as it stands. */
export function SharingChanges({ grid, act }: { grid: SharingGrid; act: SharingAct }) {
  const { changes, mayChange } = grid.sharing;
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="changes" className={styles.changes}>
      <h2 id="changes">Changed lately</h2>
      <ul>
        {changes.map((change) => {
          const steps = grid.stillStanding(change.steps);
          const words = changeWords(change.steps, grid);
          return (
            <li key={change.id}>
              <div>
                <p>{words}</p>
                <p className={styles.small}>
                  {grid.nameOf(change.by)}, {momentOf(change.at)}
                </p>
              </div>
              {mayChange && steps && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={`Take back: ${words}`}
                  disabled={act.pending}
                  onClick={() => act.propose(undoOf(steps), true)}
                >
                  Take back
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
