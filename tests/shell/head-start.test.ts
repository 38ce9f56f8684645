import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { earlyReply, forgetEarlyReplies } from '../../client/ui/head-start.ts';

const SCRIPT = readFileSync(join(import.meta.dirname, '../../client/public/head-start.js'), 'utf8');
const HOST = 'http://127.0.0.1:4400';

function replyTo(path: string, status: number, body: unknown): Response {
  const reply = Response.json(body, { status });
  Object.defineProperty(reply, 'url', { value: HOST + path });
  return reply;
}

/** Runs the page's first script at an address. @returns what it asked for and which parts it named */
function startAt(pathname: string, answers: (path: string) => Response) {
  const asked: string[] = [];
  const links: { rel?: string; as?: string; href?: string }[] = [];
  const window: { casebookHeadStart?: { path: string; reply: Promise<Response | null> }[] } = {};
  runInNewContext(SCRIPT, {
    location: { pathname },
    window,
    document: {
      querySelector: () => ({ content: '/assets/case.js /assets/case.css' }),
      createElement: () => ({}),
      head: { append: (link: object) => links.push(link) },
    },
    fetch: (path: string) => {
      asked.push(path);
      return new Promise((resolve) => resolve(answers(path)));
    },
  });
  vi.stubGlobal('window', window);
  return { asked, links };
}

const CASE = { study: { frameworkId: 'mentoring-and-coaching', frameworkVersion: 1 } };
const everything = (path: string) => replyTo(path, 200, path === '/api/cases/c1' ? CASE : { path });

describe('what a case’s page asks before the app is there', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('asks for the case, its text, its framework and the session, and for the page’s parts', async () => {
    const { asked, links } = startAt('/cases/c1', everything);
    await earlyReply('/api/frameworks/mentoring-and-coaching/1');
    expect(asked.sort()).toEqual([
      '/api/cases/c1',
      '/api/cases/c1/text',
      '/api/frameworks/mentoring-and-coaching/1',
      '/api/session',
    ]);
    expect(links).toEqual([
      { rel: 'modulepreload', href: '/assets/case.js' },
      { rel: 'preload', as: 'style', crossOrigin: '', href: '/assets/case.css' },
    ]);
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
    const framework = await earlyReply('/api/frameworks/mentoring-and-coaching/1');
    expect(framework?.ok).toBe(true);
    expect(await (await earlyReply('/api/cases/c1'))?.json()).toEqual(CASE);
  });

  it('hands over no refusal, no failure and no other framework: those are asked for anew', async () => {
    startAt('/cases/c1', (path) => replyTo(path, path === '/api/session' ? 200 : 401, CASE));
    expect(await earlyReply('/api/cases/c1')).toBeNull();
    expect(await earlyReply('/api/frameworks/mentoring-and-coaching/1')).toBeNull();
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
});
