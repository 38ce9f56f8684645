import { Textarea, TextInput } from '@mantine/core';
import { type LetterDraft, LINK_PLACE, SUBJECT_LIMIT, TEXT_LIMIT } from '../../shared/letters/letter-text.ts';
import styles from './information.module.css';

/** The letter, as it is proposed or as its sender has changed it; folded until somebody wants to read it. */
export function LetterFields(props: {
  readonly draft: LetterDraft;
  readonly onChange: (letter: LetterDraft) => void;
  readonly errorOf: (path: string) => string | undefined;
}) {
  const { draft, onChange, errorOf } = props;
  const problem = errorOf('letter.subject') ?? errorOf('letter.text');
  return (
    <details className={styles.letter} open={problem !== undefined || undefined}>
      <summary>Read or change the letter</summary>
      <TextInput
        label="Subject"
        maxLength={SUBJECT_LIMIT}
        value={draft.subject}
        onChange={(event) => onChange({ ...draft, subject: event.currentTarget.value })}
        error={errorOf('letter.subject')}
      />
      <Textarea
        label="Letter"
        description={`Where ${LINK_PLACE} stands, their link comes.`}
        rows={12}
        maxLength={TEXT_LIMIT}
        value={draft.text}
        onChange={(event) => onChange({ ...draft, text: event.currentTarget.value })}
        error={errorOf('letter.text')}
      />
    </details>
  );
}
