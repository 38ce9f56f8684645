import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { MOST_COMMENT } from '../../shared/comments/thread-event.ts';
import { Who, type WhoPerson } from '../ui/Who.tsx';
import styles from './comments.module.css';
import type { Draft } from './comments-here.ts';
import { nameablesFor, openMention, stillNamed } from './mentions.ts';

export const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Where a comment is written: its words, with `@` and a name for whoever is to hear of it. */
export function CommentBox(props: {
  readonly label: string;
  readonly placeholder: string;
  readonly draft: Draft;
  /** Who can be named; empty where nobody can. */
  readonly people: readonly WhoPerson[];
  readonly autoFocus: boolean;
  readonly onChange: (draft: Draft) => void;
  readonly onSend: () => void;
  /** Escape: the words stay. */
  readonly onLeave: () => void;
}) {
  const { draft, people } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!props.autoFocus || !element) return;
    element.focus({ preventScroll: true });
    // Its line may stand right under the bars, and the first letter would scroll to no more of it than that.
    element.scrollIntoView({ block: 'nearest' });
    element.setSelectionRange(element.value.length, element.value.length);
  }, [props.autoFocus]);

  const open = caret === null ? null : openMention(draft.words, caret);
  const offered = open ? nameablesFor(people, open.query) : [];
  const chosen = offered[Math.min(at, offered.length - 1)];
  const say = (words: string, named: readonly string[]) =>
    props.onChange({ words, mentions: stillNamed(words, named, people) });
  const name = (person: WhoPerson) => {
    if (!open || caret === null) return;
    const words = `${draft.words.slice(0, open.at)}@${person.name} ${draft.words.slice(caret)}`;
    const next = open.at + person.name.length + 2;
    say(words, [...draft.mentions, person.id]);
    setCaret(null);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(next, next);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      props.onSend();
      return;
    }
    if (chosen) {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step !== 0 && !event.altKey) {
        event.preventDefault();
        setAt((Math.min(at, offered.length - 1) + step + offered.length) % offered.length);
        return;
      }
      if (event.key === 'Enter' || event.key === 'Tab') {
        event.preventDefault();
        name(chosen);
        return;
      }
    }
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (chosen) setCaret(null);
    else props.onLeave();
  };
  const length = [...draft.words].length;
  return (
    <div className={styles.writing}>
      <textarea
        ref={box}
        className={styles.box}
        aria-label={props.label}
        placeholder={props.placeholder}
        value={draft.words}
        rows={2}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={chosen !== undefined}
        aria-controls={chosen ? listId : undefined}
        aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined}
        onChange={(event) => {
          setCaret(event.target.selectionStart);
          setAt(0);
          say(event.target.value, draft.mentions);
        }}
        onBlur={() => setCaret(null)}
        onKeyDown={onKeyDown}
      />
      {chosen && (
        <div id={listId} role="listbox" aria-label="People who can read it" className={styles.people}>
          {offered.map((person) => (
            <div
              key={person.id}
              id={`${listId}-${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={person === chosen}
              className={styles.person}
              // the box keeps the keyboard
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => name(person)}
              onKeyDown={(event) => event.key === 'Enter' && name(person)}
            >
              <span aria-hidden="true">
                <Who person={person} size="s" />
              </span>
              {person.name}
            </div>
          ))}
        </div>
      )}
      {length > MOST_COMMENT - 200 && (
        <p className={length > MOST_COMMENT ? styles.problem : styles.small} role="status">
          {length > MOST_COMMENT
            ? `${length - MOST_COMMENT} characters too many.`
            : `${MOST_COMMENT - length} characters left.`}
        </p>
      )}
    </div>
  );
}

/** @returns whether it can be sent */
export function canSend({ words }: Draft): boolean {
  return words.trim() !== '' && [...words].length <= MOST_COMMENT;
}
