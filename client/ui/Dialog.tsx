import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';
import styles from './Dialog.module.css';

const FIRST = 'form :is(input, textarea, select), [data-stay]';
/** In a form whose fields are all folded away. */
const ELSE = 'form :is(summary, button)';

/**
 * A modal dialog: drawn only while it is open. The browser's own `<dialog>` keeps
 * the focus inside, closes by Escape and gives the focus back.
 */
export function Dialog({
  title,
  onClose,
  children,
  wide = false,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const closer = useRef<HTMLButtonElement>(null);
  const titleId = useId();
  const closing = useRef(onClose);
  useEffect(() => {
    closing.current = onClose;
  });
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (!dialog.open) dialog.showModal();
    // The browser would begin with the button that closes: begin where there is something to say.
    const begin = () => {
      for (const one of [
        ...dialog.querySelectorAll<HTMLElement>(FIRST),
        ...dialog.querySelectorAll<HTMLElement>(ELSE),
      ]) {
        one.focus();
        // What is folded away takes no focus.
        if (document.activeElement === one) return true;
      }
      return false;
    };
    // What it says may still have to come: then there, unless somebody has begun elsewhere meanwhile.
    const coming = new MutationObserver(() => {
      const { activeElement } = document;
      if (activeElement !== closer.current && activeElement !== dialog && activeElement !== document.body)
        coming.disconnect();
      else if (begin()) coming.disconnect();
    });
    if (!begin()) coming.observe(dialog, { childList: true, subtree: true });
    return () => {
      coming.disconnect();
      dialog.close();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is on the backdrop; Escape does the same
    <dialog
      ref={ref}
      className={`${styles.dialog} ${wide ? styles.wide : ''}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        closing.current();
      }}
      onClick={(event) => {
        if (event.target === ref.current) closing.current();
      }}
    >
      <div className={styles.inside}>
        <div className={styles.header}>
          <h2 id={titleId}>{title}</h2>
          <button ref={closer} type="button" className={styles.close} onClick={onClose} aria-label="Close">
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
              <path d="M3.5 3.5l9 9m0-9l-9 9" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
            </svg>
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}

/** The row of buttons at the foot of a dialog or form. */
export function Acts({ children }: { children: ReactNode }) {
  return <div className={styles.acts}>{children}</div>;
}

/** Asks before something that is not easily undone. */
export function Confirm({
  title,
  children,
  act,
  danger = true,
  pending = false,
  problem = null,
  onConfirm,
  onClose,
}: {
  title: string;
  children: ReactNode;
  act: string;
  danger?: boolean;
  pending?: boolean;
  problem?: string | null;
  onConfirm: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={styles.words}>{children}</div>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      <Acts>
        <Button variant="filled" color={danger ? 'red' : 'accent'} onClick={onConfirm} loading={pending}>
          {act}
        </Button>
        <Button data-stay onClick={onClose}>
          Cancel
        </Button>
      </Acts>
    </Dialog>
  );
}
