import styles from './accounts.module.css';
import type { PasskeyHere } from './passkey-trouble.ts';

/** Why no passkey can be used on this page, and where one can. */
export function PasskeyNotHere({ place }: { place: Extract<PasskeyHere, { here: false }> }) {
  return (
    <p className={styles.aside}>
      {place.why}
      {place.instead && (
        <>
          {' '}
          <a className={styles.inText} href={`${place.instead}${location.pathname}`}>
            {place.instead}
          </a>
          .
        </>
      )}
    </p>
  );
}
