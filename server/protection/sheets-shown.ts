import type { SheetShown } from '../../shared/api/protection.ts';
import { Refusal } from '../http/refusal.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { currentSheet, loadSheets } from './information-sheets.ts';

type Invitation = Pick<Tables['links'], 'id' | 'kind' | 'study_id'>;

/**
 * Keeps with an invitation that is taken up which version of the sheet stood beside
 * the button; to be called in the transaction that spends the link.
 * @param version as the page says it; absent from a caller that showed none
 * @returns the version; null where the study has no sheet, or the link is no school contact's
 * @throws Refusal bad-request where there is a sheet and none of its versions was shown
 */
export async function keepShownAtInvitation(
  records: Records,
  link: Invitation,
  personId: string,
  version: number | undefined,
  now: number,
): Promise<number | null> {
  if (link.kind !== 'contact' || link.study_id === null) return null;
  const current = await currentSheet(records, link.study_id);
  if (!current) return null;
  // An earlier one is kept as what it is: their page then tells of the newer.
  const shown = version !== undefined && (await loadSheets(records, link.study_id, [version])).length === 1;
  if (!shown) {
    throw new Refusal(
      'bad-request',
      'Look first at what we hold about you, and why: it was written since this page was opened.',
      [{ path: 'sheet', message: 'the version of the information sheet that was shown' }],
    );
  }
  await keepShown(records, {
    study_id: link.study_id,
    person_id: personId,
    version,
    link_id: link.id,
    at: now,
  });
  return version;
}

/** Keeps that a version was shown; again is no news. @returns whether it was kept now */
export async function keepShown(records: Records, shown: Tables['sheets_shown']): Promise<boolean> {
  const result = await records
    .insertInto('sheets_shown')
    .values(shown)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** @returns what somebody was shown by a study, newest first */
export async function shownTo(records: Records, studyId: string, personId: string): Promise<SheetShown[]> {
  const rows = await records
    .selectFrom('sheets_shown')
    .selectAll()
    .where('study_id', '=', studyId)
    .where('person_id', '=', personId)
    .orderBy('at', 'desc')
    .orderBy('version', 'desc')
    .execute();
  return rows.map(asShown);
}

/** @returns what each person was shown last by a study, by their id */
export async function lastShown(records: Records, studyId: string): Promise<ReadonlyMap<string, SheetShown>> {
  const rows = await records
    .selectFrom('sheets_shown')
    .selectAll()
    .where('study_id', '=', studyId)
    .orderBy('at')
    .orderBy('version')
    .execute();
  return new Map(rows.map((row) => [row.person_id, asShown(row)]));
}

function asShown(row: Tables['sheets_shown']): SheetShown {
  return { version: row.version, at: row.at, how: row.link_id === '' ? 'page' : 'invitation' };
}
