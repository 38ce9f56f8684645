import { Editor } from '@tiptap/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Replica } from '../sync/replica.ts';
import './prose.css';
import './block-editor.css';
import styles from './BlockEditor.module.css';
import type { Writer } from './carets.ts';
import { editorExtensions } from './editor-extensions.ts';

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
 * The running text of one block, written live. Undo belongs to the replica, so it
 * outlives this editor; a new replica makes a new editor.
 */
export function BlockEditor({
  replica,
  person,
  editable,
  label,
  placeholder = PLACEHOLDER,
  ...rest
}: BlockEditorProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const latest = useRef(rest);
  const first = useRef({ person, editable, label, placeholder });
  useEffect(() => {
    latest.current = rest;
  });

  useLayoutEffect(() => {
    if (!frame.current) return;
    const { initialFocus } = latest.current;
    const made = new Editor({
      element: frame.current,
      extensions: editorExtensions(replica, first.current.person, {
        placeholder: first.current.placeholder,
        say: setNotice,
      }),
      editable: first.current.editable,
      autofocus: initialFocus ?? false,
      // the page allows no style elements; block-editor.css has these rules
      injectCSS: false,
      // it walks through every deletion for an event that nobody listens to
      enableCoreExtensions: { delete: false },
      editorProps: {
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
    setEditor(made);
    latest.current.onEditor?.(made);
    return () => {
      latest.current.onEditor?.(null);
      setEditor(null);
      made.destroy();
    };
  }, [replica]);

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

export default BlockEditor;
