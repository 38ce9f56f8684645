import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { BlockDocument } from '../../server/collaboration/block-document.ts';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { STOP_WITHIN_MS } from '../../server/collaboration/bounds.ts';
import { type Collaboration, createCollaboration } from '../../server/collaboration/collaboration.ts';
import { StoreWriteError } from '../../server/ports/block-store.ts';
import { createTestParts, type TestParts } from '../support/parts.ts';
import { GatedStore, Scene, SetAccess } from '../support/wire.ts';
import { LiveClient } from './live-client.ts';
import { LivePage } from './live-page.ts';
import { Paper } from './paper.ts';

const aims = (doc: Y.Doc) => doc.getText('field/aims');

/** The live part of the server behind a real port; whoever brings a token is its name. */
class Service {
  readonly access = new SetAccess();
  readonly url: string;
  readonly clients: LiveClient[] = [];
  private constructor(
    readonly parts: TestParts,
    readonly store: GatedStore,
    readonly collaboration: Collaboration,
    readonly server: Server,
    access: SetAccess,
  ) {
    this.access = access;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<Service> {
    const parts = await createTestParts({
      authentication: {
        ofRequest: async (request) => {
          const token = /casebook\.token\.(\w+)/.exec(request.headers['sec-websocket-protocol'] ?? '')?.[1];
          return token ? { personId: token, credentialId: `credential of ${token}`, via: 'token' } : null;
        },
      },
    });
    const store = new GatedStore(parts.blocks);
    await store.create('a', 'lineage-1');
    const access = new SetAccess();
    const collaboration = createCollaboration({ ...parts, blocks: store }, access);
    const server = createServer();
    server.on('upgrade', (request, socket, head) => collaboration.handleUpgrade(request, socket, head));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Service(parts, store, collaboration, server, access);
  }

  live(personId: string): LiveClient {
    const client = new LiveClient(this, 'a', personId);
    this.clients.push(client);
    return client;
  }

  /** Resolves when the store was asked to write. */
  async asked(times: number): Promise<void> {
    while (this.store.asked.length < times) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.end();
    await this.collaboration.stop();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
    await this.parts.close();
  }
}

describe('the live part of the server', () => {
  let service: Service;
  beforeEach(async () => {
    service = await Service.start();
  });
  afterEach(() => service.close());

  test('[ACCESS-4] signing out ends the sockets of that sign-in, and no others', async () => {
    const ann = service.live('ann');
    const ben = service.live('ben');
    await Promise.all([ann.synced(), ben.synced()]);
    const closed = ann.closed();
    service.parts.bus.publish({ t: 'signed-out', credentialId: 'credential of ann' });
    expect(await closed).toEqual({ code: 4403, reason: 'not-signed-in' });
    expect(ben.provider.wsconnected).toBe(true);
  });

  test('[ACCESS-4] a sign-in that ends while its socket is still being opened opens none', async () => {
    const { access, parts } = service;
    const known = access.person;
    access.person = async (personId) => {
      parts.bus.publish({ t: 'signed-out', credentialId: `credential of ${personId}` });
      return known.call(access, personId);
    };
    expect(await service.live('ann').closed()).toEqual({ code: 4403, reason: 'not-signed-in' });
  });

  test('[ACCESS-4] what changes on the bus is decided anew for whom it concerns', async () => {
    const ann = service.live('ann');
    const ben = service.live('ben');
    await Promise.all([ann.synced(), ben.synced()]);
    for (const who of ['ann', 'ben']) {
      service.access.people.set(who, { access: 'read', reason: 'role', team: true });
    }
    const anns = ann.closed();
    service.parts.bus.publish({ t: 'access-changed', personId: 'ann', caseId: null });
    expect((await anns).reason).toBe('access-changed');
    expect(ben.provider.wsconnected).toBe(true);
    const bens = ben.closed();
    service.parts.bus.publish({ t: 'access-changed', personId: null, caseId: 'c' });
    expect((await bens).reason).toBe('access-changed');
  });

  test('[STOP-1] a stop saves what was accepted, and then says goodbye', async () => {
    const ann = service.live('ann');
    await ann.synced();
    service.store.shut();
    aims(ann.doc).insert(0, 'just in time');
    await service.asked(1);
    const goodbye = new Promise<{ code: number; reason: string }>((resolve) => {
      ann.provider.once('connection-close', (event) => resolve(event as CloseEvent));
    });
    ann.provider.shouldConnect = false;
    const stopped = service.collaboration.stop();
    service.store.release();
    expect(await stopped).toEqual({ unsaved: [] });
    expect(await goodbye).toMatchObject({ code: 4503, reason: 'stopping' });
    const disk = await readBlock(service.store, 'a');
    expect(aims(disk?.doc as Y.Doc).toString()).toBe('just in time');
  });

  test('[STOP-1] a stop names the blocks that it could not save', async () => {
    const ann = service.live('ann');
    await ann.synced();
    service.store.shut();
    aims(ann.doc).insert(0, 'lost with the disk');
    await service.asked(1);
    ann.provider.shouldConnect = false;
    const stopped = service.collaboration.stop();
    service.store.failure = new StoreWriteError('no space left');
    service.store.release();
    expect(await stopped).toEqual({ unsaved: ['a'] });
  });

  test('[STOP-1] a disk that never answers does not hold a stop for ever', async () => {
    const ann = service.live('ann');
    await ann.synced();
    service.store.shut();
    aims(ann.doc).insert(0, 'waiting');
    await service.asked(1);
    ann.provider.shouldConnect = false;
    const stopped = service.collaboration.stop();
    service.parts.clock.advance(STOP_WITHIN_MS);
    expect(await stopped).toEqual({ unsaved: ['a'] });
    service.store.release();
  });

  test('[STOP-1] nobody comes in any more', async () => {
    await service.collaboration.stop();
    const socket = new WebSocket(`${service.url.replace('http', 'ws')}/collab/block/a`, [
      'y-websocket',
      'casebook.token.ann',
    ]);
    const status = await new Promise((resolve) => {
      socket.on('error', () => {});
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    });
    expect(status).toBe(503);
  });

  test('[SAVE-5] the case of words that lost their place is announced', async () => {
    const row = { id: 'a', case_id: 'c', section_id: '1', school_id: null };
    await service.parts.records.read.insertInto('blocks').values(row).execute();
    const ann = service.live('ann');
    await ann.synced();
    const anns = new Paper(ann.doc);
    anns.write('Pairs plan a lesson');
    const away = new Y.Doc();
    Y.applyUpdate(away, Y.encodeStateAsUpdate(ann.doc));
    new Paper(away).type('Pairs', '-really');
    anns.makeHeading('Pairs');
    const announced = new Promise((resolve) => {
      service.parts.bus.subscribe((message) => message.t === 'changed' && resolve(message.topic));
    });
    const cem = service.live('cem');
    await cem.until((doc) => doc.getXmlFragment('content').toString().includes('<heading'));
    const ben = new LiveClient(service, 'a', 'ben', { doc: away });
    service.clients.push(ben);
    expect(await announced).toBe('case/c');
  });

  test('[SAVE-1] the page’s own protocol tells what is saved', async () => {
    const doc = new Y.Doc();
    let told = (_n: number) => {};
    const saved = new Promise<number>((resolve) => {
      told = (n) => n === 2 && resolve(n);
    });
    const page: LivePage = new LivePage(service, 'a', 'ann', doc, (n) => {
      if (n === 1) aims(doc).insert(0, 'x');
      told(n);
    });
    expect(await saved).toBe(2);
    page.end();
    await page.closed();
  });
});

describe('the server’s own edits', () => {
  let service: Service;
  beforeEach(async () => {
    service = await Service.start();
  });
  afterEach(() => service.close());

  test('[SAVE-1] are on disk when they are done, for whom they were made stands in the log, and all see them', async () => {
    const ben = service.live('ben');
    await ben.synced();
    const { writing } = service.collaboration;
    await writing.edit('a', 'ann', (doc) => aims(doc).insert(0, 'Seeded'));
    const rows = await service.store.rowsAfter('a', 0, 10);
    expect(rows.map(({ authorId, onBehalfOf }) => [authorId, onBehalfOf])).toEqual([[null, 'ann']]);
    await ben.until((doc) => aims(doc).toString() === 'Seeded');
    await writing.edit('a', null, (doc) => aims(doc).insert(6, ' again'), { authorId: 'cem' });
    await writing.edit('a', 'ann', (doc) => aims(doc).insert(0, 'Now '));
    const all = await service.store.rowsAfter('a', 0, 10);
    expect(all.map(({ authorId }) => authorId)).toEqual([null, 'cem', null]);
    expect(all[0]?.clients[0]?.client).toBe(all[2]?.clients[0]?.client);
    expect(all[1]?.clients[0]?.client).not.toBe(all[0]?.clients[0]?.client);
    await ben.until((doc) => aims(doc).toString() === 'Now Seeded again');
  });

  test('[ACCESS-3] nobody else writes under their client id', async () => {
    await service.collaboration.writing.edit('a', null, (doc) => aims(doc).insert(0, 'Seeded'));
    const [row] = await service.store.rowsAfter('a', 0, 1);
    const forged = new Y.Doc();
    Y.applyUpdate(forged, row?.bytes as Uint8Array);
    forged.clientID = row?.clients[0]?.client as number;
    aims(forged).insert(0, 'Not ');
    const eve = new LiveClient(service, 'a', 'eve', { doc: forged });
    service.clients.push(eve);
    const why = await new Promise((resolve) => {
      eve.provider.once('connection-close', (event) => resolve(event?.reason));
    });
    expect(why).toBe('bad-message');
    expect(aims((await readBlock(service.store, 'a'))?.doc as Y.Doc).toString()).toBe('Seeded');
  });

  test('that throw, change nothing, or cannot be saved say so', async () => {
    const { writing } = service.collaboration;
    const failing = writing.edit('a', null, () => {
      throw new Error('no such section');
    });
    await expect(failing).rejects.toThrow('no such section');
    await writing.edit('a', null, () => {});
    expect(service.store.asked).toEqual([]);
    service.store.failure = new StoreWriteError('no space left');
    await expect(writing.edit('a', null, (doc) => aims(doc).insert(0, 'x'))).rejects.toThrow('block a');
    service.store.failure = null;
    await writing.edit('a', null, (doc) => aims(doc).insert(0, 'y'));
    expect(aims((await readBlock(service.store, 'a'))?.doc as Y.Doc).toString()).toBe('y');
    await expect(writing.edit('nowhere', null, () => {})).rejects.toThrow('not-found');
  });
});

describe('a document that a merge broke', () => {
  test('[INPUT-1] is read again, with what was accepted and not on disk; only the sender leaves', async () => {
    const scene = await Scene.create('a');
    const ann = scene.stock('ann', 'a');
    const eve = scene.stock('eve', 'a');
    await scene.run();
    ann.doc.getXmlFragment('content').insert(0, [new Y.XmlElement('paragraph')]);
    await scene.run();
    scene.store.shut();
    aims(ann.doc).insert(0, 'on its way ');
    await scene.run();
    const apply = BlockDocument.prototype.apply;
    vi.spyOn(BlockDocument.prototype, 'apply').mockImplementationOnce(function (
      this: BlockDocument,
      ...args
    ) {
      apply.apply(this, args);
      throw new Error('Unexpected case');
    });
    // What removes an element may hide words: the document is looked at.
    eve.doc.getXmlFragment('content').delete(0, 1);
    eve.up();
    aims(ann.doc).insert(0, 'meanwhile ');
    await scene.run();
    scene.store.release();
    await scene.run();
    expect(eve.socket.closed?.reason).toBe('bad-message');
    expect(ann.socket.closed).toBeNull();
    const cem = scene.stock('cem', 'a');
    await scene.run();
    expect(aims(cem.doc).toString()).toBe('meanwhile on its way ');
    expect((await scene.store.rowsAfter('a', 0, 10)).map((row) => row.authorId)).toEqual([
      'ann',
      'ann',
      'ann',
    ]);
    await scene.close();
  });
});
