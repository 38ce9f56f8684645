import { useEffect, useRef, useState } from 'react';
import type { Letter } from '../../shared/api/letters.ts';
import { CallBack } from './LetterState.tsx';
import { addresseeOf, dueWords, fromNow, waitWords } from './letter-words.ts';
import styles from './letters.module.css';
import { useNow } from './use-now.ts';

/** Stands where a letter was just sent: when it goes, and how it is called back until then. */
export function UndoLine({ letter }: { letter: Letter }) {
  const [back, setBack] = useState(false);
  const soon = letter.waitsFor === 'call-back';
  const now = useNow(soon && !back);
  const why = waitWords(letter.waitsFor);
  const told = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The button that had the focus is gone.
    if (back) told.current?.focus();
  }, [back]);
  if (back) {
    return (
      <p ref={told} tabIndex={-1} role="status">
        Called back. Nothing was sent to {addresseeOf(letter)}.
      </p>
    );
  }
  return (
    <div className={styles.undo}>
      <p role="status">
        The letter to {addresseeOf(letter)} goes{' '}
        <strong>{soon ? fromNow(letter.dueAt, now) : dueWords(letter.dueAt)}</strong>
        {why && `, ${why}`}. Until then you can call it back, here or in the list.
      </p>
      {letter.dueAt > now && <CallBack letter={letter} done={() => setBack(true)} />}
    </div>
  );
}
