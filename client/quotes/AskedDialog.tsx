import { Button } from '@mantine/core';
import type { RouteReply } from '../../shared/api/contract.ts';
import { CopyOnce } from '../ui/CopyOnce.tsx';
import { Acts, Dialog } from '../ui/Dialog.tsx';
import styles from './quotes.module.css';

/** What came of asking somebody by a letter: what could not be asked, and the link where no mail goes out. */
export function AskedDialog({
  made,
  name,
  onClose,
}: {
  readonly made: RouteReply<'POST /api/cases/:caseId/asks'>;
  /** Of whoever is asked. */
  readonly name: string;
  readonly onClose: () => void;
}) {
  const { refused, link } = made;
  return (
    <Dialog title={`${name} is asked`} onClose={onClose}>
      {refused.length > 0 && (
        <ul className={styles.refused} role="alert">
          {refused.map(({ ask, words }) => (
            <li key={ask}>{words}</li>
          ))}
        </ul>
      )}
      {link === '' ? (
        <p>The letter goes in the school’s hours; until it goes it can be called back, with the letters.</p>
      ) : (
        <CopyOnce
          label="The link"
          value={link}
          note={`No mail goes out from here, so pass it on to ${name} yourself. It is shown only now, and opening it does nothing until they press the button there.`}
        />
      )}
      <Acts>
        <Button variant="filled" data-stay onClick={onClose}>
          Done
        </Button>
      </Acts>
    </Dialog>
  );
}
