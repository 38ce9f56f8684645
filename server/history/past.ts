import type { PastSection } from '../../shared/api/history.ts';
import { fieldLines } from '../../shared/document/field-lines.ts';
import { type ProseMirrorJson, type ProseMirrorMark, WRITTEN_BY } from '../../shared/document/reading.ts';
import type { Section } from '../../shared/framework/framework.ts';
import { readWrittenContents } from '../collaboration/block-folding.ts';
import { LARGE_BLOCK_BYTES } from '../collaboration/bounds.ts';
import type { Parts } from '../parts.ts';
import type { BlockHistory } from '../ports/changeset.ts';

/** A section as it was after one of its changes. */
export interface Past extends Pick<PastSection, 'seq' | 'text' | 'values' | 'fields'> {
  readonly personIds: readonly string[];
}

/**
 * @param seq of the last change that is in it; 0: nothing is
 * @returns null where there was no such change, or its text cannot be had apart from others of its window
 * @throws DamagedBlockError, UnfoldableError, FolderFailedError
 */
export async function pastOf(
  parts: Pick<Parts, 'blocks' | 'folder'>,
  blockId: string,
  section: Section,
  seq: number,
): Promise<Past | null> {
  if (seq === 0) return { seq, text: { type: 'doc', content: [] }, values: {}, fields: [], personIds: [] };
  const history = await parts.blocks.historyOf(blockId);
  const updates = history && updatesUntil(history, seq);
  if (!updates) return null;
  const bytes = updates.reduce((sum, update) => sum + update.byteLength, 0);
  const { text, values } =
    bytes > LARGE_BLOCK_BYTES ? await parts.folder.readWritten(updates) : readWrittenContents(updates);
  const owners = await parts.blocks.clientOwners(blockId);
  const personIds = new Set<string>();
  const named = withPeople(text, (client) => {
    const person = owners.get(client) ?? null;
    if (person !== null) personIds.add(person);
    return person;
  });
  const fields = fieldLines(section, values).map(({ key, label, words }) => ({ key, label, words }));
  return { seq, text: named, values, fields, personIds: [...personIds] };
}

/** @returns all that was written until then; null where that is not the end of a window, nor a row that still stands */
function updatesUntil({ changesets, rows }: BlockHistory, seq: number): readonly Uint8Array[] | null {
  const folded = changesets.filter(({ lastSeq }) => lastSeq <= seq);
  const last = folded.reduce((reach, { lastSeq }) => Math.max(reach, lastSeq), 0);
  const windows = new Set(folded.map(({ window }) => window));
  // a window is had whole
  if (changesets.some(({ window, lastSeq }) => windows.has(window) && lastSeq > seq)) return null;
  const standing = rows.filter((row) => row.seq <= seq);
  if ((standing.at(-1)?.seq ?? last) !== seq) return null;
  return [...folded, ...standing].map(({ bytes }) => bytes);
}

function withPeople(node: ProseMirrorJson, personOf: (client: number) => string | null): ProseMirrorJson {
  const marks = node.marks?.flatMap((mark): ProseMirrorMark[] => {
    if (mark.type !== WRITTEN_BY) return [mark];
    const by = personOf(Number(mark.attrs?.client));
    return by === null ? [] : [{ type: WRITTEN_BY, attrs: { by } }];
  });
  const { marks: _, ...rest } = node;
  return {
    ...rest,
    ...(marks && marks.length > 0 && { marks }),
    ...(node.content && { content: node.content.map((child) => withPeople(child, personOf)) }),
  };
}
