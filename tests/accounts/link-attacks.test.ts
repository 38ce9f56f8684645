import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueLink } from '../../server/accounts/links.ts';
import type { RouteBody } from '../../shared/api/contract.ts';
import { type AccountsOnTrial, openAccounts, plantStudy } from './accounts-on-trial.ts';

let trial: AccountsOnTrial;
beforeEach(async () => {
  trial = await openAccounts({ smtpUrl: 'smtp://mail.example' });
  await plantStudy(trial.parts);
});
afterEach(() => trial.close());

async function contactLink(email: string, caseId = 'case1'): Promise<string> {
  const { token } = await issueLink(trial.parts, {
    kind: 'contact',
    email,
    name: 'Petra Lind',
    studyId: 'study1',
    role: 'contact',
    caseId,
    schoolId: 'school1',
  });
  return token;
}

async function codeFor(token: string): Promise<string> {
  await trial.web.browser().call('POST /api/links/code', { token });
  return /^your code is (\d{6})$/m.exec(trial.parts.mailer.sent.at(-1)?.text ?? '')?.[1] ?? '';
}

const redeem = (body: RouteBody<'POST /api/links/redeem'>) =>
  trial.web.browser().ask('POST /api/links/redeem', body);
const contacts = () => trial.parts.records.read.selectFrom('case_contacts').selectAll().execute();
const sessions = () => trial.parts.records.read.selectFrom('session').selectAll().execute();

