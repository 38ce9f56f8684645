import type { Invitation } from '../../shared/api/contract.ts';
import { momentOf } from '../ui/dates.ts';
import { ReadLetter } from './LetterState.tsx';
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
              <ReadLetter key={letter.id} letter={letter} />
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}
