const ALLOWED = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/**
 * @returns whether a link may point there (INPUT-2): absolute http, https, mailto
 *   or tel; nothing that a browser would run
 */
export function isSafeHref(href: unknown): href is string {
  if (typeof href !== 'string' || href.length > 2_000) return false;
  try {
    return ALLOWED.has(new URL(href).protocol);
  } catch {
    return false;
  }
}
