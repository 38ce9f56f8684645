import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Insertion, insertionsFor } from './insertions.ts';
import styles from './SlashMenu.module.css';
import { chooseInsertion, markInsertion, slashState } from './slash-trigger.ts';

/** Room that is kept to the edges of the window, pixels. */
const EDGE = 12;

/** What a typed `/` offers. The keys are the editor's (slash-trigger.ts): the caret stays in the text. */
export default function SlashMenu({ editor, listId }: { editor: Editor; listId: string }) {
  const open = useEditorState({
    editor,
    selector: () => (editor.isDestroyed ? null : slashState(editor.state)),
  });
  const list = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const insertions = open ? insertionsFor(open, editor) : [];
  const index = open?.index ?? -1;
  const from = open?.from ?? -1;
  const count = insertions.length;

  useLayoutEffect(() => {
    const menu = list.current;
    if (from < 0 || count === 0 || !menu) return;
    setPlace(placeBeside(editor, from, menu));
  }, [editor, from, count]);

  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(`${listId}-${index}`)}`)?.scrollIntoView({ block: 'nearest' });
  }, [listId, index]);

  if (!open) return null;
  return (
    <>
      <span className="heard-only" role="status">
        {count === 0 ? 'Nothing fits' : `${count} to choose from`}
      </span>
      {count === 0 ? null : (
        <div
          ref={list}
          id={listId}
          role="listbox"
          aria-label={open.sign === '@' ? 'Who is meant' : 'What to put in'}
          className={styles.menu}
          style={place ?? { visibility: 'hidden' }}
        >
          {grouped(insertions).map(({ group, entries }) => (
            // biome-ignore lint/a11y/useSemanticElements: options of a listbox, which a fieldset cannot group
            <div key={group} role="group" aria-label={group}>
              <p className={styles.group} aria-hidden="true">
                {group}
              </p>
              {entries.map(({ insertion, at }) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the editor has the keys, see slash-trigger.ts
                <div
                  key={insertion.id}
                  id={`${listId}-${at}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={at === index}
                  className={styles.option}
                  onMouseDown={(event) => event.preventDefault()}
                  onMouseMove={() => {
                    if (at !== index) markInsertion(editor, at);
                  }}
                  onClick={() => chooseInsertion(editor, insertion)}
                >
                  <span>{insertion.label}</span>
                  <span className={styles.help}>{insertion.help}</span>
                </div>
              ))}
            </div>
          ))}
        </div>
      )}
    </>
  );
}

function grouped(insertions: readonly Insertion[]) {
  const groups: { group: string; entries: { insertion: Insertion; at: number }[] }[] = [];
  insertions.forEach((insertion, at) => {
    const last = groups.at(-1);
    if (last?.group === insertion.group) last.entries.push({ insertion, at });
    else groups.push({ group: insertion.group, entries: [{ insertion, at }] });
  });
  return groups;
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly maxHeight: number | undefined;
}

/** Pixels between the line of the slash and the menu. */
const GAP = 6;

/** Under the slash, or above it where there is more room; as high as all of it, or as the room is. */
function placeBeside(editor: Editor, position: number, menu: HTMLElement): Place {
  const frame = (menu.offsetParent ?? editor.view.dom).getBoundingClientRect();
  const slash = editor.view.coordsAtPos(position);
  const below = window.innerHeight - slash.bottom - EDGE - GAP;
  const over = slash.top - EDGE - GAP;
  const whole = menu.scrollHeight + menu.offsetHeight - menu.clientHeight;
  const above = whole > below && over > below;
  const height = Math.min(whole, above ? over : below);
  const left = Math.min(slash.left, window.innerWidth - menu.offsetWidth - EDGE);
  return {
    left: Math.max(EDGE, left) - frame.left,
    top: (above ? slash.top - height - GAP : slash.bottom + GAP) - frame.top,
    maxHeight: height < whole ? height : undefined,
  };
}
