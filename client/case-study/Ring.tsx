import type { Standing } from './progress.ts';
import styles from './Ring.module.css';

const AROUND = 2 * Math.PI * 5.5;

/**
 * How far a section is, told by shape as well as colour: an open ring in work, a
 * dot inside when it is ready, a closed ring when agreed, broken when the text
 * changed since, a dash where it does not apply.
 * @param share 0 to 100
 */
export function Ring({ share, kind }: { share: number; kind: Standing['kind'] }) {
  return (
    <svg className={styles.ring} viewBox="0 0 14 14" fill="none" strokeWidth="2.6" aria-hidden="true">
      {kind === 'not-applicable' ? (
        <path d="M3.5 7h7" className={styles.away} strokeWidth="1.8" strokeLinecap="round" />
      ) : (
        <>
          <circle cx="7" cy="7" r="5.5" className={styles.track} />
          {share > 0 && (
            <circle
              cx="7"
              cy="7"
              r="5.5"
              className={kind === 'agreed' ? styles.done : kind === 'stale' ? styles.wait : styles.arc}
              strokeDasharray={`${(AROUND * share) / 100} ${AROUND}`}
              transform="rotate(-90 7 7)"
            />
          )}
          {kind === 'ready' && <circle cx="7" cy="7" r="2" className={styles.dot} />}
        </>
      )}
    </svg>
  );
}
