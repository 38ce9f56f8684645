import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import styles from './accounts.module.css';

const DeleteAccountDialog = lazy(() => import('./DeleteAccountDialog.tsx'));

/**
 * The way to deleting one's own account; what that means is said before anything happens (PRIVACY-5).
 * @param contact - on a school contact's page, where nothing is kept on the device
 */
export function DeleteAccount({ contact = false }: { contact?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <section aria-labelledby="account-delete">
      <h2 id="account-delete">Deleting your account</h2>
      <p className={styles.explain}>
        Your name and your address go, for good. What you wrote {contact ? 'here' : 'for your studies'} stays,
        without your name.
      </p>
      <Button color="red" onClick={() => setOpen(true)}>
        Delete my account
      </Button>
      {open && (
        <Suspense fallback={null}>
          <DeleteAccountDialog contact={contact} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  );
}
