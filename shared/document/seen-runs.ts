import { NAMED_MARK } from './drawn-text.ts';
import type { ProseMirrorJson, ProseMirrorMark } from './reading.ts';

/** Marks that a reader sees on a text; any other says where a quote stands, and changes no word. */
const SEEN: ReadonlySet<string> = new Set(['bold', 'italic', 'link', NAMED_MARK]);

/** @returns the marks that change how a text looks or where it leads */
export function seenMarks(
  marks: readonly ProseMirrorMark[] | undefined,
  alsoSeen: (mark: ProseMirrorMark) => boolean = () => false,
): readonly ProseMirrorMark[] {
  return (marks ?? []).filter((mark) => SEEN.has(mark.type) || alsoSeen(mark));
}

/**
 * What stands beside one another, with texts that look alike joined: a quote that begins
 * within a link does not make two links of it.
 * @param alsoSeen marks that are told as well
 */
export function seenRuns(
  content: readonly ProseMirrorJson[],
  alsoSeen?: (mark: ProseMirrorMark) => boolean,
): readonly ProseMirrorJson[] {
  if (!content.some(({ type }) => type === 'text')) return content;
  const runs: { node: ProseMirrorJson; look: string | null; texts: string[] }[] = [];
  for (const node of content) {
    const marks = node.type === 'text' ? seenMarks(node.marks, alsoSeen) : [];
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
