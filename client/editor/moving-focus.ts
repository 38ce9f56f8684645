import type { KeyboardEvent } from 'react';

/**
 * Arrow keys, Home and End among the buttons of a toolbar or menu.
 * @param keys back and forward
 */
export function moveAmong(
  event: KeyboardEvent,
  box: HTMLElement | null,
  keys: readonly [string, string],
): void {
  const buttons = [...(box?.querySelectorAll<HTMLElement>('button:not(:disabled)') ?? [])];
  const now = buttons.indexOf(document.activeElement as HTMLElement);
  if (buttons.length === 0 || now < 0) return;
  const to =
    event.key === keys[0]
      ? now - 1
      : event.key === keys[1]
        ? now + 1
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? buttons.length - 1
            : null;
  if (to === null) return;
  event.preventDefault();
  buttons[(to + buttons.length) % buttons.length]?.focus();
}
