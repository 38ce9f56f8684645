import { Value } from '../sync/watched.ts';
import { keptFor, keptWork } from './kept-replies.ts';
import { wordsFor } from './query.ts';
import { ProblemError } from './request.ts';

/** `later`: no answer came, it is tried again · otherwise why the server does not take it. */
export type Sent = 'sent' | 'later' | { readonly refused: string };

/** Something that was done on this device and that the server does not have yet. */
export interface Waiting {
  /** Why the server does not take it; null while nothing speaks against it. */
  readonly refused: string | null;
}

export interface OutboxShelf<T> {
  /** @throws where the device can't be read: something may be kept there all the same */
  load(): Promise<readonly T[]>;
  /**
   * Changes what is kept, as it is by then: another tab of this device keeps its own there as well.
   * @throws where the device did not take it
   */
  change(edit: (kept: readonly T[]) => readonly T[]): Promise<void>;
}

export interface OutboxWays<T> extends OutboxShelf<T> {
  /** Made on this device. */
  idOf(one: T): string;
  /** Never throws. */
  send(one: T): Promise<Sent>;
}

/**
 * What is on its way to the server, in its order. Ids are made here, so that what was sent
 * and got no answer is sent again without a second effect.
 */
export class Outbox<T extends Waiting> {
  readonly waiting = new Value<readonly T[]>([]);
  /** Whether all that waits is kept on the device; else it is gone with the page. */
  readonly keeps = new Value(true);
  readonly #ways: OutboxWays<T>;
  readonly #loaded: Promise<void>;
  #sending: Promise<void> | null = null;
  #keeping: Promise<void> = Promise.resolve();
  /** What the shelf was told last and did not take. */
  readonly #unkept = new Map<string, T | null>();
  #readable = true;

  constructor(ways: OutboxWays<T>) {
    this.#ways = ways;
    this.#loaded = ways.load().then(
      (kept) => {
        const made = this.waiting.get();
        const known = new Set(made.map(ways.idOf));
        this.waiting.set([...kept.filter((one) => !known.has(ways.idOf(one))), ...made]);
      },
      () => {
        // what could not be read is not to be written over
        this.#readable = false;
        this.keeps.set(false);
      },
    );
  }

  async add(one: T): Promise<void> {
    const id = this.#ways.idOf(one);
    this.waiting.set(this.#replaced(this.waiting.get(), id, one));
    await this.#loaded;
    await this.#keep(id, one);
    await this.send();
  }

  /** Lets go of something that the server does not take. */
  async forget(id: string): Promise<void> {
    await this.#loaded;
    this.waiting.set(this.#replaced(this.waiting.get(), id, null));
    await this.#keep(id, null);
  }

  /** Sends what waits, and what was refused once more. */
  send(): Promise<void> {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
    await this.#loaded;
    const tried = new Set<string>();
    for (;;) {
      const next = this.waiting.get().find((one) => !tried.has(this.#ways.idOf(one)));
      if (!next) return;
      const id = this.#ways.idOf(next);
      tried.add(id);
      const sent = await this.#ways.send(next);
      // those behind it would only wait as well
      if (sent === 'later') return;
      const after = sent === 'sent' ? null : { ...next, refused: sent.refused };
      this.waiting.set(this.#replaced(this.waiting.get(), id, after));
      await this.#keep(id, after);
    }
  }

  #keep(id: string, one: T | null): Promise<void> {
    this.#unkept.set(id, one);
    this.#keeping = this.#keeping.then(() => this.#keepAll());
    return this.#keeping;
  }

  async #keepAll(): Promise<void> {
    if (!this.#readable) return;
    const changes = [...this.#unkept];
    try {
      await this.#ways.change((kept) =>
        changes.reduce((list, [id, one]) => this.#replaced(list, id, one), kept),
      );
      for (const [id, one] of changes) if (this.#unkept.get(id) === one) this.#unkept.delete(id);
    } catch {
      // told by `keeps`, and tried again with whatever is kept next
    }
    this.keeps.set([...this.#unkept.values()].every((one) => one === null));
  }

  /** @returns the same with one in its place, at the end where it is new, or without it */
  #replaced(waiting: readonly T[], id: string, one: T | null): readonly T[] {
    const at = waiting.findIndex((other) => this.#ways.idOf(other) === id);
    if (at === -1) return one ? [...waiting, one] : waiting;
    return [...waiting.slice(0, at), ...(one ? [one] : []), ...waiting.slice(at + 1)];
  }
}

/**
 * @param key begins with `WAITING_ANSWERS`
 * @returns where the device keeps a list under it, for whoever is signed in now
 */
export function keptShelf<T>(key: string): OutboxShelf<T> {
  const whose = keptFor();
  const load = async () => ((await keptWork.load(whose, key)) as readonly T[] | undefined) ?? [];
  return {
    load,
    change: (edit) =>
      oneTabAtATime(key, async () => {
        const waiting = edit(await load());
        await keptWork.save(whose, key, waiting.length === 0 ? undefined : waiting);
      }),
  };
}

/** Browsers have locks for pages that came over a safe connection alone. */
async function oneTabAtATime(name: string, act: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request(name, act);
  else await act();
}

/** @param reply of the server to what was sent */
export async function outcomeOf(reply: Promise<unknown>): Promise<Sent> {
  try {
    await reply;
    return 'sent';
  } catch (error) {
    // who has to sign in, or was too quick, is let through later
    if (!(error instanceof ProblemError)) return 'later';
    if (
      error.problem.code === 'not-signed-in' ||
      error.problem.status >= 500 ||
      error.problem.status === 429
    ) {
      return 'later';
    }
    return { refused: wordsFor(error) };
  }
}
