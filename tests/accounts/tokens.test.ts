import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../shared/api/people.ts';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import type { PageCalls } from '../support/web.ts';
import { type AccountsOnTrial, openAccounts } from './accounts-on-trial.ts';

let trial: AccountsOnTrial;
let ann: Person;
let browser: PageCalls;
beforeEach(async () => {
  trial = await openAccounts();
  ann = await trial.person('Ann Ames', 'ann@example.org');
  await trial.parts.records.read.updateTable('people').set({ is_host: 1 }).execute();
  browser = await signedIn(ann);
});
afterEach(() => trial.close());

async function signedIn(person: Person): Promise<PageCalls> {
  const page = trial.web.browser();
  const [cookie = ''] = await trial.sessions.begin(person.id);
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
  page.cookies.set(name, value);
  return page;
}

function upgrade(headers: Record<string, string>): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.headers = { upgrade: 'websocket', ...headers };
  return request;
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}`, origin: undefined } });

describe('tokens for programs', () => {
  it('a token speaks for its person on HTTP and on the socket; only its hash is kept', async () => {
    const { token } = await browser.call('POST /api/tokens', { id: 't1', name: 'backup script' });
    const program = trial.web.browser();
    const answer = await program.send('GET', '/api/session', bearer(token));
    expect(answer.body).toMatchObject({ person: { id: ann.id } });
    const by = { personId: ann.id, credentialId: 't1', via: 'token' };
    const { authentication } = trial.parts;
    const protocols = `y-websocket, casebook.schema.${SCHEMA_VERSION}, casebook.token.${token}`;
    expect(await authentication.ofRequest(upgrade({ 'sec-websocket-protocol': protocols }))).toEqual(by);
    const rows = await trial.parts.records.read.selectFrom('api_tokens').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('[TOKEN-2] none is made by whoever is on no team, such as a school contact', async () => {
    const bea = await signedIn(await trial.person('Bea', 'bea@example.org'));
    const answer = await bea.ask('POST /api/tokens', { id: 't1', name: 'mine' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'no-access' } });
    expect(await trial.parts.records.read.selectFrom('api_tokens').select('id').execute()).toEqual([]);
  });

  it('a wrong token is nobody, also beside a good cookie', async () => {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    for (const authorization of ['Bearer wrong', 'Bearer', 'Basic YTpi', '', 'Bearer a b']) {
      const answer = await trial.web
        .browser()
        .send('GET', '/api/session', { headers: { authorization, cookie } });
      expect(answer.body).toMatchObject({ person: null });
    }
    const protocols = 'casebook.1, casebook.token.wrong';
    expect(
      await trial.parts.authentication.ofRequest(upgrade({ 'sec-websocket-protocol': protocols, cookie })),
    ).toBeNull();
    expect(await trial.parts.authentication.ofRequest(upgrade({ cookie }))).toMatchObject({ via: 'session' });
  });

  it('a subprotocol means nothing outside an upgrade', async () => {
    const { token } = await browser.call('POST /api/tokens', { id: 't1', name: 'x' });
    const answer = await trial.web
      .browser()
      .send('GET', '/api/session', { headers: { 'sec-websocket-protocol': `casebook.token.${token}` } });
    expect(answer.body).toMatchObject({ person: null });
  });

  it('a revoked token ends at once, and says so on the bus', async () => {
    const { token } = await browser.call('POST /api/tokens', { id: 't1', name: 'x' });
    expect((await browser.call('GET /api/tokens')).tokens).toMatchObject([
      { id: 't1', name: 'x', lastUsedAt: null },
    ]);
    const program = trial.web.browser();
    await program.send('GET', '/api/session', bearer(token));
    expect((await browser.call('GET /api/tokens')).tokens).toMatchObject([
      { lastUsedAt: trial.parts.clock.now() },
    ]);
    await browser.call('DELETE /api/tokens/:tokenId', undefined, { tokenId: 't1' });
    await browser.call('DELETE /api/tokens/:tokenId', undefined, { tokenId: 't1' });
    expect((await program.send('GET', '/api/session', bearer(token))).body).toMatchObject({ person: null });
    expect(trial.parts.published).toContainEqual({ t: 'signed-out', credentialId: 't1' });
    expect((await browser.call('GET /api/tokens')).tokens).toEqual([]);
  });

  it('somebody else’s token is not there for me', async () => {
    await browser.call('POST /api/tokens', { id: 't1', name: 'x' });
    const eve = await signedIn(await trial.person('Eve', 'eve@example.org'));
    await trial.parts.records.read.updateTable('people').set({ is_host: 1 }).execute();
    expect((await eve.refused('DELETE /api/tokens/:tokenId', undefined, { tokenId: 't1' })).code).toBe(
      'not-found',
    );
    expect((await eve.call('GET /api/tokens')).tokens).toEqual([]);
    expect((await eve.refused('POST /api/tokens', { id: 't1', name: 'x' })).code).toBe('conflict');
  });

  it('a token makes no further tokens and renames nobody', async () => {
    const { token } = await browser.call('POST /api/tokens', { id: 't1', name: 'x' });
    const program = trial.web.browser();
    const body = JSON.stringify({ id: 't2', name: 'another' });
    expect(await program.send('POST', '/api/tokens', { ...bearer(token), body })).toMatchObject({
      status: 403,
    });
    const name = JSON.stringify({ name: 'Eve' });
    expect(
      await program.send('PATCH', '/api/session/person', { ...bearer(token), body: name }),
    ).toMatchObject({
      status: 403,
    });
  });

  it('the number of tokens of a person is bounded', async () => {
    for (let at = 0; at < 50; at += 1) await browser.call('POST /api/tokens', { id: `t${at}`, name: 'x' });
    expect((await browser.refused('POST /api/tokens', { id: 'more', name: 'x' })).code).toBe('conflict');
  });
});
