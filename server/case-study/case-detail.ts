import type { CaseDetail } from '../../shared/api/cases.ts';
import type { Person } from '../../shared/api/people.ts';
import { blockFacts, type Decision } from '../../shared/permissions/access.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import { mayInStudy } from '../../shared/permissions/study-acts.ts';
import type { NameInText } from '../../shared/quotes/names-in-text.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import { type RequestParts, requestsOfLoaded } from '../information/request-views.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { loadPeople } from '../studies/people.ts';
import { actsOf, asSchool, studyMembers } from '../studies/study-detail.ts';
import { blockState } from './block-states.ts';
import { caseSummary, type LoadedCases, loadCases } from './case-summaries.ts';
import { loadNames } from './names-in-text.ts';
import { loadSchoolAccess } from './participants.ts';

/**
 * @param role of the asker: somebody of the team, never a school contact
 * @returns everything that the page of the case shows this person besides its text
 */
export async function caseDetail(
  parts: RequestParts,
  caseId: string,
  personId: string,
  role: Role,
): Promise<CaseDetail> {
  const records = parts.records.read;
  const { row, study } = await caseAndStudy(records, caseId);
  const framework = await studyFramework(records, study.framework_id, study.framework_version);
  const loaded = await loadCases(parts, framework, personId, study, [row]);
  const deleted = row.deleted_at ?? study.deleted_at;
  const schoolAccess = await loadSchoolAccess(records, study.id, caseId);
  const schoolIds = loaded.schoolIds.get(row.id) ?? [];
  return {
    ...caseSummary(row, loaded),
    study: {
      id: study.id,
      title: study.title,
      frameworkId: study.framework_id,
      frameworkVersion: study.framework_version,
    },
    myRole: role,
    acts: actsOf(role),
    schools: await schoolsInOrder(records, schoolIds),
    people: await peopleOf(records, row, loaded),
    names: namesFor(role, (await loadNames(records, row.id)).known),
    blocks: (loaded.figures.get(row.id) ?? []).map((figures) =>
      blockState(
        figures,
        loaded.statuses.get(figures.blockId),
        loaded.decisions.get(figures.blockId) ?? NOTHING,
        schoolAccess(figures.blockId, blockFacts(figures.section, figures)),
      ),
    ),
    closedBlockIds: [...loaded.decisions].flatMap(([blockId, { access }]) =>
      access === 'none' ? [blockId] : [],
    ),
    asked: mayInStudy(role, 'see-sharing') ? await requestsOfLoaded(parts, study, loaded, 'under-way') : [],
    deletedAt: deleted,
    stageSet: row.stage_at === null ? null : { by: row.stage_by, at: row.stage_at, why: row.stage_why ?? '' },
  };
}

const NOTHING: Decision = { access: 'none', reason: 'not-a-member' };

/** Whoever may not refer to people in the text needs no list of them. */
function namesFor(role: Role, known: readonly NameInText[]): NameInText[] {
  const chooses = mayInStudy(role, 'keep-quotes');
  return known.map((name) => (chooses ? name : { ...name, who: '' }));
}

/** @throws Error where there is none: the caller has looked it up before */
export async function caseAndStudy(
  records: Records,
  caseId: string,
): Promise<{ row: Tables['cases']; study: Tables['studies'] }> {
  const row = await records
    .selectFrom('cases')
    .selectAll()
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  const study = await records
    .selectFrom('studies')
    .selectAll()
    .where('id', '=', row.study_id)
    .executeTakeFirstOrThrow();
  return { row, study };
}

export async function schoolsInOrder(records: Records, schoolIds: readonly string[]) {
  if (schoolIds.length === 0) return [];
  const rows = await records.selectFrom('schools').selectAll().where('id', 'in', schoolIds).execute();
  const byId = new Map(rows.map((school) => [school.id, asSchool(school)]));
  return schoolIds.flatMap((id) => byId.get(id) ?? []);
}

/** The team, the case's own contacts, and whoever else its records name. */
async function peopleOf(records: Records, row: Tables['cases'], loaded: LoadedCases): Promise<Person[]> {
  const members = await studyMembers(records, row.study_id);
  const here = members.filter((member) => member.role !== 'contact' || member.caseIds.includes(row.id));
  const named = [...loaded.statuses.values()].flatMap((status) => [status.set_by, status.assignee_id]);
  const lost = await records
    .selectFrom('lost_words')
    .innerJoin('blocks', 'blocks.id', 'lost_words.block_id')
    .select(['lost_words.author_id', 'lost_words.caused_by_id'])
    .where('blocks.case_id', '=', row.id)
    .where('lost_words.settled_at', 'is', null)
    .execute();
  const ids = new Set([
    ...here.map((member) => member.id),
    ...[row.stage_by, ...named, ...lost.flatMap((words) => [words.author_id, words.caused_by_id])].filter(
      (id) => id !== null,
    ),
  ]);
  const people = await loadPeople(records, [...ids], row.study_id);
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
}
