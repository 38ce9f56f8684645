import type { Section } from '../../shared/framework/framework.ts';
import styles from './comments.module.css';
import type { ThreadHere } from './known-threads.ts';
import { ThreadCard } from './ThreadCard.tsx';

/** A thread on the page of somebody at a school. */
export function SchoolCard(props: {
  readonly thread: ThreadHere;
  readonly section: Section;
  /** Whether it stands under the words that it is about. */
  readonly beside: boolean;
  readonly inHand: boolean;
  readonly onHold: () => void;
  readonly onLeave: () => void;
}) {
  const { thread, section } = props;
  return (
    <ThreadCard
      thread={thread}
      inHand={props.inHand}
      pointedAt={false}
      about={props.beside ? null : <About thread={thread} section={section} />}
      onHold={props.onHold}
      onLeave={props.onLeave}
      onPoint={() => {}}
    />
  );
}

function About({ thread, section }: { readonly thread: ThreadHere; readonly section: Section }) {
  const { place, target } = thread;
  if (place.where === 'field') {
    const parts = place.field.split('/');
    const field = section.fields.find(({ id }) => parts.includes(id));
    return <p className={styles.small}>On “{field?.label ?? 'a field'}”</p>;
  }
  if (target.on === 'range') {
    return (
      <p className={styles.small}>
        {target.kept
          ? `On words that are not here any more: “${target.kept.quote}”`
          : 'On words that are not here'}
      </p>
    );
  }
  return <p className={styles.small}>{target.on === 'quote' ? 'On a quote' : 'On the whole section'}</p>;
}
