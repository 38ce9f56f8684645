import type { CommentsHere, Draft, NewThread } from './comments-here.ts';
import { editKey } from './comments-here.ts';
import type { ThreadHere, WaitingAct } from './known-threads.ts';

/** Words of somebody on this device that stand in no thread the page shows. */
export interface UnsentWords {
  /** Of the act, of the thread that is begun, or what the draft is for. */
  readonly id: string;
  readonly kind: 'act' | 'begun' | 'draft';
  readonly words: string;
  /** Why the server does not take them, as far as it said. */
  readonly why: string | null;
}

/**
 * A section that is closed to somebody meanwhile, a thread that was erased: what they wrote for it
 * can't be sent any more, and is theirs to copy (SAVE-3).
 * @param threads as the page shows them; `told`: whether all of them are here, as the server told them
 * @param shown whether the page shows a section
 */
export function unsentWords(parts: {
  readonly waiting: readonly WaitingAct[];
  readonly begun: readonly NewThread[];
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly threads: readonly ThreadHere[];
  readonly told: boolean;
  readonly shown: (blockId: string) => boolean;
  readonly mayComment: (blockId: string) => boolean;
}): readonly UnsentWords[] {
  const { threads, told, shown, mayComment } = parts;
  const onPage = new Map(
    threads.filter(({ blockId }) => shown(blockId)).map((thread) => [thread.id, thread]),
  );
  const comments = new Map(
    [...onPage.values()].flatMap((thread) => thread.comments.map(({ id }) => [id, thread])),
  );
  const found: UnsentWords[] = [];
  for (const { act, blockId, refused } of parts.waiting) {
    if (!('words' in act)) continue;
    const stands =
      act.kind === 'opened'
        ? shown(blockId)
        : act.kind === 'edited'
          ? comments.has(act.comment)
          : onPage.has(act.thread);
    if (!stands && (told || !shown(blockId)))
      found.push({ id: act.id, kind: 'act', words: act.words, why: refused });
  }
  for (const { id, blockId, words } of parts.begun)
    if (!shown(blockId) && words.trim() !== '') found.push({ id, kind: 'begun', words, why: null });
  const edited = new Map([...comments].map(([id, thread]) => [editKey(id), thread]));
  for (const [id, { words }] of parts.drafts) {
    const answered = onPage.get(id);
    const thread = answered ?? edited.get(id);
    const stands = thread && (!answered || (mayComment(thread.blockId) && thread.resolved === null));
    if (told && !stands && words.trim() !== '') found.push({ id, kind: 'draft', words, why: null });
  }
  return found;
}

/** Lets go of words that can't be sent. */
export function throwAway(
  here: CommentsHere,
  { id, kind }: UnsentWords,
  forget: (act: string) => void,
): void {
  if (kind === 'act') forget(id);
  else if (kind === 'begun') here.end(id);
  else here.reply(id, null);
}
