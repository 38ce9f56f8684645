import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OIDC_SIGN_IN_LIFETIME } from '../../server/accounts/oidc-sign-ins.ts';
import { oidcIdentityProvider } from '../../server/adapters/oidc/identity-provider.ts';
import { createLog } from '../../server/log.ts';
import type { OidcReturn } from '../../shared/api/oidc.ts';
import type { Person } from '../../shared/api/people.ts';
import type { Problem } from '../../shared/api/problem.ts';
import { OidcProvider, type ProviderTwist } from '../support/oidc-provider.ts';
import type { PageCalls } from '../support/web.ts';
import { type AccountsOnTrial, openAccounts, plantStudy } from './accounts-on-trial.ts';

const RETURN_TO = 'http://127.0.0.1:4400/sign-in/return';

let provider: OidcProvider;
let trial: AccountsOnTrial;
let ann: Person;
let page: PageCalls;
let lines: string[];
beforeEach(async () => {
  provider = await OidcProvider.start();
  lines = [];
  const log = createLog({ level: 'debug', json: true, now: () => 0, write: (line) => lines.push(line) });
  const { settings } = provider;
  const identityProvider = oidcIdentityProvider({ settings, returnTo: RETURN_TO, now: Date.now });
  trial = await openAccounts({}, { identityProvider, log });
  ann = await trial.person('Ann Ames', 'ann@example.org');
  page = trial.web.browser();
});
afterEach(async () => {
  await trial.close();
  await provider.stop();
});

/** Leaves for the provider. @returns what the browser comes back with */
async function leave(from: PageCalls): Promise<OidcReturn & { code: string }> {
  const { url } = await from.call('POST /api/session/oidc/begin', {});
  const back = await provider.visit(url);
  expect(back.origin + back.pathname).toBe(RETURN_TO);
  const said = Object.fromEntries(new URLSearchParams(back.hash.slice(1) || back.search));
  return { state: '', code: '', ...said };
}
async function signIn(from: PageCalls): Promise<Person> {
  return (await from.call('POST /api/session/oidc', await leave(from))).person;
}
async function refused(from: PageCalls): Promise<Problem['code']> {
  return (await from.refused('POST /api/session/oidc', await leave(from))).code;
}
async function records(): Promise<string[]> {
  const rows = await trial.parts.records.read
    .selectFrom('audit')
    .select(['kind', 'detail'])
    .orderBy('seq')
    .execute();
  return rows.map(({ kind, detail }) => `${kind} ${detail}`);
}
async function bindings(): Promise<{ user_id: string; subject: string }[]> {
  return trial.parts.records.read.selectFrom('oidc_bindings').select(['user_id', 'subject']).execute();
}

