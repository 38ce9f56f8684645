import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { afterSigns, bareWords, beforeSigns } from '../../shared/quotes/quotation-signs.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { useAct } from '../ui/query.ts';
import { type QuoteLine, seenOf } from './quote-line.ts';
import styles from './quotes.module.css';
import { CHANGED_BY_QUOTING } from './use-quotes.ts';

/** An editor says why confirmed words are still fair in what stands around them now (QUOTE-7). */
export function FairDialog({ line, onClose }: { readonly line: QuoteLine; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const find = useAct('POST /api/quotes/:quoteId/fair', CHANGED_BY_QUOTING);
  const submit = async () => {
    const { quoteId, use, speakerId } = line;
    const seen = seenOf(line, line.wording);
    if (await find.send({ quoteId }, { use, speakerId, reason, seen })) onClose();
  };
  return (
    <Dialog title="Is it still fair?" onClose={onClose} wide>
      <Form
        act="It is still fair"
        pending={find.pending}
        problem={find.problem}
        onSubmit={submit}
        cancel={onClose}
      >
        <div>
          <p className={styles.small}>
            The words are those that were confirmed. This stands around them now:
          </p>
          <p className={styles.reading}>
            <span className={styles.around}>{beforeSigns(line.context.before)} </span>
            <q>{bareWords(line.wording)}</q>
            <span className={styles.around}> {afterSigns(line.context.after)}</span>
          </p>
        </div>
        <Textarea
          label="Why it is still fair"
          description="Kept in the record of the quote. Where you are not sure, ask them again."
          required
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={find.errorOf('reason')}
        />
      </Form>
    </Dialog>
  );
}
