import { digest } from 'lib0/hash/sha256';
import { encodeUtf8 } from 'lib0/string';
import type * as Y from 'yjs';
import { type FieldValues, fieldValues, type ProseMirrorJson, readText } from './reading.ts';

/**
 * Says whether a block still reads as it did: equal for equal text and values,
 * however they were typed; different for any other. Marks of prompts and empty
 * paragraphs at the end do not count.
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

/** Runs of text with the same marks are one, wherever typing happened to cut them. */
function canonical(node: ProseMirrorJson): unknown {
  const inside: unknown[] = [];
  let run: { marks: string; text: string } | null = null;
  for (const child of node.content ?? []) {
    if (child.type === 'text') {
      const marks = JSON.stringify(child.marks ?? []);
      if (run && run.marks === marks) run.text += child.text ?? '';
      else {
        run = { marks, text: child.text ?? '' };
        inside.push(run);
      }
    } else {
      run = null;
      inside.push(canonical(child));
    }
  }
  return node.text === undefined ? [node.type, node.attrs ?? {}, inside] : [node.text, node.marks ?? []];
}
