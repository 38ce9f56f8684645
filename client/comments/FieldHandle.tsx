import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import styles from './comments.module.css';

interface Field {
  readonly blockId: string;
  readonly key: string;
  readonly right: number;
  readonly top: number;
}

/** A button beside the label of the field that one points at or is in. */
export function FieldHandle(props: {
  readonly mayComment: (blockId: string) => boolean;
  readonly onPress: (blockId: string, field: string) => void;
}) {
  const { mayComment } = props;
  const [field, setField] = useState<Field | null>(null);
  useEffect(() => {
    const paper = document.getElementById('main');
    if (!paper) return;
    const look = (event: Event) => {
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('[data-handle]')) return;
      const element = target?.closest('[data-field]') ?? null;
      const blockId = element?.closest('section[id^="section-"]')?.id.slice('section-'.length);
      const key = element?.getAttribute('data-field');
      if (!element || !key || blockId === undefined || !mayComment(blockId)) {
        setField(null);
        return;
      }
      const { right, top } = element.getBoundingClientRect();
      setField({ blockId, key, right: right + window.scrollX, top: top + window.scrollY });
    };
    paper.addEventListener('pointerover', look, { passive: true });
    paper.addEventListener('focusin', look);
    return () => {
      paper.removeEventListener('pointerover', look);
      paper.removeEventListener('focusin', look);
    };
  }, [mayComment]);
  if (!field) return null;
  return createPortal(
    <button
      type="button"
      tabIndex={-1}
      className={styles.handle}
      data-handle=""
      aria-label="Comment on this field"
      style={{ left: field.right, top: field.top }}
      onClick={() => {
        props.onPress(field.blockId, field.key);
        setField(null);
      }}
    >
      Comment
    </button>,
    document.getElementById('main') ?? document.body,
  );
}
