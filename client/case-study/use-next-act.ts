import { useIsFetching } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import { isLocked, STAGE_NAMES, type Stage } from '../../shared/permissions/access.ts';
import { routeKey, useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import { useBlockStatus } from './block-status.ts';
import { useAllFacts, useCasePage, useWatched } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { nextAct, nextActWords } from './next-act.ts';

/** What helps most on this page now; null where nothing does. */
export interface OfferedAct {
  readonly words: string;
  readonly busy: boolean;
  /** It may be another one in a moment: the case is still opening. To be kept a place for, and not shown. */
  readonly held: boolean;
  run(): void;
}

/**
 * @param go - brings a section into view
 * @param close - asks before the case is closed for writing
 */
export function useNextAct(
  detail: CaseDetail,
  sections: readonly CaseSection[],
  go: (section: CaseSection) => void,
  close: (stage: Stage) => void,
): OfferedAct | null {
  const page = useCasePage();
  const factsOf = useAllFacts();
  const currentId = useWatched(page.current);
  const settled = useSettled(detail.id);
  const act = nextAct({
    sections,
    factsOf,
    current: sections.find((section) => section.blockId === currentId) ?? null,
    acts: detail.acts,
    stage: detail.stage,
    myId: page.me.id,
  });
  const status = useBlockStatus(detail.id, act && act.kind !== 'stage' ? act.section.blockId : '');
  const stage = useAct('PATCH /api/cases/:caseId', ['GET /api/cases/:caseId']);
  const [busy, setBusy] = useState(false);
  const perform = useCallback(async () => {
    switch (act?.kind) {
      case 'go':
        return go(act.section);
      case 'set-status': {
        const said = act.to === 'ready' ? 'ready for review' : 'agreed';
        return tell(await status.set({ status: act.to }), `${act.section.short} is ${said}.`);
      }
      case 'stage': {
        if (isLocked(act.to)) return close(act.to);
        const reply = await stage.send(
          { caseId: detail.id },
          { stage: act.to, seen: { stage: detail.stage } },
        );
        return tell(reply !== null, `The case is now: ${STAGE_NAMES[act.to].toLowerCase()}.`);
      }
      case undefined:
        return;
      default:
        return act satisfies never;
    }
  }, [act, go, close, status, stage, detail.id, detail.stage]);

  if (!act || detail.deletedAt !== null) return null;
  return {
    words: nextActWords(act),
    busy,
    held: !settled,
    run: () => {
      setBusy(true);
      void perform().finally(() => setBusy(false));
    },
  };
}

/** Whether it is known where the reader is, and what the server says of the case or that it says nothing. */
function useSettled(caseId: string): boolean {
  const placed = useWatched(useCasePage().placed);
  const asking = useIsFetching({ queryKey: routeKey('GET /api/cases/:caseId', { caseId }) }) > 0;
  const [settled, setSettled] = useState(false);
  // Once and for all: later changes are news.
  if (placed && !asking && !settled) setSettled(true);
  return settled;
}

function tell(done: boolean, words: string): void {
  showToast(
    done ? { text: words } : { text: 'That was not saved. Try again when you are connected.', tone: 'bad' },
  );
}
