import { NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { wordingFaults, wordingFaultWords } from '../../shared/document/wording-form.ts';
import { afterSigns, bareWords, beforeSigns } from '../../shared/quotes/quotation-signs.ts';
import type { AnswerKind } from '../../shared/quotes/quote-event.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { useAct } from '../ui/query.ts';
import { EvidenceFields } from './EvidenceFields.tsx';
import { NeedsConnection } from './NeedsConnection.tsx';
import { type QuoteLine, seenOf } from './quote-line.ts';
import styles from './quotes.module.css';
import { useEvidence } from './use-evidence.ts';
import { CHANGED_BY_QUOTING } from './use-quotes.ts';

const ANSWERS: readonly { readonly value: AnswerKind; readonly label: string }[] = [
  { value: 'confirmed', label: 'Yes, that is right, in exactly these words' },
  { value: 'correction-proposed', label: 'It should be other words' },
  { value: 'declined', label: 'They do not want to be quoted with it' },
  { value: 'disputed', label: 'They did not say this' },
];

/** What somebody said by phone or on paper, written down by a member; it is shown as such (QUOTE-1). */
export function AnswerDialog(props: {
  readonly caseId: string;
  readonly line: QuoteLine;
  readonly name: string;
  readonly onClose: () => void;
}) {
  const { line, name, onClose } = props;
  const [ask] = useState(() => (line.ask?.isOpen ? line.ask.id : newId()));
  const [kind, setKind] = useState<AnswerKind>('confirmed');
  const [words, setWords] = useState(line.wording);
  const evidence = useEvidence(props.caseId);
  const record = useAct('POST /api/quotes/:quoteId/answers', CHANGED_BY_QUOTING);
  const read = line.ask?.isOpen ? (line.ask.wording ?? line.wording) : line.wording;
  const faults = kind === 'correction-proposed' ? wordingFaults(words) : [];
  const submit = async () => {
    if (faults.length > 0) return;
    const done = await record.send(
      { quoteId: line.quoteId },
      {
        ...{ ask, use: line.use, speakerId: line.speakerId, kind },
        evidence: evidence.written,
        // what they were read, and that nobody had heard of an answer yet
        ...{ seen: seenOf(line, read), after: null },
        ...(kind === 'correction-proposed' && { wording: words }),
      },
    );
    if (done) onClose();
  };
  return (
    <Dialog title={`What ${name} said`} onClose={onClose} wide>
      <Form
        act="Write it down"
        pending={record.pending || evidence.waits}
        problem={record.problem}
        onSubmit={submit}
        cancel={onClose}
      >
        <NeedsConnection />
        <div>
          <p className={styles.small}>Read it to them exactly so, with what stands around it:</p>
          <p className={styles.reading}>
            <span className={styles.around}>{beforeSigns(line.context.before)} </span>
            <q>{bareWords(read)}</q>
            <span className={styles.around}> {afterSigns(line.context.after)}</span>
          </p>
        </div>
        <NativeSelect
          label="Their answer"
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as AnswerKind)}
          data={ANSWERS.map((answer) => ({ ...answer }))}
        />
        {kind === 'correction-proposed' && (
          <Textarea
            label="The words as they should be"
            autosize
            minRows={2}
            maxRows={10}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            error={faults[0] ? wordingFaultWords(faults[0]) : record.errorOf('wording')}
          />
        )}
        <EvidenceFields
          evidence={evidence}
          error={record.errorOf('evidence.note')}
          scanError={record.errorOf('evidence.scan')}
        />
      </Form>
    </Dialog>
  );
}
