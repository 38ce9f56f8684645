/** Words that stay, go or come, in reading order; put together, what stays and comes is the new text. */
export interface WordChange {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Words of both texts, multiplied, up to which they are compared one by one. */
const MOST_COMPARED = 1_000_000;

/**
 * What became of a text, word by word: words are what white space parts, with the space behind
 * them.
 */
export function wordDifference(before: string, after: string): readonly WordChange[] {
  const [old, now] = [wordsIn(before), wordsIn(after)];
  let first = 0;
  while (first < old.length && first < now.length && same(old[first], now[first])) first += 1;
  let last = 0;
  const shorter = Math.min(old.length, now.length) - first;
  while (last < shorter && same(old[old.length - 1 - last], now[now.length - 1 - last])) last += 1;
  const middle = between(old.slice(first, old.length - last), now.slice(first, now.length - last));
  return joined([
    ...now.slice(0, first).map((text): WordChange => ({ kind: 'same', text })),
    ...middle,
    ...now.slice(now.length - last).map((text): WordChange => ({ kind: 'same', text })),
  ]);
}

/** @returns words, each with the white space behind it; white space at the beginning by itself */
export function wordsIn(text: string): readonly string[] {
  return text.match(/\S+\s*|\s+/gu) ?? [];
}

function same(one = '', other = ''): boolean {
  return one.trimEnd().normalize('NFC') === other.trimEnd().normalize('NFC');
}

function between(old: readonly string[], now: readonly string[]): readonly WordChange[] {
  if (old.length * now.length > MOST_COMPARED) {
    return [
      ...old.map((text): WordChange => ({ kind: 'gone', text })),
      ...now.map((text): WordChange => ({ kind: 'new', text })),
    ];
  }
  // the longest row of words that both have, counted from behind
  const width = now.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number) => longest[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      longest[row * width + column] = same(old[row], now[column])
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const changes: WordChange[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < now.length) {
    const [was, is] = [old[row], now[column]];
    if (was !== undefined && is !== undefined && same(was, is)) {
      changes.push({ kind: 'same', text: is });
      row += 1;
      column += 1;
    } else if (was !== undefined && (is === undefined || at(row + 1, column) >= at(row, column + 1))) {
      changes.push({ kind: 'gone', text: was });
      row += 1;
    } else {
      changes.push({ kind: 'new', text: is ?? '' });
      column += 1;
    }
  }
  return changes;
}

/** Neighbours of one kind become one; of a stretch that changed, what went stands before what came. */
function joined(changes: readonly WordChange[]): readonly WordChange[] {
  const pieces: WordChange[] = [];
  let [gone, came] = ['', ''];
  const settle = () => {
    if (gone !== '') pieces.push({ kind: 'gone', text: gone });
    if (came !== '') pieces.push({ kind: 'new', text: came });
    [gone, came] = ['', ''];
  };
  for (const { kind, text } of changes) {
    if (kind === 'gone') gone += text;
    else if (kind === 'new') came += text;
    else {
      settle();
      const last = pieces.at(-1);
      if (last?.kind === 'same') pieces[pieces.length - 1] = { kind, text: last.text + text };
      else pieces.push({ kind, text });
    }
  }
  settle();
  return pieces;
}
