import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AT_THE_COMMAND_LINE } from '../../server/audit/audit-chain.ts';
import { clearUpErased, eraseAccount } from '../../server/protection/account-erasure.ts';
import { type ComposedService, composeService } from '../support/composed.ts';
import { newId } from '../support/team.ts';
import type { PageCalls } from '../support/web.ts';

/** Stands nowhere else in the database: a search for its bytes finds it or nothing. */
const NAME = 'Zephyrine Quillfeather';

let service: ComposedService;
let lead: PageCalls;
let memberId: string;
let member: PageCalls;
let studyId: string;
let caseId: string;
let schoolId: string;

beforeEach(async () => {
  service = await composeService();
  const leadId = await service.person('Imogen Farrell');
  lead = await service.signedIn(leadId);
  const made = await service.study(leadId);
  studyId = made.studyId;
  caseId = made.case.id;
  schoolId = made.schoolId;
  memberId = await service.person(NAME);
  await service.join(studyId, memberId, 'owner');
  member = await service.signedIn(memberId);
});
afterEach(() => service.close());

const erase = async (personId: string) =>
  clearUpErased(service.parts, await eraseAccount(service.parts, personId, AT_THE_COMMAND_LINE));

const outboxOf = async (by: PageCalls) =>
  (await by.call('GET /api/studies/:studyId/outbox', undefined, { studyId })).mails;

/** Invites somebody to speak for the school, and waits until the letter lies in the outbox. */
async function inviteContact(by: PageCalls, email: string) {
  const id = newId();
  const { link } = await by.call(
    'POST /api/studies/:studyId/invitations',
    { id, email, name: 'Derek Onslow', role: 'contact', caseId, schoolId },
    { studyId },
  );
  while (!(await outboxOf(by)).some(({ to }) => to === email)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { id, link };
}

it('[PRIVACY-5] takes the name out of letters to schools that lie in the outbox, and leaves what they need', async () => {
  const { link } = await inviteContact(member, 'derek@school.example');
  const file = join(service.parts.settings.dataDir, 'casebook.db');
  await erase(memberId);
  const [letter] = await outboxOf(lead);
  expect(letter?.text).toContain(link);
  expect(letter?.text).toMatch(/A former member\n$/);
  expect((await readFile(file)).includes(Buffer.from(NAME))).toBe(false);
});

it('[PRIVACY-5] [PRIVACY-3] the file on somebody who deleted their account holds nothing of others who did', async () => {
  const [derek, petra] = [await service.person('Derek Onslow'), await service.person('Petra Lind')];
  for (const [personId, email] of [
    [derek, 'derek.onslow@team.example'],
    [petra, 'petra.lind@team.example'],
  ] as const) {
    const { id } = await inviteContact(lead, email);
    await service.parts.records.read
      .insertInto('information_requests')
      .values({
        id: newId(),
        case_id: caseId,
        school_id: schoolId,
        person_id: null,
        link_id: id,
        sections: '[]',
        note: '',
        due_on: '2030-01-29',
        made_by: memberId,
        made_at: 1,
        visit_on: null,
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
    await service.join(studyId, personId, 'contact');
    await erase(personId);
  }
  const { body } = await lead.send('GET', `/api/studies/${studyId}/people/${derek}/export.json`);
  expect(body).toMatchObject({ writtenLetters: [{}], information: [{}], invitations: [{}] });
  for (const part of ['writtenLetters', 'information', 'invitations']) {
    expect((body as Record<string, unknown[]>)[part], part).toHaveLength(1);
  }
});
