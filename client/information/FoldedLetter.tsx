import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { LetterPreview } from '../../shared/api/letters.ts';
import { letterText, senderName } from '../../shared/letters/letter-text.ts';
import { LetterFields } from '../letters/LetterFields.tsx';
import { LetterPaper } from '../letters/LetterPaper.tsx';
import { dueWords, waitWords } from '../letters/letter-words.ts';
import type { WrittenLetter } from '../letters/use-letter.ts';
import { useAct } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import styles from './information.module.css';

/** The letter of a request: folded until somebody wants to read or change it, and shown as it will be got. */
export function FoldedLetter(props: {
  readonly letter: WrittenLetter;
  readonly study: CaseDetail['study'];
  /** Whether the server tells this person when it would go. */
  readonly mayPreview: boolean;
  readonly to: { readonly name: string; readonly email: string };
  readonly errorOf: (part: 'subject' | 'text') => string | undefined;
}) {
  const { letter, study, mayPreview, to, errorOf } = props;
  const { person: me } = useSession();
  const look = useAct('POST /api/studies/:studyId/letters/preview');
  const [shown, setShown] = useState<Partial<LetterPreview> | null>(null);
  const { words, days } = letter;
  const preview = async () => {
    // Without an address nothing can be said of when it goes, and its words are here anyway.
    const ask = mayPreview && to.email !== '';
    const told = ask ? await look.send({ studyId: study.id }, { ...words, days, ...to }) : null;
    if (!ask || told) setShown(told ?? {});
  };
  const wrong = errorOf('subject') ?? errorOf('text');
  return (
    <details className={styles.letter} open={wrong !== undefined || undefined}>
      <summary>Read or change the letter</summary>
      {shown ? (
        <div className={styles.preview}>
          <LetterPaper
            from={shown.from ?? senderName(me.name, 'Casebook')}
            replyTo={shown.replyTo ?? me.email}
            to={shown.to ?? to.name}
            subject={words.subject}
            text={shown.text ?? letterText(words.text, 'Here stands their link.')}
          />
          {shown.dueAt != null && (
            <p className={styles.small}>
              {['Sent now, it goes', dueWords(shown.dueAt), waitWords(shown.waitsFor ?? 'call-back')]
                .filter(Boolean)
                .join(' ')}
              .
            </p>
          )}
          <Button onClick={() => setShown(null)}>Go on writing</Button>
        </div>
      ) : (
        <LetterFields letter={letter} errorOf={errorOf} preview={() => void preview()} />
      )}
      {look.problem && (
        <p className={styles.fieldError} role="alert">
          {look.problem}
        </p>
      )}
    </details>
  );
}
