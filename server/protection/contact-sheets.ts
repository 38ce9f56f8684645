import type { ContactSheet } from '../../shared/api/protection.ts';
import { changedParts } from '../../shared/protection/information-sheet.ts';
import type { Records } from '../ports/record-store.ts';
import { currentSheet, loadSheets } from './information-sheets.ts';
import { shownTo } from './sheets-shown.ts';

/** @returns the studies, out of the bin, in which somebody is a school contact */
export async function studiesAsContact(
  records: Records,
  personId: string,
): Promise<readonly { readonly id: string; readonly title: string }[]> {
  return records
    .selectFrom('members')
    .innerJoin('studies', 'studies.id', 'members.study_id')
    .select(['studies.id', 'studies.title'])
    .where('members.user_id', '=', personId)
    .where('members.role', '=', 'contact')
    .where('studies.deleted_at', 'is', null)
    .orderBy('members.since', 'desc')
    .orderBy('studies.id')
    .execute();
}

/** @returns the studies, out of the bin, that showed somebody a sheet and do not ask them any more */
async function studiesBefore(records: Records, personId: string, now: readonly string[]) {
  const rows = await records
    .selectFrom('sheets_shown')
    .innerJoin('studies', 'studies.id', 'sheets_shown.study_id')
    .select(['studies.id', 'studies.title'])
    .distinct()
    .where('sheets_shown.person_id', '=', personId)
    .where('studies.deleted_at', 'is', null)
    .orderBy('studies.id')
    .execute();
  return rows.filter(({ id }) => !now.includes(id));
}

/**
 * @returns what each study that asks somebody as a school contact tells them, and what they
 *   were shown before; of those that ask them no longer, what they were shown
 */
export async function contactSheets(records: Records, personId: string): Promise<ContactSheet[]> {
  const asking = await studiesAsContact(records, personId);
  const before = await studiesBefore(
    records,
    personId,
    asking.map(({ id }) => id),
  );
  const sheets: ContactSheet[] = [];
  for (const study of [...asking, ...before]) {
    const asked = asking.includes(study);
    const shown = await shownTo(records, study.id, personId);
    const versions = [...new Set(shown.map(({ version }) => version))];
    const seen = await loadSheets(records, study.id, versions);
    const sheet = asked ? await currentSheet(records, study.id) : seen[0];
    if (!sheet) continue;
    const earlier = seen.filter(({ version }) => version < sheet.version);
    const last = earlier[0];
    sheets.push({
      studyId: study.id,
      studyTitle: study.title,
      asked,
      sheet,
      news: !versions.includes(sheet.version),
      changed: last ? [...changedParts(last.parts, sheet.parts)] : [],
      shown,
      earlier,
    });
  }
  return sheets;
}
