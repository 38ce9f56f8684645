import { type RefObject, useEffect, useState } from 'react';

/** The key of each press that writes, as the letter it would have written. */
const WRITES: Readonly<Record<string, string>> = { Enter: '\n' };

/** @returns what stands after this key as well, or null where the key writes nothing */
export function typedOn(before: string, key: string): string | null {
  if (key === 'Backspace') return [...before].slice(0, -1).join('');
  const letter = WRITES[key] ?? ([...key].length === 1 ? key : null);
  return letter === null ? null : before + letter;
}

/**
 * What somebody goes on typing while the keyboard is on a notice that took it from a text
 * that closed under them. It is kept to be shown, and neither scrolls the page nor calls
 * its keys; Tab, arrows and whatever goes with Ctrl, ⌘ or Alt do what they always do.
 */
export function useTypedSince(notice: RefObject<HTMLElement | null>): string {
  const [typed, setTyped] = useState('');
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.target !== notice.current || event.ctrlKey || event.metaKey || event.altKey) return;
      if (typedOn('', event.key) === null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      setTyped((before) => typedOn(before, event.key) ?? before);
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [notice]);
  return typed;
}
