import type { Editor } from '@tiptap/core';
import { Fragment, useEffect, useRef } from 'react';
import { moveAmong } from './moving-focus.ts';
import styles from './Toolbar.module.css';
import type { ToolbarStore } from './toolbar-store.ts';

interface TableAct {
  readonly label: string;
  can(editor: Editor): boolean;
  run(editor: Editor): void;
}

const ACTS: readonly (readonly TableAct[])[] = [
  [
    {
      label: 'Row above',
      can: (editor) => editor.can().addRowBefore(),
      run: (editor) => editor.commands.addRowBefore(),
    },
    {
      label: 'Row below',
      can: (editor) => editor.can().addRowAfter(),
      run: (editor) => editor.commands.addRowAfter(),
    },
    {
      label: 'Remove this row',
      can: (editor) => editor.can().deleteRow(),
      run: (editor) => editor.commands.deleteRow(),
    },
  ],
  [
    {
      label: 'Column before',
      can: (editor) => editor.can().addColumnBefore(),
      run: (editor) => editor.commands.addColumnBefore(),
    },
    {
      label: 'Column after',
      can: (editor) => editor.can().addColumnAfter(),
      run: (editor) => editor.commands.addColumnAfter(),
    },
    {
      label: 'Remove this column',
      can: (editor) => editor.can().deleteColumn(),
      run: (editor) => editor.commands.deleteColumn(),
    },
  ],
  [
    {
      label: 'Header row on or off',
      can: (editor) => editor.can().toggleHeaderRow(),
      run: (editor) => editor.commands.toggleHeaderRow(),
    },
    {
      label: 'Merge or split cells',
      can: (editor) => editor.can().mergeOrSplit(),
      run: (editor) => editor.commands.mergeOrSplit(),
    },
    {
      label: 'Remove the table',
      can: (editor) => editor.can().deleteTable(),
      run: (editor) => editor.commands.deleteTable(),
    },
  ],
];

/** Rows, columns, header: as a menu of words. */
export function TableControls({ editor, store }: { editor: Editor; store: ToolbarStore }) {
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => menu.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus(), []);
  return (
    <div
      ref={menu}
      role="menu"
      aria-label="Table"
      tabIndex={-1}
      className={styles.tableMenu}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Tab') {
          event.preventDefault();
          event.stopPropagation();
          store.leave();
        } else moveAmong(event, menu.current, ['ArrowUp', 'ArrowDown']);
      }}
    >
      {ACTS.map((acts, part) => (
        <Fragment key={acts[0]?.label}>
          {part > 0 ? <hr className={styles.line} /> : null}
          {acts.map((act) => (
            <button
              key={act.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              disabled={!act.can(editor)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                act.run(editor);
                store.leave();
              }}
            >
              {act.label}
            </button>
          ))}
        </Fragment>
      ))}
    </div>
  );
}
