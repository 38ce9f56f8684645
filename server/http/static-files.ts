import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { RequestHandler } from 'express';

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

/**
 * The built page. Its files are listed once, so that no request can name
 * anything else. Names with a hash never change and are kept for good; every
 * address without a file is a page of the app.
 * @param root absolute path of the built client
 */
export function staticFiles(root: string): RequestHandler {
  const files = new Set(listFiles(root));
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const asked = request.path.slice(1);
    const isFile = files.has(asked) && !/\.(br|gz)$/.test(asked);
    // A missing script must not be answered with a page.
    if (!isFile && (NO_PAGES.test(request.path) || /\.[a-z0-9]{1,11}$/i.test(asked))) return next();
    const file = isFile ? asked : 'index.html';
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
    response.sendFile(
      file + (encoding?.suffix ?? ''),
      { root, cacheControl: false, acceptRanges: false, dotfiles: 'deny' },
      (error) => {
        if (error) next(error);
      },
    );
  };
}

function listFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
