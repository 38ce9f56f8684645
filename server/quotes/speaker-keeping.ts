import type { RouteInput } from '../../shared/api/contract.ts';
import type { Speaker } from '../../shared/api/quotes.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { caseChanged } from '../studies/announcements.ts';
import { idTaken, nothingThere } from '../studies/study-gate.ts';
import { loadSpeakers, speakerView } from './speakers.ts';

type Needs = Pick<Parts, 'records' | 'clock' | 'bus'>;

interface Place {
  readonly studyId: string;
  readonly caseId: string;
  readonly by: Actor;
}

/** Adds a speaker; the same call repeated adds none. @throws Refusal bad-request, conflict */
export async function addSpeaker(
  { records, clock, bus }: Needs,
  { studyId, caseId, by }: Place,
  wanted: RouteInput<'POST /api/cases/:caseId/speakers'>,
): Promise<Speaker> {
  const { id, schoolId, ...about } = wanted;
  await records.transaction(async (transaction) => {
    const earlier = await speakerRow(transaction, id);
    if (earlier) {
      if (earlier.study_id !== studyId || earlier.school_id !== schoolId || earlier.name !== about.name) {
        throw idTaken();
      }
      return;
    }
    await requireSchool(transaction, caseId, schoolId);
    const row: Tables['speakers'] = {
      ...{
        id,
        study_id: studyId,
        school_id: schoolId,
        ...about,
        chosen: 0,
        person_id: null,
        erased_at: null,
      },
      ...{ made_by: by.personId ?? '', made_at: clock.now() },
    };
    await transaction.insertInto('speakers').values(row).execute();
    const object = { kind: 'speaker', id } as const;
    const deed = { kind: 'speaker-added', by, at: clock.now(), caseId, object, detail: {} } as const;
    await recordInStudy(transaction, studyId, deed);
  });
  caseChanged(bus, studyId, caseId);
  return told(records.read, studyId, id);
}

/**
 * Changes what is known of a speaker. How they are named is theirs alone once they chose it.
 * @throws Refusal not-found, conflict
 */
export async function changeSpeaker(
  { records, clock, bus }: Needs,
  { studyId, caseId, by, speakerId }: Place & { readonly speakerId: string },
  wanted: RouteInput<'PATCH /api/cases/:caseId/speakers/:speakerId'>,
): Promise<Speaker> {
  await records.transaction(async (transaction) => {
    const row = await speakerRow(transaction, speakerId);
    if (row?.study_id !== studyId) throw nothingThere();
    if (row.erased_at !== null) throw new Refusal('conflict', 'What was held on them was erased.');
    const parts = Object.entries(wanted).flatMap(([part, value]) =>
      value !== undefined && value !== row[part as keyof typeof wanted] ? [part] : [],
    );
    if (parts.length === 0) return;
    if (parts.includes('naming') && row.chosen === 1) {
      throw new Refusal('conflict', 'They chose themselves how they are named. Only they can change it.');
    }
    if (parts.includes('email') && row.person_id !== null) {
      throw new Refusal('conflict', 'They have come in under this address already. Add them anew instead.');
    }
    if (parts.includes('email') && wanted.email !== '')
      await refuseGuardians(transaction, speakerId, wanted.email);
    const change = Object.fromEntries(parts.map((part) => [part, wanted[part as keyof typeof wanted]]));
    await transaction.updateTable('speakers').set(change).where('id', '=', speakerId).execute();
    const object = { kind: 'speaker', id: speakerId } as const;
    const deed = { kind: 'speaker-changed', by, at: clock.now(), caseId, object } as const;
    await recordInStudy(transaction, studyId, { ...deed, detail: { parts: parts.join(',') } });
  });
  caseChanged(bus, studyId, caseId);
  return told(records.read, studyId, speakerId);
}

/** A child does not answer from the address of whoever answers for it (LINK-1). @throws Refusal conflict */
async function refuseGuardians(
  records: Records,
  speakerId: string,
  email: string | undefined,
): Promise<void> {
  const found = await records
    .selectFrom('guardians')
    .select('speaker_id')
    .where('speaker_id', '=', speakerId)
    .where('email', '=', email ?? '')
    .executeTakeFirst();
  if (found) throw new Refusal('conflict', 'This is the address of their parent or carer.');
}

export function speakerRow(records: Records, id: string): Promise<Tables['speakers'] | undefined> {
  return records.selectFrom('speakers').selectAll().where('id', '=', id).executeTakeFirst();
}

async function told(records: Records, studyId: string, id: string): Promise<Speaker> {
  const speakers = await loadSpeakers(records, studyId);
  const row = speakers.rows.find((one) => one.id === id);
  if (!row) throw nothingThere();
  return speakerView(row, speakers);
}

async function requireSchool(records: Records, caseId: string, schoolId: string): Promise<void> {
  const found = await records
    .selectFrom('case_schools')
    .select('school_id')
    .where('case_id', '=', caseId)
    .where('school_id', '=', schoolId)
    .executeTakeFirst();
  if (found) return;
  throw new Refusal('bad-request', 'Choose a school of this case study.', [
    { path: 'schoolId', message: 'is no school of this case study' },
  ]);
}
