import type { PersonFileRow } from '../../shared/protection/person-file.ts';
import { instant, type PersonReach } from './person-reach.ts';

type Made = PersonFileRow<'made'>;

/** @returns things that carry somebody as who made, moved or deleted them, oldest first */
export async function madeRows(reach: PersonReach): Promise<Made[]> {
  const made = [
    ...(await ofStudies(reach)),
    ...(await ofCases(reach)),
    ...(await ofSchools(reach)),
    ...(await ofOthers(reach)),
  ];
  return made.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

function row(what: Made['what'], act: Made['act'], id: string, at: number): Made {
  return { what, act, id, at: instant(at) };
}

async function ofStudies({ records, personId, studyId }: PersonReach): Promise<Made[]> {
  const rows = await records
    .selectFrom('studies')
    .select(['id', 'created_by', 'created_at', 'deleted_by', 'deleted_at'])
    .where((eb) => eb.or([eb('created_by', '=', personId), eb('deleted_by', '=', personId)]))
    .$if(studyId !== null, (query) => query.where('id', '=', studyId ?? ''))
    .execute();
  return rows.flatMap((one) => [
    ...(one.created_by === personId ? [row('study', 'made', one.id, one.created_at)] : []),
    ...(one.deleted_by === personId && one.deleted_at !== null
      ? [row('study', 'put in the bin', one.id, one.deleted_at)]
      : []),
  ]);
}

async function ofCases({ records, personId, studyId }: PersonReach): Promise<Made[]> {
  const rows = await records
    .selectFrom('cases')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('created_by', '=', personId),
        eb('deleted_by', '=', personId),
        eb('stage_by', '=', personId),
      ]),
    )
    .$if(studyId !== null, (query) => query.where('study_id', '=', studyId ?? ''))
    .execute();
  return rows.flatMap((one) => [
    ...(one.created_by === personId ? [row('case', 'made', one.id, one.created_at)] : []),
    ...(one.stage_by === personId && one.stage_at !== null
      ? [row('case', 'moved to another stage', one.id, one.stage_at)]
      : []),
    ...(one.deleted_by === personId && one.deleted_at !== null
      ? [row('case', 'put in the bin', one.id, one.deleted_at)]
      : []),
  ]);
}

async function ofSchools({ records, personId, studyId }: PersonReach): Promise<Made[]> {
  const rows = await records
    .selectFrom('schools')
    .select(['id', 'deleted_at'])
    .where('deleted_by', '=', personId)
    .$if(studyId !== null, (query) => query.where('study_id', '=', studyId ?? ''))
    .execute();
  return rows.flatMap((one) =>
    one.deleted_at === null ? [] : [row('school', 'put in the bin', one.id, one.deleted_at)],
  );
}

async function ofOthers({ records, personId, studyId }: PersonReach): Promise<Made[]> {
  const sheets = await records
    .selectFrom('information_sheets')
    .select(['id', 'written_at'])
    .where('written_by', '=', personId)
    .$if(studyId !== null, (query) => query.where('study_id', '=', studyId ?? ''))
    .execute();
  const links = await records
    .selectFrom('links')
    .select(['id', 'created_at'])
    .where('created_by', '=', personId)
    .$if(studyId !== null, (query) => query.where('study_id', '=', studyId))
    .execute();
  const letters = await records
    .selectFrom('letters')
    .select(['id', 'made_at'])
    .where('made_by', '=', personId)
    .$if(studyId !== null, (query) => query.where('study_id', '=', studyId ?? ''))
    .execute();
  const changes = await records
    .selectFrom('sharing_changes')
    .innerJoin('cases', 'cases.id', 'sharing_changes.case_id')
    .select(['sharing_changes.id', 'made_at'])
    .where('made_by', '=', personId)
    .$if(studyId !== null, (query) => query.where('cases.study_id', '=', studyId ?? ''))
    .execute();
  const requests = await records
    .selectFrom('information_requests')
    .innerJoin('cases', 'cases.id', 'information_requests.case_id')
    .select(['information_requests.id', 'made_at'])
    .where('made_by', '=', personId)
    .$if(studyId !== null, (query) => query.where('cases.study_id', '=', studyId ?? ''))
    .execute();
  const speakers = await records
    .selectFrom('speakers')
    .select(['id', 'made_at'])
    .where('made_by', '=', personId)
    .$if(studyId !== null, (query) => query.where('study_id', '=', studyId ?? ''))
    .execute();
  const quotes = await records
    .selectFrom('quotes')
    .select(['id', 'made_at'])
    .where('made_by', '=', personId)
    .$if(studyId !== null, (query) => query.where('study_id', '=', studyId ?? ''))
    .execute();
  const scans = await records
    .selectFrom('evidence_files')
    .select(['id', 'made_at'])
    .where('made_by', '=', personId)
    .where('discard', '=', 0)
    .$if(studyId !== null, (query) => query.where('study_id', '=', studyId ?? ''))
    .execute();
  // A framework belongs to no study.
  const frameworks =
    studyId !== null
      ? []
      : await records
          .selectFrom('frameworks')
          .select(['id', 'version', 'imported_at'])
          .where('imported_by', '=', personId)
          .execute();
  return [
    ...sheets.map((one) => row('information sheet', 'made', one.id, one.written_at)),
    ...links.map((one) => row('invitation', 'made', one.id, one.created_at)),
    ...letters.map((one) => row('letter', 'made', one.id, one.made_at)),
    ...changes.map((one) => row('sharing change', 'made', one.id, one.made_at)),
    ...requests.map((one) => row('information request', 'made', one.id, one.made_at)),
    ...speakers.map((one) => row('speaker', 'made', one.id, one.made_at)),
    ...quotes.map((one) => row('quote', 'made', one.id, one.made_at)),
    ...scans.map((one) => row('scan', 'made', one.id, one.made_at)),
    ...frameworks.map((one) => row('framework', 'made', `${one.id}/${one.version}`, one.imported_at)),
  ];
}
