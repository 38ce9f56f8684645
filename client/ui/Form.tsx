import { Button } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { Acts } from './Dialog.tsx';
import styles from './Form.module.css';

/** A field that is wrong, or what is said of several at once. */
const FAULT = '[aria-invalid="true"], [data-fault]';

/**
 * A form that Enter submits. What was typed stays when the server refuses;
 * `problem` then stands over the buttons, and each field's own error beside it;
 * the first one that is wrong takes the keyboard.
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
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const form = event.currentTarget;
    onSubmit();
    // once it is drawn: a long form shows what it lacks out of view else
    requestAnimationFrame(() => form.querySelector<HTMLElement>(FAULT)?.focus());
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
