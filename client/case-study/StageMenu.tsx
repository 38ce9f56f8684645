import { lazy, Suspense, useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import { isLocked, STAGE_NAMES, STAGES, type Stage } from '../../shared/permissions/access.ts';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import type { CaseSection } from './case-sections.ts';
import { MenuButton } from './MenuButton.tsx';

const StageDialog = lazy(() => import('./StageDialog.tsx'));

/** Where the case stands on its way; a menu for those who may move it. */
export function StageMenu(props: {
  readonly detail: CaseDetail;
  readonly sections: readonly CaseSection[];
  readonly className?: string | undefined;
}) {
  const { detail, sections, className } = props;
  const act = useAct('PATCH /api/cases/:caseId', ['GET /api/cases/:caseId']);
  const [closing, setClosing] = useState<Stage | null>(null);
  if (!detail.acts.includes('move-stage') || detail.deletedAt !== null) {
    return <span>{STAGE_NAMES[detail.stage]}</span>;
  }
  return (
    <>
      <MenuButton
        className={className}
        label={`Stage: ${STAGE_NAMES[detail.stage]}. Change`}
        disabled={act.pending}
        items={STAGES.map((stage) => ({
          id: stage,
          label: STAGE_NAMES[stage],
          checked: stage === detail.stage,
          act: () => {
            if (stage === detail.stage) return;
            if (isLocked(stage)) return setClosing(stage);
            void act.send({ caseId: detail.id }, { stage, seen: { stage: detail.stage } }).then((reply) => {
              if (reply) showToast({ text: `The case is now: ${STAGE_NAMES[stage].toLowerCase()}.` });
            });
          },
        }))}
      >
        {STAGE_NAMES[detail.stage]}
        <svg viewBox="0 0 8 8" aria-hidden="true">
          <path d="M1 2.5 4 5.5 7 2.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
        </svg>
      </MenuButton>
      {act.problem && <span role="alert">{act.problem}</span>}
      {closing && (
        <Suspense fallback={null}>
          <StageDialog detail={detail} sections={sections} to={closing} onClose={() => setClosing(null)} />
        </Suspense>
      )}
    </>
  );
}
