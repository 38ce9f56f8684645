import { updateYFragment } from '@tiptap/y-tiptap';
import type { PastSection } from '../../shared/api/history.ts';
import { CONTENT, FIELDS } from '../../shared/document/block-parts.ts';
import { type FieldValues, fieldValues, type ProseMirrorJson } from '../../shared/document/reading.ts';
import { blockSchema } from '../../shared/document/schema.ts';
import { LOCAL_EDIT } from '../sync/local-edit.ts';
import type { Replica } from '../sync/replica.ts';

/**
 * Makes a section what it was, as an edit of this person's like any other: only what differs is
 * written, and what others write meanwhile is merged with it.
 * @returns false where the present kind of section cannot hold it
 */
export function restoreSection({ doc, undo }: Replica, past: Pick<PastSection, 'text' | 'values'>): boolean {
  const node = heldNode(past.text);
  if (!node) return false;
  undo.stopCapturing();
  doc.transact(() => {
    updateYFragment(doc, doc.getXmlFragment(CONTENT), node, { mapping: new Map(), isOMark: new Map() });
    restoreValues(doc, past.values);
  }, LOCAL_EDIT);
  undo.stopCapturing();
  return true;
}

function heldNode(text: ProseMirrorJson) {
  const schema = blockSchema();
  try {
    const content = withoutUnknown(text, new Set(Object.keys(schema.marks))).content ?? [];
    const node = schema.nodeFromJSON({
      type: 'doc',
      content: content.length > 0 ? content : [{ type: 'paragraph' }],
    });
    node.check();
    return node;
  } catch {
    // of a schema that had other nodes: nothing is guessed at
    return null;
  }
}

/** Marks that the schema does not know, who wrote it among them, come off the words. */
function withoutUnknown(node: ProseMirrorJson, known: ReadonlySet<string>): ProseMirrorJson {
  const { marks, content, ...rest } = node;
  const kept = marks?.filter(({ type }) => known.has(type)) ?? [];
  return {
    ...rest,
    ...(kept.length > 0 && { marks: kept }),
    ...(content && { content: content.map((child) => withoutUnknown(child, known)) }),
  };
}

function restoreValues(doc: Replica['doc'], past: FieldValues): void {
  const now = fieldValues(doc);
  const map = doc.getMap(FIELDS);
  for (const key of new Set([...Object.keys(now), ...Object.keys(past)])) {
    const [before, after] = [now[key], past[key]];
    if (before === after) continue;
    if (key.startsWith('field/')) retype(doc.getText(key), String(before ?? ''), String(after ?? ''));
    else if (after === undefined) map.delete(key);
    else map.set(key, after);
  }
}

/** Writes only what differs, so that what somebody types beside it stays. */
function retype(text: ReturnType<Replica['doc']['getText']>, before: string, after: string): void {
  let first = 0;
  while (first < before.length && first < after.length && before[first] === after[first]) first += 1;
  let last = 0;
  const shorter = Math.min(before.length, after.length) - first;
  while (last < shorter && before[before.length - 1 - last] === after[after.length - 1 - last]) last += 1;
  // no half of a letter is written
  if (isLow(before, first) || isLow(after, first)) first -= 1;
  if (last > 0 && (isLow(before, before.length - last) || isLow(after, after.length - last))) last -= 1;
  text.delete(first, before.length - first - last);
  text.insert(first, after.slice(first, after.length - last));
}

function isLow(text: string, at: number): boolean {
  return at > 0 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
