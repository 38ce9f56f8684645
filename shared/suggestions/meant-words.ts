import { longestRow } from '../document/longest-row.ts';

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
 * @returns spans of `present` that were among the words meant, in order; none where there is
 *   too much to tell
 */
export function meantSpans(meant: string, present: string): readonly Span[] {
  if (meant === present) return present === '' ? [] : [{ from: 0, to: present.length }];
  const is = [...present];
  const kept = new Set((longestRow([...meant], is) ?? []).map((place) => place.is));
  const spans: { from: number; to: number }[] = [];
  let offset = 0;
  for (const [at, letter] of is.entries()) {
    const to = offset + letter.length;
    const last = spans.at(-1);
    if (kept.has(at) && last?.to === offset) last.to = to;
    else if (kept.has(at)) spans.push({ from: offset, to });
    offset = to;
  }
  return spans;
}
