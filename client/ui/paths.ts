/**
 * @returns the path if it is one of this page's own, else `/`: an address in a
 *   link must never lead away from here
 */
export function ownPath(path: string | undefined): string {
  if (!path || !/^\/(?![/\\])/.test(path)) return '/';
  const url = new URL(path, 'http://here.invalid');
  return url.host === 'here.invalid' ? `${url.pathname}${url.search}${url.hash}` : '/';
}
