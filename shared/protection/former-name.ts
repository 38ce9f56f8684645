/** The same however it is typed: case, spaces, and letters that are put together of parts. */
function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

const LETTER = /[\p{L}\p{N}]/u;

/**
 * @returns whether what a study would call somebody holds their own name. As words of their own:
 *   whoever is called “Or” can still be “A former contact”.
 */
export function holdsOwnName(called: string, ownName: string): boolean {
  const words = [...plain(called)];
  const own = [...plain(ownName)];
  if (own.length === 0) return false;
  return words.some(
    (_, at) =>
      own.every((sign, offset) => words[at + offset] === sign) &&
      !LETTER.test(words[at - 1] ?? '') &&
      !LETTER.test(words[at + own.length] ?? ''),
  );
}

/** What to say then. */
export const HOLDS_OWN_NAME =
  'This holds their own name. Choose words that do not tell who they are, such as “A former contact”.';
