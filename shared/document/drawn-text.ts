import type { ProseMirrorJson, ProseMirrorMark } from './reading.ts';
import { REFERENCE, type Reference, referenceOf } from './reference-key.ts';

/** @returns how somebody, or a school, is named for those who read; never empty (NAME-1) */
export type NamesInText = (reference: Reference) => string;

/** Stands where a node names nobody. */
export const NOBODY_NAMED = '[nobody is named here]';

/** On words that a reference was drawn as, so that they can be told from others; no mark of the schema. */
export const NAMED_MARK = 'named';

/**
 * The text with words in the place of every reference, for all that is shown, counted, compared
 * or sent: nothing else ever writes a name out. Within words that are marked, a name is marked
 * as well: Yjs keeps no mark on a node, so what stands on both sides of it says which.
 */
export function drawnText(json: ProseMirrorJson, names: NamesInText): ProseMirrorJson {
  const { content } = json;
  if (!content) return json;
  let changed = false;
  const drawn = content.map((child, at) => {
    const next =
      child.type === REFERENCE ? drawnName(child, marksAround(content, at), names) : drawnText(child, names);
    changed ||= next !== child;
    return next;
  });
  return changed ? { ...json, content: drawn } : json;
}

/** @returns all that are referred to in it, as often as they are */
export function referencesIn(json: ProseMirrorJson): readonly Reference[] {
  if (json.type !== REFERENCE) return (json.content ?? []).flatMap(referencesIn);
  const found = referenceOf(json.attrs);
  return found ? [found] : [];
}

/** @returns whether anybody is referred to in it */
export function hasReference(json: ProseMirrorJson): boolean {
  return json.type === REFERENCE || (json.content ?? []).some(hasReference);
}

function drawnName(
  node: ProseMirrorJson,
  marks: readonly ProseMirrorMark[],
  names: NamesInText,
): ProseMirrorJson {
  const found = referenceOf(node.attrs);
  const text = (found && names(found)) || NOBODY_NAMED;
  return { type: 'text', text, marks: [...marks, { type: NAMED_MARK }] };
}

function marksAround(content: readonly ProseMirrorJson[], at: number): readonly ProseMirrorMark[] {
  const before = beside(content, at, -1);
  const after = new Set(beside(content, at, 1).map((mark) => JSON.stringify(mark)));
  return before.filter((mark) => after.has(JSON.stringify(mark)));
}

/** Marks of the next words on one side in the same line; past other names. */
function beside(content: readonly ProseMirrorJson[], at: number, step: 1 | -1): readonly ProseMirrorMark[] {
  let next = at + step;
  while (content[next]?.type === REFERENCE) next += step;
  const node = content[next];
  return node?.type === 'text' ? (node.marks ?? []) : [];
}
