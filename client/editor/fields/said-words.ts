import { type FieldPlace, sourceKey, yearKey } from '../../../shared/document/block-parts.ts';
import { chosenIds, fieldText } from '../../../shared/document/field-values.ts';
import type { FieldValues } from '../../../shared/document/reading.ts';
import type { SimpleField } from '../../../shared/framework/framework.ts';

const YES_NO: Readonly<Record<string, string>> = { yes: 'Yes', no: 'No', unknown: 'Not known' };

/** What a field says, as words. */
export function saidIn(field: SimpleField, place: FieldPlace, values: FieldValues): string {
  switch (field.kind) {
    case 'many-choices':
    case 'checklist': {
      const chosen = chosenIds(field, place, values);
      const options = field.kind === 'checklist' ? field.items : field.options;
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
      const rest = [values[yearKey(place)], values[sourceKey(place)]].filter(
        (part) => typeof part === 'string',
      );
      return [figure && field.unit ? `${figure} ${field.unit}` : figure, ...rest].filter(Boolean).join(' · ');
    }
    case 'short-text':
    case 'long-text':
    case 'date':
      return fieldText(field, place, values);
    default:
      return field satisfies never;
  }
}
