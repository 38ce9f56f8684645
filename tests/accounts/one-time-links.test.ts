import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueLink, LINK_LIFETIME, revokeLinks } from '../../server/accounts/links.ts';
import { ownerLink } from '../../server/accounts/owner-link.ts';
import { hasHost } from '../../server/accounts/people.ts';
import { type AccountsOnTrial, openAccounts, plantStudy } from './accounts-on-trial.ts';

let trial: AccountsOnTrial;
beforeEach(async () => {
  trial = await openAccounts();
});
afterEach(() => trial.close());

const links = () => trial.parts.records.read.selectFrom('links').selectAll().execute();

describe('one-time links', () => {
  it('[LINK-1] the token stands in the fragment, and only its hash in the database', async () => {
    const link = await issueLink(trial.parts, { kind: 'owner' });
    expect(link.url).toBe(`http://127.0.0.1:4400/enter#${link.token}`);
    expect(link.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(JSON.stringify(await links())).not.toContain(link.token);
  });

  it('[LINK-1] looking at a link does nothing, however often', async () => {
    await plantStudy(trial.parts);
    const { token } = await issueLink(trial.parts, {
      kind: 'member',
      email: 'Ola@Example.org',
      name: 'Ola Brandt',
      studyId: 'study1',
      role: 'editor',
    });
    const before = await links();
    const scanner = trial.web.browser();
    for (let time = 0; time < 3; time += 1) {
      expect(await scanner.call('POST /api/links/inspect', { token })).toEqual({
        kind: 'member',
        name: 'Ola Brandt',
        email: 'ola@example.org',
        role: 'editor',
        studyTitle: 'Mentoring in the north',
        needsIdentity: false,
        needsSignIn: false,
        needsCode: false,
        sheet: null,
      });
    }
    expect(scanner.cookies.size).toBe(0);
    expect(await links()).toEqual(before);
    expect((await scanner.send('GET', `/api/links/redeem?token=${token}`)).status).toBe(404);
    const redeemed = await trial.web.browser().call('POST /api/links/redeem', { token });
    expect(redeemed.goTo).toBe('/studies/study1');
  });

  it('[LINK-1] of many redemptions at the same moment one succeeds', async () => {
    const ann = await trial.person('Ann', 'ann@example.org');
    const { token } = await issueLink(trial.parts, { kind: 'sign-in', personId: ann.id });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => trial.web.browser().ask('POST /api/links/redeem', { token })),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(await trial.parts.records.read.selectFrom('session').selectAll().execute()).toHaveLength(1);
  });

  it('[LINK-1] used, revoked, expired, guessed: the same answer, to looking and to redeeming', async () => {
    const ann = await trial.person('Ann', 'ann@example.org');
    const wanted = { kind: 'sign-in', personId: ann.id } as const;
    const used = await issueLink(trial.parts, wanted);
    const revoked = await issueLink(trial.parts, wanted);
    const expired = await issueLink(trial.parts, wanted);
    const browser = trial.web.browser();
    await browser.call('POST /api/links/redeem', { token: used.token });
    await revokeLinks(trial.parts, trial.parts.records.read, { id: revoked.id });
    trial.parts.clock.advance(LINK_LIFETIME['sign-in']);
    const answers = [];
    for (const token of [
      used.token,
      revoked.token,
      expired.token,
      'g'.repeat(43),
      '../../etc/passwd?#%00 x',
    ]) {
      answers.push(await trial.web.browser().ask('POST /api/links/redeem', { token }));
      answers.push(await trial.web.browser().ask('POST /api/links/inspect', { token }));
    }
    for (const answer of answers) {
      expect([answer.status, answer.body]).toEqual([answers[0]?.status, answers[0]?.body]);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect(answers[0]).toMatchObject({ status: 400, body: { code: 'link-not-usable' } });
  });

  it('[LINK-1] a link works until the last millisecond of its time', async () => {
    const ann = await trial.person('Ann', 'ann@example.org');
    const { token } = await issueLink(trial.parts, { kind: 'sign-in', personId: ann.id });
    trial.parts.clock.advance(LINK_LIFETIME['sign-in'] - 1);
    expect((await trial.web.browser().ask('POST /api/links/redeem', { token })).status).toBe(200);
  });

  it('[LINK-1] guesses from one address are stopped, a success of another is not', async () => {
    const browser = trial.web.browser();
    const guess = (at: number) => ({ token: `guess-${at}`.padEnd(43, 'x') });
    const guesses = Array.from({ length: 600 }, (_, at) =>
      browser.refused('POST /api/links/redeem', guess(at)),
    );
    expect(new Set((await Promise.all(guesses)).map(({ code }) => code))).toEqual(
      new Set(['link-not-usable']),
    );
    const answer = await browser.ask('POST /api/links/redeem', guess(600));
    expect(answer).toMatchObject({ status: 429, body: { code: 'too-many' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    trial.parts.clock.advance(10 * 60_000);
    expect((await browser.refused('POST /api/links/redeem', guess(601))).code).toBe('link-not-usable');
  });
});

it('[WEB-1] a school behind one address signs in, with the slips of many', async () => {
  const ann = await trial.person('Ann', 'ann@example.org');
  const browser = trial.web.browser();
  const slips = Array.from({ length: 200 }, async (_, at) => {
    await browser.call('POST /api/session/request', { email: `pupil${at}@example.org` });
    const used = { token: `used-${at}`.padEnd(43, 'x') };
    return (await browser.refused('POST /api/links/inspect', used)).code;
  });
  expect(new Set(await Promise.all(slips))).toEqual(new Set(['link-not-usable']));
  const { token } = await issueLink(trial.parts, { kind: 'sign-in', personId: ann.id });
  await browser.call('POST /api/links/redeem', { token });
});

describe('the owner link', () => {
  it('makes its opener the owner, once they said who they are', async () => {
    const url = await ownerLink(trial.parts);
    const token = new URL(url as string).hash.slice(1);
    const browser = trial.web.browser();
    expect(await browser.call('POST /api/links/inspect', { token })).toMatchObject({
      kind: 'owner',
      needsIdentity: true,
    });
    const missing = await browser.refused('POST /api/links/redeem', { token });
    expect(missing).toMatchObject({ code: 'bad-request', errors: [{ path: 'email' }, { path: 'name' }] });
    expect(await hasHost(trial.parts.records.read)).toBe(false);
    const { person, goTo } = await browser.call('POST /api/links/redeem', {
      token,
      name: 'Ines Okafor',
      email: 'Ines@Example.org',
    });
    expect(person).toMatchObject({ name: 'Ines Okafor', email: 'ines@example.org', initials: 'IO' });
    expect(goTo).toBe('/');
    expect(await hasHost(trial.parts.records.read)).toBe(true);
    expect((await browser.call('GET /api/session')).person).toEqual(person);
    expect(await ownerLink(trial.parts)).toBeNull();
  });

  it('a new start makes the earlier link worthless, and no second owner comes of an old one', async () => {
    const first = new URL((await ownerLink(trial.parts)) as string).hash.slice(1);
    const second = new URL((await ownerLink(trial.parts)) as string).hash.slice(1);
    const identity = { name: 'Ines Okafor', email: 'ines@example.org' };
    const browser = trial.web.browser();
    expect((await browser.refused('POST /api/links/redeem', { token: first, ...identity })).code).toBe(
      'link-not-usable',
    );
    await browser.call('POST /api/links/redeem', { token: second, ...identity });
    const third = await issueLink(trial.parts, { kind: 'owner' });
    expect(
      (
        await browser.refused('POST /api/links/redeem', {
          token: third.token,
          name: 'Eve',
          email: 'e@example.org',
        })
      ).code,
    ).toBe('link-not-usable');
  });
});

describe('links into a study', () => {
  beforeEach(() => plantStudy(trial.parts));
  const memberships = () =>
    trial.parts.records.read.selectFrom('members').select(['study_id', 'user_id', 'role']).execute();

  it('a member link lets in the address on it, whatever the opener says', async () => {
    const { token } = await issueLink(trial.parts, {
      kind: 'member',
      email: 'ola@example.org',
      studyId: 'study1',
      role: 'fieldworker',
    });
    const browser = trial.web.browser();
    const { person } = await browser.call('POST /api/links/redeem', {
      token,
      name: 'Ola Brandt',
      email: 'somebody-else@example.org',
    });
    expect(person).toMatchObject({ name: 'Ola Brandt', email: 'ola@example.org' });
    expect(await memberships()).toEqual([{ study_id: 'study1', user_id: person.id, role: 'fieldworker' }]);
    expect(trial.parts.published).toContainEqual({ t: 'changed', topic: 'study/study1' });
    expect(trial.parts.published).toContainEqual({ t: 'access-changed', personId: person.id, caseId: null });
  });

  it('somebody who is in the study already keeps their role', async () => {
    const ann = await trial.person('Ann', 'ann@example.org');
    await trial.parts.records.read
      .insertInto('members')
      .values({ study_id: 'study1', user_id: ann.id, role: 'owner', since: 1 })
      .execute();
    const { token } = await issueLink(trial.parts, {
      kind: 'member',
      email: 'ann@example.org',
      studyId: 'study1',
      role: 'viewer',
    });
    await (await trial.signedIn(ann)).call('POST /api/links/redeem', { token });
    expect(await memberships()).toEqual([{ study_id: 'study1', user_id: ann.id, role: 'owner' }]);
  });

  it('a contact link opens one school of one case', async () => {
    const { token } = await issueLink(trial.parts, {
      kind: 'contact',
      email: 'head@example.org',
      name: 'Petra Lind',
      studyId: 'study1',
      role: 'contact',
      caseId: 'case1',
      schoolId: 'school1',
    });
    const { person, goTo } = await trial.web.browser().call('POST /api/links/redeem', { token });
    expect(goTo).toBe('/contact');
    expect(await memberships()).toEqual([{ study_id: 'study1', user_id: person.id, role: 'contact' }]);
    expect(
      await trial.parts.records.read
        .selectFrom('case_contacts')
        .select(['case_id', 'school_id', 'user_id'])
        .execute(),
    ).toEqual([{ case_id: 'case1', school_id: 'school1', user_id: person.id }]);
  });

  it('a link into a study that lies in the bin does not work, and is not spent', async () => {
    const { token, id } = await issueLink(trial.parts, {
      kind: 'member',
      email: 'ola@example.org',
      name: 'Ola',
      studyId: 'study1',
      role: 'editor',
    });
    const bin = (at: number | null) =>
      trial.parts.records.read
        .updateTable('studies')
        .set({ deleted_at: at })
        .where('id', '=', 'study1')
        .execute();
    await bin(5);
    const browser = trial.web.browser();
    expect((await browser.refused('POST /api/links/inspect', { token })).code).toBe('link-not-usable');
    expect((await browser.refused('POST /api/links/redeem', { token })).code).toBe('link-not-usable');
    expect((await links()).find((link) => link.id === id)?.used_at).toBeNull();
    await bin(null);
    expect((await browser.ask('POST /api/links/redeem', { token })).status).toBe(200);
  });
});
