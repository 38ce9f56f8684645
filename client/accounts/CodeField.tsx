import { TextInput } from '@mantine/core';
import styles from './accounts.module.css';

/** One field for six digits: phones offer them from the message, and pasted spaces go. */
export function CodeField({
  value,
  onChange,
  wrong,
  note,
}: {
  value: string;
  onChange: (digits: string) => void;
  /** What was typed is no code at all. */
  wrong: boolean;
  note?: string;
}) {
  return (
    <TextInput
      label="The six digits"
      description={note}
      name="code"
      className={styles.code}
      autoComplete="one-time-code"
      inputMode="numeric"
      pattern="[0-9]*"
      size="md"
      autoFocus
      required
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.replace(/\D/g, '').slice(0, 6))}
      error={wrong && 'The code has six digits.'}
    />
  );
}

/** Where the digits are while no mail goes out. */
export function OutboxNote() {
  return (
    <p className={styles.aside}>
      This Casebook is not set up to send mail. Its letters lie as files in the <strong>outbox</strong> folder
      of its data, where whoever runs it finds your code.
    </p>
  );
}
