import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { Speaker } from '../../shared/api/quotes.ts';
import { needsGuardian } from '../../shared/quotes/consent.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import { type EvidenceDraft, EvidenceFields, NO_EVIDENCE } from './EvidenceFields.tsx';
import type { QuoteLine } from './quote-line.ts';
import styles from './quotes.module.css';
import { CHANGED_BY_QUOTING } from './use-quotes.ts';

/** Somebody takes their words back, and a member writes it down: the words leave the text. */
export function WithdrawDialog(props: {
  readonly line: QuoteLine;
  readonly speaker: Speaker;
  readonly onClose: () => void;
}) {
  const { line, speaker, onClose } = props;
  const [from, setFrom] = useState<'speaker' | 'guardian'>('speaker');
  const [evidence, setEvidence] = useState<EvidenceDraft>(NO_EVIDENCE);
  const withdraw = useAct('POST /api/quotes/:quoteId/withdraw', CHANGED_BY_QUOTING);
  const submit = async () => {
    const done = await withdraw.send({ quoteId: line.quoteId }, { speakerId: speaker.id, from, evidence });
    if (!done) return;
    if (!done.textChanged) {
      showToast({
        text: 'The words could not be taken out of the text. Take them out by hand.',
        tone: 'bad',
      });
    }
    onClose();
  };
  return (
    <Dialog title={`${speaker.name} takes these words back`} onClose={onClose} wide>
      <Form
        act="Take them out"
        pending={withdraw.pending}
        problem={withdraw.problem}
        onSubmit={submit}
        cancel={onClose}
      >
        <p className={styles.soft}>
          The words leave the text wherever they stand, and a note tells the writers. They cannot be asked for
          again.
        </p>
        {needsGuardian(speaker.age) && (
          <NativeSelect
            label="Who takes them back?"
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value as 'speaker' | 'guardian')}
            data={[
              { value: 'speaker', label: speaker.name },
              { value: 'guardian', label: 'A parent or carer' },
            ]}
          />
        )}
        <EvidenceFields evidence={evidence} change={setEvidence} error={withdraw.errorOf('evidence.note')} />
      </Form>
    </Dialog>
  );
}
