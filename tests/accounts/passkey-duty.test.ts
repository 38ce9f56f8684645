import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { RouteKey } from '../../shared/api/contract.ts';
import { FILE_ROUTES, type FileRouteKey } from '../../shared/api/file-routes.ts';
import { FILE_RULES, ROUTE_RULES } from '../../shared/api/route-rules.ts';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { owesPasskey } from '../../shared/permissions/passkey-duty.ts';
import { ROLES } from '../../shared/permissions/roles.ts';
import { readFrame, readServerControl, writeControl } from '../../shared/protocol/frames.ts';
import { LiveClient } from '../collaboration/live-client.ts';
import { Authenticator } from '../support/authenticator.ts';
import { type ComposedService, composeService } from '../support/composed.ts';
import { routeBody } from '../support/route-bodies.ts';
import { newId } from '../support/team.ts';
import type { PageCalls } from '../support/web.ts';

let service: ComposedService;
let origin: string;
let lead: string;
let member: string;
let asking: Awaited<ReturnType<ComposedService['study']>>;
let leadsPage: PageCalls;
const keys = new Map<PageCalls, Authenticator>();

beforeAll(async () => {
  service = await composeService();
  origin = service.url.replace('127.0.0.1', 'localhost');
  lead = await service.person('Lena Lead');
  member = await service.person('Mo Member');
  leadsPage = await service.signedIn(lead);
  await addPasskey(leadsPage);
});
afterAll(() => service.close());
beforeEach(async () => {
  asking = await service.study(lead);
  await service.join(asking.studyId, member, 'editor');
  await service.join(asking.studyId, await service.person(`Head ${newId()}`), 'contact');
});

async function addPasskey(page: PageCalls): Promise<string> {
  const device = new Authenticator(origin);
  keys.set(page, device);
  const made = device.make(await page.call('POST /api/passkeys/begin', {}));
  return (await page.call('POST /api/passkeys', { id: newId(), name: 'x', made })).id;
}
const setDuty = (required: boolean, page = leadsPage) =>
  page.call('PUT /api/studies/:studyId/passkeys', { required }, { studyId: asking.studyId });

const KEYS = Object.keys({ ...ROUTE_RULES, ...FILE_RULES }) as (RouteKey | FileRouteKey)[];
/** Everything that names a study, or something in it. */
const NAMED = KEYS.filter((key) => /:(study|case|school|block|lost|invitation|item)Id/.test(key));

async function codeOf(page: PageCalls, key: (typeof KEYS)[number]): Promise<string> {
  const params: Readonly<Record<string, string>> = {
    studyId: asking.studyId,
    schoolId: asking.schoolId,
    caseId: asking.case.id,
    blockId: asking.case.blocks[0]?.blockId as string,
    lostId: `lost-${asking.studyId}`,
    invitationId: `invitation-${asking.studyId}`,
    personId: lead,
    kind: 'case',
    itemId: asking.case.id,
  };
  const [method = '', pattern = ''] = key.split(' ');
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => params[name] ?? 'none');
  const takesBody = method !== 'GET' && method !== 'DELETE';
  const answer = await page.send(
    method,
    path,
    takesBody ? { body: JSON.stringify(routeBody(key as RouteKey, params)) } : {},
  );
  return answer.status < 400 ? 'ok' : ((answer.body as { code: string }).code ?? String(answer.status));
}

/** What lies in the study beside what a new one has, so that every route finds something. */
async function fill(): Promise<void> {
  const { read } = service.parts.records;
  await read
    .insertInto('lost_words')
    .values({
      id: `lost-${asking.studyId}`,
      block_id: asking.case.blocks[0]?.blockId as string,
      words: 'w',
      before_text: '',
      after_text: '',
      author_id: null,
      caused_by_id: null,
      cause: 'removed',
      at: 1,
      settled_at: null,
      settled_by: null,
      settled_how: null,
    })
    .execute();
  const { studyId } = asking;
  const id = `invitation-${studyId}`;
  const body = { id, email: `${newId()}@b.example`, role: 'viewer' } as const;
  await leadsPage.call('POST /api/studies/:studyId/invitations', body, { studyId });
}

describe('whether one owes a passkey', () => {
  it('[PASSKEY-2] members do who have not shown one, where their study asks; contacts and strangers never', () => {
    const owing = [...ROLES, null].filter((role) =>
      owesPasskey({ requiresPasskey: true }, { role, shown: false }),
    );
    expect(owing).toEqual(ROLES.filter((role) => role !== 'contact'));
    for (const role of [...ROLES, null]) {
      expect(owesPasskey({ requiresPasskey: true }, { role, shown: true })).toBe(false);
      expect(owesPasskey({ requiresPasskey: false }, { role, shown: false })).toBe(false);
    }
  });
});

