import { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { lazy, Suspense, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { plainCharacters } from '../../shared/document/plain-characters.ts';
import type { Replica } from '../sync/replica.ts';
import './prose.css';
import './block-editor.css';
import styles from './BlockEditor.module.css';
import { leftOut } from './block-room.ts';
import type { Writer } from './carets.ts';
import { editorExtensions } from './editor-extensions.ts';
import { cleanPastedHtml } from './paste-cleaning.ts';
import { quoteParts } from './quote-slot.ts';
import { SafeReading } from './SafeReading.tsx';
import { ShapeWatch } from './shape-watch.ts';
import { slashState } from './slash-trigger.ts';
import { ToolbarStore } from './toolbar-store.ts';

const SlashMenu = lazy(() => import('./SlashMenu.tsx').catch(missing));
const Toolbar = lazy(() => import('./Toolbar.tsx').catch(missing));

/** Without its code a menu says so, and writing goes on. */
function missing() {
  return { default: MissingMenu };
}

function MissingMenu() {
  return (
    <p role="status">This menu could not be fetched. Writing goes on; open the page again to have it.</p>
  );
}

export interface BlockEditorProps {
  replica: Replica;
  person: Writer;
  editable: boolean;
  /** What this text is, for those who hear the page: "2.4 Observing". */
  label: string;
  placeholder?: string;
  /** Where to put the caret as soon as the editor stands; absent: nowhere. */
  initialFocus?: 'start' | 'end';
  onFocusChange?: (focused: boolean) => void;
  /** The editor when it stands, null when it is gone. */
  onEditor?: (editor: Editor | null) => void;
}

const PLACEHOLDER = 'Write, or press / for headings, lists, tables and quotes.';

/**
 * The running text of one block, written live; while it holds what no editor can, it is
 * there to be read.
 */
export function BlockEditor(props: BlockEditorProps) {
  const { doc } = props.replica;
  const shape = ShapeWatch.of(doc);
  const foreign = useSyncExternalStore(shape.watch, shape.isForeign);
  return foreign ? <SafeReading doc={doc} label={props.label} /> : <LiveText {...props} />;
}

/** Undo belongs to the replica, so it outlives this editor; a new replica makes a new editor. */
function LiveText({
  replica,
  person,
  editable,
  label,
  placeholder = PLACEHOLDER,
  ...rest
}: BlockEditorProps) {
  const [parts, setParts] = useState<Parts | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const latest = useRef(rest);
  const first = useRef({ person, editable, label, placeholder });
  useEffect(() => {
    latest.current = rest;
  });

  useLayoutEffect(() => {
    const { initialFocus } = latest.current;
    let toolbar: ToolbarStore | null = null;
    const made = new Editor({
      // Where it will stand: moved there later, as TipTap's own component does it, it is drawn twice.
      element: frame.current,
      extensions: editorExtensions(replica, first.current.person, {
        placeholder: first.current.placeholder,
        say: setNotice,
        toolbar: () => toolbar,
      }),
      editable: first.current.editable,
      autofocus: initialFocus ?? false,
      // the page allows no style elements; block-editor.css has these rules
      injectCSS: false,
      // it walks through every deletion for an event that nobody listens to
      enableCoreExtensions: { delete: false },
      editorProps: {
        transformPastedHTML(html) {
          const clean = cleanPastedHtml(html, quoteParts.has(made));
          setNotice(leftOut(clean.pictures, clean.links));
          return clean.html;
        },
        transformPastedText: plainCharacters,
        attributes: {
          class: 'prose',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': first.current.label,
        },
      },
      onFocus: () => latest.current.onFocusChange?.(true),
      onBlur: () => latest.current.onFocusChange?.(false),
    });
    toolbar = new ToolbarStore(made);
    setParts({ editor: made, toolbar });
    latest.current.onEditor?.(made);
    return () => {
      latest.current.onEditor?.(null);
      setParts(null);
      toolbar?.destroy();
      made.destroy();
    };
  }, [replica]);

  const editor = parts?.editor;
  useEffect(() => {
    if (!editor || editor.isDestroyed) return;
    editor.setEditable(editable, false);
    editor.view.dom.setAttribute('aria-label', label);
    if (editable) editor.view.dom.removeAttribute('aria-readonly');
    else editor.view.dom.setAttribute('aria-readonly', 'true');
  }, [editor, editable, label]);

  return (
    <div className={styles.block}>
      <div ref={frame} className={styles.frame} />
      {parts ? <Helpers {...parts} /> : null}
      {notice === null ? null : (
        <div className={styles.notice} role="alert">
          <p>{notice}</p>
          <button type="button" onClick={() => setNotice(null)}>
            All right
          </button>
        </div>
      )}
    </div>
  );
}

interface Parts {
  editor: Editor;
  toolbar: ToolbarStore;
}

/** The menu and the toolbar, fetched when they are first wanted; drawn apart, so that the text is not drawn again. */
function Helpers({ editor, toolbar }: Parts) {
  const { view } = useSyncExternalStore(toolbar.watch, toolbar.get);
  const slash = useSlashOpen(editor);
  const { listId } = editor.storage.slashTrigger;
  return (
    <Suspense fallback={null}>
      {slash ? <SlashMenu editor={editor} listId={listId} /> : null}
      {view === 'hidden' ? null : <Toolbar editor={editor} store={toolbar} />}
    </Suspense>
  );
}

function useSlashOpen(editor: Editor): boolean {
  return useEditorState({ editor, selector: () => !editor.isDestroyed && slashState(editor.state) !== null });
}

export default BlockEditor;
