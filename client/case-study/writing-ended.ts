import { type RefObject, useEffect, useState } from 'react';
import { useEngine } from '../sync/hooks.ts';
import type { BlockView } from '../sync/replica.ts';
import { holdLine } from './page-place.ts';

/** @returns whether what was written in until now can be no more, at least not as it stands on the page */
export function endsWriting(before: BlockView, now: BlockView): boolean {
  if (before.replica === null) return false;
  if (now.replica !== before.replica || now.refusal !== null) return true;
  return before.access === 'write' && now.live && now.access !== 'write';
}

/**
 * Looks whether a section closes while its reader writes in it, before anything of it is
 * drawn otherwise, and keeps in place what they were looking at.
 * @returns whether it did, and what says that all is as before
 */
export function useWritingEnded(
  blockId: string,
  section: RefObject<HTMLElement | null>,
): readonly [ended: boolean, over: () => void] {
  const engine = useEngine();
  const [ended, setEnded] = useState(false);
  useEffect(() => {
    const block = engine.block(blockId);
    let before = block.get();
    return block.watch(() => {
      const now = block.get();
      const closes = endsWriting(before, now);
      before = now;
      if (!closes || !section.current || !isWrittenIn(section.current)) return;
      holdLine(section.current);
      setEnded(true);
    });
  }, [engine, blockId, section]);
  return [ended, () => setEnded(false)];
}

function isWrittenIn(section: HTMLElement): boolean {
  const active = document.activeElement;
  return (
    active instanceof HTMLElement &&
    section.contains(active) &&
    (active.isContentEditable || active.matches('input, textarea, select'))
  );
}
