/** A card in the margin: where it would like to stand, and how tall it is; pixels from the margin's top. */
export interface MarginCard {
  readonly id: string;
  readonly wanted: number;
  readonly height: number;
}

/**
 * Cards beside their places, in order, making room for each other: none overlaps
 * the next, and the one in hand (where there is one) stands exactly where it wants.
 * @param gap pixels between cards
 * @returns the top of each card
 */
export function layOutCards(
  cards: readonly MarginCard[],
  gap: number,
  inHand: string | null = null,
): ReadonlyMap<string, number> {
  const sorted = [...cards].sort((a, b) => a.wanted - b.wanted);
  const tops = new Map<string, number>();
  const held = sorted.findIndex((card) => card.id === inHand);
  let ceiling = Number.POSITIVE_INFINITY;
  for (let index = held; index >= 0; index -= 1) {
    const card = sorted[index] as MarginCard;
    const top = index === held ? card.wanted : Math.min(card.wanted, ceiling - gap - card.height);
    tops.set(card.id, top);
    ceiling = top;
  }
  // What was pushed above the margin's top comes back down, and pushes the others on.
  let floor = 0;
  for (const card of sorted) {
    const top = Math.max(tops.get(card.id) ?? card.wanted, floor);
    tops.set(card.id, top);
    floor = top + card.height + gap;
  }
  return tops;
}
