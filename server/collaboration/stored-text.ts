/** What a room is opened with: all of a block in one update, and what is known of it without its document. */
import { DamagedBlockError, type StoredBlock } from '../ports/block-store.ts';
import { type Folder, FolderFailedError, type SurveyedBytes } from '../ports/folder.ts';
import { partsOf } from './block-document.ts';
import { LARGE_BLOCK_BYTES } from './bounds.ts';
import { type ClockSet, clockSetOf, deleteSetBytes } from './clock-set.ts';
import { merged } from './room-reading.ts';
import { type Survey, surveyUpdate } from './update-survey.ts';

export interface StoredText {
  /** All of the block in one update. */
  readonly whole: Uint8Array;
  readonly survey: Survey;
}

/**
 * A large block is surveyed where that holds nobody up.
 * @throws DamagedBlockError when the stored bytes make no document; FolderFailedError
 */
export async function readStoredText(
  stored: StoredBlock,
  folder: Pick<Folder, 'survey'>,
): Promise<StoredText> {
  const parts = partsOf(stored);
  const byteLength = parts.reduce((sum, part) => sum + part.byteLength, 0);
  try {
    if (byteLength > LARGE_BLOCK_BYTES) return unpacked(await folder.survey(parts));
    const whole = merged(parts);
    return { whole, survey: surveyUpdate(whole) };
  } catch (cause) {
    if (cause instanceof FolderFailedError) throw cause;
    throw new DamagedBlockError(stored.blockId, cause instanceof Error ? cause.message : String(cause));
  }
}

/** @throws what Yjs throws on bytes that it cannot merge; MalformedUpdateError */
export function surveyParts(parts: readonly Uint8Array[]): SurveyedBytes {
  const whole = merged(parts);
  const { deleted, keyed, elements, removed, ...rest } = surveyUpdate(whole);
  const sets = [deleted, keyed, elements, removed];
  return { whole, ...rest, sets: sets.map(deleteSetBytes) };
}

function unpacked({ whole, sets, ...rest }: SurveyedBytes): StoredText {
  const [deleted, keyed, elements, removed] = sets.map(clockSetOf) as [
    ClockSet,
    ClockSet,
    ClockSet,
    ClockSet,
  ];
  return { whole, survey: { ...rest, deleted, keyed, elements, removed } };
}
