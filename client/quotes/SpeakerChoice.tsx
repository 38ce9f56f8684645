import { Button, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { Speaker } from '../../shared/api/quotes.ts';
import formStyles from '../ui/Form.module.css';
import { type SpeakerDraft, speakersBy } from './capture-draft.ts';
import type { KnownQuotes } from './known-quotes.ts';
import { NewSpeaker } from './NewSpeaker.tsx';
import styles from './quotes.module.css';

/** People shown at once; of more, those whose names fit what is typed. */
const MOST_SHOWN = 8;

/** Who said it: one or, of an exchange, several, known or new. */
export function SpeakerChoice(props: {
  readonly known: KnownQuotes;
  readonly chosen: readonly string[];
  readonly choose: (chosen: readonly string[]) => void;
  readonly made: SpeakerDraft | null;
  readonly make: (draft: SpeakerDraft | null) => void;
  /** What is wrong with somebody new. */
  readonly fault: { readonly part: string; readonly words: string } | null;
  readonly error: string | null;
  readonly blank: () => SpeakerDraft;
}) {
  const { known, chosen, choose, made } = props;
  const [sought, setSought] = useState('');
  const errorId = useId();
  const all = speakersBy(known.speakers.values(), '');
  const found = speakersBy(all, sought);
  const shown = [
    ...all.filter(({ id }) => chosen.includes(id)),
    ...found.filter(({ id }) => !chosen.includes(id)).slice(0, MOST_SHOWN),
  ];
  const schools = new Map(known.schools.map(({ id, name }) => [id, name]));
  const pick = (speaker: Speaker, on: boolean) =>
    choose(on ? [...chosen, speaker.id] : chosen.filter((id) => id !== speaker.id));
  return (
    <fieldset className={formStyles.choices} aria-describedby={errorId}>
      <legend>Who said it?</legend>
      {all.length > MOST_SHOWN && (
        <TextInput
          aria-label="Find somebody by name or role"
          placeholder="Name or role"
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
      )}
      {shown.map((speaker) => (
        <label key={speaker.id}>
          <input
            type="checkbox"
            checked={chosen.includes(speaker.id)}
            onChange={(event) => pick(speaker, event.currentTarget.checked)}
          />
          <span>
            {speaker.name}
            <small>
              {' '}
              {whatTheyAre(speaker, known.schools.length > 1 ? schools.get(speaker.schoolId) : '')}
            </small>
          </span>
        </label>
      ))}
      {found.length - shown.length > 0 && sought === '' && (
        <p className={styles.small}>{found.length - shown.length} more: type a name.</p>
      )}
      {found.length === 0 && sought !== '' && <p className={styles.small}>Nobody of that name yet.</p>}
      {made ? (
        <NewSpeaker
          draft={made}
          change={props.make}
          schools={known.schools}
          fault={props.fault}
          drop={all.length > 0 ? () => props.make(null) : null}
        />
      ) : (
        <div>
          <Button variant="subtle" onClick={() => props.make({ ...props.blank(), name: sought })}>
            Somebody new
          </Button>
        </div>
      )}
      {chosen.length + (made ? 1 : 0) > 1 && (
        <p className={styles.small}>Each confirms it; all of them are needed.</p>
      )}
      <p
        id={errorId}
        className={styles.fieldError}
        tabIndex={-1}
        data-fault={props.error === null ? undefined : ''}
      >
        {props.error}
      </p>
    </fieldset>
  );
}

function whatTheyAre({ role }: Speaker, school: string | undefined): string {
  return [role, school].filter(Boolean).join(', ');
}
