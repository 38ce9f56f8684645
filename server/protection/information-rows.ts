import { findSection } from '../../shared/framework/framework.ts';
import type { PersonFileRow } from '../../shared/protection/person-file.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import { instant, instantOrNull, type PersonReach } from './person-reach.ts';

/** @returns what they were asked for as a school contact, oldest first */
export async function informationRows({
  records,
  personId,
  email,
  studyId,
}: PersonReach): Promise<PersonFileRow<'information'>[]> {
  const rows = await records
    .selectFrom('information_requests')
    .innerJoin('cases', 'cases.id', 'information_requests.case_id')
    .innerJoin('studies', 'studies.id', 'cases.study_id')
    .innerJoin('schools', 'schools.id', 'information_requests.school_id')
    .leftJoin('links', 'links.id', 'information_requests.link_id')
    .selectAll('information_requests')
    .select(['studies.id as study_id', 'studies.title as study', 'studies.framework_id'])
    .select(['studies.framework_version', 'schools.name as school'])
    .where((eb) =>
      eb.or([
        eb('information_requests.person_id', '=', personId),
        eb('links.user_id', '=', personId),
        // Links that were emptied have no address, nor has whoever deleted their account.
        ...(email === '' ? [] : [eb('links.email', '=', email)]),
      ]),
    )
    .$if(studyId !== null, (query) => query.where('studies.id', '=', studyId ?? ''))
    .orderBy('information_requests.made_at')
    .execute();
  const told: PersonFileRow<'information'>[] = [];
  for (const row of rows) {
    const framework = await studyFramework(records, row.framework_id, row.framework_version);
    const titles = (JSON.parse(row.sections) as string[]).map(
      (id) => findSection(framework, id)?.title ?? id,
    );
    told.push({
      studyId: row.study_id,
      study: row.study,
      caseId: row.case_id,
      school: row.school,
      askedFor: titles.join(', '),
      askedAt: instant(row.made_at),
      dueOn: row.due_on,
      remindedAt: instantOrNull(row.reminded_at),
      finishedAt: instantOrNull(row.finished_at),
      couldNot: row.could_not,
      closedAt: instantOrNull(row.closed_at),
      withdrawnAt: instantOrNull(row.withdrawn_at),
    });
  }
  return told;
}
