import { longestRow } from './longest-row.ts';

export interface WordChange {
  readonly kind: 'same' | 'gone' | 'new';
  readonly words: string;
}

/** @returns how a passage came from what it was to what it is, word by word */
export function wordChanges(was: string, is: string): readonly WordChange[] {
  const [before, after] = [pieces(was), pieces(is)];
  const places = longestRow(before, after) ?? [];
  const changes: { kind: WordChange['kind']; words: string }[] = [];
  const add = (kind: WordChange['kind'], words: readonly string[]) => {
    if (words.length === 0) return;
    const last = changes.at(-1);
    if (last?.kind === kind) last.words += words.join('');
    else changes.push({ kind, words: words.join('') });
  };
  let [gone, added] = [0, 0];
  for (const place of [...places, { was: before.length, is: after.length }]) {
    add('gone', before.slice(gone, place.was));
    add('new', after.slice(added, place.is));
    if (place.was < before.length) add('same', [before[place.was] as string]);
    [gone, added] = [place.was + 1, place.is + 1];
  }
  return changes;
}

/** Words, and what stands between them. */
function pieces(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu) ?? [];
}
