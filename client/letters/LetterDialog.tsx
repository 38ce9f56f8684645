import { Button } from '@mantine/core';
import { LINK_PLACE, letterText } from '../../shared/letters/letter-text.ts';
import { Acts, Dialog } from '../ui/Dialog.tsx';
import { momentOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useRoute } from '../ui/query.ts';
import { LetterPaper } from './LetterPaper.tsx';
import { linkWords, stateWords } from './letter-words.ts';
import styles from './letters.module.css';

/** One letter as it was written, with what became of it. */
export function LetterDialog({ letterId, onClose }: { letterId: string; onClose: () => void }) {
  const { data: letter, error, refetch } = useRoute('GET /api/letters/:letterId', { letterId });
  return (
    <Dialog title="A letter" onClose={onClose} wide>
      {letter ? (
        <>
          <p className={styles.note}>
            Written {momentOf(letter.madeAt)}. {stateWords(letter)}.
          </p>
          {letter.text === '' ? (
            <p>Whom it was to is not kept any more, and neither are its words.</p>
          ) : (
            <LetterPaper
              from={letter.from}
              replyTo={letter.replyTo}
              to={letter.toName ? `${letter.toName} <${letter.toAddress}>` : letter.toAddress}
              subject={letter.subject}
              text={letterText(letter.text, LINK_PLACE)}
            />
          )}
          {letter.text !== '' && <p className={styles.note}>{linkWords(letter)}</p>}
        </>
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <ListSkeleton rows={3} />
      )}
      <Acts>
        <Button data-stay onClick={onClose}>
          Close
        </Button>
      </Acts>
    </Dialog>
  );
}
