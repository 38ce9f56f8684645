import { useCallback, useState } from 'react';
import type { Section } from '../../shared/framework/framework.ts';
import { newId } from '../ui/new-id.ts';
import styles from './copy.module.css';
import { NewWords } from './NewWords.tsx';
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
  const { known, ways, desk, begun } = useContactThreads(
    useCallback((block: string) => mayComment && block === blockId, [mayComment, blockId]),
  );
  const written = begun.filter((one) => one.blockId === blockId);
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
      {written.map((one) => (
        <NewWords
          key={one.id}
          begun={one}
          inHand={inHand === one.id}
          onHold={() => setInHand(one.id)}
          onSent={() => {
            setInHand(one.id);
            desk.end(one.id);
          }}
          onClose={() => desk.end(one.id)}
        />
      ))}
      {mayComment && written.length === 0 && (
        <div className={styles.foot}>
          <button
            type="button"
            onClick={() =>
              setInHand(
                desk.begin({ id: newId(), act: newId(), blockId, target: { on: 'section' }, line: null }),
              )
            }
          >
            Ask or say something about this
          </button>
        </div>
      )}
    </ThreadWaysContext>
  );
}
