import type { InformationRequest, RequestedSection } from '../../shared/api/information.ts';
import { blockWords } from '../../shared/document/words.ts';
import { answerOf } from '../../shared/information/answer.ts';
import { isUnderWay, type RequestState, requestState } from '../../shared/information/request.ts';
import {
  type Access,
  blockFacts,
  decideBlockAccess,
  includesAccess,
} from '../../shared/permissions/access.ts';
import { grantKey } from '../case-study/participants.ts';
import { type BlockFigures, type BlockText, loadTexts } from '../case-study/projections.ts';
import { asLetter } from '../letters/letter-reading.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { type CaseStanding, readGrant } from '../studies/access-lookup.ts';
import { loadPeople } from '../studies/people.ts';

/** A request with what its invitation says, and who was asked. */
export interface RequestRow extends Readonly<Tables['information_requests']> {
  /** Who was asked; null while nobody took the invitation up. */
  readonly personId: string | null;
  /** What the invitation calls them; empty for somebody who was there. */
  readonly invitedAs: string;
  /** The last letter about it. */
  readonly letter: InformationRequest['letter'];
  readonly state: RequestState;
  /** Whether the invitation was made for this request, and not before it for something else. */
  readonly ownInvitation: boolean;
  /** Whether it was taken back. */
  readonly takenBack: boolean;
}

/** Which requests are wanted. */
export interface RequestChoice {
  readonly caseIds: readonly string[];
  readonly id?: string;
  /** Milliseconds since 1970: invitations run out. */
  readonly now: number;
}

/** @returns requests of these cases, newest first */
export async function requestRows(records: Records, choice: RequestChoice): Promise<RequestRow[]> {
  if (choice.caseIds.length === 0) return [];
  const rows = await records
    .selectFrom('information_requests')
    .leftJoin('links', 'links.id', 'information_requests.link_id')
    .selectAll('information_requests')
    .select(['links.user_id', 'links.used_at', 'links.revoked_at', 'links.expires_at'])
    .select('links.created_at as link_made_at')
    .select(['links.name as link_name', 'links.email as link_email'])
    .where('information_requests.case_id', 'in', choice.caseIds)
    .$if(choice.id !== undefined, (query) => query.where('information_requests.id', '=', choice.id ?? ''))
    .orderBy('made_at', 'desc')
    .orderBy('information_requests.id')
    .execute();
  const places = rows.length === 0 ? new Set<string>() : await contactPlaces(records, choice.caseIds);
  const letters = await lettersById(records, rows.map(lastLetterId));
  return rows.map((found) => {
    const { user_id, used_at, revoked_at, expires_at, link_name, link_email, link_made_at, ...row } = found;
    const personId = row.person_id ?? (used_at !== null ? user_id : null);
    const over = revoked_at !== null || (expires_at ?? 0) <= choice.now;
    const state = requestState({
      withdrawn: row.withdrawn_at !== null,
      closed: row.closed_at !== null,
      finished: row.finished_at !== null,
      present: personId !== null && places.has(placeKey(row.case_id, row.school_id, personId)),
      invitation: row.link_id === null ? null : used_at !== null ? 'used' : over ? 'over' : 'open',
    });
    return {
      ...row,
      personId,
      invitedAs: link_name || link_email || '',
      letter: letters.get(lastLetterId(row)) ?? null,
      state,
      takenBack: revoked_at !== null && used_at === null,
      ownInvitation: link_made_at !== null && link_made_at >= row.made_at,
    };
  });
}

/** The first letter has the id of its request. */
function lastLetterId(row: Pick<Tables['information_requests'], 'id' | 'reminder_id'>): string {
  return row.reminder_id ?? row.id;
}

