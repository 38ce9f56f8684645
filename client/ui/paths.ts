/**
 * @returns the path if it is one of this page's own, else `/`: an address in a
 *   link must never lead away from here
 */
export function ownPath(path: string | undefined): string {
  if (!path || !/^\/(?![/\\])/.test(path)) return '/';
  const url = new URL(path, 'http://here.invalid');
  return url.host === 'here.invalid' ? `${url.pathname}${url.search}${url.hash}` : '/';
}

/**
 * @param path of the page that somebody is signed out on
 * @returns what the address of the sign-in page says of where they are led afterwards; nothing
 *   for the first page, and on the sign-in page itself, which one may be on the way to already
 */
export function comingBackTo(path: string): { readonly to?: string } {
  return path === '/' || /^\/sign-in(?:[/?#]|$)/.test(path) ? {} : { to: path };
}
