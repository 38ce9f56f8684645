import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../server/http/refusal.ts';
import { mergeRoutes } from '../../server/http/route-binder.ts';
import { type Routes, signedIn } from '../../server/http/routes.ts';
import type { Log } from '../../server/log.ts';
import { createTestParts, TEST_PERSON_HEADER, type TestParts } from '../support/parts.ts';
import { type PageCalls, startWeb, type Web } from '../support/web.ts';

let parts: TestParts;
let web: Web;
let page: PageCalls;
const logged: string[] = [];
const seen: unknown[] = [];

const features: Routes = {
  'GET /api/session': async () => ({ person: null, mailGoesTo: 'outbox', signInWith: null }),
  'GET /api/studies': async (call) => {
    signedIn(call);
    return { studies: [], mayCreate: false };
  },
  'GET /api/studies/:studyId': async ({ params }) => {
    throw new Refusal('not-found', `no study ${params.studyId}`);
  },
  'POST /api/studies/:studyId/schools': async ({ body, params }) => {
    seen.push({ body, params });
    return { id: body.id, name: body.name, place: body.place, deletedAt: null };
  },
  'DELETE /api/schools/:schoolId': async () => ({ ok: true }),
  'GET /api/cases/:caseId/framework': async () => ({ words: 'a lesson '.repeat(2_000) }),
  'GET /api/bin': async () => {
    throw new Error('secret internals at /home/somebody');
  },
};

beforeAll(async () => {
  const note = (message: string, _facts?: unknown, cause?: unknown): void => {
    logged.push(`${message} ${cause instanceof Error ? cause.message : ''}`);
  };
  const log: Log = { error: note, warn: note, info: note, debug: note };
  parts = await createTestParts({ log });
  web = await startWeb(parts, [features]);
  page = web.browser();
});
afterAll(async () => {
  await web.close();
  await parts.close();
});

const school = { id: 's1', name: 'Hillside', place: 'Norby' };
const post = (body: string, headers: Record<string, string | undefined> = {}) =>
  page.send('POST', '/api/studies/a/schools', { body, headers });

describe('the edge of the web', () => {
  it('[INPUT-1] answers what it does not know with a problem', async () => {
    for (const path of [
      '/api',
      '/api/',
      '/api/nothing',
      '/api/studies/a/b/c',
      '/api/Session',
      '/nothing',
      '/api/%',
    ]) {
      const answer = await page.send('GET', path);
      expect(answer.headers.get('content-type'), path).toMatch(/^application\/problem\+json/);
      expect(answer.body, path).toMatchObject({ type: expect.stringMatching(/^urn:casebook:problem:/) });
      expect([400, 404], path).toContain(answer.status);
    }
    expect(await page.send('PUT', '/api/session', { body: '{}' })).toMatchObject({
      body: { code: 'not-found' },
    });
  });

  it('[INPUT-1] an id that cannot be one names nothing', async () => {
    for (const id of ['a%2Fb', '..%2f..%2fetc', '%00', 'x'.repeat(65), 'a b', '%F0%9F%91%A9']) {
      expect(await page.send('GET', `/api/studies/${id}`), id).toMatchObject({ body: { code: 'not-found' } });
    }
    expect(await page.send('GET', '/api/studies/%E0%A4%A')).toMatchObject({ body: { code: 'bad-request' } });
  });

  it('hands a handler what the contract reads, and nothing else', async () => {
    expect(await post(JSON.stringify({ ...school, name: ' Hillside ', extra: { a: 1 } }))).toMatchObject({
      status: 200,
      body: { name: 'Hillside' },
    });
    expect(seen.at(-1)).toEqual({ body: school, params: { studyId: 'a' } });
  });

  it('[INPUT-1] names what is wrong with a body, and where', async () => {
    const before = seen.length;
    const answer = await post(JSON.stringify({ id: '../x', name: '', place: 7 }));
    expect(answer).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    const { errors } = answer.body as { errors: { path: string; message: string }[] };
    expect(errors.map((error) => error.path)).toEqual(['id', 'name', 'place']);
    expect(errors[1]?.message).toBe('must not be empty');
    const long = await post(JSON.stringify({ id: 's1', name: 'x'.repeat(100_000) }));
    expect((long.body as { errors: unknown }).errors).toMatchObject([
      { path: 'name', message: expect.stringMatching(/^at most [\d,]+ characters$/) },
    ]);
    for (const body of ['null', '[]', '"text"', '1', '{"__proto__": {"id": "x"}}']) {
      expect(await post(body), body).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    }
    expect(seen).toHaveLength(before);
  });

  it('[INPUT-1] refuses malformed, foreign and oversized bodies', async () => {
    expect(await post('{"id": ')).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    expect(await post('\u0000')).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await post('id=s1&name=Hillside', form)).toMatchObject({
      status: 415,
      body: { code: 'unsupported' },
    });
    expect(await post(JSON.stringify(school), { 'content-type': 'text/plain' })).toMatchObject({
      status: 415,
    });
    const klingon = { 'content-type': 'application/json; charset=klingon' };
    expect(await post(JSON.stringify(school), klingon)).toMatchObject({
      status: 415,
      body: { code: 'unsupported' },
    });
    expect(await post('x', { 'content-encoding': 'snappy' })).toMatchObject({
      body: { code: 'unsupported' },
    });
    const large = JSON.stringify({ ...school, name: 'x'.repeat(1024 * 1024) });
    expect(await post(large)).toMatchObject({ status: 413, body: { code: 'too-large' } });
    const nested = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect((await post(nested)).status).toBe(400);
    expect(await post(JSON.stringify(school))).toMatchObject({ status: 200 });
  });

  it('sends what is long compressed, as the browser takes it, and what is short as it is', async () => {
    const long = `${web.url}/api/cases/c1/framework`;
    for (const encoding of ['br', 'gzip']) {
      const sent = await fetch(long, { headers: { 'accept-encoding': encoding } });
      expect(sent.headers.get('content-encoding')).toBe(encoding);
      expect(sent.headers.get('vary')).toContain('Accept-Encoding');
      expect(await sent.json()).toEqual({ words: 'a lesson '.repeat(2_000) });
    }
    expect((await fetch(`${web.url}/api/session`)).headers.get('content-encoding')).toBeNull();
  });

  it('tells apart who is nobody', async () => {
    expect(await page.refused('GET /api/studies')).toMatchObject({ code: 'not-signed-in', status: 401 });
    const answer = await page.send('GET', '/api/studies', { headers: { [TEST_PERSON_HEADER]: 'ann' } });
    expect(answer.status).toBe(200);
  });

  it('[INPUT-1] tells nothing of what broke inside, but to the log', async () => {
    const problem = await page.refused('GET /api/bin');
    expect(problem).toMatchObject({ code: 'internal', status: 500 });
    expect(JSON.stringify(problem)).not.toContain('somebody');
    expect(logged.join('\n')).toContain('secret internals');
  });

  it('[INPUT-1] a request that is no HTTP costs its own connection alone', async () => {
    const { port, hostname } = new URL(web.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write('\u0001\u0002 garbage\r\n\r\n'));
      let text = '';
      socket.on('data', (data) => {
        text += data;
      });
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1.1 400/);
    expect((await page.ask('GET /api/session')).status).toBe(200);
  });
});

