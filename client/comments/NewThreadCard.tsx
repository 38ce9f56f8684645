import { useState } from 'react';
import { AudienceChoice, AudienceSign } from './AudienceSign.tsx';
import { CommentBox, canSend } from './CommentBox.tsx';
import styles from './comments.module.css';
import type { NewThread } from './comments-here.ts';
import { SENDS } from './ThreadCard.tsx';
import { useReaders } from './thread-ways.ts';

/** A thread while its first comment is written. */
export function NewThreadCard(props: {
  readonly thread: NewThread;
  readonly inHand: boolean;
  readonly about: string | null;
  /** Whether it can be shared with a school, and what is to be known before. */
  readonly school: { readonly offered: boolean; readonly note: string | null };
  readonly onHold: () => void;
  readonly onLeave: () => void;
  readonly onChange: (change: Partial<Pick<NewThread, 'words' | 'mentions' | 'audience'>>) => void;
  readonly onSend: () => void;
  readonly onThrowAway: () => void;
}) {
  const { thread, inHand, school } = props;
  const readers = useReaders(thread.blockId, thread.audience, inHand);
  const [asked, setAsked] = useState(false);
  const send = () => {
    if (canSend(thread)) props.onSend();
  };
  if (!inHand) {
    return (
      <button type="button" className={styles.begun} onClick={props.onHold} data-begun={thread.id}>
        <span className={styles.small}>Not sent yet</span>
        <span className={styles.clamped}>{thread.words.trim() || 'Nothing written'}</span>
      </button>
    );
  }
  return (
    <article
      className={styles.card}
      data-in-hand=""
      data-audience={thread.audience}
      data-begun={thread.id}
      aria-label="New comment"
    >
      {props.about && <p className={styles.small}>{props.about}</p>}
      {school.offered ? (
        <AudienceChoice
          name={`audience-${thread.id}`}
          audience={thread.audience}
          schoolToo
          note={thread.audience === 'school' ? school.note : null}
          onChange={(audience) => props.onChange({ audience })}
        />
      ) : (
        <div className={styles.top}>
          <AudienceSign audience={thread.audience} />
        </div>
      )}
      <CommentBox
        label="Comment"
        placeholder="Comment. @ names somebody."
        draft={thread}
        people={readers}
        autoFocus
        onChange={props.onChange}
        onSend={send}
        onLeave={props.onLeave}
      />
      <div className={styles.acts}>
        <button
          type="button"
          className={styles.main}
          disabled={!canSend(thread)}
          title={SENDS}
          onClick={send}
        >
          Comment
        </button>
        <button
          type="button"
          onClick={() => (asked || thread.words.trim() === '' ? props.onThrowAway() : setAsked(true))}
        >
          {asked ? 'Really throw it away?' : 'Throw away'}
        </button>
      </div>
    </article>
  );
}
