import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { NextFunction, RequestHandler, Response } from 'express';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  woff: 'font/woff',
  txt: 'text/plain; charset=utf-8',
};

/** From the best to the plain one; made by the build beside the file itself. */
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

/** Addresses that the server answers itself; where it does not, a page would mislead. */
const NO_PAGES = /^\/(?:api|collab|exports|healthz|assets)(?:\/|$)/;

interface Kept {
  readonly body: Buffer;
  readonly tag: string;
}

/** The page on which people check their words is not the app's; see client/speaker. */
const SPEAKER_PAGE = /^\/quotes\/?$/;

/** The page of a case, which opens soonest where its parts are asked for first of all. */
const CASE_PAGE = /^\/cases\/([^/]+)\/?$/;

/**
 * The built page. Its files are listed once, so that no request can name
 * anything else. Names with a hash never change and are kept for good; every
 * address without a file is a page of the app.
 * @param root absolute path of the built client
 */
export function staticFiles(root: string): RequestHandler {
  const files = new Set(listFiles(root));
  // Opening a page asks for thirty of them at once: what was sent before is sent from memory.
  const bytes = new Map<string, Kept>();
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const asked = request.path.slice(1);
    const isFile = files.has(asked) && !/\.(br|gz)$/.test(asked);
    // A missing script must not be answered with a page.
    if (!isFile && (NO_PAGES.test(request.path) || /\.[a-z0-9]{1,11}$/i.test(asked))) return next();
    const file = isFile ? asked : SPEAKER_PAGE.test(request.path) ? 'quotes.html' : 'index.html';
    if (!files.has(file)) return next();
    response.set('Content-Type', TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream');
    response.set(
      'Cache-Control',
      file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    response.vary('Accept-Encoding');
    const encoding = ENCODINGS.find(
      ({ name, suffix }) => files.has(file + suffix) && request.acceptsEncodings(name) === name,
    );
    if (encoding) response.set('Content-Encoding', encoding.name);
    const name = file + (encoding?.suffix ?? '');
    const forCase = !isFile && CASE_PAGE.test(request.path);
    if (!forCase) return send(response, name, next);
    response.removeHeader('Content-Encoding');
    read('index.html').then(({ body }) => response.send(casePage(String(body), request.path)), next);
  };

  async function read(name: string): Promise<Kept> {
    let kept = bytes.get(name);
    if (!kept) {
      const body = await readFile(join(root, name));
      const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      kept = { body, tag };
      bytes.set(name, kept);
    }
    return kept;
  }

  function send(response: Response, name: string, next: NextFunction): void {
    read(name).then(({ body, tag }) => response.set('ETag', tag).send(body), next);
  }
}

function listFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** What public/head-start.js asks for; the browser answers it from what was asked for here. */
function caseRecords(address: string): string[] {
  const [, caseId = ''] = CASE_PAGE.exec(address) ?? [];
  // What cannot be an id names nothing, and stands in no page.
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(caseId)) return [];
  const path = `/api/cases/${caseId}`;
  return ['/api/session', path, `${path}/text`, `${path}/framework`];
}

const FIRST_PAPER = /<meta name="casebook-first-paper" content="([^"]*)">/;
const PARTS = /<meta name="casebook-case-parts" content="([^"]*)">/;
/** It asks for the records itself: where they stand before it, it is given what is on its way. */
const FIRST_SCRIPT = /<script src="\/head-start\.js"><\/script>/;
const STYLES = /<link rel="stylesheet"[^>]*>/;
/** What every page starts with. */
const FIRST_PART = /(?=<script type="module")/;
/** Before the fonts, which are waited for last. */
const LAST_LINKS = /(?=<link [^>]*as="font")|(?=<\/head>)/;

/**
 * The page as it is for every address, but that it names what the page of a
 * case needs, so that it is on its way before a script of it runs. A browser
 * asks for six things at a time, in this order: what the case is first shown with, which are
 * its records, their script and the styles; then what every page starts with, then
 * the scripts that draw it.
 * @param page the page as it was built
 * @param address path of the case's page
 */
function casePage(page: string, address: string): string {
  const [, named = ''] = PARTS.exec(page) ?? [];
  const records = caseRecords(address).map(
    (path) => `<link rel="preload" as="fetch" crossorigin href="${path}">`,
  );
  const scripts = named
    .split(' ')
    .filter((href) => /^\/[\w./-]+$/.test(href))
    .map(asModule);
  const [, paper] = FIRST_PAPER.exec(page) ?? [];
  const [first = ''] = FIRST_SCRIPT.exec(page) ?? [];
  const [styles = ''] = STYLES.exec(page) ?? [];
  return page
    .replace(PARTS, '')
    .replace(FIRST_SCRIPT, '')
    .replace(STYLES, '')
    .replace(FIRST_PART, [...records, first, ...(paper ? [asModule(paper)] : []), styles].join(''))
    .replace(LAST_LINKS, scripts.join(''));
}

function asModule(href: string): string {
  return `<link rel="modulepreload" crossorigin href="${href}">`;
}
