import type { CaseSection } from '../case-study/case-sections.ts';
import { newId } from '../ui/new-id.ts';
import { changeThread } from './beginning.ts';
import styles from './comments.module.css';
import type { CommentsHere, NewThread } from './comments-here.ts';
import type { ThreadHere } from './known-threads.ts';
import type { MarginItem } from './margin-items.ts';
import { NewThreadCard } from './NewThreadCard.tsx';
import { ThreadCard } from './ThreadCard.tsx';
import type { TextsHere } from './texts-here.ts';
import { useWays } from './thread-ways.ts';

/** A thread, one that is begun, or several whose words are gone, as they stand beside the paper. */
export function ThreadItem(props: {
  readonly item: Extract<MarginItem, { kind: 'thread' | 'new' | 'tray' }>;
  readonly section: CaseSection;
  readonly here: CommentsHere;
  readonly texts: TextsHere;
  readonly inHand: string | null;
  readonly pointedAt: readonly string[];
  readonly fieldName: (field: string) => string;
  /** Gives the keyboard back to what the thread is beside. */
  readonly onLeave: (thread: NewThread | ThreadHere) => void;
}) {
  const { item, section, here, texts, inHand } = props;
  const ways = useWays();
  const card = (thread: ThreadHere) => (
    <ThreadCard
      key={thread.id}
      thread={thread}
      inHand={inHand === thread.id}
      pointedAt={props.pointedAt.includes(thread.id)}
      about={aboutOf(thread, section, props.fieldName)}
      onHold={() => here.inHand.set(thread.id)}
      onLeave={() => props.onLeave(thread)}
      onPoint={(on) => here.pointedAt.set(on ? [thread.id] : [])}
    />
  );
  switch (item.kind) {
    case 'thread':
      return card(item.thread);
    case 'tray':
      return (
        <section className={styles.tray} aria-label={`Comments that lost their place, ${section.short}`}>
          <h3>Comments that lost their place</h3>
          {item.threads.map(card)}
        </section>
      );
    case 'new': {
      const { thread } = item;
      return (
        <NewThreadCard
          thread={thread}
          inHand={inHand === thread.id}
          about={aboutNew(thread, section, props.fieldName)}
          school={schoolChoice(section, thread)}
          onHold={() => here.inHand.set(thread.id)}
          onLeave={() => props.onLeave(thread)}
          onChange={(change) => changeThread(here, texts, thread, change)}
          onSend={() => {
            const { words, mentions, audience, target } = thread;
            ways.send(thread.blockId, {
              ...{ id: thread.act || newId(), thread: thread.id, kind: 'opened' },
              ...{ audience, target, words, mentions: [...mentions] },
            } as const);
            here.end(thread.id);
          }}
          onThrowAway={() => {
            changeThread(here, texts, thread, { words: '' });
            props.onLeave(thread);
          }}
        />
      );
    }
  }
}

function schoolChoice(
  { section, state }: CaseSection,
  { target }: NewThread,
): { offered: boolean; note: string | null } {
  const key = target.on === 'field' ? target.field.split('/') : [];
  const isOfTeam = section.fields.some(({ id, audience }) => audience === 'team' && key[1] === id);
  return {
    offered: section.audience !== 'team' && !isOfTeam && target.on !== 'suggestion',
    note:
      state.schoolAccess === 'none'
        ? 'No school sees this section yet. Once one does, it reads this comment too.'
        : 'Everybody at the school who sees this section reads this.',
  };
}

function aboutOf(thread: ThreadHere, section: CaseSection, fieldName: (field: string) => string) {
  const { place } = thread;
  switch (place.where) {
    case 'text':
      return null;
    case 'section':
      return <p className={styles.small}>On the whole section {section.full}</p>;
    case 'field':
      return <p className={styles.small}>On “{fieldName(place.field)}”</p>;
    case 'quote':
      return <p className={styles.small}>On a quote</p>;
    case 'suggestion':
      return <p className={styles.small}>On a suggestion</p>;
    case 'tray':
      return (
        <div className={styles.about}>
          <p className={styles.small}>
            {place.about === null
              ? 'The words that it was about were erased.'
              : 'It was about these words, which are gone:'}
          </p>
          {place.about !== null && <p className={styles.goneWords}>{place.about}</p>}
        </div>
      );
  }
}

function aboutNew(
  { target }: NewThread,
  section: CaseSection,
  fieldName: (field: string) => string,
): string | null {
  switch (target.on) {
    case 'section':
      return `On the whole section ${section.full}`;
    case 'field':
      return `On “${fieldName(target.field)}”`;
    case 'quote':
      return 'On a quote';
    default:
      return null;
  }
}
