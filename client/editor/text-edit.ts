/** One replacement: `remove` UTF-16 code units at `index` give way to `insert`. */
export interface TextEdit {
  readonly index: number;
  readonly remove: number;
  readonly insert: string;
}

/** What Y.Text tells of a change, as far as it concerns plain text. */
export type TextDelta = readonly {
  readonly retain?: number;
  readonly delete?: number;
  readonly insert?: unknown;
}[];

const isHigh = (text: string, index: number) => {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff;
};
const isLow = (text: string, index: number) => {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
};

/**
 * The one replacement that turns `before` into `after`; never cuts a surrogate pair.
 * @param caret where the caret stands in `after`: tells which of several equal letters was typed
 * @returns null when both are the same
 */
export function editBetween(before: string, after: string, caret = after.length): TextEdit | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  const behindCaret = Math.min(shorter, Math.max(0, after.length - caret));
  let suffix = 0;
  while (suffix < behindCaret && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix++;
  let prefix = 0;
  while (prefix < shorter - suffix && before[prefix] === after[prefix]) prefix++;
  // a caret that did not follow the edit would leave a common end inside the replacement
  while (prefix + suffix < shorter && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix++;
  if (prefix > 0 && isHigh(before, prefix - 1)) prefix--;
  if (suffix > 0 && isLow(before, before.length - suffix)) suffix--;
  return {
    index: prefix,
    remove: before.length - prefix - suffix,
    insert: after.slice(prefix, after.length - suffix),
  };
}

/**
 * Where a place in a text is after a change to it.
 * @param stay whether words inserted exactly there go behind it (a caret) or before it
 */
export function mapIndex(index: number, delta: TextDelta, stay = true): number {
  let at = 0;
  let mapped = index;
  for (const part of delta) {
    if (at > mapped || (at === mapped && stay && part.insert !== undefined)) break;
    if (part.retain !== undefined) at += part.retain;
    else if (part.delete !== undefined) mapped -= Math.min(part.delete, mapped - at);
    else {
      const length = typeof part.insert === 'string' ? part.insert.length : 1;
      mapped += length;
      at += length;
    }
  }
  return mapped;
}

/** Where the letter at `index` is after a change; null where it was taken out. */
export function mapLetter(index: number, delta: TextDelta): number | null {
  let at = 0;
  let mapped = index;
  for (const part of delta) {
    if (at > mapped) break;
    if (part.retain !== undefined) at += part.retain;
    else if (part.delete !== undefined) {
      if (mapped < at + part.delete) return null;
      mapped -= part.delete;
    } else {
      const length = typeof part.insert === 'string' ? part.insert.length : 1;
      mapped += length;
      at += length;
    }
  }
  return mapped;
}

/**
 * The places of `length` letters from `index` on after several changes, those left
 * of them, last first: to be taken out one after the other.
 */
export function mapLetters(index: number, length: number, deltas: readonly TextDelta[]): number[] {
  const places: number[] = [];
  for (let letter = index + length - 1; letter >= index; letter--) {
    const place = deltas.reduce<number | null>(
      (at, delta) => (at === null ? null : mapLetter(at, delta)),
      letter,
    );
    if (place !== null) places.push(place);
  }
  return places;
}
