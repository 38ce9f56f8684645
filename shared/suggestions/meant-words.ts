/** Letters compared with letters at most, for one run of words that changed. */
const MOST_PAIRS = 1_000_000;

/** From (inclusive) and to (exclusive), UTF-16 code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What of a run of words somebody meant when they suggested to take it out. What others
 * typed in it meanwhile has the mark as well: it stays, as nobody suggested anything of it.
 * @param meant the words as they stood then
 * @param present the words under the mark now
 * @returns spans of `present` that were among the words meant, in order
 */
export function meantSpans(meant: string, present: string): readonly Span[] {
  if (meant === present) return present === '' ? [] : [{ from: 0, to: present.length }];
  const [was, is] = [[...meant], [...present]];
  const least = Math.min(was.length, is.length);
  let head = 0;
  while (head < least && was[head] === is[head]) head += 1;
  let tail = 0;
  while (tail < least - head && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail += 1;
  const middle = sharedLetters(was.slice(head, was.length - tail), is.slice(head, is.length - tail));
  const kept = is.map((_, at) => at < head || at >= is.length - tail || middle.has(at - head));
  const spans: { from: number; to: number }[] = [];
  let offset = 0;
  for (const [at, letter] of is.entries()) {
    const to = offset + letter.length;
    const last = spans.at(-1);
    if (kept[at] && last?.to === offset) last.to = to;
    else if (kept[at]) spans.push({ from: offset, to });
    offset = to;
  }
  return spans;
}

/** @returns indexes of the second that are a longest row of letters which stand in the first, too */
function sharedLetters(was: readonly string[], is: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  // of too much, nothing is known to be meant, and so nothing goes
  if (was.length === 0 || is.length === 0 || was.length * is.length > MOST_PAIRS) return found;
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
  for (let row = 0, column = 0; row < was.length && column < is.length; ) {
    if (was[row] === is[column]) {
      found.add(column);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return found;
}
