import { useState } from 'react';
import { Confirm } from '../ui/Dialog.tsx';
import { newId } from '../ui/new-id.ts';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import { CHANGED_BY_QUOTING } from './use-quotes.ts';

/** Asks before the words of a quote that was taken back are erased for good. */
export function EraseDialog({ quoteId, onClose }: { quoteId: string; onClose: () => void }) {
  const [id] = useState(newId);
  const erase = useAct('POST /api/quotes/:quoteId/erase', [
    ...CHANGED_BY_QUOTING,
    'GET /api/quotes/:quoteId',
  ]);
  const submit = async () => {
    const done = await erase.send({ quoteId }, { id });
    if (!done) return;
    onClose();
    showToast({ text: done.done ? 'The words are erased.' : 'The words are being erased.' });
  };
  return (
    <Confirm
      title="Erase these words?"
      act="Erase for good"
      pending={erase.pending}
      problem={erase.problem}
      onConfirm={() => void submit()}
      onClose={onClose}
    >
      <p>
        They go from the record, from letters, and from the past of each text that held them: from before
        today, only who wrote there and when will be known. The steps below stay, without words.
      </p>
      <p>
        Whoever is writing there is interrupted for a moment. <strong>Nobody can bring this back.</strong>
      </p>
    </Confirm>
  );
}
