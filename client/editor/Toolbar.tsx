import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { type FocusEvent, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { commentOpeners } from './comment-openers.ts';
import { LinkForm } from './LinkForm.tsx';
import { moveAmong } from './moving-focus.ts';
import { quoteParts } from './quote-slot.ts';
import { TableControls } from './TableControls.tsx';
import styles from './Toolbar.module.css';
import { placeToolbar } from './toolbar-place.ts';
import type { ToolbarStore } from './toolbar-store.ts';

/** What can be done with selected words, beside them; and, in a table, with its rows and columns. */
export default function Toolbar({ editor, store }: { editor: Editor; store: ToolbarStore }) {
  const { view, entered } = useSyncExternalStore(store.watch, store.get);
  const selection = useEditorState({
    editor,
    selector: () => (editor.isDestroyed ? null : [editor.state.selection.from, editor.state.selection.to]),
  });
  const box = useRef<HTMLDivElement>(null);
  const at = selection?.join(' ');

  useLayoutEffect(() => {
    if (view === 'hidden' || at === undefined) return;
    const settle = () => {
      if (!box.current || editor.isDestroyed) return;
      const { left, top } = placeToolbar(editor, box.current, view, entered);
      // Not by a second render: what stands in it takes the keyboard in the effects of the first,
      // and what is hidden cannot.
      Object.assign(box.current.style, { left: `${left}px`, top: `${top}px`, visibility: 'visible' });
    };
    settle();
    window.addEventListener('scroll', settle, { passive: true, capture: true });
    window.addEventListener('resize', settle);
    return () => {
      window.removeEventListener('scroll', settle, { capture: true });
      window.removeEventListener('resize', settle);
    };
  }, [editor, view, entered, at]);

  useEffect(() => {
    if (entered === 'buttons') box.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
  }, [entered]);

  if (view === 'hidden') return null;
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (entered === null || event.currentTarget.contains(event.relatedTarget)) return;
    if (event.relatedTarget !== null) store.left();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that the keyboard went elsewhere
    <div
      ref={box}
      className={view === 'table' && entered === null ? styles.pill : styles.toolbar}
      style={{ visibility: 'hidden' }}
      onBlur={onBlur}
    >
      {entered === 'link' ? (
        <LinkForm editor={editor} store={store} />
      ) : entered === 'table' ? (
        <TableControls editor={editor} store={store} />
      ) : view === 'table' ? (
        <TableButton store={store} />
      ) : (
        <Buttons editor={editor} store={store} />
      )}
    </div>
  );
}

function TableButton({ store }: { store: ToolbarStore }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-haspopup="menu"
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => store.enter('table')}
    >
      Table
    </button>
  );
}

interface Act {
  readonly id: string;
  readonly label: string;
  readonly keys?: string;
  readonly drawing: string;
  run(editor: Editor): void;
}

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);
const MOD = MAC ? '⌘' : 'Ctrl+';

