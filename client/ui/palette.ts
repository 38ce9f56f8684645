import { useEffect, useRef, useSyncExternalStore } from 'react';

/** Something that the palette (Ctrl/⌘ K) offers. */
export interface PaletteAction {
  readonly id: string;
  readonly label: string;
  /** Heading it stands under: "Sections", "Cases". */
  readonly group: string;
  /** Said in small beside the label. */
  readonly hint?: string;
  /** Further words by which it is found. */
  readonly also?: string;
  run(): void;
}

/** A key that the page in view knows, for the list behind `?`. */
export interface PageKey {
  /** As drawn: `Ctrl`, `K`. */
  readonly keys: readonly string[];
  readonly does: string;
  /** Works only while one writes, and stands under a heading of its own. */
  readonly writing?: true;
}

class Registry<T> {
  readonly #lists = new Map<symbol, readonly T[]>();
  readonly #watchers = new Set<() => void>();
  #all: readonly T[] = [];

  set(owner: symbol, list: readonly T[] | null): void {
    if (list) this.#lists.set(owner, list);
    else this.#lists.delete(owner);
    this.#all = [...this.#lists.values()].flat();
    for (const tell of this.#watchers) tell();
  }
  readonly all = (): readonly T[] => this.#all;
  readonly watch = (tell: () => void): (() => void) => {
    this.#watchers.add(tell);
    return () => this.#watchers.delete(tell);
  };
}

const actions = new Registry<PaletteAction>();
const keys = new Registry<PageKey>();

function useRegistered<T>(registry: Registry<T>, list: readonly T[]): void {
  const owner = useRef<symbol>(null);
  owner.current ??= Symbol('page');
  useEffect(() => registry.set(owner.current as symbol, list), [registry, list]);
  useEffect(() => () => registry.set(owner.current as symbol, null), [registry]);
}

/** Offers these in the palette while the component stands; pass the same array until it changes. */
export function usePaletteActions(list: readonly PaletteAction[]): void {
  useRegistered(actions, list);
}

/** Lists these behind `?` while the component stands; pass the same array until it changes. */
export function usePageKeys(list: readonly PageKey[]): void {
  useRegistered(keys, list);
}

export function useAllPaletteActions(): readonly PaletteAction[] {
  return useSyncExternalStore(actions.watch, actions.all);
}

export function useAllPageKeys(): readonly PageKey[] {
  return useSyncExternalStore(keys.watch, keys.all);
}

/** What was typed since the palette was asked for, and until when it waits for its code, by `performance.now()`. */
let ahead: { typed: string; readonly until: number } | null = null;
/** Milliseconds after which its code is taken not to come: keys are the page's again. */
const CODE_WITHIN = 4_000;

/** @returns letters typed before the palette stood */
export function typedAhead(): string {
  return ahead?.typed ?? '';
}

/** From now on the palette has the keyboard itself. */
export function endTypingAhead(): void {
  ahead = null;
}

/** @returns whether the key was one that is typed ahead */
function keepAhead(event: KeyboardEvent): boolean {
  if (!ahead || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  if (performance.now() > ahead.until) {
    ahead = null;
    return false;
  }
  if (event.key.length === 1) ahead.typed += event.key;
  else if (event.key === 'Backspace') ahead.typed = ahead.typed.slice(0, -1);
  else return false;
  event.preventDefault();
  return true;
}

type Lift = (what: 'palette' | 'keys') => void;
let lift: Lift = () => {};

export function openPalette(): void {
  lift('palette');
}

export function openKeys(): void {
  lift('keys');
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role=textbox]'))
  );
}

/**
 * Ctrl/⌘ K from anywhere, `?` where nobody is typing.
 * @returns stops listening
 */
export function watchPaletteKeys(open: Lift): () => void {
  lift = open;
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || keepAhead(event)) return;
    if (
      (event.ctrlKey || event.metaKey) &&
      !event.shiftKey &&
      !event.altKey &&
      event.key.toLowerCase() === 'k'
    ) {
      // In text that is being written, a selection's own Ctrl K (a link) goes first: it prevents the default.
      event.preventDefault();
      ahead = { typed: '', until: performance.now() + CODE_WITHIN };
      open('palette');
    } else if (event.key === '?' && !isTyping(event.target)) {
      event.preventDefault();
      open('keys');
    }
  };
  document.addEventListener('keydown', onKey);
  return () => {
    document.removeEventListener('keydown', onKey);
    lift = () => {};
  };
}
