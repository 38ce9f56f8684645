import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { deviceMayHold } from '../../client/sync/early-device.ts';
import { askEarly, EARLY_CHANNEL } from '../../client/sync/early-room.ts';
import { dropEarlySocket, roomAskedOn, takeEarlySocket } from '../../client/sync/early-socket.ts';
import { earlyReply, forgetEarlyReplies } from '../../client/ui/head-start.ts';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/control.ts';
import { writeControl, writeFrame } from '../../shared/protocol/frames.ts';
import { writeSyncStep1 } from '../../shared/protocol/messages.ts';

const SCRIPT = readFileSync(join(import.meta.dirname, '../../client/public/head-start.js'), 'utf8');
const HOST = 'http://127.0.0.1:4400';

function replyTo(path: string, status: number, body: unknown, place?: string): Response {
  const headers: Record<string, string> = place === undefined ? {} : { 'Content-Location': place };
  const reply = Response.json(body, { status, headers });
  Object.defineProperty(reply, 'url', { value: HOST + path });
  return reply;
}

/** A connection that says what the test says. */
class FakeWebSocket extends EventTarget {
  static readonly OPEN = 1;
  readonly url: string;
  readonly protocols: readonly string[];
  readyState = 0;
  closed = false;
  readonly sent: number[][] = [];
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;

  constructor(url: string, protocols: readonly string[]) {
    super();
    this.url = url;
    this.protocols = protocols;
    this.addEventListener('message', (event) => this.onmessage?.(event as MessageEvent<ArrayBuffer>));
  }

  send(bytes: Uint8Array): void {
    this.sent.push([...bytes]);
  }

