import type { ErasureView } from '../../shared/api/account-erasure.ts';
import { useSession } from '../ui/session.tsx';
import styles from './accounts.module.css';

/** Titles that are told one by one; of more, how many there are. */
const TOLD = 5;

/** @returns titles as one reads them out */
function titlesOf(studies: ErasureView['studies']): string {
  const told = studies.slice(0, TOLD).map(({ title }) => `“${title}”`);
  const more = studies.length - told.length;
  return more > 0 ? `${told.join(', ')} and ${more} more` : told.join(', ');
}

/**
 * What goes and what stays when the account is deleted.
 * @param unsent - changes that are on this device alone; null where that cannot be read
 */
export function ErasureMeaning({
  view,
  contact,
  unsent,
}: {
  view: ErasureView;
  contact: boolean;
  unsent: number | null;
}) {
  const { person } = useSession();
  const { studies, binnedAlone, ownsAlone } = view;
  return (
    <>
      {unsent !== 0 && (
        <p className={styles.unsent} role="status">
          {unsent === null
            ? 'What this device has and the server does not cannot be read just now. It is thrown away, if there is anything.'
            : `${unsent === 1 ? 'One change of yours is' : `${unsent} changes of yours are`} only on this device. Deleting the account now throws ${unsent === 1 ? 'it' : 'them'} away: connect and wait a moment to keep ${unsent === 1 ? 'it' : 'them'} for your study.`}
        </p>
      )}
      <ul className={styles.meaning}>
        <li>
          Your name and <strong>{person.email}</strong> go from this Casebook, for good. Nobody can bring them
          back.
        </li>
        {studies.length > 0 && (
          <li>
            You leave {titlesOf(studies)}. What you wrote and did there stays, as by “A former{' '}
            {contact ? 'contact' : 'member'}”, or by another name that the study gives you.
          </li>
        )}
        <li>
          You are signed out everywhere. Your passkeys, tokens and invitations end, and letters to you are
          deleted. Your other devices clear what they keep when they are next connected; what was not sent
          from there is lost.
        </li>
        <li>
          What others typed about you stays where it stands, and so does an information sheet that names you,
          as it was shown to people. So does the record that this account was deleted.
        </li>
        {binnedAlone.length > 0 && (
          <li>Nobody can take {titlesOf(binnedAlone)} out of the bin any more: you lead it alone.</li>
        )}
        {ownsAlone && (
          <li>
            You alone own this Casebook. When it is next started, whoever runs it gets a link to make somebody
            its owner; until then nobody can begin a study.
          </li>
        )}
      </ul>
      <p>You can be invited to the same address again, as somebody new.</p>
    </>
  );
}
