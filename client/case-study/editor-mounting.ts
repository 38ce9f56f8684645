import type { Watched } from '../sync/watched.ts';
import { Value } from '../sync/watched.ts';

/** What the page does for a section's text: shows what was last saved, keeps a live copy, or lets it be written in. */
export type Mounting = 'reading' | 'open' | 'writing';

/** Editors that may live at once; each costs memory and a slice of every layout. */
export const MOST_EDITORS = 14;
/** Sections whose live copy is fetched although they were not looked at, so that the case opens offline. */
export const MOST_OPENED_UNSEEN = 80;

/**
 * Decides which sections have an editor: those in view first, then those near,
 * one at a time; never more than `most`, and never taking one from under the
 * caret. Undo lives in the replica, so an editor may come and go.
 */
export class EditorMounting {
  readonly #order: string[] = [];
  readonly #state = new Map<string, Value<Mounting>>();
  readonly #visible = new Set<string>();
  readonly #near = new Set<string>();
  readonly #asked = new Set<string>();
  /** Those whose live copy is here. */
  readonly #arrived = new Set<string>();
  /** Mounted for a reader who looks at them, while their live copies are on their way. */
  readonly #wanted = new Set<string>();
  /** Mounted ones, the one longest out of sight first. */
  readonly #mounted: string[] = [];
  #focused: string | null = null;
  #openedUnseen = 0;
  readonly #most: number;
  readonly #wake: () => void;

  /** @param wake - called when there may be something for `step` to do */
  constructor(wake: () => void, most = MOST_EDITORS) {
    this.#wake = wake;
    this.#most = most;
  }

  /** @param blockIds - in the order of the page */
  setOrder(blockIds: readonly string[]): void {
    this.#order.splice(0, this.#order.length, ...blockIds);
    this.#wake();
  }

  /** Before anything is drawn: this section begins with its editor, as soon as its live copy is here. */
  startWith(blockId: string): void {
    if (this.#mounted.includes(blockId)) return;
    this.#mounted.push(blockId);
    this.#wanted.add(blockId);
    this.#value(blockId).set('writing');
  }

  of(blockId: string): Watched<Mounting> {
    return this.#value(blockId);
  }

  see(blockId: string, where: 'visible' | 'near' | 'far'): void {
    this.#set(this.#visible, blockId, where === 'visible');
    this.#set(this.#near, blockId, where !== 'far');
    if (where !== 'far') this.#touch(blockId);
    this.#wake();
  }

  /** An editor is wanted here although the section may be out of sight. */
  ask(blockId: string): void {
    this.#asked.add(blockId);
    // One that is here already must not be the next to go, before it comes into view.
    this.#touch(blockId);
    this.#wake();
  }

  /** The live copy of this section is here. */
  arrived(blockId: string): void {
    this.#arrived.add(blockId);
    if (this.#wanted.delete(blockId)) this.#wake();
  }

  /** Whether an editor in view still waits for its live copy: until then, others would only stand in its way. */
  get waits(): boolean {
    return this.#wanted.size > 0;
  }

  focus(blockId: string | null): void {
    this.#focused = blockId;
    if (blockId !== null) this.#touch(blockId);
  }

  get focused(): string | null {
    return this.#focused;
  }

  /** Whether something in view still waits for its editor: worth doing before the page is idle. */
  get urgent(): boolean {
    return this.#waiting(this.#asked) !== null || this.#waiting(this.#visible) !== null;
  }

  /** Does the one most useful thing. @returns whether there is more to do */
  step(): boolean {
    const wanted = this.#waiting(this.#asked) ?? this.#waiting(this.#visible);
    const next = wanted ?? this.#waiting(this.#near);
    if (next !== null) {
      if (wanted !== null && !this.#arrived.has(next)) this.#wanted.add(next);
      this.#asked.delete(next);
      this.#mounted.push(next);
      this.#value(next).set('writing');
      this.#makeRoom();
      return true;
    }
    this.#asked.clear();
    if (this.#openedUnseen < MOST_OPENED_UNSEEN) {
      const unopened = this.#order.find((blockId) => this.#value(blockId).get() === 'reading');
      if (unopened !== undefined) {
        this.#openedUnseen += 1;
        this.#value(unopened).set('open');
        return true;
      }
    }
    return false;
  }

  #makeRoom(): void {
    while (this.#mounted.length > this.#most) {
      const index = this.#mounted.findIndex(
        (blockId) => blockId !== this.#focused && !this.#visible.has(blockId) && !this.#near.has(blockId),
      );
      const fallback =
        index === -1
          ? this.#mounted.findIndex((blockId) => blockId !== this.#focused && !this.#visible.has(blockId))
          : index;
      if (fallback === -1) return;
      const [gone] = this.#mounted.splice(fallback, 1);
      if (gone === undefined) return;
      this.#near.delete(gone);
      this.#value(gone).set('open');
    }
  }

  #waiting(wanted: ReadonlySet<string>): string | null {
    return (
      this.#order.find((blockId) => wanted.has(blockId) && this.#value(blockId).get() !== 'writing') ?? null
    );
  }

  #touch(blockId: string): void {
    const index = this.#mounted.indexOf(blockId);
    if (index === -1) return;
    this.#mounted.splice(index, 1);
    this.#mounted.push(blockId);
  }

  #set(set: Set<string>, blockId: string, member: boolean): void {
    if (member) set.add(blockId);
    else set.delete(blockId);
  }

  #value(blockId: string): Value<Mounting> {
    let value = this.#state.get(blockId);
    if (!value) {
      value = new Value<Mounting>('reading');
      this.#state.set(blockId, value);
    }
    return value;
  }
}
