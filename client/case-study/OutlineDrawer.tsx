import { useLayoutEffect, useRef, useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import styles from './CasePage.module.css';
import { useCasePage, useWatched } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { Outline } from './Outline.tsx';

interface DrawerProps {
  readonly detail: CaseDetail;
  readonly sections: readonly CaseSection[];
  readonly onGo: (section: CaseSection) => void;
}

/** On narrow screens: a button that names the section in view, and opens the outline over the page. */
export function OutlineDrawer(props: DrawerProps) {
  const page = useCasePage();
  const currentId = useWatched(page.current);
  const [open, setOpen] = useState(false);
  const current = props.sections.find((section) => section.blockId === currentId);
  return (
    <>
      <button
        type="button"
        className={styles.sections}
        aria-haspopup="dialog"
        aria-label={current ? `Sections. Now: ${current.full}` : 'Sections'}
        onClick={() => setOpen(true)}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor">
          <path d="M2.5 4h11M2.5 8h11M2.5 12h7" strokeWidth="1.5" strokeLinecap="round" />
        </svg>
        <span>{current ? current.full : 'Sections'}</span>
      </button>
      {open && <Drawer {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function Drawer({ onClose, onGo, ...props }: DrawerProps & { readonly onClose: () => void }) {
  const ref = useRef<HTMLDialogElement>(null);
  const going = useRef<CaseSection | null>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('[aria-current]')?.focus();
    return () => dialog.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is on the backdrop; Escape does the same
    <dialog
      ref={ref}
      className={styles.drawer}
      aria-label="Sections"
      onClose={() => {
        onClose();
        if (going.current) onGo(going.current);
      }}
      onClick={(event) => {
        if (event.target === ref.current) ref.current?.close();
      }}
    >
      <Outline
        {...props}
        onGo={(section) => {
          going.current = section;
          ref.current?.close();
        }}
      />
    </dialog>
  );
}
