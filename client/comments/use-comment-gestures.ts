import type { Editor } from '@tiptap/core';
import { useEffect, useRef } from 'react';
import { askedComment } from '../case-study/asked-comment.ts';
import type { CasePageState } from '../case-study/case-page-state.ts';
import { beginThread } from './beginning.ts';
import type { CommentsHere } from './comments-here.ts';
import type { ThreadHere } from './known-threads.ts';
import type { TextsHere } from './texts-here.ts';

/** What the keys and the pointer do about threads, wherever on the paper they are used. */
export function useCommentGestures(parts: {
  readonly page: CasePageState;
  readonly here: CommentsHere;
  readonly texts: TextsHere;
  readonly threads: readonly ThreadHere[];
  readonly mayComment: (blockId: string) => boolean;
  readonly step: (step: 1 | -1) => void;
  /** On the words selected in an open text. */
  readonly onWords: (blockId: string, editor: Editor) => void;
}): void {
  const latest = useRef(parts);
  useEffect(() => {
    latest.current = parts;
  });
  const { here } = parts;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey))
        return;
      // AltGr writes signs, and counts as both keys
      if (event.getModifierState('AltGraph')) return;
      if (event.code === 'KeyM') {
        if (begin(latest.current, event.target)) event.preventDefault();
      } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        latest.current.step(event.key === 'ArrowDown' ? 1 : -1);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  useEffect(() => {
    const take = () => {
      const asked = askedComment.get();
      if (!asked) return;
      askedComment.set(null);
      if (!latest.current.mayComment(asked.blockId)) return;
      beginThread(
        here,
        latest.current.texts,
        asked.blockId,
        asked.on === 'section' ? { on: 'section' } : { on: 'quote', quote: asked.quote },
      );
    };
    take();
    return askedComment.watch(take);
  }, [here]);

  useEffect(() => {
    const paper = document.getElementById('main');
    if (!paper) return;
    let pointed = '';
    const onOver = (event: PointerEvent) => {
      const ids = threadsAt(event.target, latest.current.threads).map(({ id }) => id);
      if (ids.join(' ') === pointed) return;
      pointed = ids.join(' ');
      here.pointedAt.set(ids);
    };
    const onClick = (event: MouseEvent) => {
      // words that are being selected are no press on a thread
      if (document.getSelection()?.isCollapsed === false) return;
      const ids = threadsAt(event.target, latest.current.threads).map(({ id }) => id);
      const first = ids[0];
      if (first === undefined) {
        const held = here.inHand.get();
        // what is being written stays open
        if (latest.current.threads.some(({ id }) => id === held)) here.inHand.set(null);
        return;
      }
      const now = ids.indexOf(here.inHand.get() ?? '');
      // pressed again, the next of those that lie over each other
      here.inHand.set(ids[(now + 1) % ids.length] ?? first);
    };
    paper.addEventListener('pointerover', onOver);
    paper.addEventListener('click', onClick);
    return () => {
      paper.removeEventListener('pointerover', onOver);
      paper.removeEventListener('click', onClick);
    };
  }, [here]);
}

/** @returns whether there was something to comment on */
function begin(
  { page, here, texts, mayComment, onWords }: Parameters<typeof useCommentGestures>[0],
  target: EventTarget | null,
): boolean {
  const element = target instanceof HTMLElement ? target : document.body;
  const selected = document.getSelection()?.anchorNode ?? null;
  const inText = texts.blockAt(element) ?? (element === document.body ? texts.blockAt(selected) : null);
  const editor = inText === null ? null : texts.editorOf(inText);
  if (inText !== null && editor) {
    if (!mayComment(inText)) return false;
    onWords(inText, editor);
    return true;
  }
  const blockId =
    element.closest('section[id^="section-"]')?.id.slice('section-'.length) ?? page.current.get();
  if (blockId === null || blockId === undefined || !mayComment(blockId)) return false;
  const field = element.closest('[data-field]')?.getAttribute('data-field');
  beginThread(here, texts, blockId, field ? { on: 'field', field } : { on: 'section' });
  return true;
}

/** @returns open threads whose words an element of the text belongs to, the innermost first */
function threadsAt(target: EventTarget | null, threads: readonly ThreadHere[]): readonly ThreadHere[] {
  const found: ThreadHere[] = [];
  let element = target instanceof Element ? target.closest('[data-anchor]') : null;
  while (element) {
    const anchor = element.getAttribute('data-anchor');
    const thread = threads.find(({ target: about, resolved }) =>
      about.on === 'range' ? about.anchor === anchor && !resolved : false,
    );
    if (thread) found.push(thread);
    element = element.parentElement?.closest('[data-anchor]') ?? null;
  }
  return found;
}
