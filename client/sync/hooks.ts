/** How a page sees the live text: blocks, their saved state, who is here. */
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';
import type { CloseReason } from '../../shared/protocol/control.ts';
import { calmSave, watchCaseSave } from './case-save.ts';
import { pageClock } from './clock.ts';
import type { Engine } from './engine.ts';
import type { BlockView, Connection, KeptWords, PersonHere, SaveState } from './replica.ts';
import { part, type Watched } from './watched.ts';

export const EngineContext = createContext<Engine | null>(null);

/** @throws Error outside a `SyncProvider` */
export function useEngine(): Engine {
  const engine = useContext(EngineContext);
  if (!engine) throw new Error('live text is used outside of SyncProvider');
  return engine;
}

function useWatched<T>(watched: Watched<T>): T {
  return useSyncExternalStore(watched.watch, watched.get, watched.get);
}

/**
 * @param open whether to load the block and keep it live; while false, the view says what is known anyway
 */
export function useBlock(blockId: string, open: boolean): BlockView {
  const engine = useEngine();
  useEffect(() => (open ? engine.holdBlock(blockId) : undefined), [engine, blockId, open]);
  return useWatched(useMemo(() => engine.block(blockId), [engine, blockId]));
}

/** A block without its saved state, which changes with every key: for what holds an editor. */
export type BlockCopy = Omit<BlockView, 'save'>;

function copyOf({ replica, access, live, refusal }: BlockView): BlockCopy {
  return { replica, access, live, refusal };
}

function sameCopy(one: BlockCopy, other: BlockCopy): boolean {
  return (
    one.replica === other.replica &&
    one.access === other.access &&
    one.live === other.live &&
    one.refusal === other.refusal
  );
}

/** As `useBlock`, rendering again only when something other than the saved state changes. */
export function useBlockCopy(blockId: string, open: boolean): BlockCopy {
  const engine = useEngine();
  useEffect(() => (open ? engine.holdBlock(blockId) : undefined), [engine, blockId, open]);
  return useWatched(useMemo(() => part(engine.block(blockId), copyOf, sameCopy), [engine, blockId]));
}

/** The saved state of several blocks together, as it may be shown. */
export function useCaseSave(blockIds: readonly string[]): SaveState {
  const engine = useEngine();
  const key = blockIds.join(' ');
  const watched = useMemo(
    () => calmSave(watchCaseSave(engine, key === '' ? [] : key.split(' ')), pageClock),
    [engine, key],
  );
  return useWatched(watched);
}

/** Everybody in the case, this person included once, however many tabs they have. */
export function usePeopleHere(caseId: string): {
  readonly people: readonly PersonHere[];
  moveTo(blockId: string | null, field: string | null): void;
} {
  const engine = useEngine();
  useEffect(() => engine.enterCase(caseId), [engine, caseId]);
  const people = useWatched(useMemo(() => engine.peopleHere(caseId), [engine, caseId]));
  const moveTo = useCallback(
    (blockId: string | null, field: string | null) => engine.moveTo(caseId, blockId, field),
    [engine, caseId],
  );
  return useMemo(() => ({ people, moveTo }), [people, moveTo]);
}

export function useConnection(): Connection {
  return useWatched(useEngine().connection);
}

/** Why there is no connection any more until the page is loaded again; null while there may be one. */
export function useRefusal(): CloseReason | null {
  return useWatched(useEngine().refusal);
}

/**
 * Calls `onChange` when records behind the topic changed, or may have changed while
 * there was no connection. The function may be another one at every rendering.
 * @param topic `case/<id>`, `study/<id>` or `person/<id>`; null follows nothing
 */
export function useTopic(topic: string | null, onChange: () => void): void {
  const engine = useEngine();
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(
    () => (topic === null ? undefined : engine.follow(topic, () => latest.current())),
    [engine, topic],
  );
}

/** Words that a refusal kept from being sent, of these blocks (SAVE-6). */
export function useKeptWords(blockIds: readonly string[]): {
  readonly kept: readonly KeptWords[];
  forget(id: string): void;
} {
  const engine = useEngine();
  const all = useWatched(engine.kept);
  const key = blockIds.join(' ');
  const kept = useMemo(() => {
    const wanted = new Set(key.split(' '));
    return all.filter((words) => wanted.has(words.blockId));
  }, [all, key]);
  const forget = useCallback((id: string) => engine.forgetKept(id), [engine]);
  return useMemo(() => ({ kept, forget }), [kept, forget]);
}

/** As `useKeptWords`, of whichever block. */
export function useAllKeptWords(): {
  readonly kept: readonly KeptWords[];
  forget(id: string): void;
} {
  const engine = useEngine();
  const kept = useWatched(engine.kept);
  const forget = useCallback((id: string) => engine.forgetKept(id), [engine]);
  return useMemo(() => ({ kept, forget }), [kept, forget]);
}