describe('signing in through another service', () => {
  it('[OIDC-1] lets in whose verified address has an account here, and says so everywhere', async () => {
    expect((await page.call('GET /api/session')).signInWith).toBe('Wendale');
    expect(await signIn(page)).toEqual(ann);
    expect((await page.call('GET /api/session')).person).toEqual(ann);
    expect((await page.call('GET /api/devices')).devices).toMatchObject([
      { current: true, passkey: false, service: 'Wendale' },
    ]);
    const { service, bindings: own } = await page.call('GET /api/oidc');
    expect(service).toBe('Wendale');
    expect(own).toMatchObject([{ service: 'Wendale', elsewhere: false, current: true }]);
    expect(await records()).toEqual(['oidc-bound {}', 'signed-in {"by":"oidc"}']);
    await trial.settled();
    expect(trial.parts.mailer.sent).toMatchObject([{ to: 'ann@example.org', studyId: null }]);
    expect(trial.parts.mailer.sent[0]?.text).toContain('“Wendale”');
  });

  it('[OIDC-1] is told by mail once, and not at later times', async () => {
    await signIn(page);
    await signIn(trial.web.browser());
    await trial.settled();
    expect(trial.parts.mailer.sent).toHaveLength(1);
  });

  it('[OIDC-1] after the first time goes by the account there, whatever address it tells', async () => {
    await signIn(page);
    await trial.person('Bob Bell', 'bob@example.org');
    provider.account = { sub: 'u-1', email: 'bob@example.org', email_verified: true };
    expect(await signIn(trial.web.browser())).toEqual(ann);
    provider.account = { sub: 'u-1' };
    expect(await signIn(trial.web.browser())).toEqual(ann);
    expect(await bindings()).toEqual([{ user_id: ann.id, subject: 'u-1' }]);
  });

  it('[OIDC-1] does not let in who got an address there that was another’s before', async () => {
    await signIn(page);
    provider.account = { sub: 'u-2', email: 'ann@example.org', email_verified: true };
    expect(await refused(trial.web.browser())).toBe('not-known-here');
    expect(await bindings()).toEqual([{ user_id: ann.id, subject: 'u-1' }]);
  });

  it('[OIDC-1] gives nobody in who was not invited, and the same answer for every reason', async () => {
    await plantStudy(trial.parts);
    const head = await trial.person('Derek Onslow', 'head@school.example');
    await trial.person('Kim Kay', 'kim@example.org');
    await trial.parts.records.read
      .insertInto('members')
      .values({ study_id: 'study1', user_id: head.id, role: 'contact', since: 0 })
      .execute();
    const answers: Problem[] = [];
    for (const account of [
      { sub: 'x', email: 'stranger@example.org', email_verified: true },
      { sub: 'x', email: 'ann@example.org', email_verified: false },
      { sub: 'x', email: 'ann@example.org', email_verified: 'true' },
      { sub: 'x', email: 'ann@example.org' },
      { sub: 'x' },
      { sub: 'x', email: 'head@school.example', email_verified: true },
      // The Kelvin sign, which is a k in lower case.
      { sub: 'x', email: '\u212Aim@example.org', email_verified: true },
      { sub: 'x', email: ' ann@example.org', email_verified: true },
    ]) {
      provider.account = account;
      answers.push(await page.refused('POST /api/session/oidc', await leave(page)));
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.code).toBe('not-known-here');
    expect((await page.call('GET /api/session')).person).toBeNull();
    expect(await bindings()).toEqual([]);
  });

  it('[OIDC-1] lets no school contact in, who was bound before they were one either', async () => {
    await signIn(page);
    await plantStudy(trial.parts);
    await trial.parts.records.read
      .insertInto('members')
      .values({ study_id: 'study1', user_id: ann.id, role: 'contact', since: 0 })
      .execute();
    expect(await refused(trial.web.browser())).toBe('not-known-here');
  });

  it('[OIDC-1] shows that the address is theirs: who came in by the inviter’s link is out', async () => {
    await trial.parts.records.read.updateTable('user').set({ emailVerified: 0 }).execute();
    const inviter = await trial.signedIn(ann);
    await signIn(page);
    expect((await inviter.call('GET /api/session')).person).toBeNull();
    expect((await page.call('GET /api/session')).person).toEqual(ann);
  });

  it('[PASSKEY-2] counts as no passkey', async () => {
    await signIn(page);
    expect(await trial.parts.records.read.selectFrom('session_passkeys').selectAll().execute()).toEqual([]);
  });

  it('asks the provider’s userinfo where the token tells no address', async () => {
    provider.twist = { userinfo: { sub: 'u-1', email: 'Ann@Example.org', email_verified: true } };
    expect(await signIn(page)).toEqual(ann);
    provider.twist = { userinfo: { sub: 'u-9', email: 'ann@example.org', email_verified: true } };
    expect(await refused(trial.web.browser())).toBe('oidc-not-usable');
  });

  it('removes one’s own account there, and nobody else’s', async () => {
    await signIn(page);
    const { bindings: own } = await page.call('GET /api/oidc');
    const bindingId = own[0]?.id ?? '';
    const bob = await trial.signedIn(await trial.person('Bob Bell', 'bob@example.org'));
    expect((await bob.refused('DELETE /api/oidc/:bindingId', undefined, { bindingId })).code).toBe(
      'not-found',
    );
    await page.call('DELETE /api/oidc/:bindingId', undefined, { bindingId });
    expect((await page.call('GET /api/oidc')).bindings).toEqual([]);
    expect((await page.call('GET /api/session')).person).toEqual(ann);
    expect(await records()).toContain('oidc-removed {}');
  });
});

