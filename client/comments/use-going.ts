import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import type { ThreadTarget } from '../../shared/comments/thread-event.ts';
import type { CasePageState } from '../case-study/case-page-state.ts';
import type { CaseSection } from '../case-study/case-sections.ts';
import { goToMiddle, goToSection } from '../case-study/page-place.ts';
import { editorOf } from '../case-study/put-words-back.ts';
import { showToast } from '../ui/toast.ts';
import { dropThread } from './beginning.ts';
import type { CommentsHere, NewTarget, NewThread } from './comments-here.ts';
import { besideElement, besideOf } from './item-places.ts';
import { stepThread, type ThreadHere } from './known-threads.ts';
import type { TextsHere } from './texts-here.ts';

/** Ways to a thread: by the list, by key, by its address; and back to the text. */
export function useGoing(parts: {
  readonly page: CasePageState;
  readonly here: CommentsHere;
  readonly texts: TextsHere;
  readonly threads: readonly ThreadHere[];
  readonly sections: readonly CaseSection[];
  /** Whether all threads are known. */
  readonly complete: boolean;
}) {
  const { page, here, texts, threads, sections, complete } = parts;
  const go = useCallback(
    (thread: ThreadHere, keyboard: boolean) => {
      here.listed.set(false);
      here.inHand.set(thread.id);
      const section = sections.find(({ blockId }) => blockId === thread.blockId);
      if (section) {
        const beside = besideOf({ kind: 'thread', id: thread.id, blockId: thread.blockId, thread });
        const find = () => besideElement(thread.blockId, beside);
        if (!find()) goToSection(page, section, false);
        page.mounting.ask(section.blockId);
        if (thread.place.where !== 'tray')
          void (section.section.prose ? editorOf(page, section.blockId) : Promise.resolve()).then(() => {
            if (here.inHand.get() === thread.id) goToMiddle(find);
          });
      }
      if (keyboard) focusCard(thread.id);
    },
    [page, here, sections],
  );
  const step = useCallback(
    (by: 1 | -1) => {
      const next = stepThread(
        threads.filter(({ resolved }) => !resolved),
        here.inHand.get(),
        by,
      );
      if (next) go(next, true);
      else showToast({ text: 'There are no open comments in this case.' });
    },
    [threads, here, go],
  );
  const leave = useCallback(
    (thread: Pick<NewThread, 'id' | 'blockId'> & { readonly target: ThreadTarget | NewTarget }) => {
      here.inHand.set(null);
      const begun = here.begun.get().find(({ id }) => id === thread.id);
      if (begun?.words.trim() === '') dropThread(here, texts, begun);
      const { target, blockId } = thread;
      const editor = texts.editorOf(blockId);
      if (target.on === 'range' && editor?.isEditable) editor.commands.focus(null, { scrollIntoView: false });
      else if (target.on === 'field') {
        const field = besideElement(blockId, { on: 'field', field: target.field });
        field?.querySelector<HTMLElement>('input, textarea, select, [contenteditable]')?.focus();
      }
    },
    [here, texts],
  );
  useSoughtThread(page, threads, complete, sections, go);
  return { go, step, leave };
}

/** The card is drawn, or comes into view, a little later. */
function focusCard(thread: string): void {
  let frames = 30;
  const look = () => {
    const card = document.querySelector<HTMLElement>(`[data-thread='${CSS.escape(thread)}']`);
    if (card) card.focus({ preventScroll: true });
    else if (frames-- > 0) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Brings the thread that the address names into view, and opens it. */
function useSoughtThread(
  page: CasePageState,
  threads: readonly ThreadHere[],
  complete: boolean,
  sections: readonly CaseSection[],
  go: (thread: ThreadHere, keyboard: boolean) => void,
): void {
  const navigate = useNavigate();
  const sought = useSearch({ strict: false, select: (search: { thread?: string }) => search.thread });
  const thread = threads.find(({ id }) => id === sought);
  const isMissing = sought !== undefined && complete && !thread;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is gone to once, whatever else is known of it later
  useEffect(() => {
    if (sought === undefined || (!thread && !isMissing)) return;
    const slug = sections.find(({ blockId }) => blockId === thread?.blockId)?.slug;
    void navigate({
      to: '/cases/$caseId',
      params: { caseId: page.caseId },
      search: slug === undefined ? {} : { section: slug },
      replace: true,
      // the page stays where it is brought to
      resetScroll: false,
    });
    if (thread) go(thread, true);
    else showToast({ text: 'This comment is not there any more, or not open to you.' });
  }, [sought, thread?.id, isMissing]);
}
