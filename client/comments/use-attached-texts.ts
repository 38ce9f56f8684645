import type { Editor } from '@tiptap/core';
import { useEffect, useMemo, useRef } from 'react';
import { includesAccess } from '../../shared/permissions/access.ts';
import type { CasePageState } from '../case-study/case-page-state.ts';
import type { CaseSection } from '../case-study/case-sections.ts';
import type { TextsHere } from './texts-here.ts';

/** Follows which texts of the case stand open, and offers comments there. */
export function useAttachedTexts(
  page: CasePageState,
  texts: TextsHere,
  sections: readonly CaseSection[],
  mayComment: (blockId: string) => boolean,
  open: (blockId: string, editor: Editor) => void,
): void {
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  const key = useMemo(
    () =>
      sections
        .filter(({ section, state }) => section.prose && state.notApplicable === null)
        .map(
          ({ blockId, state }) =>
            `${blockId} ${mayComment(blockId)} ${includesAccess(state.access, 'write')}`,
        )
        .join('\n'),
    [sections, mayComment],
  );
  useEffect(() => {
    const ends = key.split('\n').flatMap((line) => {
      const [blockId, may, writes] = line.split(' ');
      if (!blockId) return [];
      const value = page.editor(blockId);
      let detach = () => {};
      const follow = () => {
        detach();
        const editor = value.get();
        detach =
          editor && !editor.isDestroyed
            ? texts.attach(
                blockId,
                editor,
                may === 'true' ? () => latest.current(blockId, editor) : null,
                writes === 'true',
              )
            : () => {};
      };
      const unwatch = value.watch(follow);
      follow();
      return [unwatch, () => detach()];
    });
    return () => {
      for (const end of ends) end();
    };
  }, [page, texts, key]);
}
