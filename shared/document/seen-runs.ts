import { NAMED_MARK } from './drawn-text.ts';
import { QUOTE_MARK } from './quote-key.ts';
import type { ProseMirrorJson, ProseMirrorMark } from './reading.ts';

/** Marks that a reader sees on a text; any other says where a quote stands, and changes no word. */
const SEEN: ReadonlySet<string> = new Set(['bold', 'italic', 'link', NAMED_MARK]);

/** @returns the marks that change how a text looks or where it leads */
export function seenMarks(
  marks: readonly ProseMirrorMark[] | undefined,
  seen: ReadonlySet<string> = SEEN,
): readonly ProseMirrorMark[] {
  return (marks ?? []).filter(({ type }) => seen.has(type));
}

/** The same, and whose words they are, for the team. */
export const SEEN_AND_QUOTED: ReadonlySet<string> = new Set([...SEEN, QUOTE_MARK]);

/**
 * What stands beside one another, with texts that look alike joined: a quote that begins
 * within a link does not make two links of it.
 */
export function seenRuns(
  content: readonly ProseMirrorJson[],
  seen: ReadonlySet<string> = SEEN,
): readonly ProseMirrorJson[] {
  if (!content.some(({ type }) => type === 'text')) return content;
  const runs: { node: ProseMirrorJson; look: string | null; texts: string[] }[] = [];
  for (const node of content) {
    const marks = node.type === 'text' ? seenMarks(node.marks, seen) : [];
    const look = node.type === 'text' ? JSON.stringify(marks) : null;
    const last = runs.at(-1);
    if (last && look !== null && last.look === look) last.texts.push(node.text ?? '');
    else if (look === null) runs.push({ node, look, texts: [] });
    else
      runs.push({
        node: { type: 'text', ...(marks.length > 0 && { marks }) },
        look,
        texts: [node.text ?? ''],
      });
  }
  return runs.map(({ node, look, texts }) => (look === null ? node : { ...node, text: texts.join('') }));
}