describe('a study that asks for a passkey', () => {
  it('[PASSKEY-2] shows nothing by any route, files included, until one is added or used', async () => {
    await fill();
    const page = await service.signedIn(member);
    expect(await codeOf(page, 'GET /api/studies/:studyId')).toBe('ok');
    expect((await setDuty(true)).requiresPasskey).toBe(true);
    expect(NAMED.length).toBeGreaterThan(25);
    expect(NAMED.filter((key) => key in FILE_ROUTES)).toHaveLength(7);
    for (const key of NAMED) {
      expect(await codeOf(page, key), key).toBe('passkey-needed');
    }
    for (const format of ['json', 'html']) {
      const { status, body } = await page.send('GET', `/api/account/export.${format}`);
      expect([status, body]).toMatchObject([403, { code: 'passkey-needed' }]);
    }
    const { studies } = await page.call('GET /api/studies');
    expect(studies.find(({ id }) => id === asking.studyId)).toMatchObject({
      title: 'A study',
      description: '',
      cases: 0,
      locked: true,
    });
    // The call that made it, repeated, names it in its body.
    const framework = { frameworkId: 'mentoring-and-coaching', frameworkVersion: 1 };
    const made = { id: asking.studyId, title: 'A study', ...framework };
    const leads = await service.signedIn(lead);
    expect((await leads.refused('POST /api/studies', made)).code).toBe('passkey-needed');
    await addPasskey(page);
    expect(await codeOf(page, 'GET /api/studies/:studyId')).toBe('ok');
    expect(await codeOf(page, 'GET /api/cases/:caseId/export.html')).toBe('ok');
    expect((await page.send('GET', '/api/account/export.json')).status).toBe(200);
    expect((await page.call('GET /api/studies')).studies.map(({ locked }) => locked)).not.toContain(true);

    const elsewhere = await service.signedIn(member);
    expect(await codeOf(elsewhere, 'GET /api/studies/:studyId')).toBe('passkey-needed');
    const { question } = await elsewhere.call('POST /api/session/passkey/begin', {});
    if (!question) throw new Error('no passkey is offered');
    const use = keys.get(page)?.use(question);
    await elsewhere.call('POST /api/session/passkey', use);
    expect(await codeOf(elsewhere, 'GET /api/studies/:studyId')).toBe('ok');
  });

  it('[PASSKEY-2] is to strangers as any other, and to its contacts as before', async () => {
    await setDuty(true);
    const stranger = await service.signedIn(await service.person(`Stig ${newId()}`));
    expect(await codeOf(stranger, 'GET /api/studies/:studyId')).toBe('not-found');
    expect((await stranger.call('GET /api/studies')).studies).toEqual([]);
    const head = await service.person(`Ruth ${newId()}`);
    const { id: caseId } = asking.case;
    await service.join(asking.studyId, head, 'contact');
    await service.parts.records.read
      .insertInto('case_contacts')
      .values({ case_id: caseId, user_id: head, school_id: asking.schoolId, since: 0 })
      .execute();
    const contact = await service.signedIn(head);
    expect((await contact.call('GET /api/contact')).cases).toHaveLength(1);
    expect(await codeOf(contact, 'GET /api/cases/:caseId/text')).toBe('ok');
  });

  it('[PASSKEY-2] [ACCESS-4] closes open rooms at once, and opens none, on both sockets', async () => {
    const { token } = await service.program(member);
    const blockId = asking.case.blocks[0]?.blockId as string;
    const inside = new LiveClient(service, blockId, token);
    await inside.synced();
    await setDuty(true);
    expect(await inside.closed()).toMatchObject({ code: 4403, reason: 'not-signed-in' });
    const outside = new LiveClient(service, blockId, token);
    expect(await outside.closed()).toMatchObject({ code: 4403, reason: 'not-signed-in' });
    const { token: shown } = await service.program(member, { byPasskey: true });
    const open = new LiveClient(service, blockId, shown);
    await open.synced();
    for (const [room, reason] of [
      [`block/${blockId}`, 'not-signed-in'],
      [`case/${asking.case.id}`, 'not-found'],
    ] as const) {
      expect(await answerOf(room, token)).toMatchObject({ t: 'denied', reason });
      expect(await answerOf(room, shown)).toMatchObject({ t: 'opened' });
    }
    for (const client of [inside, outside, open]) client.end();
  });

  it('[PASSKEY-2] [TOKEN-1] is opened by tokens that were made where one was shown, and by no others', async () => {
    await setDuty(true);
    const page = await service.signedIn(member);
    const body = () => ({ id: newId(), name: 'x', studyId: asking.studyId });
    expect((await page.refused('POST /api/tokens', body())).code).toBe('passkey-needed');
    // One for everything is made all the same: it opens other studies.
    const { token: plain } = await page.call('POST /api/tokens', { ...body(), studyId: null });
    await addPasskey(page);
    const { token: shown } = await page.call('POST /api/tokens', body());
    const codeFor = async (token: string) => {
      const headers = { authorization: `Bearer ${token}`, origin: undefined };
      const answer = await service.browser().send('GET', `/api/studies/${asking.studyId}`, { headers });
      return (answer.body as { code?: string }).code ?? 'ok';
    };
    expect([await codeFor(plain), await codeFor(shown)]).toEqual(['passkey-needed', 'ok']);
  });

  it('[PASSKEY-2] is closed again to a session whose passkey is taken away, and its rooms at once', async () => {
    await setDuty(true);
    const page = await service.signedIn(member);
    const passkeyId = await addPasskey(page);
    expect(await codeOf(page, 'GET /api/studies/:studyId')).toBe('ok');
    expect((await page.call('GET /api/passkeys')).askedBy).toContainEqual({
      id: asking.studyId,
      title: 'A study',
    });
    const room = await openRoom(`block/${asking.case.blocks[0]?.blockId}`, page);
    expect(await room.next()).toMatchObject({ t: 'opened' });
    await page.call('DELETE /api/passkeys/:passkeyId', undefined, { passkeyId });
    expect(await room.next()).toMatchObject({ t: 'closed', reason: 'not-signed-in' });
    room.end();
    expect(await codeOf(page, 'GET /api/studies/:studyId')).toBe('passkey-needed');
  });
});

