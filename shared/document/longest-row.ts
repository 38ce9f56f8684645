/** Pairs compared at most: a million numbers in memory. */
const MOST_PAIRS = 1_000_000;

export interface SharedPlace {
  readonly was: number;
  readonly is: number;
}

/**
 * @returns a longest row of what stands in both, in order, by index; null where there is too
 *   much to compare
 */
export function longestRow(was: readonly string[], is: readonly string[]): readonly SharedPlace[] | null {
  const least = Math.min(was.length, is.length);
  let head = 0;
  while (head < least && was[head] === is[head]) head += 1;
  let tail = 0;
  while (tail < least - head && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail += 1;
  const middle = between(was.slice(head, was.length - tail), is.slice(head, is.length - tail));
  if (!middle) return null;
  return [
    ...Array.from({ length: head }, (_, at) => ({ was: at, is: at })),
    ...middle.map((place) => ({ was: place.was + head, is: place.is + head })),
    ...Array.from({ length: tail }, (_, at) => ({
      was: was.length - tail + at,
      is: is.length - tail + at,
    })),
  ];
}

function between(was: readonly string[], is: readonly string[]): SharedPlace[] | null {
  if (was.length === 0 || is.length === 0) return [];
  if (was.length * is.length > MOST_PAIRS) return null;
  const width = is.length + 1;
  const longest = new Uint32Array((was.length + 1) * width);
  const at = (row: number, column: number) => longest[row * width + column] as number;
  for (let row = was.length - 1; row >= 0; row -= 1) {
    for (let column = is.length - 1; column >= 0; column -= 1) {
      longest[row * width + column] =
        was[row] === is[column]
          ? 1 + at(row + 1, column + 1)
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const found: SharedPlace[] = [];
  for (let row = 0, column = 0; row < was.length && column < is.length; ) {
    if (was[row] === is[column]) {
      found.push({ was: row, is: column });
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return found;
}
