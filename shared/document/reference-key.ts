/**
 * A person or a school that the text speaks of, as a node with what it is and an opaque id:
 * how they are named stands in one place elsewhere, and is drawn for whoever reads (NAME-1).
 */
export const REFERENCE = 'reference';

export const REFERENCE_KINDS = ['participant', 'school'] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

export interface Reference {
  readonly kind: ReferenceKind;
  readonly id: string;
}

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** @returns whether it can be the id of somebody that a text refers to */
export function isReferenceId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

export function isReferenceKind(value: unknown): value is ReferenceKind {
  return REFERENCE_KINDS.some((kind) => kind === value);
}

/** @returns whom a node's attributes name; null where they name nobody */
export function referenceOf(attributes: unknown): Reference | null {
  if (typeof attributes !== 'object' || attributes === null) return null;
  const { kind, id } = attributes as Readonly<Record<string, unknown>>;
  return isReferenceKind(kind) && isReferenceId(id) ? { kind, id } : null;
}

/** @returns as it stands in an attribute of a page: `participant/p1` */
export function referenceText({ kind, id }: Reference): string {
  return `${kind}/${id}`;
}

/** @returns the same read again; null for anything else */
export function readReference(text: string | null | undefined): Reference | null {
  const [kind, id, ...more] = (text ?? '').split('/');
  return more.length > 0 ? null : referenceOf({ kind, id });
}
