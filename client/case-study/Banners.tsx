import { useEffect, useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import { isLocked } from '../../shared/permissions/access.ts';
import { lockWords } from '../../shared/permissions/stage-lock.ts';
import { useConnection } from '../sync/hooks.ts';
import { useAct } from '../ui/query.ts';
import styles from './CasePage.module.css';
import { shortDay } from './day.ts';
import { useSaveKind } from './section-live.ts';

/** Milliseconds without a connection before it is worth a word. */
const BLINK = 2_500;

/** What holds for the whole case just now: no connection, closed at this stage, in the bin. */
export function Banners({ detail, blockIds }: { detail: CaseDetail; blockIds: readonly string[] }) {
  return (
    <>
      <OfflineBanner blockIds={blockIds} />
      {detail.deletedAt !== null ? <DeletedBanner detail={detail} /> : <StageBanner detail={detail} />}
    </>
  );
}

function OfflineBanner({ blockIds }: { blockIds: readonly string[] }) {
  const connection = useConnection();
  const kind = useSaveKind(blockIds);
  const [lasting, setLasting] = useState(false);
  const away = connection !== 'live';
  useEffect(() => {
    if (!away) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), BLINK);
    return () => clearTimeout(timer);
  }, [away]);
  const alone = kind === 'only-here';
  const shown = alone || (away && lasting);
  return (
    <div role="status">
      {shown && (
        <p className={`${styles.banner} ${alone ? styles.bad : ''}`}>
          {alone
            ? 'Your last changes stand in this page alone: this device can’t keep them. Leave the page open until they are saved.'
            : connection === 'offline'
              ? 'You are offline. Go on writing: it is kept on this device and sent when you are back.'
              : 'Connecting. Go on writing: it is kept on this device until it is sent.'}
        </p>
      )}
    </div>
  );
}

function StageBanner({ detail }: { detail: CaseDetail }) {
  const act = useAct('PATCH /api/cases/:caseId', ['GET /api/cases/:caseId']);
  if (!isLocked(detail.stage)) return null;
  // What this device kept of an earlier version does not say who.
  const set = detail.stageSet ?? null;
  const by = detail.people.find(({ id }) => id === set?.by)?.name ?? null;
  const may = detail.acts.includes('move-stage');
  return (
    <div className={`${styles.banner} ${styles.calm}`}>
      <span>
        {lockWords({ stage: detail.stage, by, on: set && shortDay(set.at), why: set?.why ?? '' })}
        {may ? '' : ' The lead or an editor can open it again.'}
      </span>
      {may && (
        <button
          type="button"
          disabled={act.pending}
          onClick={() =>
            void act.send({ caseId: detail.id }, { stage: 'editing', seen: { stage: detail.stage } })
          }
        >
          Open it for editing
        </button>
      )}
      {act.problem && <span role="alert">{act.problem}</span>}
    </div>
  );
}

function DeletedBanner({ detail }: { detail: CaseDetail }) {
  const act = useAct('POST /api/bin/:kind/:itemId/restore', [
    'GET /api/cases/:caseId',
    'GET /api/studies/:studyId',
  ]);
  const may = detail.acts.includes('restore-from-bin');
  return (
    <div className={styles.banner}>
      <span>
        This case lies in the bin. It can be read, not changed.
        {may ? '' : ' The lead of the study can take it out.'}
      </span>
      {may && (
        <button
          type="button"
          disabled={act.pending}
          onClick={() => void act.send({ kind: 'case', itemId: detail.id }, {})}
        >
          Take it out of the bin
        </button>
      )}
      {act.problem && <span role="alert">{act.problem}</span>}
    </div>
  );
}
