import type { Transaction } from 'kysely';
import type { RouteInput } from '../../shared/api/contract.ts';
import type { SharingStep } from '../../shared/api/sharing.ts';
import type { Framework, Section } from '../../shared/framework/framework.ts';
import { canBeAsked, isUnderWay } from '../../shared/information/request.ts';
import { blockFacts, heldAccess } from '../../shared/permissions/access.ts';
import { ROLE_NAMES } from '../../shared/permissions/roles.ts';
import {
  cellRule,
  FIXED_WORDS,
  grantFor,
  type Participant,
  participant,
} from '../../shared/permissions/sharing.ts';
import { findByEmail } from '../accounts/people.ts';
import { caseParticipants, grantKey, loadGrants } from '../case-study/participants.ts';
import { Refusal } from '../http/refusal.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { loadAsker } from '../studies/access-lookup.ts';
import { nothingThere } from '../studies/study-gate.ts';
import { type RequestRow, requestRows } from './requests.ts';

export type WantedRequest = RouteInput<'POST /api/cases/:caseId/information'>;

/** A request as somebody wants to make it, who may change sharing in the case. */
export interface RequestWish {
  readonly wanted: WantedRequest;
  readonly caseId: string;
  readonly studyId: string;
  readonly framework: Framework;
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What has to be set so that the person fills in what they are asked for. */
export interface PreparedRequest {
  /** Empty where they do already, and for somebody who is new: a school's contact does. */
  readonly steps: readonly SharingStep[];
}

/** @returns the request that was made by this id before, if it is the same; null where none was */
export async function madeBefore(records: Records, wish: RequestWish): Promise<RequestRow | null | 'other'> {
  const { wanted, caseId, by, at } = wish;
  const taken = await records
    .selectFrom('information_requests')
    .select('case_id')
    .where('id', '=', wanted.id)
    .executeTakeFirst();
  if (!taken) return null;
  if (taken.case_id !== caseId) return 'other';
  const [row] = await requestRows(records, { caseIds: [caseId], id: wanted.id, now: at });
  const same =
    row?.made_by === by &&
    row.school_id === wanted.schoolId &&
    row.person_id === wanted.personId &&
    (row.link_id === null) === (wanted.invite === null) &&
    row.sections === JSON.stringify(sectionIds(wanted)) &&
    row.note === wanted.note;
  return row && same ? row : 'other';
}

function sectionIds(wanted: WantedRequest): string[] {
  return wanted.sections.map(({ sectionId }) => sectionId);
}

/**
 * Whether it can be asked for, by this person, of this person; to be called in the
 * transaction that then makes it.
 * @throws Refusal bad-request for a day, section or person that does not fit, not-found for
 *   what is not of this case, no-access for what the asker does not fill in themselves,
 *   conflict where somebody was asked already, or something was changed meanwhile
 */
export async function prepareRequest(records: Records, wish: RequestWish): Promise<PreparedRequest> {
  const { wanted, caseId, studyId, by } = wish;
  checkDays(wanted, wish.at);
  if ((wanted.personId === null) === (wanted.invite === null)) {
    throw new Refusal('bad-request', 'Choose whom to ask.', [
      { path: 'personId', message: 'choose somebody, or say who is new' },
    ]);
  }
  const sections = askedSections(wish);
  await checkSchool(records, caseId, wanted.schoolId);
  const blocks = await blocksOf(records, wish);
  const people = await caseParticipants(records, studyId, caseId);
  const asker = people.find(({ id }) => id === by);
  if (!asker) throw nothingThere();
  const target = await targetOf(records, wish, people);
  await refuseSecondRequest(records, wish);
  const grants = await loadGrants(records, caseId);
  const changer = participant(asker, caseId);
  const steps: SharingStep[] = [];
  for (const { section, from } of sections) {
    const blockId = blocks.get(section.id);
    if (blockId === undefined) throw nothingThere();
    const facts = blockFacts(section, { caseId, schoolId: wanted.schoolId });
    const rule = cellRule(changer, grants.get(grantKey(blockId, by)) ?? null, target, facts);
    if (rule.fixed !== null) throw new Refusal('no-access', FIXED_WORDS[rule.fixed]);
    const granted = grants.get(grantKey(blockId, target.id)) ?? null;
    if (granted !== from) {
      throw new Refusal('conflict', 'Somebody else has changed this meanwhile. Look again, please.');
    }
    if (heldAccess(target.asker, 'contact', facts, granted).access === 'write') continue;
    steps.push({ blockId, personId: target.id, from, to: grantFor('write', rule) });
  }
  return { steps };
}

const DAY = 86_400_000;

function checkDays({ dueOn, visitOn }: WantedRequest, now: number): void {
  // Where the asker is, it may still be yesterday.
  checkDueOn(dueOn, now);
  if (visitOn !== null && visitOn <= dueOn) {
    throw new Refusal('bad-request', 'The answer is wanted before the visit.', [
      { path: 'dueOn', message: 'choose a day before the visit' },
    ]);
  }
}

/** @throws Refusal bad-request for a day that has passed, wherever the asker is */
export function checkDueOn(dueOn: string, now: number): void {
  if (dueOn >= new Date(now - DAY).toISOString().slice(0, 10)) return;
  throw new Refusal('bad-request', 'That day has passed.', [
    { path: 'dueOn', message: 'choose a day to come' },
  ]);
}

interface AskedSection {
  readonly section: Section;
  readonly from: SharingStep['from'];
}

function askedSections({ wanted, framework }: RequestWish): AskedSection[] {
  const ids = sectionIds(wanted);
  const found = wanted.sections.flatMap(({ sectionId, from }) => {
    const section = framework.sections.find(({ id }) => id === sectionId);
    return section && canBeAsked(section) ? [{ section, from }] : [];
  });
  if (found.length === ids.length && new Set(ids).size === ids.length) return found;
  throw new Refusal('bad-request', 'That cannot be asked of a school.', [
    { path: 'sections', message: 'choose sections that are about the school, each once' },
  ]);
}

async function checkSchool(records: Records, caseId: string, schoolId: string): Promise<void> {
  const row = await records
    .selectFrom('case_schools')
    .select('school_id')
    .where('case_id', '=', caseId)
    .where('school_id', '=', schoolId)
    .executeTakeFirst();
  if (!row) throw nothingThere();
}

/** @returns the school's blocks in the case, by section */
async function blocksOf(records: Records, { caseId, wanted }: RequestWish): Promise<Map<string, string>> {
  const rows = await records
    .selectFrom('blocks')
    .leftJoin('section_status', 'section_status.block_id', 'blocks.id')
    .select(['blocks.id', 'blocks.section_id', 'section_status.not_applicable'])
    .where('blocks.case_id', '=', caseId)
    .where('blocks.school_id', '=', wanted.schoolId)
    .execute();
  const asked = new Set(sectionIds(wanted));
  if (rows.some((row) => asked.has(row.section_id) && row.not_applicable !== null)) {
    throw new Refusal('conflict', 'A section that does not apply cannot be asked for.');
  }
  return new Map(rows.map((row) => [row.section_id, row.id]));
}

/** @returns whom the rules are asked about; somebody new as the contact that they will be */
async function targetOf(
  records: Records,
  { wanted, caseId, studyId }: RequestWish,
  people: Awaited<ReturnType<typeof caseParticipants>>,
): Promise<Participant> {
  const { schoolId, personId, invite } = wanted;
  if (invite === null) {
    const person = people.find(({ id }) => id === personId);
    if (person?.role !== 'contact' || !person.schoolIds.includes(schoolId)) throw nothingThere();
    return participant(person, caseId);
  }
  const known = await findByEmail(records, invite.email);
  if (known) {
    const here = people.find(({ id }) => id === known.id);
    if (here?.schoolIds.includes(schoolId)) {
      throw new Refusal('conflict', `${here.name} speaks for this school already: choose them above.`);
    }
    const { role } = await loadAsker(records, known.id, studyId);
    if (role !== null && role !== 'contact') {
      const part = ROLE_NAMES[role].toLowerCase();
      throw new Refusal('conflict', `${known.name} belongs to this study already (${part}).`);
    }
  }
  return participant({ id: '', role: 'contact', schoolIds: [schoolId] }, caseId);
}

/**
 * Two requests to one person about one school would have two days, and two ends. One whose
 * invitation ran out counts, since a new link opens it again; and so does one of somebody who left,
 * who may come back.
 */
async function refuseSecondRequest(records: Records, { wanted, caseId, at }: RequestWish): Promise<void> {
  const rows = await requestRows(records, { caseIds: [caseId], now: at });
  const { personId, invite, schoolId } = wanted;
  const known = invite && (await findByEmail(records, invite.email));
  const links = invite
    ? await records
        .selectFrom('links')
        .select('id')
        .where('case_id', '=', caseId)
        .where('email', '=', invite.email)
        .where('revoked_at', 'is', null)
        .execute()
    : [];
  const theirs = new Set(links.map(({ id }) => id));
  const asked = personId ?? known?.id ?? null;
  const second = rows.some(
    (row) =>
      row.school_id === schoolId &&
      isUnderWay(row.state) &&
      ((asked !== null && row.personId === asked) ||
        (row.personId === null && theirs.has(row.link_id ?? ''))),
  );
  if (second) {
    throw new Refusal(
      'conflict',
      'They have been asked already. Change the day, or close that request, before you ask again.',
    );
  }
}

/** Keeps the request; what it shares and whom it invites is kept beside it, in the same transaction. */
export async function keepRequest(
  records: Transaction<Tables>,
  { wanted, caseId, by, at }: RequestWish,
  linkId: string | null,
): Promise<void> {
  await records
    .insertInto('information_requests')
    .values({
      id: wanted.id,
      case_id: caseId,
      school_id: wanted.schoolId,
      person_id: wanted.personId,
      link_id: linkId,
      sections: JSON.stringify(sectionIds(wanted)),
      due_on: wanted.dueOn,
      visit_on: wanted.visitOn,
      note: wanted.note,
      made_by: by,
      made_at: at,
      finished_at: null,
      could_not: '',
      reminded_at: null,
      reminder_id: null,
      reminders: 0,
      closed_at: null,
      closed_by: null,
      withdrawn_at: null,
      withdrawn_by: null,
    })
    .execute();
}
