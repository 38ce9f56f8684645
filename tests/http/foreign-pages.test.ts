import { request as ask, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { type ComposedService, composeService } from '../support/composed.ts';
import type { PageCalls } from '../support/web.ts';

let service: ComposedService;
let page: PageCalls;
let token: string;
let blockId: string;
beforeAll(async () => {
  service = await composeService();
  const lead = await service.person('Lena Lead');
  const { case: made } = await service.study(lead);
  blockId = made.blocks[0]?.blockId as string;
  page = await service.signedIn(lead);
  ({ token } = await service.program(lead));
});
afterAll(() => service.close());

const cookie = () => [...page.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

/** @returns the status of an upgrade that was refused, or what the socket was closed with; 101 where it stayed open */
function upgrade(path: string, protocols: string[], headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${service.url.replace('http', 'ws')}${path}`, protocols, { headers });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', (error) =>
      /Unexpected server response/.test(error.message) ? undefined : reject(error),
    );
    socket.on('message', () => {
      resolve(101);
      socket.close();
    });
    socket.on('close', (code) => resolve(code));
  });
}

describe('a socket that somebody else’s page opens', () => {
  const stock = () =>
    [`/collab/block/${blockId}`, ['y-websocket', `casebook.schema.${SCHEMA_VERSION}`]] as const;
  const many = ['/collab', ['casebook.1']] as const;

  it('[WEB-1] is refused with the person’s cookie, and without one', async () => {
    for (const [path, protocols] of [stock(), many]) {
      for (const origin of [
        'https://evil.example',
        'null',
        'http://127.0.0.1:1',
        `${service.url}.evil.example`,
      ]) {
        for (const with_ of [{ cookie: cookie() }, {}] as Record<string, string>[]) {
          expect(await upgrade(path, [...protocols], { origin, ...with_ }), `${path} ${origin}`).toBe(403);
        }
      }
    }
  });

  it('[WEB-1] is refused with a cookie where no page is named', async () => {
    for (const [path, protocols] of [stock(), many]) {
      expect(await upgrade(path, [...protocols], { cookie: cookie() }), path).toBe(403);
    }
  });

  it('[WEB-1] our own opens it, and a program with a token, which names no page', async () => {
    for (const [path, protocols] of [stock(), many]) {
      expect(await upgrade(path, [...protocols], { origin: service.url, cookie: cookie() }), path).toBe(101);
      expect(await upgrade(path, [...protocols, `casebook.token.${token}`], {}), path).toBe(101);
    }
  });

  it('[WEB-1] whoever brings neither is told so, and gets nothing', async () => {
    expect(await upgrade('/collab', ['casebook.1'], { origin: service.url })).toBe(4403);
  });
});

/** As a form of another page would be sent: fetch does not let one say so. */
function submit(path: string, type: string, body: string, headers: Record<string, string>) {
  return new Promise<{ status: number; text: string; cookies: readonly string[] }>((resolve, reject) => {
    const { hostname, port } = new URL(service.url);
    const sent = ask(
      { hostname, port, path, method: 'POST', headers: { 'content-type': type, ...headers } },
      (response: IncomingMessage) => {
        let text = '';
        response.on('data', (piece: Buffer) => {
          text += piece.toString();
        });
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text,
            cookies: response.headers['set-cookie'] ?? [],
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('a form of somebody else’s page', () => {
  const KINDS = [
    ['application/x-www-form-urlencoded', 'id=t1&name=x'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="id"\r\n\r\nt1\r\n--x--\r\n',
    ],
    ['text/plain', '{"id":"t1","name":"x","a":"="}'],
    ['application/json', '{"id":"t1","name":"x"}'],
  ] as const;

  it.each(KINDS)('[WEB-1] sent as %s with the person’s cookie makes nothing', async (type, body) => {
    const tokens = await service.parts.records.read.selectFrom('api_tokens').selectAll().execute();
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: service.url, 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'cross-site' },
      {},
    ] as Record<string, string>[]) {
      const answer = await submit('/api/tokens', type, body, { cookie: cookie(), ...headers });
      expect(answer, JSON.stringify(headers)).toMatchObject({ status: 403, cookies: [] });
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'no-access' });
    }
    // From our own page only JSON is read, which no form sends.
    const own = await submit('/api/tokens', type, body, { cookie: cookie(), origin: service.url });
    expect(own.status).toBe(type === 'application/json' ? 200 : 415);
    expect(await service.parts.records.read.selectFrom('api_tokens').selectAll().execute()).toHaveLength(
      tokens.length + (type === 'application/json' ? 1 : 0),
    );
  });

  it('[WEB-1] signs nobody in or out', async () => {
    const json = 'application/json';
    const headers = { origin: 'https://evil.example' };
    for (const [path, body] of [
      ['/api/session/request', '{"email":"a@b.example"}'],
      ['/api/links/redeem', `{"token":"${'x'.repeat(43)}"}`],
      ['/api/session/code', '{"email":"a@b.example","code":"123456"}'],
    ] as const) {
      expect(await submit(path, json, body, headers)).toMatchObject({ status: 403, cookies: [] });
    }
    const answer = await page.send('DELETE', '/api/session', { headers });
    expect(answer.status).toBe(403);
    expect((await page.call('GET /api/session')).person).not.toBeNull();
  });
});
