import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { BOARD_WORDS } from '../../shared/quotes/board-words.ts';
import { HOW_SAID_WORDS } from '../../shared/quotes/source.ts';
import { askedComment } from '../case-study/asked-comment.ts';
import { Chip } from '../ui/Chip.tsx';
import { dayOf } from '../ui/dates.ts';
import { useRoute } from '../ui/query.ts';
import type { KnownQuotes, UseStanding } from './known-quotes.ts';
import { LineActs } from './LineActs.tsx';
import { OriginalWords } from './OriginalWords.tsx';
import styles from './quote-card.module.css';
import type { LinePowers } from './quote-line.ts';
import { linesHere } from './quote-line.ts';
import { WORD_TONES } from './quote-words.ts';

/** Pixels that the card keeps from the edges of the view. */
const EDGE = 12;

/** What is known of one quote, beside its place in the text. */
export function QuoteCard(props: {
  readonly caseId: string;
  readonly known: KnownQuotes;
  readonly standing: UseStanding;
  readonly powers: LinePowers;
  /** The section it stands in, where this person may comment on it. */
  readonly blockId: string | null;
  readonly putWords: (words: string) => boolean;
  /** Says whose words they are, where nobody knows. */
  readonly onName: (() => void) | null;
  readonly onClose: () => void;
}) {
  const { caseId, known, standing, onClose } = props;
  const { quote: quoteId, use, wording } = standing.use;
  const quote = known.quotes.get(quoteId);
  const lines = quote ? linesHere(quote.record, standing, known.goesAt) : [];
  return (
    <Beside use={use} label={`Quote: ${BOARD_WORDS[standing.word]}`} onClose={onClose}>
      <div className={styles.head}>
        <Chip tone={WORD_TONES[standing.word]}>{BOARD_WORDS[standing.word]}</Chip>
        <button type="button" className={styles.close} onClick={onClose} aria-label="Close">
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="M3.5 3.5l9 9m0-9l-9 9" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
          </svg>
        </button>
      </div>
      {!quote && (
        <div className={styles.part}>
          <p>Nobody knows whose words these are: what was written down of them did not arrive.</p>
          {props.onName && (
            <button type="button" className={styles.act} onClick={props.onName}>
              Say whose words they are
            </button>
          )}
        </div>
      )}
      {quote?.waiting && (
        <p className={styles.part}>Kept on this device, and sent as soon as you are connected.</p>
      )}
      {lines.map((line) => (
        <LineActs
          key={line.speakerId}
          {...{ caseId, line }}
          speaker={known.speakers.get(line.speakerId)}
          powers={quote?.waiting ? NO_POWERS : props.powers}
          putWords={props.putWords}
        />
      ))}
      {quote && !quote.waiting && <Source quoteId={quoteId} wording={wording} />}
      <div className={styles.foot}>
        {props.blockId !== null && quote && !quote.waiting && (
          <button
            type="button"
            className={styles.act}
            onClick={() => {
              onClose();
              askedComment.set({ on: 'quote', blockId: props.blockId ?? '', quote: quoteId });
            }}
          >
            Comment
          </button>
        )}
        <Link to="/cases/$caseId/quotes" params={{ caseId }}>
          All quotes of this case
        </Link>
      </div>
    </Beside>
  );
}

const NO_POWERS: LinePowers = { mayQuote: false, mayFindFair: false };

/** Where the words come from, and what was said letter for letter. */
function Source({ quoteId, wording }: { readonly quoteId: string; readonly wording: string }) {
  const { data } = useRoute('GET /api/quotes/:quoteId', { quoteId });
  if (!data) return null;
  const { how, saidOn, source, original, capturedBy } = data.quote;
  const said = [HOW_SAID_WORDS[how], saidOn && dayOf(saidOn), source].filter(Boolean).join(' · ');
  return (
    <div className={styles.part}>
      <p>{said}</p>
      {capturedBy !== '' && <p>Captured by {capturedBy}</p>}
      {original !== '' && <OriginalWords original={original} wording={wording} />}
      <p>
        <Link to="/quotes/$quoteId" params={{ quoteId }}>
          Every step, and a certificate
        </Link>
      </p>
    </div>
  );
}

/** At the height of the chip, in the margin where there is one; on narrow pages at the foot of the view. */
function Beside(props: {
  readonly use: string;
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { use } = props;
  const card = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const place = () => {
      const element = card.current;
      const chip = chipOf(use);
      if (!element || !chip) return;
      const most = window.innerHeight - element.offsetHeight - EDGE;
      const top = Math.max(64 + EDGE, Math.min(chip.getBoundingClientRect().top - 14, most));
      element.style.setProperty('--top', `${Math.round(top)}px`);
    };
    place();
    const observer = new ResizeObserver(place);
    if (card.current) observer.observe(card.current);
    window.addEventListener('scroll', place, { passive: true });
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', place);
    };
  }, [use]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each quote that is opened takes the keyboard
  useEffect(() => {
    before.current = document.activeElement;
    card.current?.focus({ preventScroll: true });
    return () => {
      const back = before.current;
      const left = document.activeElement === document.body || card.current?.contains(document.activeElement);
      if (left && back instanceof HTMLElement) back.focus({ preventScroll: true });
    };
  }, [use]);
  return createPortal(
    <div
      ref={card}
      role="dialog"
      aria-label={props.label}
      tabIndex={-1}
      className={styles.card}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        props.onClose();
      }}
    >
      {props.children}
    </div>,
    document.body,
  );
}

function chipOf(use: string): Element | null {
  return document.querySelector(`[data-chip="${CSS.escape(use)}"]`);
}
