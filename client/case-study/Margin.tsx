import { useLayoutEffect, useRef } from 'react';
import type { LostWords } from '../../shared/api/cases.ts';
import type { Person } from '../../shared/api/people.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import type { KeptWords } from '../sync/replica.ts';
import type { CaseSection } from './case-sections.ts';
import styles from './Margin.module.css';
import { layOutCards } from './margin-layout.ts';
import { sectionElement } from './page-place.ts';
import { KeptWordsCard, LostWordsCard } from './WordsCards.tsx';

/** Pixels between cards. */
const GAP = 10;

/** The column beside the paper: cards at the height of the sections they belong to. */
export function Margin(props: {
  readonly sections: readonly CaseSection[];
  readonly lost: readonly LostWords[];
  readonly kept: readonly KeptWords[];
  readonly people: readonly Person[];
  readonly onForget: (keptId: string) => void;
}) {
  const margin = useRef<HTMLElement>(null);
  const bySection = new Map(props.sections.map((section) => [section.blockId, section]));
  const placed = [
    ...props.lost.map((words) => ({ kind: 'lost' as const, words })),
    ...props.kept.map((words) => ({ kind: 'kept' as const, words })),
  ].flatMap((card) => {
    const section = bySection.get(card.words.blockId);
    return section ? [{ ...card, section }] : [];
  });

  useLayoutEffect(() => {
    const element = margin.current;
    return element ? keepCardsInPlace(element) : undefined;
  });

  if (placed.length === 0) return null;
  return (
    <aside ref={margin} className={styles.margin} aria-label="Beside the text">
      {placed.map((card) => {
        const shared = {
          section: card.section,
          people: props.people,
          editable: includesAccess(card.section.state.access, 'write'),
        };
        return (
          <div
            key={card.words.id}
            className={styles.spot}
            data-card={card.words.id}
            data-beside={card.section.blockId}
          >
            {card.kind === 'lost' ? (
              <LostWordsCard {...shared} words={card.words} />
            ) : (
              <KeptWordsCard {...shared} words={card.words} onForget={props.onForget} />
            )}
          </div>
        );
      })}
    </aside>
  );
}

/** Places the cards now, and again when the paper or a card changes its size. @returns ends it */
function keepCardsInPlace(margin: HTMLElement): () => void {
  const spots = [...margin.querySelectorAll<HTMLElement>('[data-card]')];
  const place = () => {
    const origin = margin.getBoundingClientRect().top;
    const cards = spots.map((spot) => {
      const beside = sectionElement({ blockId: spot.dataset.beside ?? '' });
      const wanted = beside ? beside.getBoundingClientRect().top - origin : 0;
      return { id: spot.dataset.card ?? '', wanted: Math.max(0, wanted), height: spot.offsetHeight };
    });
    const tops = layOutCards(cards, GAP);
    let end = 0;
    for (const [index, spot] of spots.entries()) {
      const top = Math.round(tops.get(spot.dataset.card ?? '') ?? 0);
      spot.style.transform = `translateY(${top}px)`;
      end = Math.max(end, top + (cards[index]?.height ?? 0));
    }
    margin.style.minHeight = `${end}px`;
  };
  let frame = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(place);
  });
  const paper = document.getElementById('main');
  if (paper) observer.observe(paper);
  for (const spot of spots) observer.observe(spot);
  place();
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  };
}
