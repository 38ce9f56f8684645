import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { SqliteBlockStore } from '../../server/adapters/sqlite/block-store.ts';
import { openDataFolder } from '../../server/adapters/sqlite/data-folder.ts';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { MAX_MESSAGE_BYTES } from '../../server/collaboration/bounds.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { plantTeam, type Team } from '../support/team.ts';
import { joinTeam, LiveClient, type Member } from './live-client.ts';
import { Paper } from './paper.ts';

describe('the stock provider of y-websocket on a real server', () => {
  let server: RunningServer;
  let team: Team;
  let ann: Member;
  let ben: Member;
  const open = new Set<LiveClient>();

  beforeAll(async () => {
    server = await startServer();
    team = await plantTeam(server);
    ann = await joinTeam(server, team, 'Ann Abara', 'fieldworker');
    ben = await joinTeam(server, team, 'Ben Bewley', 'editor');
  });
  afterEach(() => {
    for (const client of open) client.end();
    open.clear();
  });
  afterAll(() => server.close());

  const blockId = (at: number) => team.case.blocks[at]?.blockId as string;
  const live = (
    ...args: ConstructorParameters<typeof LiveClient> extends [unknown, ...infer Rest] ? Rest : never
  ) => {
    const client = new LiveClient(server, ...args);
    open.add(client);
    return client;
  };

  test('with a token and the schema it co-edits, each sees the other’s caret, and it is on disk', async () => {
    const one = live(blockId(0), ann.token);
    const two = live(blockId(0), ben.token);
    await Promise.all([one.synced(), two.synced()]);
    const carets = new Promise<void>((resolve) => {
      two.provider.awareness.on('change', () => {
        if (two.provider.awareness.getStates().has(one.doc.clientID)) resolve();
      });
    });
    one.provider.awareness.setLocalStateField('user', { name: 'Somebody Else', color: '#000000' });
    await carets;
    const caret = two.provider.awareness.getStates().get(one.doc.clientID);
    expect(caret?.user).toMatchObject({ id: ann.personId, name: 'Ann Abara', initials: 'AA' });
    const anns = new Paper(one.doc);
    const bens = new Paper(two.doc);
    anns.write('Pairs plan a lesson together');
    await two.until(() => bens.text.includes('together'));
    bens.type('plan', ' and teach');
    await one.until(() => anns.text.includes('teach'));
    expect(anns.text).toBe(bens.text);
    const database = openDataFolder(server.dataDir);
    const disk = await readBlock(new SqliteBlockStore(database), blockId(0));
    await database.close();
    expect(disk && new Paper(disk.doc).text).toBe(anns.text);
  });

  test('[ACCESS-2] without the schema it reads what is written, and destroys nothing', async () => {
    const writer = live(blockId(1), ann.token);
    await writer.synced();
    const paper = new Paper(writer.doc);
    paper.write('Kept as it is');
    const old = live(blockId(1), ben.token, { schema: false });
    await old.synced();
    expect(new Paper(old.doc).text).toContain('Kept as it is');
    // What an editor without our nodes does on opening.
    old.doc.getXmlFragment('content').delete(0, 1);
    const later = live(blockId(1), ben.token);
    paper.write('and goes on');
    await later.until((doc) => new Paper(doc).text.includes('and goes on'));
    await old.until((doc) => doc.getXmlFragment('content').toString().includes('and goes on'));
    expect(new Paper(later.doc).text).toContain('Kept as it is');
    expect(later.doc.getXmlFragment('content').toString()).toBe(
      writer.doc.getXmlFragment('content').toString(),
    );
  });

  test('[ACCESS-2] a viewer reads, and changes nothing', async () => {
    const viewer = await joinTeam(server, team, 'Vic Vane', 'viewer');
    const writer = live(blockId(2), ann.token);
    const reader = live(blockId(2), viewer.token);
    await Promise.all([writer.synced(), reader.synced()]);
    reader.doc.getText('field/aims').insert(0, 'forged');
    writer.doc.getText('field/aims').insert(0, 'true');
    await reader.until((doc) => doc.getText('field/aims').toString().includes('true'));
    expect(writer.doc.getText('field/aims').toString()).toBe('true');
  });

  test('[ACCESS-4] one who is removed from the study is put out at once, and stops', async () => {
    const cem = await joinTeam(server, team, 'Cem Celik', 'fieldworker');
    const client = live(blockId(0), cem.token);
    await client.synced();
    const closed = client.closed();
    await team.calls.call('DELETE /api/studies/:studyId/members/:personId', undefined, {
      studyId: team.studyId,
      personId: cem.personId,
    });
    expect(await closed).toEqual({ code: 4403, reason: 'access-changed' });
    const again = live(blockId(0), cem.token);
    expect(await again.closed()).toEqual({ code: 4403, reason: 'not-found' });
  });

  test('[ACCESS-1] a token that is none, and a block that is none, stop it for good', async () => {
    const stranger = live(blockId(0), 'made-up');
    expect(await stranger.closed()).toEqual({ code: 4403, reason: 'not-signed-in' });
    const nowhere = live('nowhere', ann.token);
    expect(await nowhere.closed()).toEqual({ code: 4403, reason: 'not-found' });
  });

  const upgrade = (path: string, protocols: string[], headers: Record<string, string> = {}) =>
    new Promise<{ status: number; protocol: string; body: string }>((resolve) => {
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, protocols, { headers });
      socket.on('error', () => {});
      socket.on('open', () => {
        resolve({ status: 101, protocol: socket.protocol, body: '' });
        socket.close();
      });
      socket.on('unexpected-response', (_request, response) => {
        let body = '';
        response.on('data', (part) => {
          body += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, protocol: '', body }));
      });
    });

  test('the upgrade answers with the protocol that is spoken, never with a token', async () => {
    const token = `casebook.token.${ann.token}`;
    const room = `/collab/block/${blockId(0)}`;
    expect(await upgrade(room, ['y-websocket', token])).toMatchObject({
      status: 101,
      protocol: 'y-websocket',
    });
    expect(await upgrade('/collab', ['casebook.1', token])).toMatchObject({ protocol: 'casebook.1' });
  });

  test('[INPUT-1] what cannot be upgraded is answered with a problem', async () => {
    const token = `casebook.token.${ann.token}`;
    const room = `/collab/block/${blockId(0)}`;
    const { status, body } = await upgrade('/collab/block/a%2Fb', ['y-websocket', token]);
    expect(status).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ code: 'not-found', status: 404 });
    expect((await upgrade('/collab', ['y-websocket', token])).status).toBe(400);
    expect((await upgrade('/elsewhere', ['y-websocket', token])).status).toBe(404);
    expect((await upgrade(room, ['y-websocket', token], { origin: 'https://evil.example' })).status).toBe(
      403,
    );
    expect((await upgrade(room, ['y-websocket', token], { origin: 'null' })).status).toBe(403);
    expect((await upgrade(room, ['y-websocket', token], { origin: server.url })).status).toBe(101);
    const cookie = [...ann.calls.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect((await upgrade(room, ['y-websocket'], { cookie })).status).toBe(403);
    expect((await upgrade(room, ['y-websocket'], { cookie, origin: server.url })).status).toBe(101);
  });

  /** Speaks bytes of its own choosing once the socket is open. */
  const rawBytes = (frame: Uint8Array) =>
    new Promise<void>((resolve) => {
      const { port } = new URL(server.url);
      const raw = connect(Number(port), '127.0.0.1', () => {
        raw.write(
          [
            `GET /collab/block/${blockId(0)} HTTP/1.1`,
            'Host: 127.0.0.1',
            'Upgrade: websocket',
            'Connection: Upgrade',
            'Sec-WebSocket-Version: 13',
            'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
            `Sec-WebSocket-Protocol: y-websocket, casebook.token.${ann.token}`,
            '\r\n',
          ].join('\r\n'),
        );
      });
      raw.once('data', () => raw.write(frame));
      raw.on('error', () => {});
      raw.on('close', () => resolve());
    });

  const giant = Buffer.alloc(14);
  giant.set([0x82, 0xff]);
  giant.writeBigUInt64BE(BigInt(MAX_MESSAGE_BYTES) * 1_000n, 2);

  test.each([
    ['reserved bits and no mask', Uint8Array.of(0xff, 0x7f, 1, 2, 3)],
    ['a giant frame announced', giant],
    ['a control frame that is too long', Uint8Array.of(0x89, 0xfe, 1, 0, 0, 0, 0, 0)],
    ['a continuation of nothing', Uint8Array.of(0x80, 0x80, 0, 0, 0, 0)],
  ])('[INPUT-1] %s closes its own socket alone', async (_what, frame) => {
    const other = live(blockId(3), ben.token);
    const reader = live(blockId(3), ann.token);
    await Promise.all([other.synced(), reader.synced()]);
    await rawBytes(frame);
    const mark = `still here ${frame.length}`;
    other.doc.getText('field/aims').insert(0, mark);
    await reader.until((doc) => doc.getText('field/aims').toString().includes(mark));
    expect(other.provider.wsconnected).toBe(true);
  });
});
