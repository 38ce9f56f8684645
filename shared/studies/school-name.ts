/** A school as far as telling it from others goes. */
export interface NamedSchool {
  readonly id: string;
  readonly name: string;
  readonly place: string;
}

/** The same however it is typed: case, spaces, and letters that are put together of parts. */
function plain(words: string): string {
  return words.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** @returns those among `schools` that bear the name of this one and are others */
export function namesakes<School extends NamedSchool>(
  school: Pick<NamedSchool, 'id' | 'name'>,
  schools: readonly School[],
): readonly School[] {
  const name = plain(school.name);
  if (name === '') return [];
  return schools.filter((other) => other.id !== school.id && plain(other.name) === name);
}

/** @returns whether its place tells a school from every other of its name; none tells nothing */
export function isToldApart(place: string, others: readonly NamedSchool[]): boolean {
  if (others.length === 0) return true;
  return plain(place) !== '' && others.every((other) => plain(other.place) !== plain(place));
}

/** `There is a school of this name already: Hill School, Leeds.` */
export function namesakeWords(others: readonly NamedSchool[]): string {
  const named = others.map(({ name, place }) => (place === '' ? name : `${name}, ${place}`));
  return others.length === 1
    ? `There is a school of this name already: ${named[0]}.`
    : `There are schools of this name already: ${named.join('; ')}.`;
}
