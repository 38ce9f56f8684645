import type { ThreadAudience } from '../../shared/comments/thread-event.ts';
import styles from './comments.module.css';

export const AUDIENCE_WORDS: Readonly<Record<ThreadAudience, string>> = {
  team: 'Team only',
  school: 'With the school',
};

const DRAWINGS: Readonly<Record<ThreadAudience, string>> = {
  // a lock
  team: 'M4.5 7V5.2a3.5 3.5 0 0 1 7 0V7M3.5 7h9v6.5h-9z',
  // a house with a flag
  school: 'M2.5 13.5h11M4 13.5V8l4-3 4 3v5.5M8 5V1.8h3v1.8H8M7 13.5v-3h2v3',
};

/** Who reads a thread: in a word, a colour and a sign. */
export function AudienceSign({ audience }: { readonly audience: ThreadAudience }) {
  return (
    <span className={styles.audience} data-audience={audience}>
      <AudienceDrawing audience={audience} />
      {AUDIENCE_WORDS[audience]}
    </span>
  );
}

function AudienceDrawing({ audience }: { readonly audience: ThreadAudience }) {
  return (
    <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
      <path
        d={DRAWINGS[audience]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** Chosen before a thread is sent, for good. */
export function AudienceChoice(props: {
  readonly name: string;
  readonly audience: ThreadAudience;
  /** Why the school can't be chosen, or what choosing it means; null: nothing to say. */
  readonly note: string | null;
  readonly schoolToo: boolean;
  readonly onChange: (audience: ThreadAudience) => void;
}) {
  const offered: readonly ThreadAudience[] = props.schoolToo ? ['team', 'school'] : ['team'];
  return (
    <fieldset className={styles.choice}>
      <legend className="heard-only">Who reads it?</legend>
      {offered.map((audience) => (
        <label key={audience} data-audience={audience}>
          <input
            type="radio"
            name={props.name}
            checked={props.audience === audience}
            onChange={() => props.onChange(audience)}
          />
          <AudienceDrawing audience={audience} />
          {AUDIENCE_WORDS[audience]}
        </label>
      ))}
      {props.note && <p className={styles.small}>{props.note}</p>}
    </fieldset>
  );
}
