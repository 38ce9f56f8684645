import type { ContactSheet } from '../../shared/api/contract.ts';
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

/** @returns what each study that asks somebody as a school contact tells them, and what they were shown before */
export async function contactSheets(records: Records, personId: string): Promise<ContactSheet[]> {
  const sheets: ContactSheet[] = [];
  for (const study of await studiesAsContact(records, personId)) {
    const sheet = await currentSheet(records, study.id);
    if (!sheet) continue;
    const shown = await shownTo(records, study.id, personId);
    const versions = [...new Set(shown.map(({ version }) => version))];
    const earlier = (await loadSheets(records, study.id, versions)).filter(
      ({ version }) => version < sheet.version,
    );
    const last = earlier[0];
    sheets.push({
      studyId: study.id,
      studyTitle: study.title,
      sheet,
      news: !versions.includes(sheet.version),
      changed: last ? [...changedParts(last.parts, sheet.parts)] : [],
      shown,
      earlier,
    });
  }
  return sheets;
}
