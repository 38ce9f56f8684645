import { Fragment } from 'react';
import { type FieldPlace, optionKey, valueKey } from '../../../shared/document/block-parts.ts';
import type {
  ChecklistField as Checklist,
  ChoiceField as Choice,
  ManyChoicesField as ManyChoices,
  Option,
  YesNoField as YesNo,
} from '../../../shared/framework/framework.ts';
import { FieldFrame, ReadValue } from './FieldFrame.tsx';
import { useForm } from './field-presence.ts';
import { setFieldValue, useChosen, useFieldText } from './field-values.ts';
import styles from './fields.module.css';
import { optionGroups, standAsPills } from './option-groups.ts';

interface ChoiceFieldProps<F> {
  field: F;
  place: FieldPlace;
  audience?: string | null;
}

export function ChoiceField({ field, place, audience }: ChoiceFieldProps<Choice>) {
  const { replica, editable } = useForm();
  const key = valueKey(place);
  const value = useFieldText(replica.doc, key);
  const chosen = field.options.find(({ id }) => id === value);
  return (
    <FieldFrame
      field={chosen?.help ? { ...field, help: chosen.help } : field}
      fieldKey={key}
      audience={audience}
    >
      {({ id, describedBy }) =>
        editable ? (
          <select
            id={id}
            className={`${styles.input} ${styles.select}`}
            value={value}
            aria-describedby={describedBy}
            aria-required={field.required}
            onChange={(event) => setFieldValue(replica.doc, key, event.target.value)}
          >
            <option value="">Not chosen</option>
            {value !== '' && !chosen ? <option value={value}>{value} (no longer offered)</option> : null}
            {optionGroups(field.options).map((run) => {
              const options = run.options.map((option) => (
                <option key={option.id} value={option.id}>
                  {option.label}
                </option>
              ));
              return run.group === undefined ? (
                <Fragment key="none">{options}</Fragment>
              ) : (
                <optgroup key={run.group} label={run.group}>
                  {options}
                </optgroup>
              );
            })}
          </select>
        ) : (
          <ReadValue>{chosen?.label ?? value}</ReadValue>
        )
      }
    </FieldFrame>
  );
}

const ANSWERS = [
  { id: 'yes', label: 'Yes' },
  { id: 'no', label: 'No' },
  { id: 'unknown', label: 'Not known' },
] as const;

/** Yes, no or not known; chosen once more, it is open again. */
export function YesNoField({ field, place, audience }: ChoiceFieldProps<YesNo>) {
  const { replica, editable } = useForm();
  const key = valueKey(place);
  const value = useFieldText(replica.doc, key);
  return (
    <FieldFrame field={field} fieldKey={key} several audience={audience}>
      {({ id, labelId, describedBy }) =>
        editable ? (
          <div
            className={styles.answers}
            role="radiogroup"
            aria-labelledby={labelId}
            aria-describedby={describedBy}
            aria-required={field.required}
          >
            {ANSWERS.map((answer) => (
              <label key={answer.id} className={styles.answer}>
                <input
                  type="radio"
                  name={id}
                  value={answer.id}
                  checked={value === answer.id}
                  onChange={() => setFieldValue(replica.doc, key, answer.id)}
                  onClick={() => {
                    if (value === answer.id) setFieldValue(replica.doc, key, undefined);
                  }}
                  onKeyDown={(event) => {
                    if (event.key === 'Delete' || event.key === 'Backspace')
                      setFieldValue(replica.doc, key, undefined);
                  }}
                />
                <span>{answer.label}</span>
              </label>
            ))}
          </div>
        ) : (
          <ReadValue>{ANSWERS.find((answer) => answer.id === value)?.label ?? ''}</ReadValue>
        )
      }
    </FieldFrame>
  );
}

export function ManyChoicesField({ field, place, audience }: ChoiceFieldProps<ManyChoices>) {
  const pills = standAsPills(field.options);
  return <Ticks field={field} options={field.options} place={place} audience={audience} pills={pills} />;
}

export function ChecklistField({ field, place, audience }: ChoiceFieldProps<Checklist>) {
  return <Ticks field={field} options={field.items} place={place} audience={audience} />;
}

interface TicksProps extends ChoiceFieldProps<ManyChoices | Checklist> {
  options: readonly Option[];
  /** Side by side, rather than one under the other. */
  pills?: boolean;
}

function Ticks({ field, options, place, audience, pills = false }: TicksProps) {
  const { replica, editable } = useForm();
  const chosen = useChosen(
    replica.doc,
    options.map((option) => optionKey(place, option.id)),
  );
  const has = (option: Option) => chosen.has(optionKey(place, option.id));
  return (
    <FieldFrame field={field} fieldKey={valueKey(place)} wide several audience={audience}>
      {({ labelId, describedBy }) =>
        editable ? (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in the form's grid
          <div role="group" aria-labelledby={labelId} aria-describedby={describedBy}>
            {optionGroups(options).map((run) => (
              <Fragment key={run.group ?? ''}>
                {run.group === undefined ? null : <p className={styles.groupOf}>{run.group}</p>}
                <div className={pills ? styles.pills : styles.ticks}>
                  {run.options.map((option) => (
                    <label key={option.id} className={pills ? styles.pill : styles.tick}>
                      <input
                        type="checkbox"
                        checked={has(option)}
                        onChange={(event) =>
                          setFieldValue(
                            replica.doc,
                            optionKey(place, option.id),
                            event.target.checked || undefined,
                          )
                        }
                      />
                      <span>
                        {option.label}
                        {option.help ? <span className={styles.optionHelp}>{option.help}</span> : null}
                      </span>
                    </label>
                  ))}
                </div>
              </Fragment>
            ))}
          </div>
        ) : (
          <ReadValue>
            {options
              .filter(has)
              .map(({ label }) => label)
              .join(', ')}
          </ReadValue>
        )
      }
    </FieldFrame>
  );
}
