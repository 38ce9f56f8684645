import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import styles from './CopyOnce.module.css';

/** Something that is shown this one time, to be copied: a link, a token. */
export function CopyOnce({ label, value, note }: { label: string; value: string; note: string }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = () => {
    navigator.clipboard.writeText(value).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  };
  return (
    <div>
      <div className={styles.row}>
        <TextInput
          label={label}
          value={value}
          readOnly
          className={styles.value}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button variant="filled" onClick={copy}>
          Copy
        </Button>
      </div>
      <p className={styles.note} role="status">
        {copied === 'yes' && <strong>Copied. </strong>}
        {copied === 'failed' && <strong>Copy it by hand, please: the browser does not let us. </strong>}
        {note}
      </p>
    </div>
  );
}
