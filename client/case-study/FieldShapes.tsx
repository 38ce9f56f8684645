import type { ReactNode } from 'react';
import { type FieldPlace, sourceKey, yearKey } from '../../shared/document/block-parts.ts';
import { chosenIds, fieldText, rowIds } from '../../shared/document/field-values.ts';
import type { FieldValues } from '../../shared/document/reading.ts';
import type { GroupField, Option, Section, SimpleField } from '../../shared/framework/framework.ts';
import styles from '../editor/fields/fields.module.css';
import { standAsPills } from '../editor/fields/option-groups.ts';
import { RowLine } from '../editor/fields/RowLine.tsx';
import { isRowOpen, rowsFold } from '../editor/fields/row-folding.ts';
import { rowSummary } from '../editor/fields/row-summary.ts';
import { saidIn } from '../editor/fields/said-words.ts';
import own from './FieldShapes.module.css';

interface Values {
  readonly values: FieldValues;
  /** Whether inputs will stand here, or words to be read. */
  readonly editable: boolean;
  /** Under what the device keeps which rows are open; null: nothing is kept, and every row is open. */
  readonly foldKey: string | null;
}

/** A section's fields with what stands in them, in the shapes that the form will have. */
export function FieldShapes({ section, ...rest }: Values & { readonly section: Section }) {
  return (
    <div className={styles.form}>
      <div className={styles.grid}>
        {section.fields.map((field) =>
          field.kind === 'group' ? (
            <GroupShape key={field.id} field={field} {...rest} />
          ) : (
            <FieldShape key={field.id} field={field} place={{ fieldId: field.id }} {...rest} />
          ),
        )}
      </div>
    </div>
  );
}

function GroupShape({ field, ...rest }: Values & { readonly field: GroupField }) {
  const rows = rowIds(rest.values, field.id);
  return (
    <div className={`${styles.field} ${styles.wide} ${styles.group}`}>
      <div className={styles.groupHead}>
        <span className={styles.groupLabel}>{field.label}</span>
      </div>
      {field.help && rest.editable && <p className={styles.below}>{field.help}</p>}
      {rows.map((rowId, place) => {
        const folds = rest.foldKey !== null && rowsFold(field);
        const open = rest.foldKey === null || !folds || isRowOpen(rest.foldKey, field, rowId, rest.values);
        return (
          <div key={rowId} className={`${styles.row} ${folds ? styles.folds : ''}`}>
            {folds && (
              <div className={styles.rowHead}>
                <span className={styles.rowLine}>
                  <RowLine
                    name={field.rowName}
                    place={place}
                    summary={open ? null : rowSummary(field, rowId, rest.values)}
                  />
                </span>
              </div>
            )}
            {open && (
              <div className={styles.rowFields}>
                {field.fields.map((inner) => (
                  <FieldShape
                    key={inner.id}
                    field={inner}
                    place={{ fieldId: inner.id, row: { groupId: field.id, rowId } }}
                    {...rest}
                  />
                ))}
              </div>
            )}
            {rest.editable && !folds && <div className={own.acts} />}
          </div>
        );
      })}
      {rows.length === 0 && !rest.editable && (
        <p className={`${styles.read} ${styles.nothing}`}>Nothing yet</p>
      )}
      {rest.editable && (
        <span className={styles.add} aria-hidden="true">
          <span className={styles.sign} /> Add {/^[aeiou]/i.test(field.rowName) ? 'an' : 'a'} {field.rowName}
        </span>
      )}
    </div>
  );
}

function FieldShape(props: Values & { readonly field: SimpleField; readonly place: FieldPlace }) {
  const { field, place, values, editable } = props;
  const several = field.kind === 'many-choices' || field.kind === 'checklist';
  const figure = field.kind === 'number' && Boolean(field.withYear || field.withSource);
  const wide = several || field.kind === 'long-text' || (figure && editable);
  const said = saidIn(field, place, values);
  return (
    <div className={`${styles.field} ${wide ? styles.wide : ''}`}>
      <span className={styles.label}>
        {field.label}
        {field.required && editable && <span className={styles.mark}> · required</span>}
      </span>
      <div className={styles.control}>
        {editable ? (
          <Control {...props} said={said} />
        ) : said.trim() === '' ? (
          <p className={`${styles.read} ${styles.nothing}`}>Nothing yet</p>
        ) : (
          <p className={`${styles.read} ${styles.lines}`}>{said}</p>
        )}
      </div>
      {field.help && editable && <p className={styles.below}>{field.help}</p>}
    </div>
  );
}

function Control(
  props: Values & { readonly field: SimpleField; readonly place: FieldPlace; readonly said: string },
): ReactNode {
  const { field, place, values, said } = props;
  switch (field.kind) {
    case 'short-text':
    case 'date':
      return <OneLine>{said}</OneLine>;
    case 'choice':
      return <div className={`${styles.input} ${styles.select} ${own.oneLine}`}>{said || 'Not chosen'}</div>;
    case 'long-text':
      return (
        <div className={styles.grows} data-text={said}>
          <div className={`${styles.input} ${own.several}`}>{said}</div>
        </div>
      );
    case 'yes-no':
      return (
        <div className={styles.answers}>
          {['Yes', 'No', 'Not known'].map((answer) => (
            <span key={answer} className={styles.answer}>
              {answer === said ? <strong>{answer}</strong> : answer}
            </span>
          ))}
        </div>
      );
    case 'many-choices':
      return (
        <Options
          options={field.options}
          chosen={chosenIds(field, place, values)}
          pills={standAsPills(field.options)}
        />
      );
    case 'checklist':
      return <Options options={field.items} chosen={chosenIds(field, place, values)} pills={false} />;
    case 'number': {
      const more = field.withYear || field.withSource;
      return (
        <div className={more ? styles.figure : undefined}>
          <div className={styles.withUnit}>
            <OneLine>{fieldText(field, place, values)}</OneLine>
            {field.unit && <span className={styles.unit}>{field.unit}</span>}
          </div>
          {field.withYear && <OneLine>{String(values[yearKey(place)] ?? '')}</OneLine>}
          {field.withSource && <OneLine>{String(values[sourceKey(place)] ?? '')}</OneLine>}
        </div>
      );
    }
    default:
      return field satisfies never;
  }
}

function OneLine({ children }: { readonly children: string }) {
  return <div className={`${styles.input} ${own.oneLine}`}>{children}</div>;
}

function Options(props: {
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly pills: boolean;
}) {
  const { options, chosen, pills } = props;
  const groups = [...new Set(options.map(({ group }) => group))];
  return (
    <div>
      {groups.map((group) => (
        <div key={group ?? ''}>
          {group !== undefined && <p className={styles.groupOf}>{group}</p>}
          <div className={pills ? styles.pills : styles.ticks}>
            {options
              .filter((option) => option.group === group)
              .map((option) => (
                <span key={option.id} className={pills ? styles.pill : styles.tick}>
                  {!pills && <span aria-hidden="true">{chosen.includes(option.id) ? '☑' : '☐'}</span>}
                  <span>
                    {chosen.includes(option.id) ? <strong>{option.label}</strong> : option.label}
                    {option.help && <span className={styles.optionHelp}>{option.help}</span>}
                  </span>
                </span>
              ))}
          </div>
        </div>
      ))}
    </div>
  );
}
