import { isSafeHref } from '../../shared/document/links.ts';

/**
 * What somebody typed as a link's address, made whole: `example.org` gets https, an
 * e-mail address mailto.
 * @returns null where it leads nowhere safe (INPUT-2)
 */
export function linkAddress(typed: string): string | null {
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return null;
  if (isSafeHref(text)) return text;
  if (/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(text)) return `mailto:${text}`;
  // anything with another scheme stays refused; a bare host gets one
  if (/^[a-z][a-z\d+.-]*:/i.test(text) && !/^[\w-]+(\.[\w-]+)*:\d+(\/|$)/.test(text)) return null;
  const whole = `https://${text}`;
  return /^[^/?#]+\.[^/?#.]{2,}/.test(text) && isSafeHref(whole) ? whole : null;
}
