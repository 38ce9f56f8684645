import type { ThreadAct } from '../../shared/api/comments.ts';
import type { ThreadAudience } from '../../shared/comments/thread-event.ts';
import { WAITING_ANSWERS } from '../sync/waiting-answers.ts';
import { Value } from '../sync/watched.ts';
import { keptShelf, type OutboxShelf } from '../ui/outbox.ts';

export type NewTarget = Extract<ThreadAct, { kind: 'opened' }>['target'];

/** Words that are being written, with the people named in them. */
export interface Draft {
  readonly words: string;
  readonly mentions: readonly string[];
}

/** A thread that is begun and not sent. Its ids are made here, so that it arrives once. */
export interface NewThread extends Draft {
  readonly id: string;
  readonly act: string;
  readonly blockId: string;
  readonly target: NewTarget;
  readonly audience: ThreadAudience;
}

/** What is begun in a case and not sent, as the device keeps it: words that nobody else has. */
export type Begun =
  | { readonly kind: 'thread'; readonly thread: NewThread }
  /** `thread`: what the draft is for, a thread that is answered or a comment that is changed (`editKey`). */
  | { readonly kind: 'reply'; readonly thread: string; readonly draft: Draft };

/** @returns under what a change of a comment is kept while it is written */
export function editKey(comment: string): string {
  return `edit ${comment}`;
}

/** Milliseconds after a key before words go to the device. */
const CALM = 300;

/** What somebody has in hand of the threads of a case, and what they began to write. */
export class CommentsHere {
  /** The thread, or the draft of one, that is open. */
  readonly inHand = new Value<string | null>(null);
  /** Pointed at, in the text or beside it. */
  readonly pointedAt = new Value<readonly string[]>([]);
  readonly begun = new Value<readonly NewThread[]>([]);
  readonly replies = new Value<ReadonlyMap<string, Draft>>(new Map());
  /** Whether the list stands open. */
  readonly listed = new Value(false);
  /** A thread that waits for words to be selected for it. */
  readonly placing = new Value<string | null>(null);
  /** Whether what is begun is kept on the device; else it is gone with the page. */
  readonly keeps = new Value(true);
  readonly #shelf: OutboxShelf<Begun>;
  /** What changed on this page since the device was told: of all else, another tab may know better. */
  readonly #changed = new Set<string>();
  #loaded: Promise<boolean> | null = null;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(
    caseId: string,
    shelf: OutboxShelf<Begun> = keptShelf(`${WAITING_ANSWERS}begun comments ${caseId}`),
  ) {
    this.#shelf = shelf;
  }

  /** Brings back what was begun on this device. */
  async load(): Promise<void> {
    await this.#load();
  }

  /** @returns whether the device could be read: what could not be read is not to be written over */
  #load(): Promise<boolean> {
    this.#loaded ??= this.#shelf.load().then(
      (kept) => {
        const known = (key: string, here: boolean) => here || this.#changed.has(key);
        const here = new Set(this.begun.get().map(({ id }) => id));
        const threads = kept.flatMap((one) =>
          one.kind === 'thread' && !known(keyOf(one), here.has(one.thread.id)) ? one.thread : [],
        );
        const replies = kept.flatMap((one) =>
          one.kind === 'reply' && !known(keyOf(one), this.replies.get().has(one.thread))
            ? [[one.thread, one.draft] as const]
            : [],
        );
        this.begun.set([...threads, ...this.begun.get()]);
        this.replies.set(new Map([...replies, ...this.replies.get()]));
        return true;
      },
      () => {
        this.keeps.set(false);
        return false;
      },
    );
    return this.#loaded;
  }

  begin(thread: NewThread): void {
    this.begun.set([...this.begun.get(), thread]);
    this.inHand.set(thread.id);
    this.listed.set(false);
    this.#save(thread.id);
  }

  change(id: string, change: Partial<Pick<NewThread, 'words' | 'mentions' | 'audience'>>): void {
    this.begun.set(this.begun.get().map((one) => (one.id === id ? { ...one, ...change } : one)));
    this.#save(id);
  }

  /** Sent, or thrown away. */
  end(id: string): void {
    this.begun.set(this.begun.get().filter((one) => one.id !== id));
    this.#save(id);
  }

  /**
   * @param thread what is answered, or `editKey` of a comment that is changed
   * @param draft null where it was sent or thrown away
   */
  reply(thread: string, draft: Draft | null): void {
    const replies = new Map(this.replies.get());
    if (draft === null) replies.delete(thread);
    else replies.set(thread, draft);
    this.replies.set(replies);
    this.#save(thread);
  }

  /** Gives the device what changed since it was told; also as the page goes, for as long as it lasts. */
  async flush(): Promise<void> {
    clearTimeout(this.#saving);
    if (this.#changed.size === 0 || !(await this.#load())) return;
    const keys = [...this.#changed];
    const now = new Map(this.#all().map((one) => [keyOf(one), one]));
    this.#changed.clear();
    try {
      await this.#shelf.change((kept) => {
        const others = kept.map((one) => (keys.includes(keyOf(one)) ? now.get(keyOf(one)) : one));
        const known = new Set(kept.map(keyOf));
        const added = keys.flatMap((key) => (known.has(key) ? [] : (now.get(key) ?? [])));
        return [...others.filter((one) => one !== undefined), ...added];
      });
      this.keeps.set(true);
    } catch {
      for (const key of keys) this.#changed.add(key);
      this.keeps.set(false);
    }
  }

  #all(): readonly Begun[] {
    return [
      ...this.begun
        .get()
        .filter(({ words }) => words.trim() !== '')
        .map((thread) => ({ kind: 'thread' as const, thread })),
      ...[...this.replies.get()].map(([thread, draft]) => ({ kind: 'reply' as const, thread, draft })),
    ];
  }

  #save(key: string): void {
    this.#changed.add(key);
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => void this.flush(), CALM);
  }
}

function keyOf(one: Begun): string {
  return one.kind === 'thread' ? one.thread.id : one.thread;
}
