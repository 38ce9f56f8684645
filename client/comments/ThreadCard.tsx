import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Comment } from '../../shared/comments/thread.ts';
import { MenuButton, type MenuItem } from '../case-study/MenuButton.tsx';
import { momentOf } from '../ui/dates.ts';
import { newId } from '../ui/new-id.ts';
import { showToast } from '../ui/toast.ts';
import { Who } from '../ui/Who.tsx';
import { AudienceSign } from './AudienceSign.tsx';
import { CommentBox, canSend, MAC } from './CommentBox.tsx';
import styles from './comments.module.css';
import { editKey } from './comments-here.ts';
import type { ThreadHere } from './known-threads.ts';
import { ChangedWords, SaidWords } from './SaidWords.tsx';
import { NOTHING_WRITTEN, useReaders, useWays } from './thread-ways.ts';

/** Comments shown of a thread that is not in hand: the first and the last. */
const SHOWN_CLOSED = 2;

/** One thread: what it is about where that is not beside it, what was said, and what can be done. */
export function ThreadCard(props: {
  readonly thread: ThreadHere;
  readonly inHand: boolean;
  readonly pointedAt: boolean;
  /** What it is about, where it does not stand beside words; null where it does. */
  readonly about: ReactNode;
  readonly onHold: () => void;
  /** Escape. */
  readonly onLeave: () => void;
  readonly onPoint: (on: boolean) => void;
}) {
  const { thread, inHand } = props;
  const ways = useWays();
  const [replying, setReplying] = useState(false);
  const readers = useReaders(thread.blockId, thread.audience, inHand);
  const last = thread.comments.at(-1)?.id;
  const isNew = thread.unread.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each comment that came, while it is open
  useEffect(() => {
    if (inHand && isNew) ways.seen(thread);
  }, [inHand, isNew, last]);
  const may = ways.mayComment(thread.blockId);
  const opener = thread.comments[0];
  const settles = may && (ways.side === 'team' || opener?.by === ways.me);
  const draft = ways.draftOf(thread.id);
  const writes = may && !thread.resolved && inHand && (replying || draft.words !== '');
  const act = (kind: 'resolved' | 'reopened') =>
    ways.send(thread.blockId, { id: newId(), thread: thread.id, kind });
  const reply = () => {
    if (!canSend(draft)) return;
    ways.send(thread.blockId, {
      id: newId(),
      thread: thread.id,
      kind: 'replied',
      ...draft,
      mentions: [...draft.mentions],
    });
    ways.keepDraft(thread.id, null);
    setReplying(false);
  };
  const who = opener ? nameOf(ways.people.get(opener.by)?.name) : '';
  const shown = inHand ? thread.comments : closedComments(thread.comments);
  const hidden = thread.comments.length - shown.length;
  return (
    <article
      className={styles.card}
      tabIndex={-1}
      data-thread={thread.id}
      data-audience={thread.audience}
      data-in-hand={inHand || undefined}
      data-pointed-at={props.pointedAt || undefined}
      data-resolved={thread.resolved ? '' : undefined}
      aria-label={`Thread of ${who}`}
      onClick={props.onHold}
      // pressed by the pointer it is held once that is let go: it may move to its line, and the press would miss
      onFocusCapture={(event) => {
        if (!inHand && event.target.matches(':focus-visible')) props.onHold();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || !inHand) return;
        // its menu closes by the same key
        if ((event.target as Element).closest('[popover]')) return;
        event.stopPropagation();
        props.onLeave();
      }}
      onPointerEnter={() => props.onPoint(true)}
      onPointerLeave={() => props.onPoint(false)}
    >
      <div className={styles.top}>
        <AudienceSign audience={thread.audience} />
        {isNew && !inHand && <span className={styles.new}>New</span>}
        <CardMenu thread={thread} readers={readers} />
      </div>
      {props.about}
      {thread.place.where === 'text' && thread.place.changes && (
        <ChangedWords changes={thread.place.changes} />
      )}
      {shown.map((comment, at) => (
        <div key={comment.id}>
          {hidden > 0 && at === 1 && (
            <p className={styles.small}>{hidden === 1 ? 'One more between' : `${hidden} more between`}</p>
          )}
          <Said thread={thread} comment={comment} whole={inHand} onLeave={props.onLeave} />
        </div>
      ))}
      <Standing thread={thread} />
      {writes && (
        <CommentBox
          label={`Reply to ${who}`}
          placeholder="Reply. @ names somebody."
          draft={draft}
          people={readers}
          autoFocus={replying}
          onChange={(next) => ways.keepDraft(thread.id, next.words === '' ? null : next)}
          onSend={reply}
          onLeave={() => setReplying(false)}
        />
      )}
      {may && (
        <div className={styles.acts}>
          {writes ? (
            <button
              type="button"
              className={styles.main}
              disabled={!canSend(draft)}
              title={SENDS}
              onClick={reply}
            >
              Send
            </button>
          ) : (
            !thread.resolved && (
              <button type="button" onClick={() => setReplying(true)}>
                Reply
              </button>
            )
          )}
          {writes && (
            <button
              type="button"
              onClick={() => {
                setReplying(false);
                ways.keepDraft(thread.id, null);
              }}
            >
              Throw away
            </button>
          )}
          {settles && !writes && (
            <button type="button" onClick={() => act(thread.resolved ? 'reopened' : 'resolved')}>
              {thread.resolved ? 'Reopen' : 'Resolve'}
            </button>
          )}
          {thread.place.where === 'tray' && settles && ways.place && (
            <button type="button" onClick={() => ways.place?.(thread)}>
              Put it at other words
            </button>
          )}
        </div>
      )}
    </article>
  );
}

