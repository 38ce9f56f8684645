/**
 * What stands on somebody's badge.
 * @returns one or two capital letters: of the first word and the last; `?` for a name without letters
 */
export function initialsOf(name: string): string {
  const words = name
    .normalize('NFC')
    .split(/[\s.]+/u)
    .map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0])
    .filter((letter) => letter !== undefined);
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : ''];
  return first === undefined ? '?' : `${first}${last}`.toLocaleUpperCase('en-GB');
}
