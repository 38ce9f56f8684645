import { type ReactNode, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { Watched } from '../sync/watched.ts';
import styles from './comments.module.css';
import { wantedTops } from './item-places.ts';
import { type MarginItem, type PlacedItem, placeItems } from './margin-items.ts';

/** Pixels between cards. */
const GAP = 10;
/** Height of a card that was not drawn yet, pixels. */
const GUESSED = 132;
/** Cards are placed anew when the page was scrolled so far, pixels. */
const SCROLLED = 300;

/** The column beside the paper: cards at their lines, none over another; drawn are those near the view. */
export function CommentsMargin(props: {
  readonly items: readonly MarginItem[];
  readonly inHand: string | null;
  /** Changes with the texts beside it. */
  readonly texts: Watched<number>;
  readonly draw: (item: MarginItem) => ReactNode;
}) {
  const { items, inHand, texts } = props;
  const margin = useRef<HTMLDivElement>(null);
  const heights = useRef(new Map<string, number>());
  const [laid, setLaid] = useState<{ placed: readonly PlacedItem[]; height: number }>({
    placed: [],
    height: 0,
  });
  const latest = useRef({ items, inHand });
  latest.current = { items, inHand };

  const place = useCallback(() => {
    const element = margin.current;
    if (!element) return;
    const now = latest.current;
    const origin = element.getBoundingClientRect().top;
    const wanted = wantedTops(now.items, origin);
    const cards = now.items.map(({ id }) => ({
      id,
      wanted: wanted.get(id) ?? 0,
      height: heights.current.get(id) ?? GUESSED,
    }));
    const view = { top: -origin, bottom: window.innerHeight - origin };
    const next = placeItems(cards, GAP, now.inHand, view);
    setLaid((before) => (sameLayout(before, next) ? before : next));
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: they are placed anew whenever they change
  useLayoutEffect(place, [place, items, inHand]);
  useLayoutEffect(() => {
    let frame = 0;
    let scrolledTo = window.scrollY;
    const soon = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(place);
    };
    const onScroll = () => {
      if (Math.abs(window.scrollY - scrolledTo) < SCROLLED) return;
      scrolledTo = window.scrollY;
      soon();
    };
    const paper = document.getElementById('main');
    const observer = new ResizeObserver(soon);
    if (paper) observer.observe(paper);
    window.addEventListener('scroll', onScroll, { passive: true });
    const unwatch = texts.watch(soon);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      window.removeEventListener('scroll', onScroll);
      unwatch();
    };
  }, [place, texts]);

  const byId = new Map(items.map((item) => [item.id, item]));
  const onHeight = useCallback(
    (id: string, height: number) => {
      if (heights.current.get(id) === height) return;
      heights.current.set(id, height);
      place();
    },
    [place],
  );
  return (
    <div ref={margin} className={styles.margin} data-height={laid.height}>
      {/* what stands last may reach further down than the paper */}
      <div style={{ height: laid.height }} aria-hidden="true" />
      {laid.placed.map(({ id, top }) => {
        const item = byId.get(id);
        return item ? (
          <Spot key={id} id={id} top={top} onHeight={onHeight}>
            {props.draw(item)}
          </Spot>
        ) : null;
      })}
    </div>
  );
}

function Spot(props: {
  readonly id: string;
  readonly top: number;
  readonly onHeight: (id: string, height: number) => void;
  readonly children: ReactNode;
}) {
  const { id, onHeight } = props;
  const spot = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = spot.current;
    if (!element) return;
    const tell = () => onHeight(id, element.offsetHeight);
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    tell();
    return () => observer.disconnect();
  }, [id, onHeight]);
  return (
    <div
      ref={spot}
      className={styles.spot}
      data-card={id}
      style={{ transform: `translateY(${props.top}px)` }}
    >
      {props.children}
    </div>
  );
}

function sameLayout(
  one: { readonly placed: readonly PlacedItem[]; readonly height: number },
  other: { readonly placed: readonly PlacedItem[]; readonly height: number },
): boolean {
  return (
    one.height === other.height &&
    one.placed.length === other.placed.length &&
    one.placed.every(({ id, top }, at) => other.placed[at]?.id === id && other.placed[at]?.top === top)
  );
}