export const SENDS = MAC ? 'Send (⌘Enter)' : 'Send (Ctrl+Enter)';

/** @returns where something is that the server does not have, as a card says it */
export function waitsWhere({ keeps, side }: { keeps: boolean; side: 'team' | 'school' }): string {
  if (keeps) return 'waits on this device';
  return side === 'team' ? 'only on this page: keep it open' : 'not sent yet';
}

function nameOf(name: string | undefined): string {
  return name || 'somebody who left';
}

function closedComments(comments: readonly Comment[]): readonly Comment[] {
  return comments.length <= SHOWN_CLOSED
    ? comments
    : comments.filter((_, at) => at === 0 || at === comments.length - 1);
}

function Said(props: {
  readonly thread: ThreadHere;
  readonly comment: Comment;
  readonly whole: boolean;
  readonly onLeave: () => void;
}) {
  const { thread, comment } = props;
  const ways = useWays();
  const key = editKey(comment.id);
  const kept = ways.draftOf(key);
  const draft = kept === NOTHING_WRITTEN || comment.by !== ways.me ? null : kept;
  const readers = useReaders(thread.blockId, thread.audience, draft !== null && props.whole);
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const person = ways.people.get(comment.by);
  const close = () => {
    ways.keepDraft(key, null);
    setEditing(false);
    requestAnimationFrame(() => button.current?.focus({ preventScroll: true }));
  };
  const isChanged = draft !== null && draft.words !== (comment.words ?? '');
  const send = () => {
    if (!draft || !canSend(draft)) return;
    if (isChanged)
      ways.send(thread.blockId, {
        ...{ id: newId(), thread: thread.id, kind: 'edited', comment: comment.id },
        ...{ words: draft.words, mentions: [...draft.mentions] },
      } as const);
    close();
  };
  const waits = thread.waiting.has(comment.id);
  return (
    <div className={styles.comment}>
      <div className={styles.by}>
        {person ? (
          <span aria-hidden="true">
            <Who person={person} size="s" />
          </span>
        ) : null}
        <span className={styles.name}>{nameOf(person?.name)}</span>
        {comment.side === 'school' && ways.side === 'team' && <span className={styles.small}>school</span>}
        <span className={styles.small}>
          {waits ? waitsWhere(ways) : momentOf(comment.at)}
          {comment.editedAt !== null && !waits && ' · changed'}
        </span>
        {comment.by === ways.me && comment.words !== null && !draft && props.whole && !thread.resolved && (
          <button
            ref={button}
            type="button"
            className={styles.quiet}
            onClick={() => {
              ways.keepDraft(key, { words: comment.words ?? '', mentions: comment.mentions });
              setEditing(true);
            }}
          >
            Edit
          </button>
        )}
      </div>
      {draft && props.whole ? (
        <>
          <CommentBox
            label="Change what you wrote"
            placeholder=""
            draft={draft}
            people={readers}
            autoFocus={editing}
            onChange={(next) => ways.keepDraft(key, next)}
            onSend={send}
            onLeave={isChanged ? props.onLeave : close}
          />
          <div className={styles.acts}>
            <button type="button" className={styles.main} disabled={!canSend(draft)} onClick={send}>
              Keep
            </button>
            <button type="button" onClick={close}>
              {isChanged ? 'Throw away' : 'Cancel'}
            </button>
          </div>
        </>
      ) : (
        <div className={props.whole ? undefined : styles.clamped}>
          <SaidWords words={comment.words} mentions={comment.mentions} people={ways.people} />
          {isChanged && <p className={styles.small}>You began to change this, and did not send it.</p>}
        </div>
      )}
    </div>
  );
}

