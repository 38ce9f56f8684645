import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Letter } from '../../shared/api/letters.ts';
import { Chip, type ChipTone } from '../ui/Chip.tsx';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import { LetterDialog } from './LetterDialog.tsx';
import { addresseeOf, fromNow, shortState } from './letter-words.ts';
import styles from './letters.module.css';
import { useNow } from './use-now.ts';

const TONES: Readonly<Record<Letter['state'], ChipTone>> = {
  waiting: 'wait',
  sending: 'wait',
  sent: 'good',
  'by-hand': 'hold',
  'called-back': 'calm',
  dropped: 'calm',
  failed: 'bad',
};

/** What became of a letter; while it waits to be called back, with the time that is left. */
export function LetterState({ letter }: { letter: Letter }) {
  const ticking = letter.state === 'waiting' && letter.waitsFor === 'call-back';
  const now = useNow(ticking);
  return (
    <Chip tone={TONES[letter.state]}>
      {ticking ? `Goes ${fromNow(letter.dueAt, now)}` : shortState(letter)}
    </Chip>
  );
}

const CHANGED = ['GET /api/studies/:studyId/invitations', 'GET /api/studies/:studyId/letters'] as const;

/** Calls a letter back; there is nothing to confirm, as it can be sent again. */
export function CallBack({ letter, done }: { letter: Letter; done?: () => void }) {
  const callBack = useAct('POST /api/letters/:letterId/call-back', CHANGED);
  const whom = addresseeOf(letter);
  const act = async () => {
    if (!(await callBack.send({ letterId: letter.id }, {}))) return;
    showToast({ text: `The letter to ${whom} is called back. Nothing was sent.` });
    done?.();
  };
  return (
    <>
      <Button
        aria-label={`Call back the letter to ${whom}`}
        aria-disabled={callBack.pending || undefined}
        onClick={() => void act()}
      >
        Call back
      </Button>
      {callBack.problem && (
        <p className={styles.problem} role="alert">
          {callBack.problem}
        </p>
      )}
    </>
  );
}

/** Opens a letter to be read. */
export function ReadLetter({ letter }: { letter: Letter }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        aria-label={`Read the letter “${letter.subject}” to ${addresseeOf(letter)}`}
        onClick={() => setOpen(true)}
      >
        Read
      </Button>
      {open && <LetterDialog letterId={letter.id} onClose={() => setOpen(false)} />}
    </>
  );
}
