import { plainCharacters } from '../../shared/document/plain-characters.ts';
import { SEAM_SIGNS } from '../../shared/document/suggestion-key.ts';

/**
 * The words of a text node: white space as a browser would show it, hard spaces kept
 * only where they are typography (figures, French punctuation), nothing unseen.
 */
export function pastedWords(text: string): string {
  return plainCharacters(text)
    .replace(/[\u200b\u2060\ufeff\u00ad]/g, '')
    .replace(SEAM_SIGNS, '')
    .replace(/[ \t\n\r\f\u2028\u2029]+/g, ' ')
    .replace(/\u00a0/g, (_, at: number, whole: string) =>
      (/[\d\u00ab]/.test(whole[at - 1] ?? '') && /[\d\p{L}%\u20ac\u00a3]/u.test(whole[at + 1] ?? '')) ||
      (/[;:!?%\u00bb]/.test(whole[at + 1] ?? '') && /[\p{L}\d]/u.test(whole[at - 1] ?? ''))
        ? '\u00a0'
        : ' ',
    )
    .replace(/ {2,}/g, ' ');
}
