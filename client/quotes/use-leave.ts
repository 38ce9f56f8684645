import { useEffect, useState } from 'react';

/**
 * Asks before a form is left in which something was typed.
 * @param begun whether something would be lost
 * @param close leaves it
 */
export function useLeave(begun: boolean, close: () => void) {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!begun) return;
    // A browser closes a dialog for good by a second Escape, whatever was made of the first.
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      setAsked((now) => !now);
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [begun]);
  return {
    asked,
    ask: () => (begun ? setAsked(true) : close()),
    stay: () => setAsked(false),
  };
}
