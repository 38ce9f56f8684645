/**
 * How an anchor's mark stands in a block: on words that a thread, a link to evidence or a
 * tag is about, with one opaque id. What it is about is a record elsewhere, so a mark alone
 * tells nothing.
 */
import { overlappingKey } from './mark-key.ts';

export const ANCHOR_MARK = 'anchor';

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** @returns whether it can be the id of an anchor, a suggestion or a person */
export function isOpaqueId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/** @returns the anchor that a mark's attributes name; null where they name none */
export function anchorId(attributes: unknown): string | null {
  if (typeof attributes !== 'object' || attributes === null) return null;
  const { id } = attributes as Readonly<Record<string, unknown>>;
  return isOpaqueId(id) ? id : null;
}

/** The name under which y-tiptap formats a text with this mark. */
export function anchorKey(id: string): string {
  return overlappingKey(ANCHOR_MARK, { id });
}
