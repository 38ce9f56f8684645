import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueLink, type WantedLink } from '../../server/accounts/links.ts';
import { ownerLink } from '../../server/accounts/owner-link.ts';
import { hasHost } from '../../server/accounts/people.ts';
import { createApiToken } from '../../server/accounts/tokens.ts';
import { AT_THE_COMMAND_LINE } from '../../server/audit/audit-chain.ts';
import type { Parts } from '../../server/parts.ts';
import type { Person } from '../../shared/api/people.ts';
import type { PageCalls } from '../support/web.ts';
import { type AccountsOnTrial, openAccounts, plantStudy } from './accounts-on-trial.ts';

let trial: AccountsOnTrial;
let ann: Person;
afterEach(() => trial.close());

async function open(settings: Partial<Parts['settings']> = {}): Promise<void> {
  trial = await openAccounts(settings);
  await plantStudy(trial.parts);
  ann = await trial.person('Ann Ames', 'ann@example.org');
}
beforeEach(() => open());

/** An invitation as its inviter wrote it, for an address that Ann has an account with. */
const invite = async (wanted: Partial<WantedLink> = {}): Promise<string> => {
  const link = { kind: 'member', email: 'Ann@Example.org', studyId: 'study1', role: 'editor' } as const;
  return (await issueLink(trial.parts, { ...link, ...wanted })).token;
};
const toContact = {
  kind: 'contact',
  role: 'contact',
  caseId: 'case1',
  schoolId: 'school1',
} as const;

/** Everything that a link could have changed. */
const state = async () => {
  const records = trial.parts.records.read;
  const of = (table: 'members' | 'case_contacts' | 'links' | 'session' | 'people') =>
    records.selectFrom(table).selectAll().execute();
  return Promise.all([of('members'), of('case_contacts'), of('links'), of('session'), of('people')]);
};
const roles = () => trial.parts.records.read.selectFrom('members').select(['user_id', 'role']).execute();
const whoIsIn = async (browser: PageCalls) => (await browser.call('GET /api/session')).person;

async function signInByCode(browser: PageCalls, email: string): Promise<void> {
  await browser.call('POST /api/session/request', { email });
  await trial.settled();
  const code = /^your code is (\d{6})$/m.exec(trial.parts.mailer.sent.at(-1)?.text ?? '')?.[1] ?? '';
  await browser.call('POST /api/session/code', { email, code });
}

