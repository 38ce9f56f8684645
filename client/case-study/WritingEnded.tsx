import { useEffect, useRef } from 'react';
import { useTypedSince } from '../ui/typed-since.ts';
import styles from './SectionView.module.css';

/**
 * Stands over a section that was closed while its reader wrote in it, in view wherever in
 * it they are. It takes the keyboard, which would be nowhere, and says what is typed on.
 * @param props.open - it can be written in again
 */
export function WritingEnded(props: {
  readonly blockId: string;
  readonly why: string;
  readonly open: boolean;
  readonly unsent: boolean;
  readonly onOver: () => void;
}) {
  const { blockId, open, onOver } = props;
  const notice = useRef<HTMLDivElement>(null);
  const typed = useTypedSince(notice);
  const toHeading = () => document.getElementById(`title-${blockId}`)?.focus({ preventScroll: true });
  useEffect(() => {
    const { activeElement, body } = document;
    if (activeElement === null || activeElement === body) notice.current?.focus({ preventScroll: true });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked when it opens again, and not with every letter
  useEffect(() => {
    if (!open || typed !== '') return;
    if (notice.current === document.activeElement) toHeading();
    onOver();
  }, [open]);
  return (
    <div ref={notice} className={styles.ended} role="alert" tabIndex={-1}>
      <p>
        {props.why} What you saw saved is kept
        {props.unsent ? '; what was not sent stands beside the text, on this device.' : '.'}
      </p>
      {typed !== '' && (
        <p className={styles.typedSince}>
          Typed since, and kept nowhere else: <q>{typed}</q>
        </p>
      )}
      <button
        type="button"
        onClick={() => {
          toHeading();
          onOver();
        }}
      >
        All right
      </button>
    </div>
  );
}
