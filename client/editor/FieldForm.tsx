import { type FocusEvent, type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';
import type { Audience, Field, Section } from '../../shared/framework/framework.ts';
import type { Replica } from '../sync/replica.ts';
import { moveInBlock } from './block-presence.ts';
import { FormContext, type FormFacts } from './fields/field-presence.ts';
import styles from './fields/fields.module.css';
import { GroupField } from './fields/GroupField.tsx';
import { SimpleFieldInput } from './fields/SimpleFieldInput.tsx';
import { toldApart } from './fields/told-apart.ts';

export interface FieldFormProps {
  section: Section;
  replica: Replica;
  editable: boolean;
  /** Under what the device keeps which rows are open: person, case and section together. Without it no row folds. */
  foldKey?: string;
  /** The key of the field that one is in now, or null; the form itself tells it to the others in the block. */
  onFieldFocus?: (key: string | null) => void;
}

const AUDIENCES: readonly Audience[] = ['team', 'shareable', 'print'];
const AUDIENCE_WORDS: Readonly<Record<Audience, string>> = {
  team: 'Team only',
  shareable: 'Not for print',
  print: '',
};

/** Says so where a field is for fewer people than its section. */
function narrowing(field: Field, section: Section): string | null {
  if (!field.audience) return null;
  return AUDIENCES.indexOf(field.audience) < AUDIENCES.indexOf(section.audience)
    ? AUDIENCE_WORDS[field.audience]
    : null;
}

/** All fields of a section, drawn by their kinds, written live into the block. */
export function FieldForm({ section, replica, editable, foldKey, onFieldFocus }: FieldFormProps) {
  const idBase = useId();
  const entered = useRef<string | null>(null);
  const latest = useRef(onFieldFocus);
  useEffect(() => {
    latest.current = onFieldFocus;
  });
  const facts = useMemo<FormFacts>(
    () => ({
      replica,
      editable,
      idBase,
      foldKey: foldKey ?? null,
      of: toldApart(section.fields),
      enterField(key) {
        if (entered.current === key) return;
        entered.current = key;
        moveInBlock(replica.awareness, { field: key });
        latest.current?.(key);
      },
    }),
    [replica, editable, idBase, foldKey, section.fields],
  );
  useEffect(() => () => facts.enterField(null), [facts]);

  if (section.fields.length === 0) return null;

  const onFocus = (event: FocusEvent) => {
    if (editable) facts.enterField(event.target.closest('[data-field]')?.getAttribute('data-field') ?? null);
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) facts.enterField(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = editable ? undoKey(event) : null;
    if (!act) return;
    // the browser's own undo knows nothing of the others' letters
    event.preventDefault();
    replica.undo[act]();
  };
  return (
    <FormContext.Provider value={facts}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it listens for its inputs, and is none itself */}
      <div className={styles.form} onFocus={onFocus} onBlur={onBlur} onKeyDown={onKeyDown}>
        <div className={styles.grid}>
          {section.fields.map((field) =>
            field.kind === 'group' ? (
              <GroupField key={field.id} field={field} audience={narrowing(field, section)} />
            ) : (
              <SimpleFieldInput
                key={field.id}
                field={field}
                place={{ fieldId: field.id }}
                audience={narrowing(field, section)}
              />
            ),
          )}
        </div>
      </div>
    </FormContext.Provider>
  );
}

function undoKey(event: KeyboardEvent): 'undo' | 'redo' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' && !event.shiftKey ? 'redo' : null;
}

export default FieldForm;
