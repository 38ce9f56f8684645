import { Button } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { Acts } from './Dialog.tsx';
import styles from './Form.module.css';

/**
 * A form that Enter submits. What was typed stays when the server refuses;
 * `problem` then stands over the buttons, and each field's own error beside it.
 */
export function Form({
  act,
  pending,
  problem,
  onSubmit,
  cancel,
  block = false,
  children,
}: {
  act: string;
  pending: boolean;
  problem: string | null;
  onSubmit: () => void;
  cancel?: () => void;
  /** The button takes the whole width, as on a phone. */
  block?: boolean;
  children: ReactNode;
}) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!pending) onSubmit();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {children}
      <div className={styles.foot}>
        <div role="alert">{problem && <p className={styles.problem}>{problem}</p>}</div>
        <Acts>
          <Button
            type="submit"
            variant="filled"
            aria-disabled={pending || undefined}
            fullWidth={block}
            size={block ? 'lg' : 'sm'}
          >
            {act}
          </Button>
          {cancel && <Button onClick={cancel}>Cancel</Button>}
        </Acts>
      </div>
    </form>
  );
}
