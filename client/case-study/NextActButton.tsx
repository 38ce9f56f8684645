import { useState } from 'react';
import type { CaseDetail } from '../../shared/api/contract.ts';
import { STAGE_NAMES } from '../../shared/permissions/access.ts';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import { useBlockStatus } from './block-status.ts';
import styles from './CaseTools.module.css';
import { useAllFacts, useCasePage, useWatched } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { type NextAct, nextAct, nextActWords } from './next-act.ts';

/** The next useful act; nothing where there is none. */
export function NextActButton(props: {
  readonly detail: CaseDetail;
  readonly sections: readonly CaseSection[];
  readonly onGo: (section: CaseSection) => void;
}) {
  const { detail, sections } = props;
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
  if (!act || detail.deletedAt !== null) return null;
  return <ActButton act={act} detail={detail} onGo={props.onGo} />;
}

function ActButton(props: { act: NextAct; detail: CaseDetail; onGo: (section: CaseSection) => void }) {
  const { act, detail } = props;
  const status = useBlockStatus(detail.id, act.kind === 'stage' ? '' : act.section.blockId);
  const stage = useAct('PATCH /api/cases/:caseId', ['GET /api/cases/:caseId']);
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    switch (act.kind) {
      case 'go':
        props.onGo(act.section);
        break;
      case 'set-status':
        if (await status.set({ status: act.to })) {
          const said = act.to === 'ready' ? 'ready for review' : 'agreed';
          showToast({ text: `${act.section.short} is ${said}.` });
        } else {
          showToast({
            text: `${act.section.short} could not be changed. Try again when you are connected.`,
            tone: 'bad',
          });
        }
        break;
      case 'stage':
        if (await stage.send({ caseId: detail.id }, { stage: act.to })) {
          showToast({ text: `The case is now: ${STAGE_NAMES[act.to].toLowerCase()}.` });
        } else {
          showToast({
            text: 'The stage could not be changed. Try again when you are connected.',
            tone: 'bad',
          });
        }
        break;
      default:
        act satisfies never;
    }
    setBusy(false);
  };
  return (
    <button
      type="button"
      className={`${styles.button} ${styles.main}`}
      disabled={busy}
      onClick={() => void run()}
    >
      {nextActWords(act)}
    </button>
  );
}
