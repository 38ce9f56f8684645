import type { Member } from '../../shared/api/people.ts';
import type { School } from '../../shared/api/schools.ts';
import type { StudyDetail, StudySummary } from '../../shared/api/studies.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import { mayInStudy, STUDY_ACTS, type StudyAct } from '../../shared/permissions/study-acts.ts';
import { requiresPasskey } from '../accounts/passkey-duty.ts';
import { caseCoverage } from '../case-study/case-coverage.ts';
import { caseSummaries, loadCases } from '../case-study/case-summaries.ts';
import type { ProjectionParts } from '../case-study/projections.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { readRole } from './access-lookup.ts';
import { loadPeople } from './people.ts';

/** @returns everything of a study that this person, who has this role, sees on its home page */
export async function studyDetail(
  parts: ProjectionParts,
  study: Tables['studies'],
  personId: string,
  role: Role,
): Promise<StudyDetail> {
  const records = parts.records.read;
  const framework = await studyFramework(records, study.framework_id, study.framework_version);
  const cases = await records
    .selectFrom('cases')
    .selectAll()
    .where('study_id', '=', study.id)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const loaded = await loadCases(parts, framework, personId, study, cases);
  return {
    ...studySummary(study, role, cases.length, await requiresPasskey(records, study.id)),
    acts: actsOf(role),
    caseList: caseSummaries(loaded),
    coverage: await caseCoverage(records, framework, loaded),
    schools: await studySchools(records, study.id),
    members: mayInStudy(role, 'see-people') ? await studyMembers(records, study.id) : [],
  };
}

export function studySummary(
  study: Tables['studies'],
  role: Role,
  cases: number,
  requiresPasskey: boolean,
): StudySummary {
  return {
    id: study.id,
    title: study.title,
    description: study.description,
    dueOn: study.due_on,
    myRole: role,
    frameworkId: study.framework_id,
    frameworkVersion: study.framework_version,
    cases,
    requiresPasskey,
    locked: false,
  };
}

/** @returns what the page may offer; the server asks the same function again */
export function actsOf(role: Role): StudyAct[] {
  return STUDY_ACTS.filter((act) => mayInStudy(role, act));
}

/** @returns schools of the study that are not in the bin, by name */
export async function studySchools(records: Records, studyId: string): Promise<School[]> {
  const rows = await records
    .selectFrom('schools')
    .selectAll()
    .where('study_id', '=', studyId)
    .where('deleted_at', 'is', null)
    .execute();
  return rows.map(asSchool).sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
}

export function asSchool(row: Tables['schools']): School {
  return { id: row.id, name: row.name, place: row.place, deletedAt: row.deleted_at };
}

/** @returns members and school contacts of the study, by name; contacts with their cases */
export async function studyMembers(records: Records, studyId: string): Promise<Member[]> {
  const members = await records
    .selectFrom('members')
    .select(['user_id', 'role', 'since'])
    .where('study_id', '=', studyId)
    .execute();
  const contacts = await records
    .selectFrom('case_contacts')
    .innerJoin('cases', 'cases.id', 'case_contacts.case_id')
    .select(['case_contacts.user_id', 'case_contacts.case_id', 'case_contacts.since'])
    .where('cases.study_id', '=', studyId)
    .orderBy('case_contacts.since')
    .execute();
  const known = new Map<string, { role: Role; since: number; caseIds: string[] }>();
  for (const row of members) {
    const role = readRole(row.role);
    if (role) known.set(row.user_id, { role, since: row.since, caseIds: [] });
  }
  for (const row of contacts) {
    const entry = known.get(row.user_id) ?? { role: 'contact', since: row.since, caseIds: [] };
    known.set(row.user_id, entry);
    if (entry.role === 'contact' && !entry.caseIds.includes(row.case_id)) entry.caseIds.push(row.case_id);
  }
  const people = await loadPeople(records, [...known.keys()]);
  return [...known]
    .flatMap(([id, entry]) => {
      const person = people.get(id);
      return person ? [{ ...person, ...entry }] : [];
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
}
