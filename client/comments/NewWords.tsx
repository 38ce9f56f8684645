import { CommentBox, canSend } from './CommentBox.tsx';
import styles from './comments.module.css';
import type { NewTarget } from './comments-here.ts';
import { useReaders, useWays } from './thread-ways.ts';

/** A new thread of somebody at a school: its id, and under which line of the copy it is written. */
export interface Begun {
  readonly id: string;
  readonly act: string;
  readonly target: NewTarget;
  readonly line: number | null;
}

/** Where somebody at a school writes the first comment of a thread. */
export function NewWords(props: {
  readonly blockId: string;
  readonly begun: Begun;
  readonly onSent: () => void;
  readonly onClose: () => void;
}) {
  const { begun, blockId } = props;
  const ways = useWays();
  const readers = useReaders(blockId, 'school', true);
  const draft = ways.draftOf(begun.id);
  const close = () => {
    ways.keepDraft(begun.id, null);
    props.onClose();
  };
  const send = () => {
    if (!canSend(draft)) return;
    ways.send(blockId, {
      ...{ id: begun.act, thread: begun.id, kind: 'opened', audience: 'school', target: begun.target },
      ...{ words: draft.words, mentions: [...draft.mentions] },
    } as const);
    ways.keepDraft(begun.id, null);
    props.onSent();
  };
  return (
    <article className={styles.card} data-in-hand="" data-audience="school" aria-label="New comment">
      <p className={styles.small}>The team reads this, and whoever else at your school sees this section.</p>
      <CommentBox
        label="Comment"
        placeholder="What would you say about it?"
        draft={draft}
        people={readers}
        autoFocus
        onChange={(next) => ways.keepDraft(begun.id, next.words === '' ? null : next)}
        onSend={send}
        onLeave={() => {
          if (draft.words.trim() === '') close();
        }}
      />
      <div className={styles.acts}>
        <button type="button" className={styles.main} disabled={!canSend(draft)} onClick={send}>
          Send
        </button>
        <button type="button" onClick={close}>
          {draft.words.trim() === '' ? 'Cancel' : 'Throw away'}
        </button>
      </div>
    </article>
  );
}
