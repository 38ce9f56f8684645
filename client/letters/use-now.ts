import { useEffect, useState } from 'react';

/** How often what is told in minutes is told anew, in milliseconds. */
const EVERY = 5_000;

/**
 * @param running whether anything on the page changes as time goes by
 * @returns the present, in milliseconds since 1970
 */
export function useNow(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), EVERY);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
