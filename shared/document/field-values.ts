import type { Field, Section, SimpleField } from '../framework/framework.ts';
import { type FieldPlace, optionKey, rowKey, sourceKey, textKey, valueKey, yearKey } from './block-parts.ts';
import type { FieldValues } from './reading.ts';

/**
 * @returns ids of a group's rows, in order; rows of the same order by id, so that all
 *   see the same. A row that one person took away while another wrote in it still holds
 *   those words: it comes last, without an order, and is not lost (SAVE-5).
 */
export function rowIds(values: FieldValues, groupId: string): string[] {
  const prefix = rowKey(groupId, '');
  const orders = new Map<string, string>();
  const unordered = new Set<string>();
  for (const [key, value] of Object.entries(values)) {
    if (key.startsWith(prefix)) {
      const id = key.slice(prefix.length);
      if (typeof value === 'string' && id !== '' && !id.includes('/')) orders.set(id, value);
    } else {
      const held = rowHolding(key);
      if (held?.groupId === groupId) unordered.add(held.rowId);
    }
  }
  const ordered = [...orders]
    .sort(([a, first], [b, second]) => (first < second ? -1 : first > second ? 1 : a < b ? -1 : 1))
    .map(([id]) => id);
  return [...ordered, ...[...unordered].filter((id) => !orders.has(id)).sort()];
}

/** @returns the row that the value under a key stands in; null for a field outside of groups */
function rowHolding(key: string): { groupId: string; rowId: string } | null {
  const [kind, groupId, rowId, fieldId, option, ...more] = key.split('/');
  if (!groupId || !rowId || !fieldId || more.length > 0) return null;
  if (kind === 'option') return option ? { groupId, rowId } : null;
  const whole = kind === 'field' || kind === 'value' || kind === 'year' || kind === 'source';
  return whole && option === undefined ? { groupId, rowId } : null;
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
