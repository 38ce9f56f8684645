/**
 * Where sentences begin. A rule, not Intl.Segmenter, which differs between browsers and
 * their versions: what surrounded a quote when its speaker read it has to be found again
 * years later, by another program. It rather joins two sentences than cuts one, since
 * whoever reads more around their words is not misled.
 */

/** Ends of a sentence (tried once for each row of signs: a paste may be a million dots), with the quotation marks and brackets that close behind them. */
const END = /(?<![.!?…])[.!?…]+["'”’»)\]]*(?=\s)|[。！？]+["'”’»）」』]*/gu;

/** Words that a full stop may follow within a sentence. */
const SHORTENED =
  /(?:^|[\s("'“‘[])(?:\p{L}|mr|mrs|ms|mx|dr|prof|st|rev|sr|jr|e\.g|i\.e|cf|vs|approx|dept|p\.m|a\.m|fig|pp|vol|ed)\.$/iu;

/**
 * @param text lines apart by `\n`, each of which begins a sentence
 * @returns offsets where sentences begin, ascending, 0 first
 */
export function sentenceStarts(text: string): readonly number[] {
  const starts = new Set([0]);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.add(at + 1);
  END.lastIndex = 0;
  for (let end = END.exec(text); end !== null; end = END.exec(text)) {
    const after = END.lastIndex;
    const next = after + (/^\s*/u.exec(text.slice(after, after + 100))?.[0].length ?? 0);
    if (next >= text.length || text.slice(after, next).includes('\n')) continue;
    const goesOn = /^["'“‘«([]*\p{Ll}/u.test(text.slice(next, next + 8));
    if (goesOn || SHORTENED.test(text.slice(Math.max(0, end.index - 12), end.index + 1))) continue;
    starts.add(next);
  }
  return [...starts].sort((one, other) => one - other);
}
