import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderBetween, placeRow } from '../../client/editor/row-order.ts';
import { rowIds } from '../../shared/document/field-values.ts';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the order of rows', () => {
  it('finds room between any two orders that it made', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(60), chance, chance), { maxLength: 60 }), (steps) => {
        const orders: string[] = [];
        for (const [at, first, second] of steps) {
          const place = Math.min(at, orders.length);
          const made = orderBetween(orders[place - 1] ?? '', orders[place] ?? null, [first, second]);
          expect(made).not.toBeNull();
          orders.splice(place, 0, made as string);
        }
        expect([...orders].sort((a, b) => (a < b ? -1 : 1))).toEqual(orders);
      }),
      { seed: 20260316 },
    );
  });

  it('moves a row anywhere, whatever orders the rows came with', () => {
    const foreign = fc.uniqueArray(fc.constantFrom('', '0', '00', 'a', 'a0', 'é', '1', '10', 'zz'), {
      minLength: 2,
      maxLength: 6,
    });
    fc.assert(
      fc.property(foreign, fc.nat(5), fc.nat(5), (orders, from, to) => {
        const values = Object.fromEntries(orders.map((order, at) => [`row/people/r${at}`, order]));
        const ids = rowIds(values, 'people');
        const rows = ids.map((id) => ({ id, order: values[`row/people/${id}`] as string }));
        const moved = ids[from % ids.length] as string;
        const place = to % ids.length;
        const set = placeRow('people', rows, moved, place, () => 0.5);
        const after = rowIds({ ...values, ...set }, 'people');
        const others = ids.filter((id) => id !== moved);
        expect(after).toEqual([...others.slice(0, place), moved, ...others.slice(place)]);
      }),
      { seed: 20260317 },
    );
  });

  it('[SAVE-5] counts a row that still holds something, though its place was taken away', () => {
    const values = {
      'row/people/r2': 'V',
      'field/people/r1/role': 'Deputy',
      'option/people/r3/kinds/lesson': true,
      'field/other/r4/role': 'elsewhere',
      'option/people/lesson': true,
      'value/people': 'not a row',
    };
    expect(rowIds(values, 'people')).toEqual(['r2', 'r1', 'r3']);
  });

  it('[SAVE-4] gives two people who add a row at once different places', () => {
    const one = placeRow('people', [], 'r1', 0, () => 0.2);
    const two = placeRow('people', [], 'r2', 0, () => 0.7);
    expect(Object.values(one)).not.toEqual(Object.values(two));
  });
});
