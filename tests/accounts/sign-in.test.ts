import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CODE_LIFETIME, CODE_TRIES, OneTimeCodes } from '../../server/accounts/codes.ts';
import { findByEmail } from '../../server/accounts/people.ts';
import type { Mail } from '../../server/ports/mailer.ts';
import type { Person } from '../../shared/api/people.ts';
import type { PageCalls } from '../support/web.ts';
import { type AccountsOnTrial, openAccounts, SECRET } from './accounts-on-trial.ts';

let trial: AccountsOnTrial;
beforeEach(async () => {
  trial = await openAccounts();
  await trial.person('Ann Ames', 'ann@example.org');
});
afterEach(() => trial.close());

async function askForCode(browser: PageCalls, email = 'ann@example.org'): Promise<Mail> {
  await browser.call('POST /api/session/request', { email });
  await trial.settled();
  const mail = trial.parts.mailer.sent.at(-1);
  if (!mail) throw new Error('no mail was sent');
  return mail;
}
const codeIn = (mail: Mail): string => /^your code is (\d{6})$/m.exec(mail.text)?.[1] ?? '';
const tokenIn = (mail: Mail): string => /\/enter#(\S+)/.exec(mail.text)?.[1] ?? '';
const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('signing in by mail', () => {
  it('the mail carries a code and a link, and goes to the person alone', async () => {
    const mail = await askForCode(trial.web.browser(), ' Ann@Example.ORG ');
    expect(mail).toMatchObject({ to: 'ann@example.org', kind: 'sign-in', studyId: null });
    expect(codeIn(mail)).toMatch(/^\d{6}$/);
    expect(tokenIn(mail)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const rows = await trial.parts.records.read.selectFrom('verification').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(codeIn(mail));
  });

  it('the code signs in, once', async () => {
    const browser = trial.web.browser();
    const code = codeIn(await askForCode(browser));
    const { person } = await browser.call('POST /api/session/code', { email: 'ann@example.org', code });
    expect(person.name).toBe('Ann Ames');
    expect((await browser.call('GET /api/session')).person).toEqual(person);
    const again = await trial.web
      .browser()
      .refused('POST /api/session/code', { email: 'ann@example.org', code });
    expect(again.code).toBe('code-not-usable');
  });

  it('[LINK-1] the link of the mail signs in, once, and spends the code with it', async () => {
    const browser = trial.web.browser();
    const mail = await askForCode(browser);
    await browser.call('POST /api/links/redeem', { token: tokenIn(mail) });
    expect((await browser.call('GET /api/session')).person?.email).toBe('ann@example.org');
    const other = trial.web.browser();
    const body = { email: 'ann@example.org', code: codeIn(mail) };
    expect((await other.refused('POST /api/session/code', body)).code).toBe('code-not-usable');
    expect((await other.refused('POST /api/links/redeem', { token: tokenIn(mail) })).code).toBe(
      'link-not-usable',
    );
  });

  it('[LINK-1] the code spends the link, and a new request spends both of the old', async () => {
    const browser = trial.web.browser();
    const first = await askForCode(browser);
    const second = await askForCode(browser);
    expect(
      (await browser.refused('POST /api/session/code', { email: 'ann@example.org', code: codeIn(first) }))
        .code,
    ).toBe('code-not-usable');
    expect((await browser.refused('POST /api/links/redeem', { token: tokenIn(first) })).code).toBe(
      'link-not-usable',
    );
    await browser.call('POST /api/session/code', { email: 'ann@example.org', code: codeIn(second) });
    expect((await browser.refused('POST /api/links/redeem', { token: tokenIn(second) })).code).toBe(
      'link-not-usable',
    );
  });

  it('[LINK-1] an unknown address gets the same answer, and no mail', async () => {
    const browser = trial.web.browser();
    const known = await browser.ask('POST /api/session/request', { email: 'ann@example.org' });
    const unknown = await browser.ask('POST /api/session/request', { email: 'nobody@example.org' });
    await trial.settled();
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    expect(trial.parts.mailer.sent.map((mail) => mail.to)).toEqual(['ann@example.org']);
    const wrong = await browser.refused('POST /api/session/code', {
      email: 'ann@example.org',
      code: '000000',
    });
    const nobody = await browser.refused('POST /api/session/code', {
      email: 'nobody@example.org',
      code: '000000',
    });
    expect(nobody).toEqual(wrong);
  });

  it('[WEB-1] trying a code of an unknown address writes as much as of a known one, and lets nobody in', async () => {
    const browser = trial.web.browser();
    const email = 'nobody@example.org';
    await browser.call('POST /api/session/request', { email });
    await trial.settled();
    const kept = trial.parts.records.read.selectFrom('verification').select('value');
    expect((await kept.executeTakeFirst())?.value).toMatch(/:0$/);
    const code = await new OneTimeCodes(trial.parts, SECRET).issue(`sign-in:${email}`);
    const wrong = { email, code: otherThan(code) };
    expect((await browser.refused('POST /api/session/code', wrong)).code).toBe('code-not-usable');
    expect((await kept.executeTakeFirst())?.value).toMatch(/:1$/);
    expect((await browser.refused('POST /api/session/code', { email, code })).code).toBe('code-not-usable');
    expect(trial.parts.mailer.sent).toEqual([]);
  });

  it('a mail that cannot be sent changes nothing of the answer', async () => {
    trial.parts.mailer.failure = new Error('the mail server is away');
    const answer = await trial.web.browser().ask('POST /api/session/request', { email: 'ann@example.org' });
    await trial.settled();
    expect(answer).toMatchObject({ status: 200, body: { ok: true } });
  });

  it('requests for one address are limited, those for others are not', async () => {
    const browser = trial.web.browser();
    for (let time = 0; time < 5; time += 1)
      await browser.call('POST /api/session/request', { email: 'a@b.example' });
    expect((await browser.refused('POST /api/session/request', { email: 'A@b.example' })).code).toBe(
      'too-many',
    );
    await browser.call('POST /api/session/request', { email: 'ann@example.org' });
    trial.parts.clock.advance(10 * 60_000);
    await browser.call('POST /api/session/request', { email: 'a@b.example' });
    await trial.settled();
  });
});

describe('one-time codes', () => {
  const codes = () => new OneTimeCodes(trial.parts, SECRET);

  it('a code may be tried five times, and the right one does not help after that', async () => {
    const code = await codes().issue('p');
    for (let time = 0; time < CODE_TRIES - 1; time += 1) {
      expect(await codes().redeem('p', otherThan(code))).toBe(false);
    }
    expect(await codes().redeem('p', code)).toBe(true);
    const second = await codes().issue('p');
    for (let time = 0; time < CODE_TRIES; time += 1) {
      expect(await codes().redeem('p', otherThan(second))).toBe(false);
    }
    expect(await codes().redeem('p', second)).toBe(false);
  });

  it('guesses at the same moment are counted one by one', async () => {
    const code = await codes().issue('p');
    const guesses = Array.from({ length: 20 }, (_, at) =>
      codes().redeem('p', at === 19 ? code : otherThan(code)),
    );
    expect((await Promise.all(guesses)).filter(Boolean)).toHaveLength(0);
  });

  it('of several at the same moment with the right code one gets in', async () => {
    const code = await codes().issue('p');
    const answers = await Promise.all(Array.from({ length: 5 }, () => codes().redeem('p', code)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('a code ends after ten minutes, and is good for its purpose alone', async () => {
    const code = await codes().issue('p');
    await codes().issue('q');
    expect(await codes().redeem('q', code)).toBe(false);
    trial.parts.clock.advance(CODE_LIFETIME);
    expect(await codes().redeem('p', code)).toBe(false);
    const inTime = await codes().issue('p');
    trial.parts.clock.advance(CODE_LIFETIME - 1);
    expect(await codes().redeem('p', inTime)).toBe(true);
  });
});

describe('sessions', () => {
  const signIn = async (): Promise<PageCalls> => {
    const browser = trial.web.browser();
    const code = codeIn(await askForCode(browser));
    await browser.call('POST /api/session/code', { email: 'ann@example.org', code });
    return browser;
  };

  it('nobody is signed in without one', async () => {
    expect(await trial.web.browser().call('GET /api/session')).toEqual({
      person: null,
      mailGoesTo: 'outbox',
      signInWith: null,
    });
    const browser = await signIn();
    const name = [...browser.cookies.keys()][0] as string;
    for (const value of ['', 'x', 'x.y', encodeURIComponent(`${'a'.repeat(32)}.${'b'.repeat(44)}`)]) {
      const forged = trial.web.browser();
      forged.cookies.set(name, value);
      expect((await forged.call('GET /api/session')).person).toBeNull();
    }
  });

  it('the cookie is out of reach of scripts and other sites, and of http where the service is on https', async () => {
    const ann = await trial.person('Bea', 'bea@example.org');
    const [plain] = await trial.sessions.begin(ann.id);
    expect(plain).toMatch(/; HttpOnly/);
    expect(plain).toMatch(/; SameSite=Lax/i);
    expect(plain).toMatch(/; Max-Age=2592000/);
    expect(plain).not.toMatch(/; Secure/);
    const secure = await openAccounts({ publicUrl: 'https://casebook.example' });
    const cem = await secure.person('Cem', 'cem@example.org');
    const [cookie] = await secure.sessions.begin(cem.id);
    expect(cookie).toMatch(/^__Secure-/);
    expect(cookie).toMatch(/; Secure/);
    await secure.close();
  });

  it('signing out ends the session at once, and says so on the bus', async () => {
    const browser = await signIn();
    const copy = trial.web.browser();
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    const [session] = await trial.parts.records.read.selectFrom('session').select('id').execute();
    await browser.call('DELETE /api/session');
    expect(browser.cookies.size).toBe(0);
    expect((await copy.call('GET /api/session')).person).toBeNull();
    expect(trial.parts.published).toContainEqual({ t: 'signed-out', credentialId: session?.id });
  });

  it('the first code that proves an address says that what was signed in before ended, and later ones do not', async () => {
    const bea = await trial.person('Bea', 'bea@example.org');
    const proven = { emailVerified: 0 };
    await trial.parts.records.read.updateTable('user').set(proven).where('id', '=', bea.id).execute();
    await trial.sessions.begin(bea.id);
    const ended = async () => {
      const page = trial.web.browser();
      const code = codeIn(await askForCode(page, 'bea@example.org'));
      return (await page.call('POST /api/session/code', { email: 'bea@example.org', code })).endedBefore;
    };
    expect([await ended(), await ended()]).toEqual([1, 0]);
  });

  it('somebody else who signs in on the same browser ends the session before', async () => {
    const browser = await signIn();
    await trial.person('Bea', 'bea@example.org');
    const code = codeIn(await askForCode(browser, 'bea@example.org'));
    await browser.call('POST /api/session/code', { email: 'bea@example.org', code });
    expect((await browser.call('GET /api/session')).person?.name).toBe('Bea');
    expect(await trial.parts.records.read.selectFrom('session').select('id').execute()).toHaveLength(1);
  });

  it('whoever signs in again where they are in goes on in the same session, under a new cookie', async () => {
    const browser = await signIn();
    const before = trial.web.browser();
    for (const [name, value] of browser.cookies) before.cookies.set(name, value);
    const [session] = await trial.parts.records.read.selectFrom('session').select('id').execute();
    const code = codeIn(await askForCode(browser));
    await browser.call('POST /api/session/code', { email: 'ann@example.org', code });
    expect((await browser.call('GET /api/session')).person?.name).toBe('Ann Ames');
    expect((await before.call('GET /api/session')).person).toBeNull();
    const left = await trial.parts.records.read.selectFrom('session').select('id').execute();
    expect(left).toEqual([session]);
    expect(trial.parts.published.filter(({ t }) => t === 'signed-out')).toEqual([]);
  });

  it('is prolonged by use on another day, and ends after thirty days without', async () => {
    const browser = await signIn();
    const start = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: start });
    try {
      const day = 24 * 60 * 60_000;
      const asked = async (): Promise<{ name: string | undefined; renewed: number }> => {
        const answer = await browser.ask('GET /api/session');
        const body = answer.body as { person: { name: string } | null };
        return { name: body.person?.name, renewed: answer.headers.getSetCookie().length };
      };
      expect(await asked()).toEqual({ name: 'Ann Ames', renewed: 0 });
      vi.setSystemTime(start + 29 * day);
      expect(await asked()).toEqual({ name: 'Ann Ames', renewed: 1 });
      vi.setSystemTime(start + 58 * day);
      expect((await asked()).name).toBe('Ann Ames');
      vi.setSystemTime(start + 89 * day);
      expect((await asked()).name).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });

  it('a person changes the name that colleagues see', async () => {
    const browser = await signIn();
    const { person } = await browser.call('PATCH /api/session/person', { name: '  Ann Maria Ames ' });
    expect(person).toMatchObject({ name: 'Ann Maria Ames', initials: 'AA' });
    expect((await browser.refused('PATCH /api/session/person', { name: '   ' })).code).toBe('bad-request');
    expect((await trial.web.browser().refused('PATCH /api/session/person', { name: 'Eve' })).code).toBe(
      'not-signed-in',
    );
  });

  it('[AUDIT-1] changing one’s name is recorded, once, without either name', async () => {
    const ann = await findByEmail(trial.parts.records.read, 'ann@example.org');
    const browser = await trial.signedIn(ann as Person);
    for (let time = 0; time < 2; time += 1) {
      await browser.call('PATCH /api/session/person', { name: 'Anna Ames' });
    }
    const audit = trial.parts.records.read.selectFrom('audit').selectAll();
    const rows = await audit.where('kind', '=', 'person-renamed').execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      person_id: ann?.id,
      object_kind: 'person',
      object_id: ann?.id,
      detail: '{}',
    });
    expect(JSON.stringify(rows)).not.toMatch(/Ann/);
  });
});
