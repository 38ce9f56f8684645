import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { watchCaseSave } from '../sync/case-save.ts';
import { useEngine } from '../sync/hooks.ts';
import type { BlockView, SaveState } from '../sync/replica.ts';

/** What a section shows of its live copy, without what changes with every key. */
export type SectionLive = Omit<BlockView, 'save'>;

/**
 * Keeps a section's copy open while `open`; draws again when the copy, the access
 * or the connection change, and not when a key is saved.
 */
export function useSectionLive(blockId: string, open: boolean): SectionLive {
  const engine = useEngine();
  useEffect(() => (open ? engine.holdBlock(blockId) : undefined), [engine, blockId, open]);
  const watched = useMemo(() => {
    const view = engine.block(blockId);
    let last: SectionLive = view.get();
    const get = (): SectionLive => {
      const now = view.get();
      if (
        now.replica !== last.replica ||
        now.access !== last.access ||
        now.live !== last.live ||
        now.refusal !== last.refusal
      ) {
        last = now;
      }
      return last;
    };
    return { watch: view.watch, get };
  }, [engine, blockId]);
  return useSyncExternalStore(watched.watch, watched.get, watched.get);
}

/** The saved state of one section. */
export function useSectionSave(blockId: string): SaveState {
  const engine = useEngine();
  const view = useMemo(() => engine.block(blockId), [engine, blockId]);
  const get = () => view.get().save;
  return useSyncExternalStore(view.watch, get, get);
}

/** Of which kind the saved state of the whole case is; draws again only when the kind changes. */
export function useSaveKind(blockIds: readonly string[]): SaveState['kind'] {
  const engine = useEngine();
  const save = useMemo(() => watchCaseSave(engine, blockIds), [engine, blockIds]);
  const get = () => save.get().state.kind;
  return useSyncExternalStore(save.watch, get, get);
}
