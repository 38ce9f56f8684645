import type { CSSProperties } from 'react';
import type { GroupField } from '../../../shared/framework/framework.ts';
import { useForm, useRowVisitors } from './field-presence.ts';
import styles from './fields.module.css';
import { useRowSummary } from './group-rows.ts';
import { RowLine } from './RowLine.tsx';
import { rowsFold } from './row-folding.ts';
import { SimpleFieldInput } from './SimpleFieldInput.tsx';

interface GroupRowProps {
  readonly group: GroupField;
  readonly rowId: string;
  /** Counted from 0. */
  readonly place: number;
  /** Of all rows of the group. */
  readonly count: number;
  readonly open: boolean;
  onOpen(open: boolean): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

/** One row of a group; where rows are long, it folds to a line. */
export function GroupRow(props: GroupRowProps) {
  const { group, rowId, place, count, open } = props;
  const { editable, foldKey } = useForm();
  const folds = foldKey !== null && rowsFold(group);
  const name = group.rowName;
  return (
    <fieldset
      className={folds ? `${styles.row} ${styles.folds}` : styles.row}
      data-row={rowId}
      aria-label={`${name.charAt(0).toUpperCase()}${name.slice(1)} ${place + 1} of ${count}`}
    >
      {folds && <RowHead {...props} />}
      {open && (
        <div className={styles.rowFields}>
          {group.fields.map((inner) => (
            <SimpleFieldInput
              key={inner.id}
              field={inner}
              place={{ fieldId: inner.id, row: { groupId: group.id, rowId } }}
            />
          ))}
        </div>
      )}
      {editable && !folds && <RowActs {...props} />}
    </fieldset>
  );
}

function RowHead(props: GroupRowProps) {
  const { group, rowId, place, open } = props;
  const { replica, editable } = useForm();
  const visitors = useRowVisitors(group.id, rowId);
  const summary = useRowSummary(replica.doc, group, rowId);
  const [first] = visitors;
  const names = visitors.map(({ name }) => name).join(', ');
  // Nothing folds while somebody else writes in it: what they do there would be out of sight at once.
  const held = open && first !== undefined;
  return (
    <div className={styles.rowHead}>
      <button
        type="button"
        className={styles.rowLine}
        aria-expanded={open}
        aria-disabled={held || undefined}
        title={held ? `${names} is in it` : undefined}
        onClick={() => {
          if (!held) props.onOpen(!open);
        }}
      >
        <RowLine name={group.rowName} place={place} summary={open ? null : summary} />
        {!open && first && (
          <span className={styles.rowFlag} style={{ '--here': first.colour } as CSSProperties}>
            {names}
            <span className="heard-only"> is here</span>
          </span>
        )}
      </button>
      {editable && <RowActs {...props} />}
    </div>
  );
}

function RowActs({ group, place, count, onMove, onRemove }: GroupRowProps) {
  const name = group.rowName;
  return (
    <div className={styles.rowActs}>
      <button
        type="button"
        data-move="up"
        disabled={place === 0}
        aria-label={`Move ${name} ${place + 1} up`}
        onClick={() => onMove(-1)}
      >
        <Arrow up />
      </button>
      <button
        type="button"
        data-move="down"
        disabled={place === count - 1}
        aria-label={`Move ${name} ${place + 1} down`}
        onClick={() => onMove(1)}
      >
        <Arrow />
      </button>
      <button type="button" aria-label={`Remove ${name} ${place + 1}`} onClick={onRemove}>
        <Cross />
      </button>
    </div>
  );
}

function Arrow({ up = false }: { up?: boolean }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={styles.sign}>
      <path d={up ? 'M4 9.5 8 5.5l4 4' : 'M4 6.5l4 4 4-4'} />
    </svg>
  );
}

function Cross() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={styles.sign}>
      <path d="m4.5 4.5 7 7m0-7-7 7" />
    </svg>
  );
}
