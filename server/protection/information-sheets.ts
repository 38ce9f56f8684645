import type { Transaction } from 'kysely';
import type { RouteInput } from '../../shared/api/contract.ts';
import type { InformationSheet, WrittenSheet } from '../../shared/api/protection.ts';
import {
  changedParts,
  SHEET_PART_IDS,
  type SheetParts,
  sheetFaults,
} from '../../shared/protection/information-sheet.ts';
import { Refusal } from '../http/refusal.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';

/** @returns the version that stands now; null where none was written yet */
export async function currentSheet(records: Records, studyId: string): Promise<InformationSheet | null> {
  const row = await records
    .selectFrom('information_sheets')
    .selectAll()
    .where('study_id', '=', studyId)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  return row ? asSheet(row) : null;
}

/** @returns the versions of a study before `before`, newest first, with who wrote each as they are called now */
export async function sheetsBefore(
  records: Records,
  studyId: string,
  before: number | undefined,
  limit: number,
): Promise<WrittenSheet[]> {
  const rows = await records
    .selectFrom('information_sheets')
    .leftJoin('user', 'user.id', 'information_sheets.written_by')
    .leftJoin('former_people', (join) =>
      join
        .onRef('former_people.study_id', '=', 'information_sheets.study_id')
        .onRef('former_people.person_id', '=', 'information_sheets.written_by'),
    )
    .selectAll('information_sheets')
    .select(['user.name as writer', 'former_people.called'])
    .where('information_sheets.study_id', '=', studyId)
    .$if(before !== undefined, (query) => query.where('version', '<', before ?? 0))
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...asSheet(row), writtenBy: row.called ?? row.writer ?? '' }));
}

/** @returns those of the versions that there are, newest first */
export async function loadSheets(
  records: Records,
  studyId: string,
  versions: readonly number[],
): Promise<InformationSheet[]> {
  if (versions.length === 0) return [];
  const rows = await records
    .selectFrom('information_sheets')
    .selectAll()
    .where('study_id', '=', studyId)
    .where('version', 'in', versions)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(asSheet);
}

/**
 * Writes the next version; none is ever changed. The same call made again has no
 * second effect.
 * @returns the version, and whether it was written now
 * @throws Refusal bad-request for a part that is empty or has a gap left, conflict where
 *   another version came meanwhile, or the words are those that stand there
 */
export async function writeSheet(
  records: Transaction<Tables>,
  studyId: string,
  wanted: RouteInput<'POST /api/studies/:studyId/sheets'>,
  by: { readonly personId: string; readonly at: number },
): Promise<{ readonly sheet: InformationSheet; readonly isNew: boolean }> {
  const faults = sheetFaults(wanted.parts);
  if (faults.length > 0) {
    throw new Refusal(
      'bad-request',
      'Nobody can be shown this yet: look at what is marked.',
      faults.map(({ part, message }) => ({ path: `parts.${part}`, message })),
    );
  }
  const earlier = await records
    .selectFrom('information_sheets')
    .selectAll()
    .where('id', '=', wanted.id)
    .executeTakeFirst();
  if (earlier) {
    const same =
      earlier.study_id === studyId &&
      earlier.written_by === by.personId &&
      changedParts(readParts(earlier.parts), wanted.parts).length === 0;
    if (!same) throw new Refusal('conflict', 'This was made before, with other content.');
    return { sheet: asSheet(earlier), isNew: false };
  }
  const now = await currentSheet(records, studyId);
  if ((now?.version ?? 0) !== wanted.after) {
    throw new Refusal(
      'conflict',
      `Version ${now?.version ?? 0} was saved meanwhile. Your words are still here: look at that version, then save yours after it.`,
    );
  }
  if (changedParts(now?.parts ?? null, wanted.parts).length === 0) {
    throw new Refusal('conflict', `These are the words of version ${now?.version ?? 0}: nothing is new.`);
  }
  const row = {
    study_id: studyId,
    version: wanted.after + 1,
    id: wanted.id,
    parts: JSON.stringify(wanted.parts),
    written_by: by.personId,
    written_at: by.at,
  };
  await records.insertInto('information_sheets').values(row).execute();
  return { sheet: asSheet(row), isNew: true };
}

function asSheet(
  row: Pick<Tables['information_sheets'], 'version' | 'parts' | 'written_at'>,
): InformationSheet {
  return { version: row.version, writtenAt: row.written_at, parts: readParts(row.parts) };
}

/** A part that a later version of Casebook added stands empty in what was written before it. */
function readParts(json: string): Record<keyof SheetParts, string> {
  const kept = JSON.parse(json) as Partial<SheetParts>;
  return Object.fromEntries(SHEET_PART_IDS.map((id) => [id, kept[id] ?? ''])) as Record<
    keyof SheetParts,
    string
  >;
}
