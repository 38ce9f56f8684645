import type { NamesInText } from '../../shared/document/drawn-text.ts';
import { fingerprintOf } from '../../shared/document/fingerprint.ts';
import { type NameInText, namesOf, speakerInText } from '../../shared/quotes/names-in-text.ts';
import type { Naming } from '../../shared/quotes/naming.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { loadNamings } from '../quotes/guardian-namings.ts';

/** How the texts of a case name those that they refer to, as of now. */
export interface CaseNames {
  /** People of the case's schools, and the schools: of others a text of the case tells nothing. */
  readonly known: readonly NameInText[];
  readonly draw: NamesInText;
  /** Another one whenever anything is drawn otherwise. */
  readonly key: string;
}

/** @returns by case; every one of these has one */
export async function loadCaseNames(
  records: Records,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, CaseNames>> {
  const rows =
    caseIds.length === 0
      ? []
      : await records
          .selectFrom('case_schools')
          .innerJoin('schools', 'schools.id', 'case_schools.school_id')
          .select(['case_schools.case_id', 'schools.id', 'schools.name'])
          .where('case_schools.case_id', 'in', caseIds)
          .orderBy('case_schools.position')
          .execute();
  const schoolIds = [...new Set(rows.map(({ id }) => id))];
  const speakers = await speakersOf(records, schoolIds);
  const held = await loadNamings(records, speakers);
  return new Map(
    caseIds.map((caseId) => {
      const schools = rows.filter((row) => row.case_id === caseId);
      const here = new Set(schools.map(({ id }) => id));
      const known = [
        ...speakers.filter((row) => here.has(row.school_id)).map((row) => namedSpeaker(row, held(row))),
        ...schools.map(({ id, name }): NameInText => ({ kind: 'school', id, words: name, who: name })),
      ];
      return [caseId, namesOfCase(known)];
    }),
  );
}

/** The same of one case. */
export async function loadNames(records: Records, caseId: string): Promise<CaseNames> {
  return (await loadCaseNames(records, [caseId])).get(caseId) ?? namesOfCase([]);
}

function namesOfCase(known: readonly NameInText[]): CaseNames {
  const drawn = Object.fromEntries(known.map(({ kind, id, words }) => [`${kind}/${id}`, words]));
  return { known, draw: namesOf(known), key: fingerprintOf({ type: 'doc' }, drawn) };
}

async function speakersOf(records: Records, schoolIds: readonly string[]): Promise<Tables['speakers'][]> {
  if (schoolIds.length === 0) return [];
  return records
    .selectFrom('speakers')
    .selectAll()
    .where('school_id', 'in', schoolIds)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

function namedSpeaker(row: Tables['speakers'], naming: Naming): NameInText {
  const { id, name, role } = row;
  const words = speakerInText({ name, role, naming, chosen: row.chosen === 1 });
  return { kind: 'participant', id, words, who: role === '' || name === '' ? name : `${name}, ${role}` };
}