async function lettersById(
  records: Records,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<InformationRequest['letter']>>> {
  if (ids.length === 0) return new Map();
  const rows = await records.selectFrom('letters').selectAll().where('id', 'in', ids).execute();
  return new Map(
    rows.map(asLetter).map(({ id, state, dueAt, waitsFor }) => [id, { id, state, dueAt, waitsFor }]),
  );
}

/** Who speaks for which school in which case; the team does not, whatever it did before. */
async function contactPlaces(records: Records, caseIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await records
    .selectFrom('case_contacts')
    .innerJoin('cases', 'cases.id', 'case_contacts.case_id')
    .innerJoin('case_schools', (join) =>
      join
        .onRef('case_schools.case_id', '=', 'case_contacts.case_id')
        .onRef('case_schools.school_id', '=', 'case_contacts.school_id'),
    )
    .leftJoin('members', (join) =>
      join
        .onRef('members.study_id', '=', 'cases.study_id')
        .onRef('members.user_id', '=', 'case_contacts.user_id'),
    )
    .select(['case_contacts.case_id', 'case_contacts.school_id', 'case_contacts.user_id'])
    .where('case_contacts.case_id', 'in', caseIds)
    .where('case_contacts.quotes_alone', '=', 0)
    .where((eb) => eb.or([eb('members.role', 'is', null), eb('members.role', '=', 'contact')]))
    .execute();
  return new Set(rows.map((row) => placeKey(row.case_id, row.school_id, row.user_id)));
}

function placeKey(caseId: string, schoolId: string, personId: string): string {
  return `${caseId} ${schoolId} ${personId}`;
}

export function sectionIdsOf(row: Pick<Tables['information_requests'], 'sections'>): readonly string[] {
  return JSON.parse(row.sections) as string[];
}

/** What requests are told from, as one person of the team may see it. */
export interface RequestView {
  readonly studyId: string;
  /** By case: where it stands. */
  readonly standings: ReadonlyMap<string, CaseStanding>;
  /** Of the blocks that the asker may read, which belong to the present schools. */
  readonly figures: readonly BlockFigures[];
}

/** @returns the requests as the team sees them; without sections that the asker may not read */
export async function tellRequests(
  records: Records,
  rows: readonly RequestRow[],
  view: RequestView,
): Promise<InformationRequest[]> {
  if (rows.length === 0) return [];
  const asked = rows.map((row) => ({ row, blocks: blocksOf(row, view.figures) }));
  const texts = await loadTexts(
    records,
    asked.flatMap(({ blocks }) => blocks.flatMap(({ blockId, seq }) => (seq > 0 ? [blockId] : []))),
  );
  const grants = await grantsOf(records, asked);
  const ids = rows.flatMap((row) => [row.made_by, ...(row.personId === null ? [] : [row.personId])]);
  const people = await loadPeople(records, [...new Set(ids)], view.studyId);
  return asked.map(({ row, blocks }) => ({
    id: row.id,
    caseId: row.case_id,
    schoolId: row.school_id,
    state: row.state,
    person: {
      id: row.personId,
      name: people.get(row.personId ?? '')?.name ?? (row.invitedAs || 'Somebody at the school'),
    },
    sections: blocks.map((block) => toldSection(row, block, view, texts.get(block.blockId), grants)),
    dueOn: row.due_on,
    visitOn: row.visit_on,
    note: row.note,
    askedBy: people.get(row.made_by)?.name ?? 'Somebody who left',
    askedAt: row.made_at,
    letter: row.letter,
    ownInvitation: row.ownInvitation,
    takenBack: row.takenBack,
    finished: row.finished_at === null ? null : { at: row.finished_at, couldNot: row.could_not },
    remindedAt: row.reminded_at,
    reminders: row.reminders,
    endedAt: row.withdrawn_at ?? row.closed_at,
  }));
}

/** @returns the blocks that were asked for, in the framework's order */
function blocksOf(row: RequestRow, figures: readonly BlockFigures[]): BlockFigures[] {
  const wanted = sectionIdsOf(row);
  return figures.filter(
    (block) =>
      block.caseId === row.case_id && block.schoolId === row.school_id && wanted.includes(block.section.id),
  );
}

/** So that the words of the fields alone are counted. */
const NO_TEXT = { type: 'doc' };

type Grants = ReadonlyMap<string, Access | null>;

async function grantsOf(
  records: Records,
  asked: readonly { readonly row: RequestRow; readonly blocks: readonly BlockFigures[] }[],
): Promise<Grants> {
  const blockIds = asked.flatMap(({ blocks }) => blocks.map(({ blockId }) => blockId));
  const personIds = asked.flatMap(({ row }) => row.personId ?? []);
  if (blockIds.length === 0 || personIds.length === 0) return new Map();
  const rows = await records
    .selectFrom('block_grants')
    .select(['block_id', 'person_id', 'level'])
    .where('block_id', 'in', blockIds)
    .where('person_id', 'in', personIds)
    .execute();
  return new Map(rows.map((row) => [grantKey(row.block_id, row.person_id), readGrant(row.level)]));
}

function toldSection(
  row: RequestRow,
  block: BlockFigures,
  view: RequestView,
  text: BlockText | undefined,
  grants: Grants,
): RequestedSection {
  const { blockId, section, words, changedAt } = block;
  const values = text?.values ?? {};
  const standing = view.standings.get(row.case_id) ?? { stage: 'scoping', deleted: false };
  const place = { caseId: row.case_id, schoolId: row.school_id };
  const decision = decideBlockAccess(
    { role: 'contact', contactOf: [place] },
    { ...blockFacts(section, place), ...standing },
    row.personId === null ? null : (grants.get(grantKey(blockId, row.personId)) ?? null),
  );
  const answer = answerOf(section, values, words - blockWords(NO_TEXT, values));
  const present = row.state !== 'left' && isUnderWay(row.state);
  return {
    blockId,
    sectionId: section.id,
    title: section.number ? `${section.number} ${section.title}` : section.title,
    fillsIn: present && includesAccess(decision.access, 'write'),
    answer: { ...answer, missing: [...answer.missing] },
    changedAt,
  };
}