describe('a link to an address that has an account', () => {
  it.each([
    ['member', {}],
    ['contact', toContact],
  ] as const)(
    '[LINK-1] [ACCESS-3] lets in nobody as that person: not the inviter, who knows the %s link',
    async (_, wanted) => {
      const token = await invite(wanted);
      const bea = await trial.person('Bea Lead', 'bea@example.org');
      const inviter = await trial.signedIn(bea);
      const before = await state();
      for (const browser of [trial.web.browser(), inviter]) {
        for (const said of [{}, { name: 'Ann Ames', email: 'ann@example.org' }, { code: '123456' }]) {
          const answer = await browser.ask('POST /api/links/redeem', { token, ...said });
          expect(answer).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
          expect(answer.headers.getSetCookie()).toEqual([]);
        }
      }
      expect(await state()).toEqual(before);
      expect((await whoIsIn(inviter))?.id).toBe(bea.id);
    },
  );

  it('[AUDIT-1] is recorded as taken up in the role that they have: an earlier one stays', async () => {
    await trial.parts.records.read
      .insertInto('members')
      .values({ study_id: 'study1', user_id: ann.id, role: 'owner', since: 0 })
      .execute();
    const browser = await trial.signedIn(ann);
    await browser.call('POST /api/links/redeem', { token: await invite() });
    const rows = await trial.parts.records.read.selectFrom('audit').select(['kind', 'detail']).execute();
    expect(rows).toEqual([{ kind: 'invitation-taken-up', detail: '{"role":"owner"}' }]);
  });

  it('[LINK-1] tells its holder that signing in is needed, and nothing that the invitation does not say', async () => {
    const token = await invite({ name: 'Miss A.' });
    const page = trial.web.browser();
    expect(await page.call('POST /api/links/inspect', { token })).toEqual({
      kind: 'member',
      name: 'Miss A.',
      email: 'ann@example.org',
      role: 'editor',
      studyTitle: 'Mentoring in the north',
      needsIdentity: false,
      needsSignIn: true,
      needsCode: false,
      sheet: null,
    });
    const nameless = await page.ask('POST /api/links/inspect', { token: await invite() });
    const refused = await page.ask('POST /api/links/redeem', { token });
    for (const answer of [nameless, refused]) {
      expect(JSON.stringify(answer.body)).not.toMatch(/Ames/);
      expect(JSON.stringify(answer.body)).not.toContain(ann.id);
    }
  });

  it('[LINK-1] [ACCESS-3] adds its study to the person who is signed in, once, and leaves their session', async () => {
    const token = await invite();
    const page = trial.web.browser();
    await signInByCode(page, 'ann@example.org');
    const cookies = [...page.cookies];
    const { person, goTo } = await page.call('POST /api/links/redeem', { token });
    expect(person).toEqual(ann);
    expect(goTo).toBe('/studies/study1');
    expect(await roles()).toEqual([{ user_id: ann.id, role: 'editor' }]);
    expect([...page.cookies]).toEqual(cookies);
    expect(await whoIsIn(page)).toEqual(ann);
    expect(trial.parts.published.filter((event) => event.t === 'signed-out')).toEqual([]);
    expect((await page.refused('POST /api/links/redeem', { token })).code).toBe('link-not-usable');
  });

  it('[LINK-1] a token of theirs is not enough: a link is for a person at a page', async () => {
    const token = await invite();
    const secret = await createApiToken(trial.parts, {
      id: 't1',
      personId: ann.id,
      name: 'script',
      by: AT_THE_COMMAND_LINE,
    });
    const answer = await trial.web.browser().send('POST', '/api/links/redeem', {
      body: JSON.stringify({ token }),
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(answer).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    expect(await roles()).toEqual([]);
  });

  it('[LINK-1] no longer works for anybody once it is withdrawn, signed in or not', async () => {
    const token = await invite();
    await trial.parts.records.read.updateTable('links').set({ revoked_at: 1 }).execute();
    for (const browser of [trial.web.browser(), await trial.signedIn(ann)]) {
      expect((await browser.refused('POST /api/links/inspect', { token })).code).toBe('link-not-usable');
      expect((await browser.refused('POST /api/links/redeem', { token })).code).toBe('link-not-usable');
    }
  });

  it('[LINK-1] an owner link does not make its holder somebody else either', async () => {
    const token = new URL((await ownerLink(trial.parts)) as string).hash.slice(1);
    const said = { token, name: 'Eve', email: 'ann@example.org' };
    expect((await trial.web.browser().refused('POST /api/links/redeem', said)).code).toBe('not-signed-in');
    expect(await hasHost(trial.parts.records.read)).toBe(false);
    const { person } = await (await trial.signedIn(ann)).call('POST /api/links/redeem', said);
    expect(person).toEqual(ann);
    expect(await hasHost(trial.parts.records.read)).toBe(true);
  });

  it('[LINK-1] a contact’s needs no other digits where signing in has asked for some', async () => {
    await trial.close();
    await open({ smtpUrl: 'smtp://mail.example' });
    const token = await invite(toContact);
    const page = trial.web.browser();
    expect(await page.call('POST /api/links/inspect', { token })).toMatchObject({
      needsSignIn: true,
      needsCode: false,
    });
    expect((await page.refused('POST /api/links/code', { token })).code).toBe('bad-request');
    expect((await page.refused('POST /api/links/redeem', { token })).code).toBe('not-signed-in');
    await signInByCode(page, 'ann@example.org');
    expect((await page.call('POST /api/links/redeem', { token })).goTo).toBe('/contact');
    expect(await roles()).toEqual([{ user_id: ann.id, role: 'contact' }]);
  });
});

describe('an inviter who came in by the link of somebody new', () => {
  it('[LINK-1] [ACCESS-3] is out, with all tokens, as soon as the person shows that the address is theirs', async () => {
    const token = await invite({ email: 'new@example.org', name: 'Nia New' });
    const inviter = trial.web.browser();
    const { person } = await inviter.call('POST /api/links/redeem', { token });
    const secret = (await inviter.call('POST /api/tokens', { id: 't1', name: 'kept' })).token;
    const byToken = () =>
      trial.web
        .browser()
        .send('GET', '/api/session', { headers: { authorization: `Bearer ${secret}` } })
        .then(({ body }) => (body as { person: Person | null }).person);
    expect(await whoIsIn(inviter)).toEqual(person);
    expect(await byToken()).toEqual(person);

    const nia = trial.web.browser();
    await signInByCode(nia, 'new@example.org');
    expect(await whoIsIn(nia)).toEqual(person);
    expect(await whoIsIn(inviter)).toBeNull();
    expect(await byToken()).toBeNull();
    expect(trial.parts.published.filter((event) => event.t === 'signed-out')).toHaveLength(2);
  });

  it('that happens once: signing in on a second device leaves the first', async () => {
    await invite({ email: 'new@example.org', name: 'Nia New' }).then((token) =>
      trial.web.browser().call('POST /api/links/redeem', { token }),
    );
    const first = trial.web.browser();
    await signInByCode(first, 'new@example.org');
    await signInByCode(trial.web.browser(), 'new@example.org');
    expect((await whoIsIn(first))?.email).toBe('new@example.org');
  });

  it('whoever typed the digits that went to the address has shown it already', async () => {
    await trial.close();
    await open({ smtpUrl: 'smtp://mail.example' });
    const token = await invite({ ...toContact, email: 'head@example.org', name: 'Petra Lind' });
    const phone = trial.web.browser();
    await phone.call('POST /api/links/code', { token });
    const code = /^your code is (\d{6})$/m.exec(trial.parts.mailer.sent.at(-1)?.text ?? '')?.[1] ?? '';
    await phone.call('POST /api/links/redeem', { token, code });
    await signInByCode(trial.web.browser(), 'head@example.org');
    expect((await whoIsIn(phone))?.name).toBe('Petra Lind');
  });
});
