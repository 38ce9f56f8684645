import { NativeSelect, TextInput } from '@mantine/core';
import formStyles from '../ui/Form.module.css';
import { ScanField } from './ScanField.tsx';
import type { EvidenceDraft, EvidenceFormState } from './use-evidence.ts';

/** How somebody was asked, and where that can be found. */
export function EvidenceFields(props: {
  readonly evidence: EvidenceFormState;
  readonly error: string | undefined;
  readonly scanError: string | undefined;
}) {
  const { draft, change, scan } = props.evidence;
  return (
    <>
      <div className={formStyles.twoFields}>
        <NativeSelect
          label="How did they say it?"
          value={draft.how}
          onChange={(event) => change({ ...draft, how: event.currentTarget.value as EvidenceDraft['how'] })}
          data={[
            { value: 'phone', label: 'By phone' },
            { value: 'paper', label: 'On paper' },
          ]}
        />
        <TextInput
          label={draft.how === 'phone' ? 'When was the call, and with whom?' : 'Where is the sheet?'}
          required
          maxLength={500}
          value={draft.note}
          onChange={(event) => change({ ...draft, note: event.currentTarget.value })}
          error={props.error}
        />
      </div>
      {draft.how === 'paper' && <ScanField scan={scan} error={props.scanError} />}
    </>
  );
}
