import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { openRowOf } from '../editor/fields/open-rows.ts';
import { scrollToHighlight, showHighlight } from '../editor/find-highlight.ts';
import type { FindQuery } from '../editor/find-text.ts';
import { useEngine } from '../sync/hooks.ts';
import { type CaseFindings, type Found, findInCase, sameMatch } from './case-find.ts';
import { type CasePageState, useCasePage } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { sectionElement } from './page-place.ts';
import { editorOf } from './put-words-back.ts';

/** Milliseconds of quiet after which a changed text is searched again. */
const QUIET = 300;
const NOTHING: CaseFindings = { found: [], missing: [], suggested: 0 };

export interface CaseFind {
  readonly findings: CaseFindings;
  /** The match in hand, counted from 0; null while none is. */
  readonly at: number | null;
  /** Takes a match in hand and brings it into view. */
  goTo(at: number): void;
  /** Searches again at once. */
  again(): void;
}

/** Searches the whole case while the panel stands, and marks what is found. */
export function useCaseFind(sections: readonly CaseSection[], query: FindQuery): CaseFind {
  const page = useCasePage();
  const engine = useEngine();
  const [findings, setFindings] = useState(NOTHING);
  const latest = useRef(findings);
  const [at, setAt] = useState<number | null>(null);

  const again = useCallback(() => {
    const next =
      query.text === '' ? NOTHING : findInCase(sections, (blockId) => engine.block(blockId).get(), query);
    const before = latest.current.found;
    latest.current = next;
    setFindings(next);
    setAt((at) => (at === null ? null : sameMatch(before, at, next.found)));
  }, [engine, sections, query]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: with other words, none of the matches is in hand
  useEffect(() => setAt(null), [query]);

  // Every section is opened: a match must not hide in one that nobody looked at yet.
  useEffect(() => {
    const ends = sections.map(({ blockId }) => engine.holdBlock(blockId));
    return () => {
      for (const end of ends) end();
    };
  }, [engine, sections]);

  useEffect(() => {
    again();
    return watchTexts(sections, engine, again);
  }, [engine, sections, again]);

  const inHand = at === null ? null : (findings.found[at] ?? null);
  useEffect(() => markFound(page, sections, query, inHand), [page, sections, query, inHand]);

  const goTo = useCallback(
    (next: number) => {
      const found = findings.found[next];
      if (!found) return;
      setAt(next);
      void bringIntoView(page, found, query);
    },
    [findings, page, query],
  );
  return useMemo(() => ({ findings, at, goTo, again }), [findings, at, goTo, again]);
}

/** Calls `changed` some time after any text of the case changed, or came. @returns ends it */
function watchTexts(
  sections: readonly CaseSection[],
  engine: ReturnType<typeof useEngine>,
  changed: () => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, QUIET);
  };
  const ends = sections.map(({ blockId }) => {
    const view = engine.block(blockId);
    let doc = view.get().replica?.doc ?? null;
    doc?.on('update', soon);
    const unwatch = view.watch(() => {
      const now = view.get().replica?.doc ?? null;
      if (now === doc) return;
      doc?.off('update', soon);
      doc = now;
      doc?.on('update', soon);
      soon();
    });
    return () => {
      unwatch();
      doc?.off('update', soon);
    };
  });
  return () => {
    clearTimeout(timer);
    for (const end of ends) end();
  };
}

/** Marks matches in every editor that stands, or comes to stand. @returns takes the marks away */
function markFound(
  page: CasePageState,
  sections: readonly CaseSection[],
  query: FindQuery,
  inHand: Found | null,
): () => void {
  const ends = sections.map(({ blockId }) => {
    const editor = page.editor(blockId);
    const place = inHand?.section.blockId === blockId ? inHand.match.place : null;
    const mark = () => {
      const now = editor.get();
      if (now) showHighlight(now, { query, current: place?.kind === 'text' ? place.ordinal : null });
    };
    mark();
    const unwatch = editor.watch(mark);
    return () => {
      unwatch();
      const now = editor.get();
      if (now) showHighlight(now, null);
    };
  });
  const field = inHand && fieldOf(inHand);
  field?.setAttribute('data-found', '');
  return () => {
    for (const end of ends) end();
    field?.removeAttribute('data-found');
  };
}

function fieldOf({ section, match }: Found): HTMLElement | null {
  if (match.place.kind !== 'field') return null;
  const key = CSS.escape(match.place.key);
  return sectionElement(section)?.querySelector<HTMLElement>(`[data-field="${key}"]`) ?? null;
}

async function bringIntoView(page: CasePageState, found: Found, query: FindQuery): Promise<void> {
  const { section, match } = found;
  page.mounting.ask(section.blockId);
  page.pin(section.blockId);
  if (match.place.kind === 'field') {
    const part = sectionElement(section);
    if (part) openRowOf(part, match.place.key);
    const field = fieldOf(found);
    if (field) return field.scrollIntoView({ block: 'center', behavior: 'instant' });
  }
  const editor = section.section.prose ? await editorOf(page, section.blockId) : null;
  if (!editor || match.place.kind === 'field') {
    (fieldOf(found) ?? sectionElement(section))?.scrollIntoView({ block: 'center', behavior: 'instant' });
    return;
  }
  showHighlight(editor, { query, current: match.place.ordinal });
  if (!scrollToHighlight(editor))
    sectionElement(section)?.scrollIntoView({ block: 'start', behavior: 'instant' });
}
