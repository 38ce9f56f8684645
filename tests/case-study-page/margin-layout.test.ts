import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutCards } from '../../client/case-study/margin-layout.ts';

const card = fc.record({
  id: fc.uuid(),
  wanted: fc.integer({ min: 0, max: 5_000 }),
  height: fc.integer({ min: 20, max: 400 }),
});
const cards = fc.uniqueArray(card, { selector: ({ id }) => id, maxLength: 30 });

describe('cards in the margin', () => {
  it('stand where they want when there is room', () => {
    const tops = layOutCards(
      [
        { id: 'b', wanted: 300, height: 80 },
        { id: 'a', wanted: 10, height: 80 },
      ],
      10,
    );
    expect([tops.get('a'), tops.get('b')]).toEqual([10, 300]);
  });

  it('never overlap, never stand above their place without need, and keep their order', () => {
    fc.assert(
      fc.property(cards, (list) => {
        const tops = layOutCards(list, 10);
        const placed = [...list]
          .sort((a, b) => a.wanted - b.wanted)
          .map((one) => ({ ...one, top: tops.get(one.id) ?? Number.NaN }));
        for (const [index, one] of placed.entries()) {
          expect(one.top).toBeGreaterThanOrEqual(one.wanted);
          const before = placed[index - 1];
          if (before) expect(one.top).toBeGreaterThanOrEqual(before.top + before.height + 10);
        }
      }),
    );
  });

  it('make room for the one in hand, which stands exactly beside its place', () => {
    const list = [
      { id: 'a', wanted: 400, height: 100 },
      { id: 'b', wanted: 420, height: 100 },
      { id: 'c', wanted: 430, height: 100 },
    ];
    const tops = layOutCards(list, 10, 'b');
    expect([tops.get('a'), tops.get('b'), tops.get('c')]).toEqual([310, 420, 530]);
  });

  it('stay below the margin’s top even so', () => {
    fc.assert(
      fc.property(cards, (list) => {
        const tops = layOutCards(list, 10, list[0]?.id ?? null);
        for (const top of tops.values()) expect(top).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
