import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import styles from './comments.module.css';

/** Pixels between selected words and the button. */
const GAP = 8;

/**
 * A button at the end of words that are selected.
 * @param accepts whether it is offered for a selection that ends there
 */
export function SelectionPill(props: {
  readonly label: string;
  readonly accepts: (at: Node) => boolean;
  readonly onPress: () => void;
}) {
  const { accepts } = props;
  const [at, setAt] = useState<{ readonly left: number; readonly top: number } | null>(null);
  const latest = useRef(accepts);
  useEffect(() => {
    latest.current = accepts;
  });
  useEffect(() => {
    let frame = 0;
    const look = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setAt(placeOfSelection((node) => latest.current(node))));
    };
    look();
    document.addEventListener('selectionchange', look);
    window.addEventListener('resize', look);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('selectionchange', look);
      window.removeEventListener('resize', look);
    };
  }, []);
  const pill = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const element = pill.current;
    if (!element || !at) return;
    const most = document.documentElement.clientWidth - element.offsetWidth - GAP;
    element.style.left = `${Math.max(GAP, Math.min(at.left - element.offsetWidth / 2, most))}px`;
    element.style.top = `${at.top}px`;
  }, [at]);
  if (!at) return null;
  return createPortal(
    <button
      ref={pill}
      type="button"
      className={styles.pill}
      // what is selected stays so
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={props.onPress}
    >
      {props.label}
    </button>,
    document.getElementById('main') ?? document.body,
  );
}

function placeOfSelection(accepts: (at: Node) => boolean): { left: number; top: number } | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!accepts(range.commonAncestorContainer) || range.toString().trim() === '') return null;
  const last = [...range.getClientRects()].findLast(({ width }) => width > 0);
  if (!last) return null;
  // on a telephone the system's own menu stands over the words
  return { left: last.left + last.width / 2 + window.scrollX, top: last.bottom + GAP + window.scrollY };
}
