import { Button } from '@mantine/core';
import type { LetterPreview } from '../../shared/api/letters.ts';
import { Acts } from '../ui/Dialog.tsx';
import { LetterPaper } from './LetterPaper.tsx';
import { dueWords, waitWords } from './letter-words.ts';
import styles from './letters.module.css';

/** The letter as the person will get it, and when; nothing is sent yet. */
export function Preview({
  preview,
  act,
  pending,
  problem,
  send,
  back,
}: {
  preview: LetterPreview;
  /** What the button says that sends it. */
  act: string;
  pending: boolean;
  problem: string | null;
  send: () => void;
  back: () => void;
}) {
  return (
    <>
      <LetterPaper {...preview} begins />
      <p className={styles.note}>{whenWords(preview)} The link is made when the letter goes.</p>
      <div role="alert">{problem && <p className={styles.problem}>{problem}</p>}</div>
      <Acts>
        <Button variant="filled" aria-disabled={pending || undefined} onClick={() => !pending && send()}>
          {act}
        </Button>
        <Button data-stay onClick={back}>
          Go on writing
        </Button>
      </Acts>
    </>
  );
}

function whenWords({ dueAt, waitsFor }: LetterPreview): string {
  if (dueAt === null) return 'No mail goes out from here: you pass it on yourself.';
  const why = waitWords(waitsFor);
  return `Sent now, it goes ${dueWords(dueAt)}${why && `, ${why}`}.`;
}
