import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import {
  LINK_DAYS,
  LINK_PLACE,
  type LinkDays,
  SUBJECT_LIMIT,
  TEXT_LIMIT,
} from '../../shared/letters/letter-text.ts';
import { useRoute } from '../ui/query.ts';
import styles from './letters.module.css';
import type { WrittenLetter } from './use-letter.ts';

/** What somebody writes to a school contact, and what is fixed about it. */
export function LetterFields({
  letter,
  errorOf,
  preview,
  returning = false,
}: {
  letter: WrittenLetter;
  /** What is wrong with a part of the letter. */
  errorOf: (part: 'subject' | 'text') => string | undefined;
  preview: () => void;
  /** Somebody comes back from the preview. */
  returning?: boolean;
}) {
  const { data: session } = useRoute('GET /api/session', {});
  const goesOut = session?.mailGoesTo !== 'outbox';
  const { words, days } = letter;
  return (
    <fieldset className={styles.letter}>
      <legend>The letter</legend>
      <TextInput
        label="Subject"
        maxLength={SUBJECT_LIMIT}
        value={words.subject}
        onChange={(event) => letter.setSubject(event.currentTarget.value)}
        error={errorOf('subject')}
      />
      <Textarea
        label="Text"
        description={`Change it as you like. ${LINK_PLACE} stands where the link goes.`}
        rows={12}
        maxLength={TEXT_LIMIT}
        value={words.text}
        onChange={(event) => letter.setText(event.currentTarget.value)}
        error={errorOf('text')}
      />
      <div className={styles.fixed}>
        <p>
          In the place of {LINK_PLACE} stands, always: that the link is for them alone and opens once, the
          link, until when it works, and that opening the page does nothing by itself.
        </p>
        {!words.text.includes(LINK_PLACE) && (
          <p role="status">You took {LINK_PLACE} out: it stands at the end.</p>
        )}
      </div>
      <NativeSelect
        label="The link works for"
        value={String(days)}
        onChange={(event) => letter.setDays(Number(event.currentTarget.value) as LinkDays)}
        data={LINK_DAYS.map((count) => ({ value: String(count), label: `${count} days` }))}
      />
      {goesOut && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={words.anyHour ?? false}
            onChange={(event) => letter.setAnyHour(event.currentTarget.checked)}
          />
          <span>
            Send without waiting for school hours
            <small>It still waits ten minutes, in which you can call it back.</small>
          </span>
        </label>
      )}
      <Button className={styles.previewAct} autoFocus={returning} onClick={preview}>
        Preview
      </Button>
    </fieldset>
  );
}