describe('pages of others', () => {
  it('a post from another site is refused, with or without a cookie', async () => {
    const before = seen.length;
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://127.0.0.1:4401' },
      { origin: 'https://127.0.0.1:4400' },
      { origin: undefined, cookie: 'casebook.session_token=x' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await post(JSON.stringify(school), headers);
      expect(answer, JSON.stringify(headers)).toMatchObject({ status: 403, body: { code: 'no-access' } });
    }
    const answer = await page.send('DELETE', '/api/schools/s1', {
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(403);
    expect(seen).toHaveLength(before);
  });

  it('the page itself, under each name of this machine, and programs with a token may post', async () => {
    for (const headers of [
      { origin: 'http://127.0.0.1:4400', 'sec-fetch-site': 'same-origin' },
      { origin: 'http://localhost:4400' },
      { origin: web.url, 'sec-fetch-site': 'same-origin' },
      { origin: undefined },
      { origin: undefined, authorization: 'Bearer x' },
    ]) {
      expect((await post(JSON.stringify(school), headers)).status, JSON.stringify(headers)).toBe(200);
    }
  });

  it('[INPUT-2] headers keep scripts of others out, and our addresses in', async () => {
    const { headers } = await page.ask('GET /api/session');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('on https the browser is told to stay there', async () => {
    const secure = await createTestParts();
    const { settings } = secure;
    const site = await startWeb(
      { ...secure, settings: { ...settings, publicUrl: 'https://casebook.example' } },
      [features],
    );
    const { headers } = await site.browser().ask('GET /api/session');
    expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
    expect(headers.get('content-security-policy')).toContain('wss://casebook.example');
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
    await site.close();
    await secure.close();
  });
});

describe('the table of routes', () => {
  it('does not start with a route missing or answered twice', () => {
    expect(() => mergeRoutes([features])).toThrow(/no handler for .*POST \/api\/studies/);
    expect(() => mergeRoutes([features, features])).toThrow('two handlers for GET /api/session');
  });

  it('the service says that it is well', async () => {
    expect(await page.send('GET', '/healthz')).toMatchObject({ status: 200, body: { ok: true, rooms: 0 } });
  });
});
