import { NativeSelect, TextInput } from '@mantine/core';
import formStyles from '../ui/Form.module.css';

export interface EvidenceDraft {
  readonly how: 'phone' | 'paper';
  readonly note: string;
}

export const NO_EVIDENCE: EvidenceDraft = { how: 'phone', note: '' };

/** How somebody was asked, and where that can be found. */
export function EvidenceFields(props: {
  readonly evidence: EvidenceDraft;
  readonly change: (evidence: EvidenceDraft) => void;
  readonly error: string | undefined;
}) {
  const { evidence, change } = props;
  return (
    <div className={formStyles.twoFields}>
      <NativeSelect
        label="How did they say it?"
        value={evidence.how}
        onChange={(event) => change({ ...evidence, how: event.currentTarget.value as EvidenceDraft['how'] })}
        data={[
          { value: 'phone', label: 'By phone' },
          { value: 'paper', label: 'On paper' },
        ]}
      />
      <TextInput
        label={evidence.how === 'phone' ? 'When was the call, and with whom?' : 'Where is the sheet?'}
        required
        maxLength={500}
        value={evidence.note}
        onChange={(event) => change({ ...evidence, note: event.currentTarget.value })}
        error={props.error}
      />
    </div>
  );
}
