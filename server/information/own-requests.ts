import type { OwnRequest } from '../../shared/api/information.ts';
import type { Records } from '../ports/record-store.ts';
import { loadPeople } from '../studies/people.ts';
import { alsoAsked, type FilledPlace } from './alongside.ts';
import { requestRows, sectionIdsOf } from './requests.ts';

/** What somebody at a school was asked for, in one case and for one school. */
export interface OwnPlace extends FilledPlace {
  /** Blocks of the place that they may read, with their sections. */
  readonly blocks: readonly { readonly blockId: string; readonly sectionId: string }[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * @returns requests to this person alone, newest first; none that were withdrawn. Of others at the school, it
 *   names who is asked for the same and fills it in (ACCESS-5)
 */
export async function ownRequests(records: Records, place: OwnPlace): Promise<OwnRequest[]> {
  const all = await requestRows(records, { caseIds: [place.caseId], now: place.now });
  const rows = all.filter(
    (row) => row.personId === place.personId && row.school_id === place.schoolId && row.state !== 'withdrawn',
  );
  const people = await loadPeople(
    records,
    rows.map((row) => row.made_by),
    place.studyId,
  );
  const alongside = await alsoAsked(records, place, all);
  return rows.map((row) => {
    const asked = sectionIdsOf(row);
    return {
      id: row.id,
      blockIds: place.blocks.flatMap(({ blockId, sectionId }) =>
        asked.includes(sectionId) ? [blockId] : [],
      ),
      dueOn: row.due_on,
      visitOn: row.visit_on,
      note: row.note,
      askedBy: people.get(row.made_by)?.name ?? '',
      askedAt: row.made_at,
      finished: row.finished_at === null ? null : { at: row.finished_at, couldNot: row.could_not },
      closed: row.state === 'closed',
      alsoAsked: alongside(row),
    };
  });
}
