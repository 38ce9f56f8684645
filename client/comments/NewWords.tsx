import { CommentBox, canSend } from './CommentBox.tsx';
import styles from './comments.module.css';
import type { BegunInCopy } from './contact-desk.ts';
import { useReaders, useWays } from './thread-ways.ts';

/** Where somebody at a school writes the first comment of a thread. */
export function NewWords(props: {
  readonly begun: BegunInCopy;
  readonly inHand: boolean;
  readonly onHold: () => void;
  readonly onSent: () => void;
  readonly onClose: () => void;
}) {
  const { begun, inHand } = props;
  const { blockId } = begun;
  const ways = useWays();
  const readers = useReaders(blockId, 'school', inHand);
  const draft = ways.draftOf(begun.id);
  const send = () => {
    if (!canSend(draft)) return;
    ways.send(blockId, {
      ...{ id: begun.act, thread: begun.id, kind: 'opened', audience: 'school', target: begun.target },
      ...{ words: draft.words, mentions: [...draft.mentions] },
    } as const);
    props.onSent();
  };
  return (
    <article
      className={styles.card}
      data-in-hand={inHand || undefined}
      data-audience="school"
      aria-label="New comment"
    >
      <p className={styles.small}>The team reads this, and whoever else at your school sees this section.</p>
      <CommentBox
        label="Comment"
        placeholder="What would you say about it?"
        draft={draft}
        people={readers}
        autoFocus={inHand}
        onChange={(next) => ways.keepDraft(begun.id, next.words === '' ? null : next)}
        onSend={send}
        onLeave={() => {
          if (draft.words.trim() === '') props.onClose();
        }}
      />
      <div className={styles.acts}>
        <button type="button" className={styles.main} disabled={!canSend(draft)} onClick={send}>
          Send
        </button>
        <button type="button" onClick={props.onClose}>
          {draft.words.trim() === '' ? 'Cancel' : 'Throw away'}
        </button>
      </div>
    </article>
  );
}
