import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { calmSave, watchCaseSave } from '../sync/case-save.ts';
import { pageClock } from '../sync/clock.ts';
import { useEngine } from '../sync/hooks.ts';
import type { SaveState } from '../sync/replica.ts';
import { part } from '../sync/watched.ts';
import { type SavedWords, sectionSavedWords } from './saved-words.ts';

/** Milliseconds without a connection and without a copy before it is said: a copy on the device is read sooner. */
const PATIENCE = 1_500;

/**
 * Whether a section that is to be written in can't be for now: this device has no
 * copy of it, and there is no connection to bring one.
 * @param waits - an editor is wanted, and no copy is here
 */
export function useCopyMissing(waits: boolean): boolean {
  const engine = useEngine();
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    if (!waits) return setMissing(false);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (engine.connection.get() === 'live') setMissing(false);
      else timer = setTimeout(() => setMissing(true), PATIENCE);
    };
    const unwatch = engine.connection.watch(look);
    look();
    return () => {
      clearTimeout(timer);
      unwatch();
    };
  }, [engine, waits]);
  return waits && missing;
}

/** What stands beside one section of its saved state; draws again only when that changes. */
export function useSectionSavedWords(blockId: string): SavedWords | null {
  const engine = useEngine();
  const watched = useMemo(
    () => part(engine.block(blockId), (view) => sectionSavedWords(view.save), sameWords),
    [engine, blockId],
  );
  return useSyncExternalStore(watched.watch, watched.get, watched.get);
}

function sameWords(one: SavedWords | null, other: SavedWords | null): boolean {
  return one?.words === other?.words && one?.tone === other?.tone;
}

/** Of which kind the saved state of the whole case is; draws again only when the kind changes. */
export function useSaveKind(blockIds: readonly string[]): SaveState['kind'] {
  const engine = useEngine();
  const save = useMemo(() => calmSave(watchCaseSave(engine, blockIds), pageClock), [engine, blockIds]);
  const get = () => save.get().kind;
  return useSyncExternalStore(save.watch, get, get);
}