  /** The connection stands, and the server says whose it is. */
  welcome(personId: string, protocol = PROTOCOL_VERSION): void {
    this.readyState = FakeWebSocket.OPEN;
    const data = writeControl({ t: 'welcome', protocol, schema: SCHEMA_VERSION, personId }).buffer;
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  close(): void {
    this.closed = true;
  }
}

/** Runs the page's first script at an address. @returns what it asked for and which parts it named */
function startAt(pathname: string, answers: (path: string) => Response) {
  const asked: string[] = [];
  const links: { rel?: string; as?: string; href?: string }[] = [];
  const sockets: FakeWebSocket[] = [];
  const window: {
    casebookHeadStart?: { path: string; reply: Promise<Response | null> }[];
    casebookDevice?: Promise<{ name?: string }[]>;
    casebookSocket?: { socket: FakeWebSocket; heard: ArrayBuffer[] };
  } = {};
  runInNewContext(SCRIPT, {
    location: { pathname, protocol: 'http:', host: '127.0.0.1:4400' },
    window,
    WebSocket: class extends FakeWebSocket {
      constructor(url: string, protocols: readonly string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    },
    // What it says where the app never comes is tried in a browser.
    setTimeout: () => 0,
    addEventListener: () => {},
    localStorage: { getItem: () => null },
    matchMedia: () => ({ matches: false }),
    indexedDB: { databases: async () => [{ name: 'casebook/ada' }] },
    document: {
      documentElement: { setAttribute: () => {} },
      querySelector: () => ({ content: '/assets/case.js' }),
      createElement: () => ({}),
      head: { append: (link: object) => links.push(link) },
    },
    fetch: (path: string) => {
      asked.push(path);
      return new Promise((resolve) => resolve(answers(path)));
    },
  });
  vi.stubGlobal('window', window);
  vi.stubGlobal('WebSocket', FakeWebSocket);
  return { asked, links, sockets };
}

const FRAMEWORK = '/api/frameworks/mentoring-and-coaching/1';
const everything = (path: string) =>
  replyTo(path, 200, { path }, path.endsWith('/framework') ? FRAMEWORK : undefined);

describe('what a case’s page asks before the app is there', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('asks for the case, its text, its framework and the session, and for the page’s parts', () => {
    const { asked, links } = startAt('/cases/c1', everything);
    expect(asked.sort()).toEqual([
      '/api/cases/c1',
      '/api/cases/c1/framework',
      '/api/cases/c1/text',
      '/api/session',
    ]);
    expect(links).toEqual([{ rel: 'modulepreload', href: '/assets/case.js' }]);
  });

  it('asks for nothing on any other page, a contact’s above all', () => {
    for (const path of ['/', '/contact', '/enter', '/cases/c1/print', '/studies/s1']) {
      expect(startAt(path, everything).asked).toEqual([]);
    }
  });

  it('hands each reply over once', async () => {
    startAt('/cases/c1', everything);
    const text = await earlyReply('/api/cases/c1/text');
    expect(await text?.json()).toEqual({ path: '/api/cases/c1/text' });
    expect(earlyReply('/api/cases/c1/text')).toBeNull();
    const framework = await earlyReply(FRAMEWORK);
    expect(framework?.ok).toBe(true);
    expect(await (await earlyReply('/api/cases/c1'))?.json()).toEqual({ path: '/api/cases/c1' });
  });

  it('hands over no refusal, no failure and no other framework: those are asked for anew', async () => {
    startAt('/cases/c1', (path) => replyTo(path, path === '/api/session' ? 200 : 401, {}));
    expect(await earlyReply('/api/cases/c1')).toBeNull();
    expect(await earlyReply(FRAMEWORK)).toBeNull();
    startAt('/cases/c1', () => {
      throw new TypeError('no network');
    });
    expect(await earlyReply('/api/cases/c1/text')).toBeNull();
    startAt('/cases/c1', everything);
    expect(await earlyReply('/api/frameworks/another/2')).toBeNull();
  });

  it('hands over nothing to the next person', () => {
    startAt('/cases/c1', everything);
    forgetEarlyReplies();
    expect(earlyReply('/api/cases/c1')).toBeNull();
  });

  it('knows whether this device has kept something of a person’s, and believes that it has where it cannot say', async () => {
    startAt('/cases/c1', everything);
    expect(await deviceMayHold('ada')).toBe(true);
    startAt('/cases/c1', everything);
    expect(await deviceMayHold('ben')).toBe(false);
    // Asked again, the page may have kept something itself.
    expect(await deviceMayHold('ben')).toBe(true);
    startAt('/cases/c1', everything);
    vi.stubGlobal('performance', { now: () => 60_000 });
    expect(await deviceMayHold('ben')).toBe(true);
    vi.unstubAllGlobals();
    vi.stubGlobal('window', { casebookDevice: Promise.reject(new Error('not allowed')) });
    expect(await deviceMayHold('ben')).toBe(true);
    vi.stubGlobal('window', {});
    expect(await deviceMayHold('ben')).toBe(true);
  });

  it('opens the live connection, and says again what was said on it before somebody listened', async () => {
    const { sockets } = startAt('/cases/c1', everything);
    const [socket] = sockets;
    expect(socket?.url).toBe('ws://127.0.0.1:4400/collab');
    expect([...(socket?.protocols ?? [])]).toEqual(['casebook.1']);
    socket?.onmessage?.({ data: new ArrayBuffer(3) });
    const taken = takeEarlySocket() as unknown as FakeWebSocket;
    const heard: number[] = [];
    taken.onmessage = ({ data }) => heard.push(data.byteLength);
    await Promise.resolve();
    expect([taken === socket, heard]).toEqual([true, [3]]);
    expect(takeEarlySocket()).toBeNull();
  });

  it('takes no connection that has ended, and leaves none open for the next person', () => {
    const { sockets } = startAt('/cases/c1', everything);
    if (sockets[0]) sockets[0].readyState = 3;
    expect(takeEarlySocket()).toBeNull();
    const another = startAt('/cases/c1', everything).sockets[0];
    another?.welcome('ada');
    dropEarlySocket();
    expect(another?.closed).toBe(true);
    expect(takeEarlySocket()).toBeNull();
  });

  it('asks for the first section with its text, as the app would, once the server has said whose connection it is', async () => {
    vi.useFakeTimers();
    const { sockets } = startAt('/cases/c1', everything);
    const asking = askEarly('ben', 'block/one');
    await Promise.resolve();
    expect(sockets[0]?.sent).toEqual([]);
    sockets[0]?.welcome('ben');
    await asking;
    const open = { t: 'open', channel: EARLY_CHANNEL, room: 'block/one', schema: SCHEMA_VERSION } as const;
    const nothing = writeSyncStep1(Y.encodeStateVector(new Y.Doc()));
    expect(sockets[0]?.sent).toEqual([[...writeControl(open)], [...writeFrame(EARLY_CHANNEL, nothing)]]);
    const taken = takeEarlySocket();
    expect(taken && roomAskedOn(taken)).toBe('block/one');
    // Taken, it is nobody else's to close.
    vi.advanceTimersByTime(60_000);
    expect(sockets[0]?.closed).toBe(false);
    vi.useRealTimers();
  });

  it('asks early for nothing that may stand on the device, that another person would get, or that the app asks for', async () => {
    const attempts: readonly ((socket: FakeWebSocket) => Promise<void>)[] = [
      async (socket) => {
        socket.welcome('ada');
        // Its copy is here.
        await askEarly('ada', 'block/one');
      },
      async (socket) => {
        socket.welcome('ada');
        await askEarly('ben', 'block/one');
      },
      async (socket) => {
        socket.welcome('ben', PROTOCOL_VERSION + 1);
        await askEarly('ben', 'block/one');
      },
      async (socket) => {
        const asking = askEarly('ben', 'block/one');
        const taken = takeEarlySocket();
        expect(taken && roomAskedOn(taken)).toBeNull();
        socket.welcome('ben');
        await asking;
      },
      async (socket) => {
        const asking = askEarly('ben', 'block/one');
        // Waits for the device first.
        await new Promise((resolve) => setImmediate(resolve));
        socket.readyState = 3;
        socket.dispatchEvent(new Event('close'));
        await asking;
      },
    ];
    for (const attempt of attempts) {
      const [socket] = startAt('/cases/c1', everything).sockets;
      if (!socket) throw new Error('no socket');
      await attempt(socket);
      expect(socket.sent).toEqual([]);
    }
  });

  it('leaves no section open for an app that does not come', async () => {
    vi.useFakeTimers();
    const { sockets } = startAt('/cases/c1', everything);
    sockets[0]?.welcome('ben');
    await askEarly('ben', 'block/one');
    vi.advanceTimersByTime(60_000);
    expect(sockets[0]?.closed).toBe(true);
    expect(takeEarlySocket()).toBeNull();
    vi.useRealTimers();
  });
});
