import type { Invitation } from '../../shared/api/studies.ts';
import { momentOf } from '../ui/dates.ts';
import { ReadLetter } from './LetterState.tsx';
import { stateWords } from './letter-words.ts';
import styles from './letters.module.css';

/** Invitations of school contacts that were taken up or taken back, with what was written to them. */
export function EarlierInvitations({ invitations }: { invitations: readonly Invitation[] }) {
  return (
    <details className={styles.fold}>
      <summary>Earlier invitations of school contacts ({invitations.length})</summary>
      <ul className={styles.list}>
        {invitations.map((one) => (
          <li key={one.id}>
            <strong>{one.name || one.email || 'A former contact'}</strong>, invited {momentOf(one.createdAt)}:{' '}
            {one.state === 'used' ? 'taken up' : 'taken back'}
            {one.letters.map((letter) => (
              <div key={letter.id} className={styles.earlier}>
                <span>{stateWords(letter)}</span>
                <ReadLetter letter={letter} />
              </div>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}
