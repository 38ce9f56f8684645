/** What a room is opened with: all of a block in updates, and what is known of it without its document. */
import { DamagedBlockError, type StoredBlock } from '../ports/block-store.ts';
import { type Folder, FolderFailedError, type SurveyedBytes } from '../ports/folder.ts';
import { partsOf } from './block-document.ts';
import { LARGE_BLOCK_BYTES, READ_BESIDE_BYTES } from './bounds.ts';
import { type ClockSet, clockSetOf, deleteSetBytes } from './clock-set.ts';
import { merged } from './room-reading.ts';
import { RoomState } from './room-state.ts';
import { readSurvey } from './survey-bytes.ts';
import { inspectUpdate } from './update-inspector.ts';
import { surveyUpdate } from './update-survey.ts';

export interface StoredText {
  /** All of the block, in updates that are merged when that is asked for. */
  readonly parts: readonly Uint8Array[];
  readonly state: RoomState;
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
    const isLarge = byteLength > LARGE_BLOCK_BYTES;
    const besideBytes = byteLength - (stored.snapshot?.bytes.byteLength ?? 0);
    const state = besideBytes > READ_BESIDE_BYTES ? null : surveyedState(stored);
    if (state) return { parts, state };
    if (isLarge) return unpacked(await folder.survey(parts));
    const whole = merged(parts);
    return { parts: [whole], state: new RoomState(surveyUpdate(whole)) };
  } catch (cause) {
    if (cause instanceof FolderFailedError) throw cause;
    throw new DamagedBlockError(stored.blockId, cause instanceof Error ? cause.message : String(cause));
  }
}

/** @returns what is known of a block by the survey of its snapshot and the rows after it; null where that is not enough */
function surveyedState({ snapshot, tail }: StoredBlock): RoomState | null {
  const survey = snapshot?.survey && readSurvey(snapshot.survey);
  if (!survey) return null;
  const state = new RoomState(survey);
  for (const { bytes } of tail) {
    const inspection = inspectUpdate(bytes, state);
    if (inspection.kind === 'known') continue;
    // What else an update takes with it, only all of the text together says.
    if (inspection.kind !== 'news' || state.mayHide(inspection.news)) return null;
    state.absorb(inspection.news);
  }
  return state;
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
  return { parts: [whole], state: new RoomState({ ...rest, deleted, keyed, elements, removed }) };
}
