import type { Editor } from '@tiptap/core';
import { useCallback, useEffect } from 'react';
import { useWatched } from '../case-study/case-page-state.ts';
import { newId } from '../ui/new-id.ts';
import { showToast } from '../ui/toast.ts';
import { wordsMeant } from './beginning.ts';
import type { CommentsHere } from './comments-here.ts';
import type { ThreadHere } from './known-threads.ts';
import { markWords, selectedIn, TOO_MANY_WORDS } from './selected-words.ts';
import type { TextsHere } from './texts-here.ts';
import type { ThreadWays } from './thread-ways.ts';

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
      ways.send(thread.blockId, { id: newId(), thread: id, kind: 'placed', anchor, selected });
      here.placing.set(null);
    },
    [here, texts, threads, ways],
  );
}
