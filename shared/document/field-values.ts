import type { Field, Section, SimpleField } from '../framework/framework.ts';
import { type FieldPlace, optionKey, rowKey, sourceKey, textKey, valueKey, yearKey } from './block-parts.ts';
import type { FieldValues } from './reading.ts';

/** @returns ids of a group's rows, in order; rows of the same order by id, so that all see the same */
export function rowIds(values: FieldValues, groupId: string): string[] {
  const prefix = rowKey(groupId, '');
  return Object.keys(values)
    .filter((key) => key.startsWith(prefix) && typeof values[key] === 'string')
    .map((key) => ({ id: key.slice(prefix.length), order: String(values[key]) }))
    .filter(({ id }) => id !== '' && !id.includes('/'))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/** @returns what a text, number, date, choice or yes-no field says; empty without an answer */
export function fieldText(field: SimpleField, place: FieldPlace, values: FieldValues): string {
  const key = field.kind === 'short-text' || field.kind === 'long-text' ? textKey(place) : valueKey(place);
  const value = values[key];
  return typeof value === 'string' ? value : '';
}

/** @returns ids of the options chosen, or items ticked, in the framework's order */
export function chosenIds(field: SimpleField, place: FieldPlace, values: FieldValues): string[] {
  const options =
    field.kind === 'many-choices' ? field.options : field.kind === 'checklist' ? field.items : [];
  return options.map(({ id }) => id).filter((id) => values[optionKey(place, id)] === true);
}

/** @returns whether anything stands in the field; a group counts when a row holds something */
export function isFilled(field: Field, values: FieldValues): boolean {
  if (field.kind !== 'group') return simpleFilled(field, { fieldId: field.id }, values);
  return rowIds(values, field.id).some((rowId) =>
    field.fields.some((inner) =>
      simpleFilled(inner, { fieldId: inner.id, row: { groupId: field.id, rowId } }, values),
    ),
  );
}

function simpleFilled(field: SimpleField, place: FieldPlace, values: FieldValues): boolean {
  if (field.kind === 'many-choices' || field.kind === 'checklist') {
    return chosenIds(field, place, values).length > 0;
  }
  if (fieldText(field, place, values).trim() !== '') return true;
  return (
    field.kind === 'number' &&
    [yearKey(place), sourceKey(place)].some((key) => String(values[key] ?? '').trim() !== '')
  );
}

/** @returns how many of a section's fields hold something, of how many; a group counts once */
export function filledFields(section: Section, values: FieldValues): { filled: number; fields: number } {
  return {
    filled: section.fields.filter((field) => isFilled(field, values)).length,
    fields: section.fields.length,
  };
}
