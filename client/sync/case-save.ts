import type { Clock } from './clock.ts';
import type { Engine } from './engine.ts';
import type { SaveState } from './replica.ts';
import type { Watched } from './watched.ts';

export interface CaseSave {
  /** The least safe of all blocks, with the waiting changes of all; `opening` while none is known. */
  readonly state: SaveState;
  readonly byBlock: Readonly<Record<string, SaveState>>;
}

/** Waiting changes, 0 where the state knows of none. */
export function waitingOf(state: SaveState): number {
  switch (state.kind) {
    case 'opening':
    case 'saved':
      return 0;
    case 'saving':
    case 'on-device':
    case 'only-here':
      return state.waiting;
    default:
      return state satisfies never;
  }
}

/** From the safest to the least safe. */
const ORDER: readonly SaveState['kind'][] = ['opening', 'saved', 'saving', 'on-device', 'only-here'];

/**
 * What may be said of all of them together (SAVE-2): as much as the least safe allows.
 */
export function leastSafe(states: readonly SaveState[]): SaveState {
  let kind: SaveState['kind'] = 'opening';
  let waiting = 0;
  for (const state of states) {
    waiting += waitingOf(state);
    if (ORDER.indexOf(state.kind) > ORDER.indexOf(kind)) kind = state.kind;
  }
  return kind === 'opening' || kind === 'saved' ? { kind } : { kind, waiting };
}

/** Watches the saved states of blocks together. */
export function watchCaseSave(engine: Pick<Engine, 'block'>, blockIds: readonly string[]): Watched<CaseSave> {
  const views = blockIds.map((blockId) => engine.block(blockId));
  let states: readonly SaveState[] | null = null;
  let last: CaseSave;
  return {
    get() {
      const now = views.map((view) => view.get().save);
      const before = states;
      if (before?.every((state, index) => state === now[index])) return last;
      states = now;
      last = {
        state: leastSafe(now),
        byBlock: Object.fromEntries(now.map((state, index) => [blockIds[index] as string, state])),
      };
      return last;
    },
    watch(onChange) {
      const ends = views.map((view) => view.watch(onChange));
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

/** Milliseconds without a change after which the page goes from saving to saved. */
export const CALM_AFTER = 400;

/**
 * The state of `save`, but that it stays at saving while somebody types on: the server
 * answers between two keys, and what it says of each would blink. Only ever later with
 * what is warmer (SAVE-2); what is colder shows at once, but for how many changes are
 * being saved, which is told again after the same while.
 */
export function calmSave(save: Watched<CaseSave>, clock: Pick<Clock, 'after'>): Watched<SaveState> {
  let shown = save.get().state;
  const watchers = new Set<() => void>();
  let endWatch: (() => void) | null = null;
  let callOffSaved: (() => void) | null = null;
  let callOffCount: (() => void) | null = null;
  const callOff = () => {
    callOffSaved?.();
    callOffSaved = null;
    callOffCount?.();
    callOffCount = null;
  };
  const show = (next: SaveState) => {
    callOff();
    if (next.kind === shown.kind && waitingOf(next) === waitingOf(shown)) return;
    shown = next;
    for (const watcher of [...watchers]) watcher();
  };
  const heed = () => {
    const next = save.get().state;
    if (shown.kind !== 'saving') return show(next);
    switch (next.kind) {
      case 'saved':
        callOffSaved?.();
        callOffSaved = clock.after(CALM_AFTER, () => show(save.get().state));
        return;
      case 'saving':
        callOffSaved?.();
        callOffSaved = null;
        callOffCount ??= clock.after(CALM_AFTER, () => {
          callOffCount = null;
          const now = save.get().state;
          if (now.kind === 'saving') show(now);
        });
        return;
      default:
        show(next);
    }
  };
  return {
    get() {
      // Nobody is told of anything before somebody watches.
      if (!endWatch) show(save.get().state);
      return shown;
    },
    watch(onChange) {
      const watcher = () => onChange();
      watchers.add(watcher);
      if (!endWatch) {
        endWatch = save.watch(heed);
        shown = save.get().state;
      }
      return () => {
        watchers.delete(watcher);
        if (watchers.size > 0) return;
        endWatch?.();
        endWatch = null;
        callOff();
      };
    },
  };
}