describe('having a study ask', () => {
  it('[PASSKEY-2] is for leads alone, and only once they have shown a passkey themselves', async () => {
    const without = await service.signedIn(lead);
    const { studyId } = asking;
    const ask = (page: PageCalls) =>
      page.refused('PUT /api/studies/:studyId/passkeys', { required: true }, { studyId });
    expect((await ask(without)).code).toBe('passkey-needed');
    expect((await ask(await service.program(lead, { byPasskey: true }))).code).toBe('passkey-needed');
    const editor = await service.signedIn(member);
    await addPasskey(editor);
    expect((await ask(editor)).code).toBe('no-access');
    expect((await leadsPage.call('GET /api/studies/:studyId', undefined, { studyId })).requiresPasskey).toBe(
      false,
    );
  });

  it('[PASSKEY-2] [AUDIT-1] stands in the record, once for each change, and can be undone', async () => {
    for (const required of [true, true, false, false]) {
      expect((await setDuty(required)).requiresPasskey).toBe(required);
    }
    const { entries } = await leadsPage.call('GET /api/studies/:studyId/audit', undefined, {
      studyId: asking.studyId,
    });
    const kinds = entries.map(({ kind }) => kind).filter((kind) => kind.startsWith('passkeys-'));
    expect(kinds).toEqual(['passkeys-not-required', 'passkeys-required']);
    expect(await codeOf(await service.signedIn(member), 'GET /api/studies/:studyId')).toBe('ok');
  });
});

interface OpenRoom {
  /** @returns what is said next of the room */
  next(): Promise<object>;
  end(): void;
}

/** A room on the page's own socket. */
async function openRoom(room: string, by: PageCalls | string): Promise<OpenRoom> {
  const cookie = typeof by === 'string' ? '' : [...by.cookies].map((pair) => pair.join('=')).join('; ');
  const offered = ['casebook.1', ...(typeof by === 'string' ? [`casebook.token.${by}`] : [])];
  const socket = new WebSocket(`${service.url.replace('http', 'ws')}/collab`, offered, {
    origin: service.parts.settings.publicUrl,
    headers: cookie === '' ? {} : { cookie },
  });
  const said: object[] = [];
  let tell = () => {};
  socket.on('message', (data: Buffer) => {
    const frame = readFrame(new Uint8Array(data));
    if (frame.channel !== 0) return;
    const message = readServerControl(frame.payload);
    if (message && ['opened', 'denied', 'closed'].includes(message.t)) said.push(message);
    tell();
  });
  await new Promise((resolve) => socket.on('open', resolve));
  socket.send(writeControl({ t: 'open', channel: 1, room, schema: SCHEMA_VERSION }));
  const next = async (): Promise<object> => {
    while (said.length === 0) {
      await new Promise<void>((resolve) => {
        tell = resolve;
      });
    }
    return said.shift() as object;
  };
  return { next, end: () => socket.terminate() };
}

async function answerOf(room: string, token: string): Promise<object> {
  const opened = await openRoom(room, token);
  const answer = await opened.next();
  opened.end();
  return answer;
}
