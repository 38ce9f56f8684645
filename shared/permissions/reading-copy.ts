import type { FieldValues } from '../document/reading.ts';
import type { Field, Section } from '../framework/framework.ts';

/**
 * The fields of a block as somebody at a school reads them: without those that are
 * the team's alone, and without whatever stands under a name that the section does
 * not know (ACCESS-5).
 */
export function contactValues(section: Section, values: FieldValues): FieldValues {
  const fields = new Map(section.fields.filter(isShared).map((field) => [field.id, field]));
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => {
      const [kind, first, second, third] = key.split('/');
      const field = fields.get(first ?? '');
      if (!field) return false;
      if (field.kind !== 'group' || kind === 'row') return true;
      return second !== undefined && field.fields.some((inner) => inner.id === third && isShared(inner));
    }),
  );
}

/** A section as somebody at a school reads it: without the fields and the questions that are the team's alone. */
export function contactSection(section: Section): Section {
  const fields = section.fields.filter(isShared).map((field): Field => {
    return field.kind === 'group' ? { ...field, fields: field.fields.filter(isShared) } : field;
  });
  return { ...section, fields, prompts: [] };
}

function isShared(field: Pick<Field, 'audience'>): boolean {
  return field.audience !== 'team';
}
