import type { Request } from 'express';
import type { ProblemCode } from '../../shared/api/problem.ts';
import { escapeHtml } from '../../shared/document/html.ts';

/** The page may draw itself, and nothing else. */
export const PROBLEM_PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADINGS: Partial<Record<ProblemCode, string>> = {
  'not-signed-in': 'Sign in first',
  'no-access': 'This is not open to you',
  'not-found': 'There is nothing here',
  gone: 'This is not here any more',
  'too-many': 'That was too often',
  'passkey-needed': 'A passkey is needed here',
  'bad-request': 'This address could not be read',
  unavailable: 'Not available just now',
};

/**
 * @returns whether somebody opened the address in a browser, as one does who types it or follows
 *   a link: programs and our own pages ask for JSON, or for anything
 */
export function isOpenedByHand(request: Request): boolean {
  if (request.method !== 'GET' || !/\btext\/html\b/.test(request.headers.accept ?? '')) return false;
  return request.accepts(['html', 'json']) === 'html';
}

/** @returns the refusal as a small page in plain words, with the way back; it runs and fetches nothing (INPUT-2) */
export function problemPage(code: ProblemCode, detail: string, path: string): string {
  const heading = HEADINGS[code] ?? 'Something went wrong';
  const { href, words } = wayBack(code, path);
  const said = code === 'not-found' ? 'It may have been deleted, or it is open to others alone.' : detail;
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(heading)} · Casebook</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="product">Casebook</p>
<h1>${escapeHtml(heading)}</h1>
<p>${escapeHtml(said)}</p>
<p><a href="${escapeHtml(href)}">${escapeHtml(words)}</a></p>
</main>
</body>
</html>
`;
}

/** What an address is about has a page of its own; to whom that is closed, the first page is open. */
function wayBack(code: ProblemCode, path: string): { readonly href: string; readonly words: string } {
  if (code === 'not-signed-in') return { href: '/sign-in', words: 'Sign in' };
  if (path.startsWith('/api/account/')) return { href: '/account', words: 'Back to your account' };
  const [, kind, id] = /^\/api\/(studies|cases)\/([A-Za-z0-9_-]{1,64})(?:\/|$)/.exec(path) ?? [];
  if (id !== undefined && code !== 'not-found' && code !== 'bad-request') {
    return kind === 'studies'
      ? { href: `/studies/${id}`, words: 'Back to the study' }
      : { href: `/cases/${id}`, words: 'Back to the case study' };
  }
  return { href: '/', words: 'Back to the first page' };
}

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #211f1b; background: #fbfaf7; }
main { max-width: 34rem; margin: 12vh auto 0; padding: 0 1.25rem 4rem; }
h1 { margin: 0 0 0.5rem; font: 600 1.75rem/1.25 Georgia, serif; }
.product { margin: 0 0 1.5rem; color: #5f594f; }
a { display: inline-block; padding: 0.625rem 0; color: #1d5b57; text-underline-offset: 0.2em; }
@media (prefers-color-scheme: dark) {
body { color: #ece8df; background: #171613; }
.product { color: #b0a99c; }
a { color: #86c7c1; }
}
`;
