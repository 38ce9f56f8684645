import { useEffect, useRef } from 'react';
import type * as Y from 'yjs';
import {
  FIELDS,
  type FieldPlace,
  SHORT_TEXT_CHARACTERS,
  sourceKey,
  valueKey,
  yearKey,
} from '../../../shared/document/block-parts.ts';
import type { DateField as DateOne, NumberField as NumberOne } from '../../../shared/framework/framework.ts';
import { dayInWords, figureHint, yearHint } from '../figures.ts';
import { FieldFrame, ReadValue } from './FieldFrame.tsx';
import { useForm } from './field-presence.ts';
import { setFieldValue, useFieldText } from './field-values.ts';
import styles from './fields.module.css';

interface ValueFieldProps<F> {
  field: F;
  place: FieldPlace;
  audience?: string | null;
}

/** A figure, with its year and source where they are asked for; kept as typed, even where it is words. */
export function NumberField({ field, place, audience }: ValueFieldProps<NumberOne>) {
  const { replica, editable, idBase } = useForm();
  const value = useFieldText(replica.doc, valueKey(place));
  const year = useFieldText(replica.doc, yearKey(place));
  const source = useFieldText(replica.doc, sourceKey(place));
  const key = valueKey(place);
  if (!editable) {
    const said = [value && field.unit ? `${value} ${field.unit}` : value, year, source]
      .filter(Boolean)
      .join(' · ');
    return (
      <FieldFrame field={field} fieldKey={key} audience={audience}>
        {() => <ReadValue>{said}</ReadValue>}
      </FieldFrame>
    );
  }
  const hint = figureHint(value, field) ?? (field.withYear ? yearHint(year) : null);
  const more = Boolean(field.withYear || field.withSource);
  const part = (name: string) => `${idBase}-${name}-${key.replace(/[^\w-]/g, '_')}`;
  return (
    <FieldFrame field={field} fieldKey={key} wide={more} hint={hint} audience={audience}>
      {({ id, describedBy }) => (
        <div className={more ? styles.figure : undefined}>
          <div className={styles.withUnit}>
            <WholeInput id={id} name={key} describedBy={describedBy} decimal required={field.required} />
            {field.unit ? <span className={styles.unit}>{field.unit}</span> : null}
          </div>
          {field.withYear ? (
            <div className={styles.part}>
              <label htmlFor={part('year')}>
                Year<span className="heard-only"> of {field.label}</span>
              </label>
              <WholeInput id={part('year')} name={yearKey(place)} />
            </div>
          ) : null}
          {field.withSource ? (
            <div className={styles.part}>
              <label htmlFor={part('source')}>
                Source<span className="heard-only"> of {field.label}</span>
              </label>
              <WholeInput id={part('source')} name={sourceKey(place)} />
            </div>
          ) : null}
        </div>
      )}
    </FieldFrame>
  );
}

/** An input whose text is one value as a whole: of two people at once, the later letter wins. */
function WholeInput(props: {
  id: string;
  name: string;
  describedBy?: string | undefined;
  decimal?: boolean;
  required?: boolean | undefined;
}) {
  const { doc } = useForm().replica;
  const value = useFieldText(doc, props.name);
  return (
    <input
      id={props.id}
      type="text"
      className={styles.input}
      value={value}
      maxLength={SHORT_TEXT_CHARACTERS}
      inputMode={props.decimal ? 'decimal' : undefined}
      aria-describedby={props.describedBy}
      aria-required={props.required}
      autoComplete="off"
      onChange={(event) => setFieldValue(doc, props.name, event.target.value)}
    />
  );
}

/** A day of the calendar, in the browser's own picker. */
export function DateField({ field, place, audience }: ValueFieldProps<DateOne>) {
  const { replica, editable } = useForm();
  const key = valueKey(place);
  const value = useFieldText(replica.doc, key);
  const day = dayInWords(value);
  const other = value !== '' && day === null ? `Written so far: ${value}` : null;
  return (
    <FieldFrame field={field} fieldKey={key} hint={other} audience={audience}>
      {({ id, describedBy }) =>
        editable ? (
          <DayInput
            id={id}
            name={key}
            value={day === null ? '' : value}
            describedBy={describedBy}
            required={field.required}
          />
        ) : (
          <ReadValue>{day ?? value}</ReadValue>
        )
      }
    </FieldFrame>
  );
}

function DayInput(props: {
  id: string;
  name: string;
  value: string;
  describedBy: string | undefined;
  required: boolean | undefined;
}) {
  const { doc } = useForm().replica;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const element = input.current;
    // a half-typed day reads as empty: it is not taken away while somebody types it
    if (element && element.value !== props.value && !element.validity.badInput) element.value = props.value;
  }, [props.value]);
  useEffect(() => {
    const element = input.current;
    if (!element) return;
    const take = () => {
      if (!element.validity.badInput) setFieldValue(doc, props.name, element.value);
    };
    const leave = () => {
      // what was left half typed is no day: the one that is kept stands there again
      if (element.validity.badInput) element.value = dayKept(doc, props.name);
      take();
    };
    element.addEventListener('input', take);
    // from half typed to empty no value changes, so that the browser tells of no input
    element.addEventListener('keyup', take);
    element.addEventListener('blur', leave);
    return () => {
      element.removeEventListener('input', take);
      element.removeEventListener('keyup', take);
      element.removeEventListener('blur', leave);
    };
  }, [doc, props.name]);
  return (
    <input
      ref={input}
      id={props.id}
      type="date"
      className={styles.input}
      defaultValue={props.value}
      aria-describedby={props.describedBy}
      required={props.required}
    />
  );
}

function dayKept(doc: Y.Doc, key: string): string {
  const value = doc.getMap(FIELDS).get(key);
  return typeof value === 'string' && dayInWords(value) !== null ? value : '';
}
