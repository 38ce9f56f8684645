import { useEffect, useState, useSyncExternalStore } from 'react';
import styles from './Toasts.module.css';
import { closeToast, type Toast, toasts } from './toast.ts';

/** Milliseconds that a message without an action stays. */
const STAY = 7_000;

export function Toasts() {
  const shown = useSyncExternalStore(toasts.watch, toasts.get);
  return (
    <div className={styles.region} role="status" aria-live="polite">
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || toast.action) return;
    const timer = setTimeout(() => closeToast(toast.id), STAY);
    return () => clearTimeout(timer);
  }, [held, toast]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at a message or being in it keeps it
    <div
      className={styles.toast}
      data-tone={toast.tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles.text}>{toast.text}</span>
      {toast.action && (
        <button
          type="button"
          className={styles.act}
          onClick={() => {
            toast.action?.run();
            closeToast(toast.id);
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button type="button" className={styles.close} aria-label="Close" onClick={() => closeToast(toast.id)}>
        ×
      </button>
    </div>
  );
}
