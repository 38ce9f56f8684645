import compression from 'compression';
import express from 'express';
import helmet from 'helmet';
import { refusedCall } from '../audit/refused-calls.ts';
import type { Parts } from '../parts.ts';
import { allowedOrigins } from './origins.ts';
import { problemHandler } from './problems.ts';
import { Refusal } from './refusal.ts';
import { apiRouter } from './route-binder.ts';
import type { Routes } from './routes.ts';
import { staticFiles } from './static-files.ts';

export interface AppParts {
  readonly parts: Parts;
  readonly routes: Required<Routes>;
  /** Files that are no JSON, such as exports; each router names its own paths. */
  readonly files: readonly express.Router[];
  /** Absolute path of the built page; null where none is served (development, tests). */
  readonly clientRoot: string | null;
  readonly roomsOpen: () => number;
}

/** What is smaller fits in a packet or two as it is. */
const COMPRESSED_FROM_BYTES = 4 * 1024;

/** Everything that HTTP answers; the socket's upgrade is not its business. */
export function createApp(app: AppParts): express.Express {
  const { parts } = app;
  const web = express();
  web.disable('x-powered-by');
  web.set('etag', false);
  web.use(securityHeaders(parts.settings.publicUrl));

  web.get('/healthz', async (_request, response) => {
    await parts.records.read.selectFrom('meta').select('key').limit(1).execute();
    response.set('Cache-Control', 'no-store').json({ ok: true, rooms: app.roomsOpen() });
  });
  // A case and its framework are a hundred kilobytes of words; the page's own files come compressed from disk.
  web.use('/api', compression({ threshold: COMPRESSED_FROM_BYTES }));
  for (const router of app.files) web.use(router);
  web.use('/api', apiRouter(parts, app.routes));
  if (app.clientRoot !== null) web.use(staticFiles(app.clientRoot));
  web.use(() => {
    throw new Refusal('not-found', 'There is nothing at this address.');
  });
  web.use(
    problemHandler(parts.log, (refusal, request) =>
      parts.refusals.noteFound(refusedCall(parts, refusal, request)),
    ),
  );
  return web;
}

function securityHeaders(publicUrl: string): express.RequestHandler {
  const secure = publicUrl.startsWith('https:');
  // A browser that does not count sockets to 'self' asks for each name; an IPv6 number can't stand here.
  const sockets = [...allowedOrigins(publicUrl)]
    .filter((origin) => !origin.includes('['))
    .map((origin) => origin.replace(/^http/, 'ws'));
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        // Styles of elements are set by the components and by the editor's tables.
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", ...sockets],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
  });
}
