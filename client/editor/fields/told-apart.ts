import type { Field } from '../../../shared/framework/framework.ts';

/**
 * Fields of one section may share a label, such as "As a share", which their place beside
 * the field before makes plain to the eye alone.
 * @returns by id, what such a field is of: the label of the field before it
 */
export function toldApart(fields: readonly Pick<Field, 'id' | 'label'>[]): ReadonlyMap<string, string> {
  const of = new Map<string, string>();
  fields.forEach(({ id, label }, at) => {
    const before = fields[at - 1];
    if (before && fields.some((other) => other.id !== id && other.label === label)) of.set(id, before.label);
  });
  return of;
}
