import { newId } from './new-id.ts';

export interface Toast {
  readonly id: string;
  readonly text: string;
  readonly tone: 'calm' | 'bad';
  readonly action?: { readonly label: string; run(): void };
}

let shown: readonly Toast[] = [];
const watchers = new Set<() => void>();

function change(next: readonly Toast[]): void {
  shown = next;
  for (const tell of watchers) tell();
}

/**
 * Says something in passing, heard by screen readers. One with an action stays
 * until it is closed; the others go by themselves.
 * @returns takes it away
 */
export function showToast(toast: {
  readonly text: string;
  readonly tone?: Toast['tone'];
  readonly action?: Toast['action'];
}): () => void {
  const id = newId();
  const made: Toast = { ...toast, id, tone: toast.tone ?? 'calm' };
  change([...shown.filter((other) => other.text !== made.text), made].slice(-3));
  return () => closeToast(id);
}

export function closeToast(id: string): void {
  change(shown.filter((toast) => toast.id !== id));
}

export const toasts = {
  get: () => shown,
  watch: (tell: () => void) => {
    watchers.add(tell);
    return () => watchers.delete(tell);
  },
};