/** That it is resolved, who sees to it, and what could not be sent. */
function Standing({ thread }: { readonly thread: ThreadHere }) {
  const ways = useWays();
  const { resolved, assignee, refused } = thread;
  return (
    <>
      {assignee !== null && !resolved && (
        <p className={styles.small}>
          {assignee === ways.me ? 'You see to it' : `${nameOf(ways.people.get(assignee)?.name)} sees to it`}
        </p>
      )}
      {resolved && (
        <p className={styles.done}>
          Resolved by {resolved.by === ways.me ? 'you' : nameOf(ways.people.get(resolved.by)?.name)},{' '}
          {momentOf(resolved.at)}
        </p>
      )}
      {refused.map(({ act, why }) => (
        <div key={act} className={styles.problem} role="alert">
          {why}{' '}
          <button type="button" onClick={() => ways.again()}>
            Try again
          </button>{' '}
          <button type="button" onClick={() => ways.forget(act)}>
            Throw away
          </button>
        </div>
      ))}
    </>
  );
}

function CardMenu(props: {
  readonly thread: ThreadHere;
  readonly readers: readonly { id: string; name: string }[];
}) {
  const { thread, readers } = props;
  const ways = useWays();
  const link = ways.linkTo(thread);
  const items: MenuItem[] = [];
  if (link !== null)
    items.push({ id: 'link', label: 'Copy a link to this thread', act: () => void copy(link) });
  if (ways.side === 'team' && ways.mayComment(thread.blockId) && !thread.resolved) {
    const people = [{ id: ways.me, name: 'Me' }, ...readers];
    const assign = (to: string | null) => {
      if (to !== thread.assignee)
        ways.send(thread.blockId, { id: newId(), thread: thread.id, kind: 'assigned', to });
    };
    items.push(
      ...people.map(({ id, name }, at) => ({
        ...{ id: `to ${id}`, label: id === ways.me ? 'I see to it' : `${name} sees to it` },
        ...{ checked: id === thread.assignee, apart: at === 0 },
        act: () => assign(id),
      })),
    );
    if (thread.assignee !== null)
      items.push({ id: 'nobody', label: 'Nobody sees to it', checked: false, act: () => assign(null) });
  }
  if (items.length === 0) return null;
  return (
    <MenuButton className={styles.more} label="More for this thread" items={items} align="end">
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="currentColor">
        <circle cx="3" cy="8" r="1.4" />
        <circle cx="8" cy="8" r="1.4" />
        <circle cx="13" cy="8" r="1.4" />
      </svg>
    </MenuButton>
  );
}

async function copy(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
    showToast({ text: 'The link to this thread is copied.' });
  } catch {
    showToast({ text: `The link could not be copied. It is ${link}`, tone: 'bad' });
  }
}
