import { NativeSelect } from '@mantine/core';
import formStyles from '../ui/Form.module.css';
import styles from './quotes.module.css';

/** Of an exchange, who says which line: each is then asked about their own. */
export function TurnChoice(props: {
  readonly lines: readonly string[];
  /** Of each line, which of the speakers says it, counted from 0. */
  readonly turns: readonly number[];
  readonly names: readonly string[];
  readonly choose: (line: number, turn: number) => void;
  readonly error: string | null;
}) {
  const { lines, turns, names, choose, error } = props;
  const data = names.map((name, at) => ({ value: String(at), label: name || `Speaker ${at + 1}` }));
  return (
    <fieldset className={formStyles.choices}>
      <legend>Who says which line?</legend>
      <ol className={styles.turns}>
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is told by its place alone
          <li key={at}>
            <NativeSelect
              size="xs"
              aria-label={`Who says line ${at + 1}: ${line}`}
              value={String(turns[at] ?? 0)}
              onChange={(event) => choose(at, Number(event.currentTarget.value))}
              data={data}
            />
            <span>{line}</span>
          </li>
        ))}
      </ol>
      {error !== null && (
        <p className={styles.fieldError} role="alert" tabIndex={-1} data-fault="">
          {error}
        </p>
      )}
    </fieldset>
  );
}