describe('a link with digits, attacked', () => {
  it('[LINK-1] digits of one link open no other, not even one to the same address', async () => {
    const one = await contactLink('head@example.org', 'case1');
    const other = await contactLink('head@example.org', 'case2');
    const code = await codeFor(one);
    expect(await redeem({ token: other, code })).toMatchObject({ body: { code: 'code-not-usable' } });
    expect(await contacts()).toEqual([]);
    expect((await redeem({ token: one, code })).status).toBe(200);
    expect(await contacts()).toMatchObject([{ case_id: 'case1' }]);
  });

  it('[LINK-1] digits of signing in open no link, and those of a link sign nobody in', async () => {
    const ann = await trial.person('Ann Ames', 'ann@example.org');
    const token = await contactLink('head@example.org');
    const ofLink = await codeFor(token);
    await trial.web.browser().call('POST /api/session/request', { email: ann.email });
    await trial.settled();
    const ofSignIn = /your code is (\d{6})/.exec(trial.parts.mailer.sent.at(-1)?.text ?? '')?.[1] ?? '';
    expect(ofSignIn).not.toBe(ofLink);
    const page = trial.web.browser();
    expect((await page.refused('POST /api/session/code', { email: ann.email, code: ofLink })).code).toBe(
      'code-not-usable',
    );
    expect(
      (await page.refused('POST /api/session/code', { email: 'head@example.org', code: ofLink })).code,
    ).toBe('code-not-usable');
    expect(await redeem({ token, code: ofSignIn })).toMatchObject({ body: { code: 'code-not-usable' } });
    expect(await sessions()).toEqual([]);
  });

  it('[LINK-1] of many with the right digits at the same moment one gets in', async () => {
    const token = await contactLink('head@example.org');
    const code = await codeFor(token);
    const answers = await Promise.all(Array.from({ length: 12 }, () => redeem({ token, code })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect(['link-not-usable', 'code-not-usable']).toContain((answer.body as { code: string }).code);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect(await contacts()).toHaveLength(1);
    expect(await sessions()).toHaveLength(1);
  });

  it('[LINK-1] withdrawn between the digits and the button, it opens nothing', async () => {
    const token = await contactLink('head@example.org');
    const code = await codeFor(token);
    await trial.parts.records.read.updateTable('links').set({ revoked_at: 1 }).execute();
    expect(await redeem({ token, code })).toMatchObject({ body: { code: 'link-not-usable' } });
    expect(await contacts()).toEqual([]);
  });

  it('[LINK-1] absent, wrong, used and old digits: the same answer', async () => {
    const token = await contactLink('head@example.org');
    const answers = [await redeem({ token })];
    const code = await codeFor(token);
    answers.push(await redeem({ token, code: String((Number(code) + 1) % 1_000_000).padStart(6, '0') }));
    trial.parts.clock.advance(10 * 60_000);
    answers.push(await redeem({ token, code }));
    for (const answer of answers) {
      expect([answer.status, answer.body]).toEqual([answers[0]?.status, answers[0]?.body]);
    }
  });

  it('[LINK-1] [AUDIT-1] guessed at, it is spent, and the lead can see it', async () => {
    const token = await contactLink('head@example.org');
    for (let round = 0; round < 5; round += 1) {
      const right = await codeFor(token);
      for (let guess = 1; guess <= 4; guess += 1) {
        const code = String((Number(right) + guess) % 1_000_000).padStart(6, '0');
        await redeem({ token, code });
      }
      trial.parts.clock.advance(10 * 60_000);
    }
    const rows = await trial.parts.records.read.selectFrom('audit').selectAll().execute();
    expect(rows.map(({ chain, kind, person_id }) => [chain, kind, person_id])).toEqual([
      ['study/study1', 'invitation-locked', null],
    ]);
    expect(await redeem({ token, code: '000000' })).toMatchObject({ body: { code: 'link-not-usable' } });
  });
});

describe('what signing in leaves in the record', () => {
  it('[AUDIT-1] who came in and how, who left, and guesses at somebody’s code, in each of their studies', async () => {
    const ann = await trial.person('Ann Ames', 'ann@example.org');
    await plantStudy(trial.parts, 'study2');
    for (const study_id of ['study1', 'study2']) {
      await trial.parts.records.read
        .insertInto('members')
        .values({ study_id, user_id: ann.id, role: 'viewer', since: 0 })
        .execute();
    }
    const page = trial.web.browser();
    await page.call('POST /api/session/request', { email: ann.email });
    await trial.settled();
    const code = /your code is (\d{6})/.exec(trial.parts.mailer.sent.at(-1)?.text ?? '')?.[1] ?? '';
    for (let guess = 1; guess <= 3; guess += 1) {
      const wrong = String((Number(code) + guess) % 1_000_000).padStart(6, '0');
      await page.refused('POST /api/session/code', { email: ann.email, code: wrong });
    }
    await page.refused('POST /api/session/code', { email: 'nobody@example.org', code });
    await page.call('POST /api/session/code', { email: ann.email, code });
    await page.call('DELETE /api/session');
    await trial.parts.refusals.settled();
    const rows = await trial.parts.records.read
      .selectFrom('audit')
      .select(['chain', 'kind', 'person_id', 'object_kind', 'detail', 'from_block'])
      .orderBy('chain')
      .orderBy('seq')
      .execute();
    const told = (chain: string) =>
      rows
        .filter((row) => row.chain === chain)
        .map((row) => [row.kind, row.person_id, row.object_kind, row.detail, row.from_block]);
    const here = '127.0.0.0/8';
    const expected = [
      ['code-refused', null, 'person', '{"times":1}', here],
      ['signed-in', ann.id, 'device', '{"by":"code"}', here],
      ['signed-out', ann.id, 'device', '{}', here],
      ['code-refused', null, 'person', '{"times":2}', here],
    ];
    expect(told('study/study1').toSorted()).toEqual(expected.toSorted());
    expect(told('study/study2').toSorted()).toEqual(expected.toSorted());
    expect(rows).toHaveLength(8);
  });

  it('[AUDIT-1] of somebody in no study, it stands in the service’s own chain', async () => {
    const ann = await trial.person('Ann Ames', 'ann@example.org');
    const { token } = await issueLink(trial.parts, { kind: 'sign-in', personId: ann.id });
    expect((await redeem({ token })).status).toBe(200);
    const rows = await trial.parts.records.read.selectFrom('audit').select(['chain', 'kind']).execute();
    expect(rows).toEqual([{ chain: 'service', kind: 'signed-in' }]);
  });
});
