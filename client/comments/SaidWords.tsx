import type { WordChange } from '../../shared/document/word-changes.ts';
import styles from './comments.module.css';
import type { KnownThreads } from './known-threads.ts';
import { saidPieces } from './mentions.ts';

/** What somebody said, with the people named in it; never anything but words (INPUT-2). */
export function SaidWords(props: {
  readonly words: string | null;
  readonly mentions: readonly string[];
  readonly people: KnownThreads['people'];
}) {
  if (props.words === null) return <p className={styles.gone}>These words were erased.</p>;
  const named = props.mentions.flatMap((id) => props.people.get(id)?.name ?? []);
  let at = 0;
  return (
    <p className={styles.said}>
      {saidPieces(props.words, named).map(({ text, named: isName }) => {
        const key = at;
        at += text.length;
        return isName ? (
          <span key={key} className={styles.named}>
            {text}
          </span>
        ) : (
          <span key={key}>{text}</span>
        );
      })}
    </p>
  );
}

/** How the words that a thread is about came to be what they are now. */
export function ChangedWords({ changes }: { readonly changes: readonly WordChange[] }) {
  let at = 0;
  return (
    <div className={styles.about}>
      <p className={styles.small}>The words have changed since:</p>
      <p className={styles.changes}>
        {changes.map(({ kind, words }) => {
          const key = at;
          at += words.length + 1;
          if (kind === 'same') return <span key={key}>{words}</span>;
          return kind === 'gone' ? <del key={key}>{words}</del> : <ins key={key}>{words}</ins>;
        })}
      </p>
    </div>
  );
}
