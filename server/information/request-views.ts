import type { InformationRequest } from '../../shared/api/information.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { isUnderWay } from '../../shared/information/request.ts';
import { type LoadedCases, loadCases } from '../case-study/case-summaries.ts';
import type { ProjectionParts } from '../case-study/projections.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { readStage } from '../studies/access-lookup.ts';
import { type RequestRow, requestRows, tellRequests } from './requests.ts';

export type RequestParts = ProjectionParts & Pick<Parts, 'clock'>;
type Study = Tables['studies'];

/** Which requests of the cases are told. */
export type WhichRequests = { readonly id: string } | 'all' | 'under-way';

/**
 * @param loaded as one person of the team may see the cases
 * @returns requests of these cases, newest first
 */
export async function requestsOfLoaded(
  parts: RequestParts,
  study: Study,
  loaded: LoadedCases,
  which: WhichRequests,
): Promise<InformationRequest[]> {
  const records = parts.records.read;
  const rows = await requestRows(records, {
    caseIds: loaded.cases.map(({ id }) => id),
    now: parts.clock.now(),
    ...(typeof which === 'object' && which),
  });
  return tellRequests(records, which === 'under-way' ? rows.filter(underWay) : rows, {
    studyId: study.id,
    standings: new Map(
      loaded.cases.map((row) => [
        row.id,
        { stage: readStage(row.stage), deleted: (row.deleted_at ?? study.deleted_at) !== null },
      ]),
    ),
    figures: [...loaded.figures.values()].flat(),
  });
}

const underWay = (row: RequestRow): boolean => isUnderWay(row.state);

/** The same of some cases of a study, as they are now. */
export async function requestsOf(
  parts: RequestParts,
  study: Study,
  cases: readonly Tables['cases'][],
  personId: string,
  which: WhichRequests,
): Promise<InformationRequest[]> {
  const framework = await frameworkOf(parts, study);
  const loaded = await loadCases(parts, framework, personId, study, cases);
  return requestsOfLoaded(parts, study, loaded, which);
}

export function frameworkOf(parts: Pick<Parts, 'records'>, study: Study): Promise<Framework> {
  return studyFramework(parts.records.read, study.framework_id, study.framework_version);
}
