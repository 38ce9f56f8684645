import type { Editor } from '@tiptap/core';
import { useCallback, useEffect, useRef } from 'react';
import { useWatched } from '../case-study/case-page-state.ts';
import { newId } from '../ui/new-id.ts';
import { showToast } from '../ui/toast.ts';
import { wordsMeant } from './beginning.ts';
import type { CommentsHere } from './comments-here.ts';
import type { ThreadHere } from './known-threads.ts';
import { markWords, selectedIn, TOO_MANY_WORDS, unmarkWords } from './selected-words.ts';
import type { TextsHere } from './texts-here.ts';
import type { ThreadWays } from './thread-ways.ts';

/** A thread on its way to other words. */
export interface Move {
  readonly act: string;
  readonly thread: string;
  readonly anchor: string;
  /** What it was at before. */
  readonly old: string | null;
}

/** @returns the anchor that nothing is at any more, null where there is none; undefined while it is not settled */
export function strayOf(
  { act, anchor, old }: Move,
  { waiting, refused, target }: Pick<ThreadHere, 'waiting' | 'refused' | 'target'>,
): string | null | undefined {
  if (refused.some((one) => one.act === act)) return anchor;
  if (waiting.has(act)) return undefined;
  return target.on === 'range' && target.anchor === anchor ? old : undefined;
}

/**
 * A thread whose words are gone is put at others: they are selected, and a button beside them says so.
 * @returns puts it at what is selected in an editor
 */
export function usePlacing(parts: {
  readonly here: CommentsHere;
  readonly texts: TextsHere;
  readonly threads: readonly ThreadHere[];
  readonly ways: ThreadWays;
}): (thread: string, editor: Editor) => void {
  const { here, texts, threads, ways } = parts;
  const placing = useWatched(here.placing);
  useEffect(() => {
    if (placing === null) return;
    const close = showToast({
      text: 'Select the words that the comment is about, then press “Put it here”.',
      action: { label: 'Leave it', run: () => here.placing.set(null) },
    });
    return close;
  }, [here, placing]);
  const moves = useRef<readonly Move[]>([]);
  useEffect(() => {
    moves.current = moves.current.filter((move) => {
      const thread = threads.find(({ id }) => id === move.thread);
      const stray = thread && strayOf(move, thread);
      if (stray === undefined) return true;
      const editor = thread && texts.editorOf(thread.blockId);
      if (stray !== null && editor && texts.writesIn(thread.blockId)) unmarkWords(editor, stray);
      return false;
    });
  }, [texts, threads]);
  return useCallback(
    (id, editor) => {
      const thread = threads.find((one) => one.id === id);
      const place = wordsMeant(editor);
      if (!thread || !place) return;
      const selected = selectedIn(editor, place);
      if (!selected) {
        showToast({ text: TOO_MANY_WORDS, tone: 'bad' });
        return;
      }
      const anchor = newId();
      if (texts.writesIn(thread.blockId)) markWords(editor, anchor, place);
      const act = newId();
      const old = thread.target.on === 'range' ? thread.target.anchor : null;
      moves.current = [...moves.current, { act, thread: id, anchor, old }];
      ways.send(thread.blockId, { id: act, thread: id, kind: 'placed', anchor, selected });
      here.placing.set(null);
    },
    [here, texts, threads, ways],
  );
}
