import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inspectLink } from '../../server/accounts/links.ts';
import { redeemLink } from '../../server/accounts/redemption.ts';
import { eraseAccount } from '../../server/protection/account-erasure.ts';
import { DAY, type LettersOnTrial, MINUTE, openLetters, tokenIn } from './letters-on-trial.ts';

let trial: LettersOnTrial;
beforeEach(async () => {
  trial = await openLetters();
});
afterEach(() => trial.world.close());

const ACTOR = { personId: null, way: 'page', tokenId: null, from: '' } as const;
const opens = (token: string) =>
  inspectLink(trial.world.parts, token).then(
    () => true,
    () => false,
  );
const letterOf = async (at = 0) => {
  const letter = (await trial.invitation()).letters[at];
  if (!letter) throw new Error('no letter');
  return letter;
};
const rows = () => trial.world.parts.records.read.selectFrom('letters').selectAll().orderBy('id').execute();
const kept = async () => {
  const { read } = trial.world.parts.records;
  return JSON.stringify([await rows(), await read.selectFrom('links').selectAll().execute()]);
};
/** Lets Derek in by the link of a mail. */
const comeIn = (token: string) =>
  redeemLink(trial.world.parts, token, {}, { signedInAs: null, addressProven: true, actor: ACTOR });

describe('a letter to somebody who deletes their account', () => {
  it('[PRIVACY-5] holds nothing of them, nor does the outbox where it was just being handed over', async () => {
    const { parts, people } = trial.world;
    await trial.invite({ email: 'eve@team.example', name: 'Eve Onslow' });
    const outboxFiles = vi.spyOn(parts.outboxFiles, 'discard');
    vi.spyOn(parts.mailer, 'send').mockImplementation(async () => {
      await eraseAccount(parts, people.eve, ACTOR);
      // It is written only after the account is gone.
      vi.spyOn(parts.outboxFiles, 'to').mockResolvedValue(['late.eml']);
    });
    await trial.advance(10 * MINUTE);
    expect(outboxFiles.mock.calls).toEqual([[['late.eml']]]);
    expect(await kept()).not.toMatch(/eve@|Onslow/);
  });
});

