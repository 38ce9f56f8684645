import { plainCharacters } from '../document/plain-characters.ts';

/**
 * The `Content-Disposition` of a file for download (RFC 6266, names by RFC 5987).
 * @param title anybody's words; what no file system likes is left out
 * @param ending with its dot
 * @param shown in the page (`inline`) or downloaded (`attachment`)
 */
export function contentDisposition(title: string, ending: string, shown: 'inline' | 'attachment'): string {
  const name = `${fileTitle(title)}${ending}`;
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${shown}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** @returns at most 80 characters of the title without paths, controls and reserved signs */
function fileTitle(title: string): string {
  const plain = plainCharacters(title)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[<>:"/\\|?*]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const short = Array.from(plain)
    .slice(0, 80)
    .join('')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return short === '' ? 'Case study' : short;
}
