import type { FieldKind, Section, SimpleField } from '../framework/framework.ts';
import { type FieldPlace, sourceKey, yearKey } from './block-parts.ts';
import { chosenIds, fieldText, rowIds } from './field-values.ts';
import { plainCharacters } from './plain-characters.ts';
import type { FieldValues } from './reading.ts';

/** What one field says, in words. */
export interface FieldLine {
  /** The same for the same field, in the same row. */
  readonly key: string;
  /** Of the section's own field: of the group, for one in a row. */
  readonly fieldId: string;
  readonly kind: FieldKind;
  /** "Obstacles 2 · How it was overcome" */
  readonly label: string;
  readonly words: string;
}

/** @returns every field of a section that says something, in the framework's order, row by row */
export function fieldLines(section: Section, values: FieldValues): readonly FieldLine[] {
  return section.fields
    .flatMap((field): FieldLine[] => {
      if (field.kind !== 'group') {
        const words = wordsOf(field, { fieldId: field.id }, values);
        return [{ key: field.id, fieldId: field.id, kind: field.kind, label: field.label, words }];
      }
      return rowIds(values, field.id).flatMap((rowId, at) =>
        field.fields.map((inner) => ({
          key: `${field.id}/${rowId}/${inner.id}`,
          fieldId: field.id,
          kind: inner.kind,
          label: `${field.label} ${at + 1} · ${inner.label}`,
          words: wordsOf(inner, { fieldId: inner.id, row: { groupId: field.id, rowId } }, values),
        })),
      );
    })
    .filter(({ words }) => words.trim() !== '');
}

const YES_NO: Readonly<Record<string, string>> = { yes: 'Yes', no: 'No', unknown: 'Not known' };

function wordsOf(field: SimpleField, place: FieldPlace, values: FieldValues): string {
  const said = fieldText(field, place, values);
  switch (field.kind) {
    case 'yes-no':
      return YES_NO[said] ?? '';
    case 'choice':
      return field.options.find(({ id }) => id === said)?.label ?? '';
    case 'many-choices':
    case 'checklist': {
      const chosen = new Set(chosenIds(field, place, values));
      const options = field.kind === 'checklist' ? field.items : field.options;
      return options.flatMap(({ id, label }) => (chosen.has(id) ? [label] : [])).join('\n');
    }
    case 'number': {
      const beside = [yearKey(place), sourceKey(place)].map((key) => String(values[key] ?? ''));
      const figure = said && field.unit ? `${said} ${field.unit}` : said;
      return plainCharacters([figure, ...beside].filter(Boolean).join(', '));
    }
    default:
      return plainCharacters(said);
  }
}
