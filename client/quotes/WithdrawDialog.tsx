import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { Speaker } from '../../shared/api/quotes.ts';
import { needsGuardian } from '../../shared/quotes/consent.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import { EvidenceFields } from './EvidenceFields.tsx';
import { NeedsConnection } from './NeedsConnection.tsx';
import type { QuoteLine } from './quote-line.ts';
import styles from './quotes.module.css';
import { useEvidence } from './use-evidence.ts';
import { CHANGED_BY_QUOTING } from './use-quotes.ts';

/** Somebody takes their words back, and a member writes it down: the words leave the text. */
export function WithdrawDialog(props: {
  readonly caseId: string;
  readonly line: QuoteLine;
  readonly speaker: Speaker;
  readonly onClose: () => void;
}) {
  const { line, speaker, onClose } = props;
  const [from, setFrom] = useState<'speaker' | 'guardian'>('speaker');
  const evidence = useEvidence(props.caseId);
  const withdraw = useAct('POST /api/quotes/:quoteId/withdraw', CHANGED_BY_QUOTING);
  const submit = async () => {
    const done = await withdraw.send(
      { quoteId: line.quoteId },
      { speakerId: speaker.id, from, evidence: evidence.written },
    );
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
        pending={withdraw.pending || evidence.waits}
        problem={withdraw.problem}
        onSubmit={submit}
        cancel={onClose}
      >
        <NeedsConnection />
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
        <EvidenceFields
          evidence={evidence}
          error={withdraw.errorOf('evidence.note')}
          scanError={withdraw.errorOf('evidence.scan')}
        />
      </Form>
    </Dialog>
  );
}
