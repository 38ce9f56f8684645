import type { ReactNode } from 'react';
import styles from './Chip.module.css';

/** green verified or done · amber waiting · red needs you · violet suggested · calm says nothing loud */
export type ChipTone = 'good' | 'wait' | 'bad' | 'hold' | 'calm';

/** A word or two with a dot; the tone never says more than the words do. */
export function Chip({ tone = 'calm', children }: { tone?: ChipTone; children: ReactNode }) {
  return <span className={`${styles.chip} ${styles[tone]}`}>{children}</span>;
}
