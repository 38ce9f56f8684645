import type { IncomingMessage } from 'node:http';

/**
 * Where pages of this service come from: its public address, and where that is
 * this machine itself, each of the names that a browser on it may use.
 */
export function allowedOrigins(publicUrl: string): ReadonlySet<string> {
  const url = new URL(publicUrl);
  const own = ['127.0.0.1', 'localhost', '[::1]'];
  if (!own.includes(url.hostname)) return new Set([url.origin]);
  return new Set(own.map((host) => `${url.protocol}//${host}${url.port === '' ? '' : `:${url.port}`}`));
}

/**
 * Whether a request that a cookie speaks for was made by a page of this service.
 * Browsers say so by `Origin`; a request without one is nobody's page.
 */
export function comesFromOwnPage(request: IncomingMessage, origins: ReadonlySet<string>): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return false;
  // Reached under another name than PUBLIC_URL's, as over a forwarded port: the cookie is that name's own.
  return origins.has(origin) || origin === `http://${host}` || origin === `https://${host}`;
}