describe('a letter of invitation', () => {
  it('[LETTER-1] waits ten minutes, then goes from its named sender, to whom answers go', async () => {
    const { link, mailed, invitation } = await trial.invite();
    expect([link, mailed]).toEqual(['', true]);
    expect(invitation.letters).toMatchObject([
      { state: 'waiting', dueAt: trial.world.parts.clock.now() + 10 * MINUTE, waitsFor: 'call-back' },
    ]);
    await trial.advance(10 * MINUTE - 1);
    expect(trial.mails).toEqual([]);
    await trial.advance(1);
    expect(trial.mails).toMatchObject([
      {
        id: invitation.letters[0]?.id,
        to: 'derek@school.example',
        fromName: 'Ada Lead via Casebook',
        replyTo: { name: 'Ada Lead', address: 'ada@team.example' },
        subject: 'About your school',
        kind: 'invitation',
      },
    ]);
    expect(trial.mails[0]?.text).toMatch(
      /^Hello Derek,\n\nThis link is for you alone, and opens once:\nhttp:\S+#\S{43}\nIt works until 29 January 2030\. .*\n\nAda\n$/,
    );
    expect(await letterOf()).toMatchObject({ state: 'sent', sentAt: trial.world.parts.clock.now() });
    await trial.advance(DAY);
    expect(trial.mails).toHaveLength(1);
    expect(await trial.told()).toEqual(['invited', 'letter-queued', 'letter-sent by the server']);
  });

  it('[LETTER-1] [LINK-1] has a link from when it goes, and its token stands in no table', async () => {
    await trial.invite({ days: 7 });
    const before = await trial.world.parts.records.read.selectFrom('links').selectAll().execute();
    expect(before.map((row) => row.token_hash)).toEqual(['reserved:inv-1']);
    await trial.advance(10 * MINUTE);
    const token = tokenIn(trial.mails[0]);
    expect(await opens(token)).toBe(true);
    expect(await kept()).not.toContain(token);
    expect((await rows()).map((row) => row.seed)).toEqual([null]);
    expect((await trial.invitation()).expiresAt).toBe(trial.world.parts.clock.now() + 7 * DAY);
    await trial.advance(7 * DAY);
    expect(await opens(token)).toBe(false);
  });

  it('[LETTER-1] waits for school hours, unless its sender said otherwise', async () => {
    const { clock } = trial.world.parts;
    await trial.advance(8 * 60 * MINUTE);
    await trial.invite();
    expect(await letterOf()).toMatchObject({ dueAt: Date.UTC(2030, 0, 16, 8), waitsFor: 'school-hours' });
    const letter = { subject: 'Now', text: '[link]', anyHour: true };
    await trial.invite({ id: 'inv-2', email: 'head@school.example', letter });
    await trial.advance(10 * MINUTE);
    expect(trial.mails.map(({ subject }) => subject)).toEqual(['Now']);
    await trial.advance(Date.UTC(2030, 0, 16, 8) - clock.now() - 1);
    expect(trial.mails).toHaveLength(1);
    await trial.advance(1);
    expect(trial.mails).toHaveLength(2);
  });

  it('[LETTER-1] goes in the hours that the lead sets, also while it waits', async () => {
    await trial.advance(8 * 60 * MINUTE);
    await trial.invite();
    const { studyId, world } = trial;
    const key = 'PUT /api/studies/:studyId/school-hours';
    const usual = { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00', zone: 'Europe/London' };
    const set = (hours: object) =>
      world.outcome(key, world.people.ada, { studyId }, { ...usual, ...hours } as never);
    expect(await set({ holidays: [{ from: '2030-01-16', to: '2030-01-18' }] })).toBe('ok');
    expect(await letterOf()).toMatchObject({ dueAt: Date.UTC(2030, 0, 21, 8) });
    expect(await set({ to: '22:00' })).toBe('ok');
    expect(await letterOf()).toMatchObject({ waitsFor: 'call-back' });
    await trial.advance(10 * MINUTE);
    expect(trial.mails).toHaveLength(1);
    // Sooner than its sender was shown, and until the day that they were shown.
    expect(trial.mails[0]?.text).toContain('It works until 30 January 2030.');
    const { entries } = await world.call('GET /api/studies/:studyId/audit', world.people.ada, { studyId });
    expect(entries.filter(({ detail }) => detail.parts === 'schoolHours')).toHaveLength(2);
    expect(await world.outcome(key, world.people.ben, { studyId }, usual as never)).toBe('no-access');
    await expect(set({ from: '17:00' })).rejects.toThrow();
    await expect(set({ zone: 'Europe/Nowhere' })).rejects.toThrow();
    await expect(set({ days: [] })).rejects.toThrow();
    await expect(set({ holidays: [{ from: '2030-02-02', to: '2030-02-01' }] })).rejects.toThrow();
  });

  it('[LETTER-1] is called back until it goes, and then no more', async () => {
    await trial.invite();
    const { id } = await letterOf();
    const { ben } = trial.world.people;
    const key = 'POST /api/letters/:letterId/call-back';
    expect(await trial.world.outcome(key, ben, { letterId: id })).toBe('no-access');
    expect(await trial.callBack(id)).toBe('ok');
    expect(await trial.callBack(id)).toBe('ok');
    await trial.advance(DAY);
    expect(trial.mails).toEqual([]);
    expect(await letterOf()).toMatchObject({ state: 'called-back' });
    expect(await trial.told()).toEqual(['invited', 'letter-queued', 'letter-called-back']);

    expect(await trial.again('letter-2')).toBe('ok');
    await trial.advance(10 * MINUTE);
    expect(trial.mails).toHaveLength(1);
    expect(await trial.callBack('letter-2')).toBe('conflict');
  });

  it('[LETTER-1] sent again, has a new link, in its own time, and the one before works no more', async () => {
    await trial.invite();
    expect(await trial.again('too-soon')).toBe('conflict');
    await trial.advance(10 * MINUTE);
    const sentAt = trial.world.parts.clock.now();
    expect(await trial.again('letter-2')).toBe('ok');
    expect(await trial.again('letter-2')).toBe('ok');
    expect(await trial.again('letter-3')).toBe('conflict');
    expect(await letterOf()).toMatchObject({ id: 'letter-2', dueAt: sentAt + 7 * DAY, waitsFor: 'week' });
    const [first] = trial.mails;
    await trial.advance(7 * DAY - 1);
    expect(await opens(tokenIn(first))).toBe(true);
    await trial.advance(1);
    expect(trial.mails).toHaveLength(2);
    expect(await opens(tokenIn(first))).toBe(false);
    expect(await opens(tokenIn(trial.mails[1]))).toBe(true);
    const queued = (await trial.told()).filter((kind) => kind.startsWith('letter-queued'));
    expect(queued).toHaveLength(2);
  });

  it('is not sent again once it was taken up or taken back, and never to one of the team', async () => {
    await trial.invite();
    await trial.advance(10 * MINUTE);
    await comeIn(tokenIn(trial.mails[0]));
    expect(await trial.again('letter-2')).toBe('conflict');
    await trial.invite({ id: 'inv-2', email: 'head@school.example' });
    const { ada } = trial.world.people;
    await trial.world.call('DELETE /api/invitations/:invitationId', ada, { invitationId: 'inv-2' });
    expect(await trial.again('letter-3', 'inv-2')).toBe('conflict');
    await trial.invite({
      id: 'inv-3',
      email: 'v@team.example',
      role: 'viewer',
      caseId: null,
      schoolId: null,
    });
    expect(await trial.again('letter-4', 'inv-3')).toBe('conflict');
    expect(await trial.again('letter-5', 'nothing')).toBe('not-found');
  });

  it('is not sent again where the case is in the bin, or their school is out of it', async () => {
    const { ada } = trial.world.people;
    const { caseId, schoolId, studyId, world } = trial;
    await trial.invite();
    await world.call('DELETE /api/cases/:caseId', ada, { caseId });
    expect(await trial.again('letter-2')).toBe('gone');
    await world.call('POST /api/bin/:kind/:itemId/restore', ada, { kind: 'case', itemId: caseId });
    const other = { id: 'school-2', name: 'Hillside', place: '' };
    await world.call('POST /api/studies/:studyId/schools', ada, { studyId }, other);
    await world.call('PATCH /api/cases/:caseId', ada, { caseId }, { schoolIds: ['school-2'] });
    expect(await trial.again('letter-2')).toBe('conflict');
    await world.call('PATCH /api/cases/:caseId', ada, { caseId }, { schoolIds: [schoolId] });
    expect(await trial.again('letter-2')).toBe('ok');
  });

  it('is previewed as it would go, and when, by its lead alone', async () => {
    const key = 'POST /api/studies/:studyId/letters/preview';
    const { world, studyId } = trial;
    const plan = { email: 'derek@school.example', name: 'Derek', subject: 'Hello', text: 'Dear Derek' };
    expect(await world.outcome(key, world.people.ben, { studyId }, plan)).toBe('no-access');
    expect(await world.call(key, world.people.ada, { studyId }, plan)).toEqual({
      from: 'Ada Lead via Casebook',
      replyTo: 'ada@team.example',
      to: 'Derek <derek@school.example>',
      subject: 'Hello',
      text: 'Dear Derek\n\nThis link is for you alone, and opens once:\nhttp://127.0.0.1:4400/enter#…\nIt works until 29 January 2030. Opening the page does nothing by itself: you decide there.\n',
      dueAt: world.parts.clock.now() + 10 * MINUTE,
      waitsFor: 'call-back',
    });
    expect(await rows()).toEqual([]);
    await trial.invite();
    const after = await world.call(key, world.people.ada, { studyId }, plan);
    expect(after).toMatchObject({ waitsFor: 'week' });
  });

  it('can be read by its lead afterwards, with the place of its link', async () => {
    const { world } = trial;
    await trial.invite();
    await trial.advance(10 * MINUTE);
    const { id: letterId } = await letterOf();
    const key = 'GET /api/letters/:letterId';
    expect(await world.call(key, world.people.ada, { letterId })).toMatchObject({
      subject: 'About your school',
      text: 'Hello Derek,\n\n[link]\n\nAda',
      from: 'Ada Lead via Casebook',
      state: 'sent',
    });
    expect(await world.outcome(key, world.people.cleo, { letterId })).toBe('no-access');
    expect(await world.outcome(key, world.people.stranger, { letterId })).toBe('not-found');
  });

  it('is not written twice for the same person, case and school', async () => {
    await trial.invite();
    await expect(trial.invite({ id: 'inv-2' })).rejects.toThrow(
      'Derek Onslow is invited already. Send that invitation again instead.',
    );
    await trial.advance(10 * MINUTE);
    await comeIn(tokenIn(trial.mails[0]));
    await expect(trial.invite({ id: 'inv-2' })).rejects.toThrow('is in already');
  });

  it('is not taken for a letter to somebody else, whose words were the same', async () => {
    await trial.invite();
    await trial.invite({ id: 'inv-2', email: 'petra@school.example', name: 'Petra' });
    await trial.advance(10 * MINUTE);
    expect(await trial.again('letter-2')).toBe('ok');
    expect(await trial.again('letter-2')).toBe('ok');
    expect(await trial.again('letter-2', 'inv-2')).toBe('conflict');
  });

  it('without a letter, its link is told once to be passed on by hand, and nothing goes', async () => {
    const { link, mailed, invitation } = await trial.invite({ letter: null });
    expect(link).toMatch(/\/enter#\S{43}$/);
    expect([mailed, invitation.letters]).toEqual([false, []]);
    await trial.advance(DAY);
    expect(trial.mails).toEqual([]);
    expect((await trial.invite({ letter: null })).link).toBe('');
  });
});

describe('a letter that waits for what is no longer there', () => {
  const { advance } = { advance: () => trial.advance(DAY) };
  const ends: readonly (readonly [string, () => Promise<unknown>])[] = [
    [
      'its invitation is taken back',
      () =>
        trial.world.call('DELETE /api/invitations/:invitationId', trial.world.people.ada, {
          invitationId: 'inv-1',
        }),
    ],
    [
      'its case is in the bin',
      () => trial.world.call('DELETE /api/cases/:caseId', trial.world.people.ada, { caseId: trial.caseId }),
    ],
    [
      'its study is in the bin',
      () =>
        trial.world.call('DELETE /api/studies/:studyId', trial.world.people.ada, { studyId: trial.studyId }),
    ],
  ];
  it.each(ends)('[LETTER-1] ends unsent: %s', async (_, end) => {
    await trial.invite();
    await end();
    expect((await rows()).map(({ state, next_at }) => [state, next_at])).toEqual([['dropped', null]]);
    await advance();
    expect(trial.mails).toEqual([]);
  });

  it('[LETTER-1] [PRIVACY-4] ends unsent with the lead who wrote it, and another can send it', async () => {
    const { ada, ben } = trial.world.people;
    const { studyId, world } = trial;
    await trial.invite();
    const lead = { role: 'owner' } as const;
    await world.call('PATCH /api/studies/:studyId/members/:personId', ada, { studyId, personId: ben }, lead);
    await world.call('DELETE /api/studies/:studyId/members/:personId', ben, { studyId, personId: ada });
    await advance();
    expect(trial.mails).toEqual([]);
    const again = { id: 'letter-2', subject: 'Hello', text: '[link]' };
    const key = 'POST /api/invitations/:invitationId/letters';
    await world.call(key, ben, { invitationId: 'inv-1' }, again);
    await trial.advance(10 * MINUTE);
    expect(trial.mails).toMatchObject([{ fromName: 'Ben Editor via Casebook' }]);
  });

  it('[LETTER-1] ends unsent where its link was locked by guessing', async () => {
    await trial.invite();
    await trial.world.parts.records.read.updateTable('links').set({ revoked_at: 1 }).execute();
    await advance();
    expect(trial.mails).toEqual([]);
    expect(await trial.told()).toContain('letter-dropped by the server');
  });

  it('[LETTER-1] [PRIVACY-4] ends unsent with a contact who is taken out, and says no more whose it was', async () => {
    const { ada } = trial.world.people;
    const { studyId } = trial;
    await trial.invite();
    await trial.advance(10 * MINUTE);
    const { person } = await comeIn(tokenIn(trial.mails[0]));
    await queueRequest('ask-1', { personId: person.id, schoolId: trial.schoolId });
    const remove = 'DELETE /api/studies/:studyId/members/:personId';
    await trial.world.call(remove, ada, { studyId, personId: person.id });
    await trial.advance(14 * DAY);
    expect(trial.mails).toHaveLength(1);
    expect(await kept()).not.toMatch(/Derek|derek/);
    expect(await trial.told()).toContain('letter-dropped');
  });
});

/** Queues a request for information, as the feature that asks does. */
async function queueRequest(
  id: string,
  to: { readonly invitationId: string } | { readonly personId: string; readonly schoolId: string },
  answers = false,
) {
  const { parts, letters, people } = trial.world;
  const queued = await parts.records.transaction((records) =>
    letters.queue(records, {
      id,
      kind: 'information-request',
      studyId: trial.studyId,
      caseId: trial.caseId,
      to,
      subject: 'Before we visit',
      text: 'Could you tell us?\n\n[link]',
      days: 14,
      anyHour: false,
      answers,
      by: { ...ACTOR, personId: people.ada },
    }),
  );
  letters.wake();
  await letters.settled();
  return queued.letter;
}

describe('a letter that asks for information', () => {
  it('[LETTER-1] carries the link of an invitation that was never opened, a week after it', async () => {
    await trial.invite();
    await trial.advance(10 * MINUTE);
    const letter = await queueRequest('ask-1', { invitationId: 'inv-1' });
    expect(letter).toMatchObject({ waits_for: 'week', link_id: 'inv-1', person_id: null });
    await trial.advance(7 * DAY);
    expect(trial.mails).toMatchObject([{}, { subject: 'Before we visit', kind: 'letter' }]);
    const { goTo } = await comeIn(tokenIn(trial.mails[1]));
    expect(goTo).toBe('/contact');
  });

  it('[LETTER-1] at once where it answers what they asked for', async () => {
    await trial.invite();
    await trial.advance(10 * MINUTE);
    await queueRequest('ask-1', { invitationId: 'inv-1' }, true);
    await trial.advance(10 * MINUTE);
    expect(trial.mails).toHaveLength(2);
  });

  it('[LINK-1] leads somebody who is in to their page, once, and nobody else', async () => {
    await trial.invite();
    await trial.advance(10 * MINUTE);
    const { person } = await comeIn(tokenIn(trial.mails[0]));
    await queueRequest('ask-1', { personId: person.id, schoolId: trial.schoolId });
    await trial.advance(7 * DAY);
    const token = tokenIn(trial.mails[1]);
    expect(await inspectLink(trial.world.parts, token)).toMatchObject({
      kind: 'contact',
      email: 'derek@school.example',
      needsSignIn: true,
      needsCode: false,
    });
    await expect(comeIn(token)).rejects.toMatchObject({ code: 'not-signed-in' });
    const opener = { signedInAs: person.id, addressProven: false, actor: ACTOR };
    expect(await redeemLink(trial.world.parts, token, {}, opener)).toMatchObject({ goTo: '/contact' });
    await expect(redeemLink(trial.world.parts, token, {}, opener)).rejects.toMatchObject({
      code: 'link-not-usable',
    });
    // It is no invitation, and nothing is taken up a second time.
    expect((await trial.told()).filter((kind) => kind === 'invitation-taken-up')).toHaveLength(1);
    const { invitations } = await trial.world.call(
      'GET /api/studies/:studyId/invitations',
      trial.world.people.ada,
      { studyId: trial.studyId },
    );
    expect(invitations).toHaveLength(1);
  });

  it('[LINK-1] lets nobody back in who is a contact no more', async () => {
    await trial.invite();
    await trial.advance(10 * MINUTE);
    const { person } = await comeIn(tokenIn(trial.mails[0]));
    await queueRequest('ask-1', { personId: person.id, schoolId: trial.schoolId });
    await trial.advance(7 * DAY);
    await trial.world.parts.records.read.deleteFrom('case_contacts').execute();
    const opener = { signedInAs: person.id, addressProven: false, actor: ACTOR };
    await expect(redeemLink(trial.world.parts, tokenIn(trial.mails[1]), {}, opener)).rejects.toMatchObject({
      code: 'link-not-usable',
    });
  });

  it('finds them in, where they took up their invitation while it waited', async () => {
    await trial.invite();
    await trial.advance(10 * MINUTE);
    await queueRequest('ask-1', { invitationId: 'inv-1' });
    const { person } = await comeIn(tokenIn(trial.mails[0]));
    await trial.advance(7 * DAY);
    const opener = { signedInAs: person.id, addressProven: false, actor: ACTOR };
    const token = tokenIn(trial.mails[1]);
    expect(await redeemLink(trial.world.parts, token, {}, opener)).toMatchObject({ goTo: '/contact' });
  });

  it('goes to nobody who is no contact of the case', async () => {
    const { cleo } = trial.world.people;
    await expect(queueRequest('ask-1', { personId: cleo, schoolId: trial.schoolId })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(queueRequest('ask-2', { invitationId: 'nothing' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
