import type { ThreadAct } from '../../shared/api/comments.ts';
import type { ThreadAudience } from '../../shared/comments/thread-event.ts';
import { WAITING_ANSWERS } from '../sync/waiting-answers.ts';
import { Value } from '../sync/watched.ts';
import { loadKept, saveKept } from '../ui/kept-replies.ts';

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
type Begun =
  | { readonly kind: 'thread'; readonly thread: NewThread }
  | { readonly kind: 'reply'; readonly thread: string; readonly draft: Draft };

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
  readonly #key: string;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(caseId: string) {
    this.#key = `${WAITING_ANSWERS}begun comments ${caseId}`;
  }

  /** Brings back what was begun on this device. */
  async load(): Promise<void> {
    const kept = await loadKept<readonly Begun[]>(this.#key);
    if (!kept) return;
    const here = new Set(this.begun.get().map(({ id }) => id));
    const threads = kept.flatMap((one) =>
      one.kind === 'thread' && !here.has(one.thread.id) ? one.thread : [],
    );
    const replies = kept.flatMap((one) => (one.kind === 'reply' ? [[one.thread, one.draft] as const] : []));
    this.begun.set([...threads, ...this.begun.get()]);
    this.replies.set(new Map([...replies, ...this.replies.get()]));
  }

  begin(thread: NewThread): void {
    this.begun.set([...this.begun.get(), thread]);
    this.inHand.set(thread.id);
    this.listed.set(false);
    this.#save();
  }

  change(id: string, change: Partial<Pick<NewThread, 'words' | 'mentions' | 'audience'>>): void {
    this.begun.set(this.begun.get().map((one) => (one.id === id ? { ...one, ...change } : one)));
    this.#save();
  }

  /** Sent, or thrown away. */
  end(id: string): void {
    this.begun.set(this.begun.get().filter((one) => one.id !== id));
    this.#save();
  }

  /** @param draft null where it was sent, or nothing stands in it */
  reply(thread: string, draft: Draft | null): void {
    const replies = new Map(this.replies.get());
    if (draft === null || draft.words === '') replies.delete(thread);
    else replies.set(thread, draft);
    this.replies.set(replies);
    this.#save();
  }

  #save(): void {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => {
      const begun: Begun[] = [
        ...this.begun
          .get()
          .filter(({ words }) => words.trim() !== '')
          .map((thread) => ({ kind: 'thread' as const, thread })),
        ...[...this.replies.get()].map(([thread, draft]) => ({ kind: 'reply' as const, thread, draft })),
      ];
      void saveKept(this.#key, begun.length === 0 ? undefined : begun);
    }, 300);
  }
}
