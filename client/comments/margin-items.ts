import type { LostWords } from '../../shared/api/cases.ts';
import { layOutCards, type MarginCard } from '../case-study/margin-layout.ts';
import type { KeptWords } from '../sync/replica.ts';
import type { NewThread } from './comments-here.ts';
import type { ThreadHere } from './known-threads.ts';

/** What stands in the margin, each beside its place. */
export type MarginItem = { readonly id: string; readonly blockId: string } & (
  | { readonly kind: 'lost'; readonly words: LostWords }
  | { readonly kind: 'kept'; readonly words: KeptWords }
  | { readonly kind: 'thread'; readonly thread: ThreadHere }
  | { readonly kind: 'new'; readonly thread: NewThread }
  /** Threads of one section whose words are gone. */
  | { readonly kind: 'tray'; readonly threads: readonly ThreadHere[] }
);

/**
 * @param inHand a thread that is shown although it is resolved
 * @returns what stands in the margin of a case, in no order but that of the text
 */
export function marginItems(parts: {
  readonly blockIds: ReadonlySet<string>;
  readonly lost: readonly LostWords[];
  readonly kept: readonly KeptWords[];
  readonly threads: readonly ThreadHere[];
  readonly begun: readonly NewThread[];
  readonly inHand: string | null;
}): readonly MarginItem[] {
  const trays = new Map<string, ThreadHere[]>();
  const items: MarginItem[] = [
    ...parts.lost.map((words) => ({ kind: 'lost' as const, id: words.id, blockId: words.blockId, words })),
    ...parts.kept.map((words) => ({ kind: 'kept' as const, id: words.id, blockId: words.blockId, words })),
  ];
  for (const thread of parts.threads) {
    if (thread.resolved && thread.id !== parts.inHand) continue;
    const { id, blockId } = thread;
    if (thread.place.where === 'tray') trays.set(blockId, [...(trays.get(blockId) ?? []), thread]);
    else items.push({ kind: 'thread', id, blockId, thread });
  }
  for (const [blockId, threads] of trays)
    items.push({ kind: 'tray', id: `tray ${blockId}`, blockId, threads });
  for (const thread of parts.begun)
    items.push({ kind: 'new', id: thread.id, blockId: thread.blockId, thread });
  return items.filter(({ blockId }) => parts.blockIds.has(blockId));
}

/** @returns the item that shows a thread; a tray shows several */
export function itemOf(items: readonly MarginItem[], thread: string | null): string | null {
  const found = items.find((item) =>
    item.kind === 'tray' ? item.threads.some(({ id }) => id === thread) : item.id === thread,
  );
  return found?.id ?? null;
}

export interface PlacedItem {
  readonly id: string;
  /** Pixels from the margin's top. */
  readonly top: number;
}

/** Pixels from the margin's top, of what is in view. */
export interface MarginView {
  readonly top: number;
  readonly bottom: number;
}

/** Cards are drawn from this far above and below the view, pixels. */
const NEAR = 900;

/**
 * @param inHand stands exactly where it wants, and is drawn wherever it is
 * @returns where those near the view stand, none over another, and the height of them all
 */
export function placeItems(
  cards: readonly MarginCard[],
  gap: number,
  inHand: string | null,
  view: MarginView,
): { readonly placed: readonly PlacedItem[]; readonly height: number } {
  const tops = layOutCards(cards, gap, inHand);
  const placed: PlacedItem[] = [];
  let height = 0;
  for (const card of cards) {
    const top = Math.round(tops.get(card.id) ?? card.wanted);
    height = Math.max(height, top + card.height);
    const isNear = top + card.height > view.top - NEAR && top < view.bottom + NEAR;
    if (isNear || card.id === inHand) placed.push({ id: card.id, top });
  }
  return { placed: placed.sort((one, other) => one.top - other.top), height };
}
