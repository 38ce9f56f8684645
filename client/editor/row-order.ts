/**
 * The order of a group's rows: strings that sort, so that a row can be put between
 * two others without touching them.
 */
import { rowKey } from '../../shared/document/block-parts.ts';

/** Ascending by code unit, which is how rows are sorted. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * @param before order of the row before; empty for the first place
 * @param after order of the row after; null for the last place
 * @param chance two numbers in [0, 1): two people who add at the same place at once get different orders
 * @returns an order between both, or null where these two leave no room between them
 */
export function orderBetween(
  before: string,
  after: string | null,
  chance: readonly [number, number],
): string | null {
  let made = '';
  let high = after;
  for (let place = 0; place <= before.length + 1; place++) {
    const low = place < before.length ? DIGITS.indexOf(before[place] as string) : 0;
    const top = high !== null && place < high.length ? DIGITS.indexOf(high[place] as string) : DIGITS.length;
    if (low < 0 || top < 0) return null;
    if (top - low > 1) {
      made += DIGITS[(low + top) >> 1];
      break;
    }
    made += DIGITS[low];
    if (low < top) high = null;
  }
  made += DIGITS[Math.floor(chance[0] * DIGITS.length)];
  // the last digit is never the lowest, so that there is always room before it
  made += DIGITS[1 + Math.floor(chance[1] * (DIGITS.length - 1))];
  return made > before && (after === null || made < after) ? made : null;
}

/**
 * @param rows ids in their order now, each with its order string
 * @returns the keys of `fields` to set so that `rowId` stands at `place` among the other rows
 */
export function placeRow(
  groupId: string,
  rows: readonly { readonly id: string; readonly order: string }[],
  rowId: string,
  place: number,
  chance: () => number,
): Readonly<Record<string, string>> {
  const others = rows.filter(({ id }) => id !== rowId);
  const made = others.every(({ order }) => order !== '')
    ? orderBetween(others[place - 1]?.order ?? '', others[place]?.order ?? null, [chance(), chance()])
    : null;
  if (made !== null) return { [rowKey(groupId, rowId)]: made };
  // rows from elsewhere may leave no room between them, or have no order: all get a new one
  const ids = [
    ...others.slice(0, place).map(({ id }) => id),
    rowId,
    ...others.slice(place).map(({ id }) => id),
  ];
  let last = '';
  return Object.fromEntries(
    ids.map((id) => {
      last = orderBetween(last, null, [chance(), chance()]) as string;
      return [rowKey(groupId, id), last];
    }),
  );
}
