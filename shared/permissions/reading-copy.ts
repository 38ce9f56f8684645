import type { FieldValues } from '../document/reading.ts';
import type { Field, Section } from '../framework/framework.ts';
import type { Access } from './access.ts';

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

/**
 * A section as somebody at a school gets it: without the fields that are the team's
 * alone, and with its questions only where they are asked them (ACCESS-5).
 */
export function contactSection(section: Section, access: Access): Section {
  const fields = section.fields.filter(isShared).map((field): Field => {
    return field.kind === 'group' ? { ...field, fields: field.fields.filter(isShared) } : field;
  });
  return { ...section, fields, prompts: access === 'write' ? section.prompts : [] };
}

function isShared(field: Pick<Field, 'audience'>): boolean {
  return field.audience !== 'team';
}
