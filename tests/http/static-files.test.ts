import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestParts, type TestParts } from '../support/parts.ts';
import { startWeb, type Web } from '../support/web.ts';

const SCRIPT = 'console.log("a page");';
const PARTS = '<meta name="casebook-case-parts" content="/assets/case.js">';
const PAPER = '<meta name="casebook-first-paper" content="/assets/paper.js">';
const FIRST = '<script src="/head-start.js"></script>';
const APP = '<script type="module" src="/assets/main.js"></script>';
const STYLES = '<link rel="stylesheet" href="/assets/style.css">';
const FONT = '<link rel="preload" as="font" href="/assets/serif.woff2">';
const PAGE = `<!doctype html><head>${PARTS}${PAPER}<title>Casebook</title>${FIRST}${APP}${STYLES}${FONT}</head>`;
let folder: string;
const SPEAKER_PAGE = '<!doctype html><title>Check your words</title>';
let parts: TestParts;
let web: Web;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casebook-client-'));
  const root = join(folder, 'client');
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'outside');
  await writeFile(join(root, 'index.html'), PAGE);
  await writeFile(join(root, 'quotes.html'), SPEAKER_PAGE);
  await writeFile(join(root, 'sw.js'), '// worker');
  await writeFile(join(root, 'assets/main-abc123.js'), SCRIPT);
  await writeFile(join(root, 'assets/main-abc123.js.br'), brotliCompressSync(SCRIPT));
  await writeFile(join(root, 'assets/main-abc123.js.gz'), gzipSync(SCRIPT));
  await writeFile(join(root, '.stamp'), 'hash');
  parts = await createTestParts();
  web = await startWeb(parts, [], root);
});
afterAll(async () => {
  await web.close();
  await parts.close();
  await rm(folder, { recursive: true });
});

interface Sent {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Asks for a path as it is written, which `fetch` would tidy up first. */
function ask(path: string, encodings = 'identity', known?: string): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': encodings, ...(known ? { 'if-none-match': known } : {}) };
    get(web.url, { path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('latin1'),
        }),
      );
    }).on('error', reject);
  });
}

describe('the files of the page', () => {
  it('every address of the app is the page, and it is asked for anew', async () => {
    for (const path of ['/', '/studies/abc', '/enter', '/cases/x/print?section=2.1']) {
      const sent = await ask(path);
      expect(sent, path).toMatchObject({ status: 200, body: PAGE });
      expect(sent.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(sent.headers['cache-control']).toBe('no-cache');
    }
    expect((await ask('/sw.js')).headers['cache-control']).toBe('no-cache');
  });

  it('the page on which people check their words is not the app’s', async () => {
    for (const path of ['/quotes', '/quotes/', '/quotes?from=mail']) {
      expect(await ask(path), path).toMatchObject({ status: 200, body: SPEAKER_PAGE });
    }
    expect((await ask('/cases/x/quotes')).body).not.toBe(SPEAKER_PAGE);
  });

  it('the page of a case names first what it is first shown with, and last the scripts that draw it', async () => {
    const link = (path: string) => `<link rel="preload" as="fetch" crossorigin href="${path}">`;
    for (const path of ['/cases/x', '/cases/x/', '/cases/x?section=2.1']) {
      const sent = await ask(path, 'gzip, br');
      expect(sent.headers['content-encoding']).toBeUndefined();
      expect(sent.body).toBe(
        `<!doctype html><head>${PAPER}<title>Casebook</title>` +
          ['/api/session', '/api/cases/x', '/api/cases/x/text', '/api/cases/x/framework'].map(link).join('') +
          FIRST +
          '<link rel="modulepreload" crossorigin href="/assets/paper.js">' +
          STYLES +
          APP +
          '<link rel="modulepreload" crossorigin href="/assets/case.js">' +
          `${FONT}</head>`,
      );
    }
  });

  it('[INPUT-2] an address of a case that can be none names nothing in the page', async () => {
    for (const path of ['/cases/%22%3E%3Cscript%3E', `/cases/${'x'.repeat(65)}`]) {
      expect((await ask(path)).body, path).not.toContain('as="fetch"');
    }
  });

  it('a file whose name has a hash is kept for good, and sent as the browser takes it best', async () => {
    const plain = await ask('/assets/main-abc123.js');
    expect(plain).toMatchObject({ status: 200, body: SCRIPT });
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(plain.headers.vary).toContain('Accept-Encoding');
    const best = await ask('/assets/main-abc123.js', 'gzip, deflate, br');
    expect(best.headers['content-encoding']).toBe('br');
    expect(best.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(Buffer.from(best.body, 'latin1')).toEqual(brotliCompressSync(SCRIPT));
    expect((await ask('/assets/main-abc123.js', 'gzip')).headers['content-encoding']).toBe('gzip');
    expect(
      (await ask('/assets/main-abc123.js', 'br;q=0, gzip;q=0')).headers['content-encoding'],
    ).toBeUndefined();
  });

  it('a page that is as it was is not sent again', async () => {
    const { headers } = await ask('/');
    const tag = String(headers.etag);
    expect(await ask('/', 'identity', tag)).toMatchObject({ status: 304, body: '' });
    expect(await ask('/sw.js', 'identity', tag)).toMatchObject({ status: 200, body: '// worker' });
  });

  it('a script that is gone is not answered with a page', async () => {
    for (const path of ['/assets/main-old.js', '/assets/', '/missing.png', '/assets/main-abc123.js.br']) {
      const sent = await ask(path);
      expect(sent.status, path).toBe(404);
      expect(sent.headers['content-type'], path).toContain('application/problem+json');
    }
  });

  it('nothing outside the folder, and nothing hidden, can be named', async () => {
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%2f..%2f..%2fsecret.txt',
      '/.stamp',
    ]) {
      expect((await ask(path)).body, path).not.toMatch(/^(outside|hash)$/);
    }
  });

  it('what the server answers itself is never the page', async () => {
    for (const path of ['/api', '/api/x', '/collab', '/collab/block/x', '/exports/x']) {
      expect((await ask(path)).headers['content-type'], path).toContain('application/problem+json');
    }
  });
});