const ACTS: readonly (readonly Act[])[] = [
  [
    {
      id: 'bold',
      label: 'Bold',
      keys: `${MOD}B`,
      drawing: 'M5 3h3.8a2.4 2.4 0 0 1 0 4.8H5zm0 4.8h4.4a2.6 2.6 0 0 1 0 5.2H5z',
      run: (editor) => editor.chain().toggleBold().run(),
    },
    {
      id: 'italic',
      label: 'Italic',
      keys: `${MOD}I`,
      drawing: 'M7 3h5M4 13h5M9.8 3 6.2 13',
      run: (editor) => editor.chain().toggleItalic().run(),
    },
    {
      id: 'link',
      label: 'Link',
      keys: `${MOD}K`,
      drawing:
        'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2-2a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0l-2 2a2.6 2.6 0 0 0 3.7 3.7l.8-.8',
      run: () => undefined,
    },
  ],
  [
    {
      id: 'heading',
      label: 'Heading',
      drawing: 'M4 3v10M12 3v10M4 8h8',
      run: (editor) => editor.chain().toggleHeading({ level: 3 }).run(),
    },
    {
      id: 'smaller-heading',
      label: 'Smaller heading',
      drawing: 'M5 5.5V13M11 5.5V13M5 9.2h6',
      run: (editor) => editor.chain().toggleHeading({ level: 4 }).run(),
    },
    {
      id: 'quotation',
      label: 'Quotation',
      drawing: 'M3.5 3v10M7 5h6M7 8h6M7 11h4',
      run: (editor) => editor.chain().toggleBlockquote().run(),
    },
  ],
  [
    {
      id: 'bullets',
      label: 'Bulleted list',
      drawing: 'M6.5 4.5H13M6.5 8H13M6.5 11.5H13M3 4.5h.1M3 8h.1M3 11.5h.1',
      run: (editor) => editor.chain().toggleBulletList().run(),
    },
    {
      id: 'numbers',
      label: 'Numbered list',
      drawing: 'M7 4.5h6M7 8h6M7 11.5h6M2.6 3.4l.9-.6v3M2.4 9.6c.3-.7 1.6-.6 1.6.2 0 .7-1.6 1.2-1.6 2.2h1.8',
      run: (editor) => editor.chain().toggleOrderedList().run(),
    },
    {
      id: 'tasks',
      label: 'Tasks',
      drawing: 'M2.5 3.5h4v4h-4zM9 5.5h4.5M9 11.5h4.5M2.5 11.6l1.4 1.4 2.6-3',
      run: (editor) => editor.chain().toggleTaskList().run(),
    },
  ],
];

function Buttons({ editor, store }: { editor: Editor; store: ToolbarStore }) {
  const bar = useRef<HTMLDivElement>(null);
  const on = useEditorState({ editor, selector: () => (editor.isDestroyed ? null : activeActs(editor)) });
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label="Format"
      className={styles.buttons}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          store.leave();
        } else moveAmong(event, bar.current, ['ArrowLeft', 'ArrowRight']);
      }}
    >
      {ACTS.map((acts) => (
        <span key={acts[0]?.id} className={styles.set}>
          {acts.map((act) => (
            <button
              key={act.id}
              type="button"
              tabIndex={-1}
              aria-label={act.label}
              aria-pressed={on?.includes(act.id) ?? false}
              title={act.keys ? `${act.label} (${act.keys})` : act.label}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                if (act.id === 'link') store.enter('link');
                else act.run(editor);
              }}
            >
              <svg viewBox="0 0 16 16" aria-hidden="true">
                <path d={act.drawing} />
              </svg>
            </button>
          ))}
        </span>
      ))}
      {quoteParts.get(editor)?.open ? (
        <span className={styles.set}>
          <button
            type="button"
            tabIndex={-1}
            className={styles.worded}
            title={`Words that somebody said, to be confirmed by them (${MAC ? '⌘⇧.' : 'Ctrl+Shift+.'})`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              store.leave(true);
              quoteParts.get(editor)?.open?.();
            }}
          >
            Quote
          </button>
        </span>
      ) : null}
      {commentOpeners.has(editor) ? (
        <span className={styles.set}>
          <button
            type="button"
            tabIndex={-1}
            className={styles.worded}
            title={`A comment on these words, beside them (${MAC ? '⌘⌥M' : 'Ctrl+Alt+M'})`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              store.leave(true);
              commentOpeners.get(editor)?.();
            }}
          >
            Comment
          </button>
        </span>
      ) : null}
      {on?.includes('table') ? (
        <span className={styles.set}>
          <button
            type="button"
            tabIndex={-1}
            aria-haspopup="menu"
            className={styles.worded}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => store.enter('table')}
          >
            Table
          </button>
        </span>
      ) : null}
    </div>
  );
}

function activeActs(editor: Editor): string[] {
  const active: readonly [string, boolean][] = [
    ['bold', editor.isActive('bold')],
    ['italic', editor.isActive('italic')],
    ['link', editor.isActive('link')],
    ['heading', editor.isActive('heading', { level: 3 })],
    ['smaller-heading', editor.isActive('heading', { level: 4 })],
    ['quotation', editor.isActive('blockquote')],
    ['bullets', editor.isActive('bulletList')],
    ['numbers', editor.isActive('orderedList')],
    ['tasks', editor.isActive('taskList')],
    ['table', editor.isActive('table')],
  ];
  return active.filter(([, on]) => on).map(([id]) => id);
}
