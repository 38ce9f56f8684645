import { useId, useRef } from 'react';
import { SCAN_TYPES } from '../../shared/quotes/scan.ts';
import styles from './quotes.module.css';
import type { ScanChoice } from './use-scan.ts';

/** A picture or a PDF of the sheet that was signed; it may be left out. */
export function ScanField({
  scan,
  error,
}: {
  readonly scan: ScanChoice;
  readonly error: string | undefined;
}) {
  const { state, choose } = scan;
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const fault = state.is === 'refused' ? state.words : error;
  return (
    <div className={styles.scan}>
      <label htmlFor={id}>A scan or a photo of the sheet</label>
      <p className={styles.small} id={`${id}-about`}>
        A picture or a PDF of at most 10 MB. Only the team sees it, and nobody can change it once it is
        written down.
      </p>
      <input
        ref={input}
        id={id}
        type="file"
        accept={SCAN_TYPES.join(',')}
        aria-describedby={`${id}-about ${id}-state`}
        aria-invalid={fault !== undefined || undefined}
        onChange={(event) => choose(event.currentTarget.files?.[0] ?? null)}
      />
      {state.is !== 'none' && (
        <button
          type="button"
          className={styles.quiet}
          onClick={() => {
            if (input.current) input.current.value = '';
            choose(null);
            input.current?.focus();
          }}
        >
          Take it out
        </button>
      )}
      <p id={`${id}-state`} role="status" className={fault === undefined ? styles.small : styles.fieldError}>
        {fault ?? (state.is === 'chosen' ? 'It is being sent…' : state.is === 'kept' ? 'It is here.' : '')}
      </p>
    </div>
  );
}
