import { useEffect, useRef, useState } from 'react';
import type * as Y from 'yjs';
import { MAX_ROWS, rowKey } from '../../../shared/document/block-parts.ts';
import type { GroupField as Group } from '../../../shared/framework/framework.ts';
import { newId } from '../../ui/new-id.ts';
import { inputId } from './FieldFrame.tsx';
import { isVisited, useForm } from './field-presence.ts';
import styles from './fields.module.css';
import { GroupRow } from './GroupRow.tsx';
import { putRow, removeRow, rowValues, useRows } from './group-rows.ts';
import { useOpenRows } from './open-rows.ts';
import { isRowOpen, rowsFold } from './row-folding.ts';

interface GroupFieldProps {
  field: Group;
  audience?: string | null;
}

type UndoItem = Y.UndoManager['undoStack'][number];

/** As many rows of the same fields as there are; added, moved and removed by keyboard as well. */
export function GroupField({ field, audience }: GroupFieldProps) {
  const { replica, editable, idBase, foldKey } = useForm();
  const { doc, undo } = replica;
  const rows = useRows(doc, field.id);
  const [removed, setRemoved] = useState<{ place: number; item: UndoItem } | null>(null);
  const [said, setSaid] = useState('');
  const [focus, setFocus] = useState<string | null>(null);
  const box = useRef<HTMLFieldSetElement>(null);
  const id = inputId(idBase, rowKey(field.id, ''));
  const name = field.rowName;

  useEffect(() => {
    if (focus === null) return;
    box.current?.querySelector<HTMLElement>(focus)?.focus();
    setFocus(null);
  }, [focus]);

  useEffect(() => {
    if (!removed) return;
    const look = () => {
      if (undo.undoStack.at(-1) !== removed.item) setRemoved(null);
    };
    undo.on('stack-item-added', look);
    undo.on('stack-item-popped', look);
    return () => {
      undo.off('stack-item-added', look);
      undo.off('stack-item-popped', look);
    };
  }, [undo, removed]);

  const openRows = useOpenRows(rowsFold(field) ? foldKey : null, field, (rowId) =>
    foldKey === null
      ? true
      : isVisited(replica.awareness, field.id, rowId) ||
        isRowOpen(foldKey, field, rowId, rowValues(doc, field.id, rowId)),
  );
  const add = () => {
    const rowId = newId();
    openRows.set(rowId, true);
    undo.stopCapturing();
    putRow(doc, field.id, rowId, rows.length, Math.random);
    undo.stopCapturing();
    setFocus(`[data-row="${rowId}"] :is(input, textarea, select)`);
  };
  const move = (rowId: string, from: number, by: -1 | 1) => {
    undo.stopCapturing();
    putRow(doc, field.id, rowId, from + by, Math.random);
    undo.stopCapturing();
    setSaid(`${capital(name)} is now ${from + by + 1} of ${rows.length}.`);
    const way = by < 0 ? 'up' : 'down';
    const atEnd = by < 0 ? from + by === 0 : from + by === rows.length - 1;
    setFocus(`[data-row="${rowId}"] [data-move="${atEnd ? (by < 0 ? 'down' : 'up') : way}"]`);
  };
  const remove = (rowId: string, place: number) => {
    undo.stopCapturing();
    removeRow(doc, field.id, rowId);
    undo.stopCapturing();
    const item = undo.undoStack.at(-1);
    if (item) setRemoved({ place, item });
    setFocus('[data-undo]');
  };

  return (
    <fieldset
      ref={box}
      className={`${styles.field} ${styles.wide} ${styles.group}`}
      aria-labelledby={`${id}-label`}
      aria-describedby={field.help && editable ? `${id}-below` : undefined}
    >
      <div className={styles.groupHead}>
        <span className={styles.groupLabel} id={`${id}-label`}>
          {field.label}
        </span>
        {field.required && editable ? <span className={styles.mark}>required</span> : null}
        {audience ? <span className={styles.audience}>{audience}</span> : null}
      </div>
      {field.help && editable ? (
        <p className={styles.below} id={`${id}-below`}>
          {field.help}
        </p>
      ) : null}
      {rows.map((rowId, place) => (
        <GroupRow
          key={rowId}
          group={field}
          rowId={rowId}
          place={place}
          count={rows.length}
          open={openRows.isOpen(rowId)}
          onOpen={(open) => openRows.set(rowId, open)}
          onMove={(by) => move(rowId, place, by)}
          onRemove={() => remove(rowId, place)}
        />
      ))}
      {rows.length === 0 && !editable ? (
        <p className={`${styles.read} ${styles.nothing}`}>Nothing yet</p>
      ) : null}
      {removed ? (
        <p className={styles.removed}>
          {capital(name)} {removed.place + 1} is removed.
          <button
            type="button"
            data-undo
            onClick={() => {
              undo.undo();
              setRemoved(null);
              setFocus(
                `[data-row]:nth-of-type(${removed.place + 1}) :is(input, textarea, select, [aria-expanded]), [data-row] :is(input, textarea, select, [aria-expanded])`,
              );
            }}
          >
            Put it back
          </button>
        </p>
      ) : null}
      {editable ? (
        <button type="button" className={styles.add} disabled={rows.length >= MAX_ROWS} onClick={add}>
          <Plus /> Add {article(name)} {name}
        </button>
      ) : null}
      {editable && rows.length >= MAX_ROWS ? (
        <p className={styles.below}>{MAX_ROWS} rows are as many as fit here.</p>
      ) : null}
      <span className="heard-only" role="status">
        {said}
      </span>
    </fieldset>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function article(word: string): string {
  return /^[aeiou]/i.test(word) ? 'an' : 'a';
}

function Plus() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={styles.sign}>
      <path d="M8 3.5v9M3.5 8h9" />
    </svg>
  );
}
