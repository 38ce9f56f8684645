import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import { type PageKey, type PaletteAction, usePageKeys, usePaletteActions } from '../ui/palette.ts';
import type { Lifted } from './CaseView.tsx';
import { type CasePageState, useCasePage } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { goToSection } from './page-place.ts';
import { editorOf } from './put-words-back.ts';

const onMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

const MOD = onMac ? '⌘' : 'Ctrl';

const KEYS: readonly PageKey[] = [
  { keys: ['Alt', '↓'], does: 'Next section' },
  { keys: ['Alt', '↑'], does: 'Previous section' },
  { keys: [MOD, 'Shift', 'F'], does: 'Find and replace in the whole case' },
  { keys: ['/'], does: 'Headings, lists, tables: on an empty line, or after a space', writing: true },
  { keys: [MOD, 'B'], does: 'Bold', writing: true },
  { keys: [MOD, 'I'], does: 'Italic', writing: true },
  { keys: [MOD, 'K'], does: 'A link, with words selected', writing: true },
  {
    keys: [MOD, 'Shift', '.'],
    does: 'Words that somebody said; in a quote, what is known of it',
    writing: true,
  },
  { keys: ['Alt', 'F10'], does: 'To the buttons beside selected words, or of a table', writing: true },
  { keys: [MOD, 'Z'], does: 'Undo what you did, and nobody else’s', writing: true },
  { keys: [MOD, 'Shift', 'Z'], does: 'Do it again', writing: true },
  { keys: ['Esc', 'Tab'], does: 'Out of the text, to the next button or field', writing: true },
];

/** The keys of the case's page, and what it offers in the palette. */
export function useCaseKeys(
  sections: readonly CaseSection[],
  detail: CaseDetail,
  lift: (what: Lifted) => void,
): void {
  const page = useCasePage();
  const navigate = useNavigate();
  const latest = useRef(sections);
  useEffect(() => {
    latest.current = sections;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if ((event.ctrlKey || event.metaKey) && event.shiftKey && !event.altKey && event.code === 'KeyF') {
        event.preventDefault();
        lift('find');
        return;
      }
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step === 0 || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      // On a Mac these keys move by paragraph while one writes.
      if (onMac && writingIn(event.target)) return;
      event.preventDefault();
      stepSection(page, latest.current, step);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [page, lift]);

  usePageKeys(KEYS);
  const maySee = detail.acts.includes('see-sharing');
  const actions = useMemo((): readonly PaletteAction[] => {
    const go = sections.map((section) => ({
      id: `section ${section.blockId}`,
      label: section.full,
      group: 'Sections',
      run: () => {
        goToSection(page, section);
      },
    }));
    return [
      ...go,
      { id: 'case find', label: 'Find and replace', group: 'This case', run: () => lift('find') },
      { id: 'case ask', label: 'Still to ask', group: 'This case', run: () => lift('to-ask') },
      {
        id: 'case quotes',
        label: 'Quotes',
        group: 'This case',
        also: 'speakers words said confirm verify board',
        run: () => void navigate({ to: '/cases/$caseId/quotes', params: { caseId: detail.id } }),
      },
      {
        id: 'case history',
        label: 'History',
        group: 'This case',
        also: 'versions before changes restore who wrote compare',
        run: () => void navigate({ to: '/cases/$caseId/history', params: { caseId: detail.id } }),
      },
      ...(maySee
        ? [
            {
              id: 'case sharing',
              label: 'Sharing',
              group: 'This case',
              also: 'who sees access permissions school grid',
              run: () => void navigate({ to: '/cases/$caseId/sharing', params: { caseId: detail.id } }),
            },
            {
              id: 'case information',
              label: 'Information before the visit',
              group: 'This case',
              also: 'ask school facts contacts request answer',
              run: () => void navigate({ to: '/cases/$caseId/information', params: { caseId: detail.id } }),
            },
          ]
        : []),
      {
        id: 'case print',
        label: 'Print a draft',
        group: 'This case',
        also: 'export PDF',
        run: () => void navigate({ to: '/cases/$caseId/print', params: { caseId: detail.id } }),
      },
    ];
  }, [sections, page, lift, navigate, detail.id, maySee]);
  usePaletteActions(actions);
}

function writingIn(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}

/** To the next or previous section; who writes goes on writing there. */
function stepSection(page: CasePageState, sections: readonly CaseSection[], step: 1 | -1): void {
  const active = document.activeElement;
  const writing = active instanceof HTMLElement && active.isContentEditable;
  // Whoever writes goes on from where they write, whatever stands at the top of the view.
  const here = writing ? active.closest('section[id^="section-"]')?.id.slice('section-'.length) : undefined;
  const from = here ?? page.current.get();
  const at = sections.findIndex((section) => section.blockId === from);
  const next = sections[Math.max(0, Math.min(sections.length - 1, at + step))];
  if (!next) return;
  goToSection(page, next);
  if (!writing || !next.section.prose || next.state.notApplicable !== null) return;
  page.mounting.ask(next.blockId);
  void editorOf(page, next.blockId).then((editor) => {
    const heading = document.activeElement;
    if (heading?.id === `title-${next.blockId}`) editor?.commands.focus('start', { scrollIntoView: false });
  });
}