describe('what a return must prove', () => {
  const wrong: readonly (readonly [string, ProviderTwist])[] = [
    ['another nonce', { claims: { nonce: 'another' } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['no signature', { alg: 'none' }],
    ['a signature by the shared secret', { alg: 'HS256' }],
    ['a key that is not published', { foreignKey: true }],
    ['another audience', { claims: { aud: 'somebody-else' } }],
    ['another issuer in the token', { claims: { iss: 'https://evil.example' } }],
    ['another issuer in the address', { iss: 'https://evil.example' }],
    [
      'no issuer in the address, where it was promised',
      { metadata: { authorization_response_iss_parameter_supported: true } },
    ],
    ['a token that has run out', { claims: { exp: Math.floor(Date.now() / 1_000) - 120 } }],
    ['a token of the future', { claims: { nbf: Math.floor(Date.now() / 1_000) + 3_600 } }],
  ];
  for (const [what, twist] of wrong) {
    it(`[OIDC-1] refuses ${what}`, async () => {
      provider.twist = twist;
      expect(await refused(page)).toBe('oidc-not-usable');
      expect((await page.call('GET /api/session')).person).toBeNull();
      expect(await bindings()).toEqual([]);
    });
  }

  it('[OIDC-1] takes the issuer’s own name in the address', async () => {
    provider.twist = {
      iss: provider.issuer,
      metadata: { authorization_response_iss_parameter_supported: true },
    };
    expect(await signIn(page)).toEqual(ann);
  });

  it('[OIDC-1] takes an issuer that names itself with a slash at the end', async () => {
    const slashed = `${provider.issuer}/`;
    provider.twist = { metadata: { issuer: slashed }, claims: { iss: slashed } };
    expect(await signIn(page)).toEqual(ann);
    expect((await page.call('GET /api/oidc')).bindings).toMatchObject([{ elsewhere: false }]);
  });

  it('[OIDC-1] refuses a state of another browser, and another one of this', async () => {
    const stolen = await leave(page);
    const other = trial.web.browser();
    expect((await other.refused('POST /api/session/oidc', stolen)).code).toBe('oidc-not-usable');
    await leave(other);
    expect((await other.refused('POST /api/session/oidc', stolen)).code).toBe('oidc-not-usable');
    const mine = await leave(page);
    expect((await page.refused('POST /api/session/oidc', { ...mine, state: 'x' })).code).toBe(
      'oidc-not-usable',
    );
    // One failure spends it: the right one is not taken any more.
    expect((await page.refused('POST /api/session/oidc', mine)).code).toBe('oidc-not-usable');
  });

  it('[OIDC-1] refuses a code that was used, and lets in one of two at the same moment', async () => {
    const back = await leave(page);
    const answers = await Promise.all([1, 2].map(() => page.ask('POST /api/session/oidc', back)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    const again = { ...(await leave(page)), code: back.code };
    expect((await page.refused('POST /api/session/oidc', again)).code).toBe('oidc-not-usable');
  });

  it('[OIDC-1] refuses who took too long', async () => {
    const back = await leave(page);
    trial.parts.clock.advance(OIDC_SIGN_IN_LIFETIME);
    expect((await page.refused('POST /api/session/oidc', back)).code).toBe('oidc-not-usable');
  });

  it('[OIDC-1] takes a return without a code, as where somebody pressed cancel there', async () => {
    const { state } = await leave(page);
    const sent = { state, error: 'access_denied' };
    expect((await page.refused('POST /api/session/oidc', sent)).code).toBe('oidc-not-usable');
  });

  it('[WEB-1] holds its ticket in a cookie that no page reads and no other site sends', async () => {
    const begun = await page.ask('POST /api/session/oidc/begin', {});
    expect(begun.headers.get('set-cookie')).toMatch(
      /^casebook\.oidc=[\w-]{43}; Max-Age=600; Path=\/api\/session\/oidc; HttpOnly; SameSite=Strict$/,
    );
    const kept = await trial.parts.records.read.selectFrom('oidc_sign_ins').selectAll().execute();
    expect(JSON.stringify(kept)).not.toContain(page.cookies.get('casebook.oidc'));
    const { url } = begun.body as { url: string };
    expect(url).not.toContain(page.cookies.get('casebook.oidc'));
    expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256');
  });

  it('[WEB-1] has the code come back behind the #, where the provider can', async () => {
    provider.twist = { metadata: { response_modes_supported: ['query', 'fragment'] } };
    const { url } = await page.call('POST /api/session/oidc/begin', {});
    const back = await provider.visit(url);
    expect(back.search).toBe('');
    expect(await signIn(page)).toEqual(ann);
  });

  it('[WEB-1] leaves no code, state or address in the log', async () => {
    const back = await leave(page);
    provider.twist = { claims: { nonce: 'another' } };
    await page.refused('POST /api/session/oidc', back);
    provider.twist = {};
    provider.account = { sub: 'secret-subject', email: 'stranger@example.org', email_verified: true };
    await page.refused('POST /api/session/oidc', await leave(page));
    const told = lines.join('\n');
    expect(told).toContain('refused');
    for (const secret of [back.code, back.state, 'secret-subject', 'stranger@'])
      expect(told).not.toContain(secret);
  });

  it('[WEB-1] takes only so many attempts from one address', async () => {
    let code = '';
    for (let at = 0; at < 601 && code !== 'too-many'; at += 1) {
      code = (await page.refused('POST /api/session/oidc', { state: 'x', code: 'x' })).code;
    }
    expect(code).toBe('too-many');
  });
});

describe('a provider in trouble', () => {
  it('[OIDC-1] says which service is silent, and mail still signs in', async () => {
    provider.twist = { discovery: 'no json' };
    const silent = await page.refused('POST /api/session/oidc/begin', {});
    expect(silent.code).toBe('unavailable');
    expect(silent.detail).toContain('Wendale does not answer');
    provider.twist = {};
    const back = await leave(page);
    provider.twist = { tokenStatus: 503 };
    expect((await page.refused('POST /api/session/oidc', back)).code).toBe('unavailable');
    await provider.stop();
    expect((await page.refused('POST /api/session/oidc', back)).code).toBe('oidc-not-usable');
    await page.call('POST /api/session/request', { email: ann.email });
    await trial.settled();
    const code = /code is (\d{6})/.exec(trial.parts.mailer.sent.at(-1)?.text ?? '')?.[1] ?? '';
    expect((await page.call('POST /api/session/code', { email: ann.email, code })).person).toEqual(ann);
  });

  it('[OIDC-1] is not believed when it names itself otherwise, or sends too much', async () => {
    for (const twist of [
      { metadata: { issuer: 'https://evil.example' } },
      { discovery: `{"issuer":"${provider.issuer}","x":"${'x'.repeat(600_000)}"}` },
    ]) {
      provider.twist = twist;
      expect((await page.refused('POST /api/session/oidc/begin', {})).code).toBe('unavailable');
    }
  });

  it('[OIDC-1] is asked nothing before somebody signs in through it', async () => {
    await page.call('GET /api/session');
    await page.call('POST /api/session/request', { email: ann.email });
    await trial.settled();
    expect(provider.asked).toEqual([]);
  });

  it('[OIDC-1] says where it works to whoever opened the page by another name', async () => {
    const headers = { origin: 'http://localhost:4400' };
    const { body } = await page.send('POST', '/api/session/oidc/begin', { body: '{}', headers });
    expect(body).toMatchObject({ code: 'conflict' });
    expect((body as Problem).detail).toContain('works at http://127.0.0.1:4400');
  });

  it('[OIDC-1] is not there where the settings name none', async () => {
    const without = await openAccounts();
    const browser = without.web.browser();
    expect((await browser.call('GET /api/session')).signInWith).toBeNull();
    expect((await browser.refused('POST /api/session/oidc/begin', {})).code).toBe('not-found');
    await without.close();
  });
});
