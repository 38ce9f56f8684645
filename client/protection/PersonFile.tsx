import { Button } from '@mantine/core';
import styles from './sheet.module.css';

/** The two ways to get everything that is held on one person; each is written into the record. */
export function PersonFile(props: {
  readonly of: string;
  /** Id of what tells them from others of the same name. */
  readonly describedBy?: string;
  readonly path: string;
}) {
  const { of, path, describedBy } = props;
  return (
    <div className={styles.acts}>
      <Button
        component="a"
        href={`${path}.html`}
        target="_blank"
        rel="noopener"
        aria-describedby={describedBy}
        aria-label={`Read everything held on ${of} (opens a new tab)`}
      >
        Read
      </Button>
      <Button
        component="a"
        href={`${path}.json`}
        download
        variant="subtle"
        aria-describedby={describedBy}
        aria-label={`Download everything held on ${of}`}
      >
        Download
      </Button>
    </div>
  );
}

/** Of the person who is signed in. */
export function OwnFile({ explain }: { explain: string }) {
  return (
    <>
      <p className={explain}>
        Everything that Casebook holds on you: your account, where you are signed in, which studies you are
        in, where you wrote and when, and what the record tells of you. To read as a page, or as a file for
        programs. It holds no passwords or codes, and other people stand in it without their names.
      </p>
      <PersonFile of="you" path="/api/account/export" />
    </>
  );
}
