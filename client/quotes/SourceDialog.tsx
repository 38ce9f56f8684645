import { useState } from 'react';
import type { QuoteView } from '../../shared/api/quotes.ts';
import { changedParts, type QuoteSource } from '../../shared/quotes/source.ts';
import { Confirm, Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { useAct } from '../ui/query.ts';
import { NeedsConnection } from './NeedsConnection.tsx';
import styles from './quotes.module.css';
import { OriginalFields, SourceFields } from './SourceFields.tsx';
import { useLeave } from './use-leave.ts';
import { CHANGED_BY_QUOTING } from './use-quotes.ts';

/** What is noted of where a quote comes from, put right; its words stay as they are. */
export function SourceDialog(props: {
  readonly quote: QuoteView;
  readonly wording: string;
  readonly onClose: () => void;
}) {
  const { quote, onClose } = props;
  const [before] = useState<QuoteSource>(() => {
    const { how, saidOn, source, original, language, translated } = quote;
    return { how, saidOn, source, original, language, translated };
  });
  const [source, setSource] = useState(before);
  const act = useAct('PATCH /api/quotes/:quoteId', CHANGED_BY_QUOTING);
  const parts = changedParts(before, source);
  const leave = useLeave(parts.length > 0, onClose);
  const submit = async () => {
    // what somebody else put right meanwhile stays
    const change = Object.fromEntries(parts.map((part) => [part, source[part]]));
    if (parts.length === 0 || (await act.send({ quoteId: quote.id }, change))) onClose();
  };
  return (
    <Dialog title="Where these words come from" onClose={leave.ask} wide>
      <Form act="Save" pending={act.pending} problem={act.problem} onSubmit={submit} cancel={leave.ask}>
        <NeedsConnection />
        {quote.asks.length > 0 && (
          <p className={styles.small}>
            They were asked about this quote already, so the record keeps what you change here, with what
            stood there before. The quote itself stays as it is.
          </p>
        )}
        <SourceFields source={source} change={setSource} />
        <OriginalFields source={source} change={setSource} wording={props.wording} />
      </Form>
      {leave.asked && (
        <Confirm title="Leave without saving?" act="Leave it" onClose={leave.stay} onConfirm={onClose}>
          <p>What you changed here would be lost.</p>
        </Confirm>
      )}
    </Dialog>
  );
}
