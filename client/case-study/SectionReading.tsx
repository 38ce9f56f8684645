import type { ReactNode } from 'react';
import { chosenIds, fieldText, rowIds } from '../../shared/document/field-values.ts';
import type { FieldValues } from '../../shared/document/reading.ts';
import type { Field, SimpleField } from '../../shared/framework/framework.ts';
import type { CaseSection } from './case-sections.ts';
import styles from './SectionView.module.css';

/** A section as it was last saved, to be read until it is live. */
export function SectionReading(props: {
  readonly section: CaseSection;
  readonly values: FieldValues;
  readonly text: ReactNode;
}) {
  const { section } = props.section;
  return (
    <>
      {section.prompts.length > 0 && (
        <p className={styles.waitingPrompts}>
          <b>{section.prompts.length === 1 ? '1 prompt' : `${section.prompts.length} prompts`}</b>&ensp;
          {section.purpose}
        </p>
      )}
      {section.fields.length > 0 && (
        <dl className={styles.waitingFields}>
          {section.fields.map((field) => (
            <div key={field.id}>
              <dt>{field.label}</dt>
              <dd>{saidIn(field, props.values)}</dd>
            </div>
          ))}
        </dl>
      )}
      {props.text && <div className={styles.text}>{props.text}</div>}
    </>
  );
}

function saidIn(field: Field, values: FieldValues): string {
  if (field.kind !== 'group') return simple(field, values);
  const rows = rowIds(values, field.id);
  return rows
    .map((rowId) =>
      field.fields
        .map((inner) => simple(inner, values, { groupId: field.id, rowId }))
        .filter((said) => said !== '')
        .join(' · '),
    )
    .join('\n');
}

const YES_NO: Readonly<Record<string, string>> = { yes: 'Yes', no: 'No', unknown: 'Not known' };

function simple(
  field: SimpleField,
  values: FieldValues,
  row?: { readonly groupId: string; readonly rowId: string },
): string {
  const place = { fieldId: field.id, ...(row && { row }) };
  switch (field.kind) {
    case 'many-choices':
    case 'checklist': {
      const options = field.kind === 'checklist' ? field.items : field.options;
      const chosen = chosenIds(field, place, values);
      return options
        .filter(({ id }) => chosen.includes(id))
        .map(({ label }) => label)
        .join(', ');
    }
    case 'choice': {
      const chosen = fieldText(field, place, values);
      return field.options.find(({ id }) => id === chosen)?.label ?? '';
    }
    case 'yes-no':
      return YES_NO[fieldText(field, place, values)] ?? '';
    case 'number': {
      const figure = fieldText(field, place, values);
      return figure && field.unit ? `${figure} ${field.unit}` : figure;
    }
    case 'short-text':
    case 'long-text':
    case 'date':
      return fieldText(field, place, values);
    default:
      return field satisfies never;
  }
}
