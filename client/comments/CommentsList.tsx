import { useEffect, useId, useRef, useState } from 'react';
import type { CaseSection } from '../case-study/case-sections.ts';
import { momentOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { AudienceSign } from './AudienceSign.tsx';
import styles from './comments.module.css';
import { chosenThreads, type ThreadChoice, type ThreadHere } from './known-threads.ts';
import { waitsWhere } from './ThreadCard.tsx';
import { useWays } from './thread-ways.ts';
import type { ThreadsOfCase } from './use-threads.ts';

const EVERYTHING: ThreadChoice = { state: 'open', mine: false, audience: null, blockId: null };

/** All threads of a case, by section, narrowed as one likes. */
export function CommentsList(props: {
  readonly known: ThreadsOfCase;
  readonly sections: readonly CaseSection[];
  readonly me: string;
  readonly onGo: (thread: ThreadHere) => void;
  readonly onClose: () => void;
}) {
  const { known, sections, me } = props;
  const [choice, setChoice] = useState(EVERYTHING);
  const titleId = useId();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    title.current?.focus({ preventScroll: true });
    return () => {
      if (document.activeElement !== document.body || !(before instanceof HTMLElement)) return;
      before.focus({ preventScroll: true });
    };
  }, []);
  const chosen = chosenThreads(known.threads, choice, me);
  const change = (part: Partial<ThreadChoice>) => setChoice({ ...choice, ...part });
  const withThreads = new Set(known.threads.map(({ blockId }) => blockId));
  return (
    <section
      className={styles.list}
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        props.onClose();
      }}
    >
      <div className={styles.listHead}>
        <h2 ref={title} id={titleId} tabIndex={-1}>
          Comments
        </h2>
        <CloseButton onClick={props.onClose} />
      </div>
      <div className={styles.filters}>
        <select
          aria-label="Open or resolved"
          value={choice.state}
          onChange={(event) => change({ state: event.target.value as ThreadChoice['state'] })}
        >
          <option value="open">Open</option>
          <option value="resolved">Resolved</option>
          <option value="all">Open and resolved</option>
        </select>
        <select
          aria-label="Who reads them"
          value={choice.audience ?? ''}
          onChange={(event) => change({ audience: (event.target.value || null) as ThreadChoice['audience'] })}
        >
          <option value="">Team and school</option>
          <option value="team">Team only</option>
          <option value="school">With the school</option>
        </select>
        <select
          aria-label="Section"
          value={choice.blockId ?? ''}
          onChange={(event) => change({ blockId: event.target.value || null })}
        >
          <option value="">All sections</option>
          {sections
            .filter(({ blockId }) => withThreads.has(blockId))
            .map((section) => (
              <option key={section.blockId} value={section.blockId}>
                {section.full}
              </option>
            ))}
        </select>
        <label>
          <input
            type="checkbox"
            checked={choice.mine}
            onChange={(event) => change({ mine: event.target.checked })}
          />
          Mine
        </label>
      </div>
      {known.error && !known.complete ? (
        <ErrorState error={known.error} retry={known.retry} />
      ) : !known.complete ? (
        <ListSkeleton rows={3} />
      ) : chosen.length === 0 ? (
        <p className={styles.nothing}>
          {known.threads.length === 0
            ? 'Nobody has commented yet. Select some words, and press Comment.'
            : 'Nothing fits this choice.'}
        </p>
      ) : (
        sections.map((section) => {
          const threads = chosen.filter(({ blockId }) => blockId === section.blockId);
          if (threads.length === 0) return null;
          return (
            <div key={section.blockId} className={styles.part}>
              <h3>{section.full}</h3>
              <ul>
                {threads.map((thread) => (
                  <li key={thread.id}>
                    <Row thread={thread} known={known} onGo={() => props.onGo(thread)} />
                  </li>
                ))}
              </ul>
            </div>
          );
        })
      )}
    </section>
  );
}

export function CloseButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <button type="button" className={styles.close} onClick={onClick} aria-label="Close">
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d="M3.5 3.5l9 9m0-9l-9 9" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
    </button>
  );
}

function Row(props: {
  readonly thread: ThreadHere;
  readonly known: ThreadsOfCase;
  readonly onGo: () => void;
}) {
  const { thread, known } = props;
  const ways = useWays();
  const first = thread.comments[0];
  const replies = thread.comments.length - 1;
  const by = first ? (known.people.get(first.by)?.name ?? 'Somebody who left') : '';
  return (
    <button type="button" className={styles.row} onClick={props.onGo}>
      <span className={styles.by}>
        <span className={styles.name}>{by}</span>
        <span className={styles.small}>{momentOf(thread.lastAt)}</span>
        {thread.unread.length > 0 && <span className={styles.new}>New</span>}
      </span>
      <span className={styles.clamped}>{first?.words ?? 'These words were erased.'}</span>
      <span className={styles.small}>
        <AudienceSign audience={thread.audience} />
        {replies > 0 && ` · ${replies === 1 ? 'one reply' : `${replies} replies`}`}
        {thread.resolved && ' · resolved'}
        {thread.place.where === 'tray' && !thread.resolved && ' · its words are gone'}
        {thread.waiting.size > 0 && ` · ${waitsWhere(ways)}`}
      </span>
    </button>
  );
}
