import { useCallback, useState } from 'react';
import type { CaseDetail } from '../../shared/api/contract.ts';
import { isLocked, STAGE_NAMES, type Stage } from '../../shared/permissions/access.ts';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import { useBlockStatus } from './block-status.ts';
import { useAllFacts, useCasePage, useWatched } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { nextAct, nextActWords } from './next-act.ts';

/** What helps most on this page now; null where nothing does. */
export interface OfferedAct {
  readonly words: string;
  readonly busy: boolean;
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
    run: () => {
      setBusy(true);
      void perform().finally(() => setBusy(false));
    },
  };
}

function tell(done: boolean, words: string): void {
  showToast(
    done ? { text: words } : { text: 'That was not saved. Try again when you are connected.', tone: 'bad' },
  );
}
