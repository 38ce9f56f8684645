import { useCallback, useState } from 'react';
import type { Section } from '../../shared/framework/framework.ts';
import { newId } from '../ui/new-id.ts';
import styles from './copy.module.css';
import { type Begun, NewWords } from './NewWords.tsx';
import { SchoolCard } from './SchoolCard.tsx';
import { ThreadWaysContext } from './thread-ways.ts';
import { useContactThreads } from './use-contact-threads.ts';

/** What is said about a section that somebody at a school fills in, under it. */
export default function AskedThreads(props: {
  readonly blockId: string;
  readonly section: Section;
  readonly mayComment: boolean;
}) {
  const { blockId, section, mayComment } = props;
  const { known, ways } = useContactThreads(
    useCallback((block: string) => mayComment && block === blockId, [mayComment, blockId]),
  );
  const [begun, setBegun] = useState<Begun | null>(null);
  const [inHand, setInHand] = useState<string | null>(null);
  const threads = known.threads.filter(
    (thread) => thread.blockId === blockId && (!thread.resolved || thread.id === inHand),
  );
  return (
    <ThreadWaysContext value={ways}>
      {threads.length > 0 && (
        <div className={styles.threads}>
          {threads.map((thread) => (
            <SchoolCard
              key={thread.id}
              {...{ thread, section }}
              beside={false}
              inHand={inHand === thread.id}
              onHold={() => setInHand(thread.id)}
              onLeave={() => setInHand(null)}
            />
          ))}
        </div>
      )}
      {begun && (
        <NewWords
          {...{ blockId, begun }}
          onSent={() => {
            setInHand(begun.id);
            setBegun(null);
          }}
          onClose={() => setBegun(null)}
        />
      )}
      {mayComment && !begun && (
        <div className={styles.foot}>
          <button
            type="button"
            onClick={() => setBegun({ id: newId(), act: newId(), target: { on: 'section' }, line: null })}
          >
            Ask or say something about this
          </button>
        </div>
      )}
    </ThreadWaysContext>
  );
}
