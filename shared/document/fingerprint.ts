import { digest } from 'lib0/hash/sha256';
import { encodeUtf8 } from 'lib0/string';
import type * as Y from 'yjs';
import { type FieldValues, fieldValues, type ProseMirrorJson, readText } from './reading.ts';
import { seenMarks, seenRuns } from './seen-runs.ts';

/**
 * Says whether a block still reads as it did: equal for equal text and values,
 * however they were typed; different for any other. Marks of prompts and of quotes, and
 * empty paragraphs at the end, do not count.
 * @returns 32 hexadecimal digits
 */
export function fingerprint(doc: Y.Doc): string {
  return fingerprintOf(readText(doc), fieldValues(doc));
}

/** The same, of what was read already. */
export function fingerprintOf(text: ProseMirrorJson, values: FieldValues): string {
  const content = [...(text.content ?? [])];
  while (isEmptyParagraph(content.at(-1))) content.pop();
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const bytes = digest(encodeUtf8(JSON.stringify([content.map(canonical), sorted])));
  return Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function isEmptyParagraph(node: ProseMirrorJson | undefined): boolean {
  return node?.type === 'paragraph' && (node.content ?? []).length === 0;
}

/** Runs of text that look the same are one, wherever typing or a quote's mark happened to cut them. */
function canonical(node: ProseMirrorJson): unknown {
  if (node.text !== undefined) return [node.text, seenMarks(node.marks)];
  const inside = seenRuns(node.content ?? []).map((child) =>
    child.type === 'text'
      ? { marks: JSON.stringify(child.marks ?? []), text: child.text ?? '' }
      : canonical(child),
  );
  return [node.type, node.attrs ?? {}, inside];
}
