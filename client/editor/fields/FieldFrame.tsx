import type { CSSProperties, ReactNode } from 'react';
import type { SimpleField } from '../../../shared/framework/framework.ts';
import { useForm, useVisitors } from './field-presence.ts';
import styles from './fields.module.css';

export interface FieldFrameProps {
  field: SimpleField;
  /** The Y.Text or `fields` key that stands for the field, in presence and in ids. */
  fieldKey: string;
  /** Takes the whole width of the form. */
  wide?: boolean;
  /** Whether the control is a set of several (choices), named as a group. */
  several?: boolean;
  /** Said under the control, in place of the help: what is the matter with what was typed. */
  hint?: string | null;
  /** Narrower than its section: says so. */
  audience?: string | null;
  children: (ids: { id: string; labelId: string; describedBy: string | undefined }) => ReactNode;
}

/** Id of a field's input; keys hold slashes and dots, which ids may. */
export function inputId(idBase: string, key: string): string {
  return `${idBase}-${key.replace(/[^\w-]/g, '_')}`;
}

/** Label, control, hint, and who else is here: what all kinds of fields share. */
export function FieldFrame({ field, fieldKey, wide, several, hint, audience, children }: FieldFrameProps) {
  const { idBase, editable, of } = useForm();
  const visitors = useVisitors(fieldKey);
  const id = inputId(idBase, fieldKey);
  const labelId = `${id}-label`;
  const below = hint ?? (editable ? field.help : undefined);
  const described = [below && `${id}-below`, audience && `${id}-audience`].filter(Boolean).join(' ');
  const first = visitors[0];
  const beside = of.get(field.id);
  const label = (
    <>
      {field.label}
      {beside !== undefined && <span className="heard-only">: {beside}</span>}
    </>
  );
  return (
    <div
      className={wide ? `${styles.field} ${styles.wide}` : styles.field}
      data-field={fieldKey}
      {...(first ? { 'data-here': '', style: { '--here': first.colour } as CSSProperties } : {})}
    >
      <div className={styles.label}>
        {several || !editable ? (
          <span id={labelId}>{label}</span>
        ) : (
          <label id={labelId} htmlFor={id}>
            {label}
          </label>
        )}
        {field.required && editable ? (
          // heard as the control's own state
          <span className={styles.mark} aria-hidden="true">
            {' '}
            · required
          </span>
        ) : null}
        {audience ? (
          <span className={styles.audience} id={`${id}-audience`}>
            {audience}
          </span>
        ) : null}
      </div>
      <div className={styles.control}>
        {children({ id, labelId, describedBy: described || undefined })}
        {first ? (
          <span className={styles.flag}>
            {visitors.map(({ name }) => name).join(', ')}
            <span className="heard-only"> is here</span>
          </span>
        ) : null}
      </div>
      {below ? (
        <p
          className={hint ? `${styles.below} ${styles.hint}` : styles.below}
          id={`${id}-below`}
          aria-live={hint ? 'polite' : undefined}
        >
          {below}
        </p>
      ) : null}
    </div>
  );
}

/** What stands in a field that is only read. */
export function ReadValue({ children, lines = false }: { children: string; lines?: boolean }) {
  if (children.trim() === '') return <p className={`${styles.read} ${styles.nothing}`}>Nothing yet</p>;
  return <p className={lines ? `${styles.read} ${styles.lines}` : styles.read}>{children}</p>;
}
