import type { OwnRequest } from '../../shared/api/information.ts';
import type { BlockFigures } from '../case-study/projections.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import { type CaseStanding, loadDecisions } from '../studies/access-lookup.ts';
import { personAccessChanged } from '../studies/announcements.ts';
import { loadPeople } from '../studies/people.ts';
import { type RequestRow, requestRows, sectionIdsOf } from './requests.ts';

/** Who fills in the same sections of the same school, as they were asked to as well (ACCESS-5). */

/** What somebody at a school fills in, in one case and for one school. */
export interface FilledPlace {
  readonly personId: string;
  readonly caseId: string;
  readonly schoolId: string;
  readonly studyId: string;
  readonly standing: CaseStanding;
  /** Blocks that they fill in. */
  readonly filledIn: readonly BlockFigures[];
}

/**
 * @param rows requests of the case
 * @returns for a request of theirs, by section who else is asked for it and can fill it in; nothing of anybody
 *   who is there for something else
 */
export async function alsoAsked(
  records: Records,
  place: FilledPlace,
  rows: readonly RequestRow[],
): Promise<(row: RequestRow) => OwnRequest['alsoAsked']> {
  const others = rows.filter(
    (row) =>
      isAnswering(row) &&
      row.school_id === place.schoolId &&
      row.personId !== null &&
      row.personId !== place.personId,
  );
  const fillIn = new Map<string, Set<string>>();
  for (const other of others) {
    const personId = other.personId ?? '';
    const theirs = await loadDecisions(records, personId, place.studyId, [place.caseId]);
    for (const block of place.filledIn) {
      if (!sectionIdsOf(other).includes(block.section.id)) continue;
      if (theirs.of(block, place.standing).access !== 'write') continue;
      fillIn.set(block.blockId, (fillIn.get(block.blockId) ?? new Set()).add(personId));
    }
  }
  const ids = [...new Set([...fillIn.values()].flatMap((people) => [...people]))];
  const people = await loadPeople(records, ids, place.studyId);
  return (row) =>
    isAnswering(row)
      ? place.filledIn.flatMap(({ blockId, section }) => {
          const names = [...(fillIn.get(blockId) ?? [])].flatMap((id) => people.get(id)?.name ?? []);
          return names.length > 0 && sectionIdsOf(row).includes(section.id) ? [{ blockId, names }] : [];
        })
      : [];
}

function isAnswering({ state }: RequestRow): boolean {
  return state === 'open' || state === 'finished';
}

/** Lets the pages of all who are asked about a school ask again: who fills in with them may be another. */
export async function announceAtSchool(
  { records, bus, clock }: Pick<Parts, 'records' | 'bus' | 'clock'>,
  place: { readonly caseId: string; readonly schoolId: string; readonly personId: string | null },
): Promise<void> {
  const rows = await requestRows(records.read, { caseIds: [place.caseId], now: clock.now() });
  const there = rows.filter((row) => row.school_id === place.schoolId && isAnswering(row));
  const ids = new Set([place.personId, ...there.map((row) => row.personId)]);
  for (const id of ids) if (id !== null) personAccessChanged(bus, id);
}
