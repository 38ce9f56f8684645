/** People named in words, while they are written and when they are read. */

export interface Nameable {
  readonly id: string;
  readonly name: string;
}

/** An `@` that is being written, and what was typed behind it. */
export interface OpenMention {
  readonly at: number;
  readonly query: string;
}

/** @param caret where it stands in the words; @returns null where no name is being written */
export function openMention(words: string, caret: number): OpenMention | null {
  const found = /(?:^|[\s([“‘"'])@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*)?)$/u.exec(words.slice(0, caret));
  if (!found) return null;
  const query = found[1] ?? '';
  return { at: caret - query.length - 1, query };
}

/** @returns those whose names have a word that begins so, at most eight */
export function nameablesFor<Person extends Nameable>(
  people: readonly Person[],
  query: string,
): readonly Person[] {
  const sought = query.trim().toLowerCase();
  return people
    .filter(({ name }) => {
      const lower = name.toLowerCase();
      return (
        sought === '' || lower.startsWith(sought) || lower.split(' ').some((word) => word.startsWith(sought))
      );
    })
    .slice(0, 8);
}

/** @returns those of the people named whose `@Name` still stands in the words */
export function stillNamed(
  words: string,
  mentions: readonly string[],
  people: readonly Nameable[],
): readonly string[] {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return [...new Set(mentions)].filter((id) => words.includes(`@${names.get(id) ?? '\n'}`));
}

export interface SaidPiece {
  readonly text: string;
  readonly named: boolean;
}

/** @returns the words in pieces, names of people that are meant apart from the rest */
export function saidPieces(words: string, named: readonly string[]): readonly SaidPiece[] {
  const pieces: SaidPiece[] = [];
  // the longest first: one name may begin another
  const signs = named.map((name) => `@${name}`).sort((one, other) => other.length - one.length);
  let rest = 0;
  for (let at = 0; at < words.length; at += 1) {
    const sign = words[at] === '@' ? signs.find((one) => words.startsWith(one, at)) : undefined;
    if (!sign) continue;
    if (at > rest) pieces.push({ text: words.slice(rest, at), named: false });
    pieces.push({ text: sign, named: true });
    rest = at + sign.length;
    at = rest - 1;
  }
  if (rest < words.length) pieces.push({ text: words.slice(rest), named: false });
  return pieces;
}
