import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { InformationRequest } from '../../shared/api/information.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { listed } from '../../shared/information/letter-draft.ts';
import { isUnderWay, nextLetterAt } from '../../shared/information/request.ts';
import { isLocked, STAGE_NAMES } from '../../shared/permissions/access.ts';
import { Chip } from '../ui/Chip.tsx';
import { dayOf, momentOf } from '../ui/dates.ts';
import { useAct } from '../ui/query.ts';
import { AnswerLines } from './AnswerLines.tsx';
import styles from './information.module.css';
import { askedWords, isShut, letterWords, onDay, remindedWords, standingChip } from './request-words.ts';
import { CHANGED_BY_ASKING } from './use-information.ts';

const RequestDialog = lazy(() => import('./RequestDialogs.tsx'));

export type RequestAct = 'remind' | 'day' | 'close' | 'withdraw';

/** What one person at a school was asked for: how far it is, what they said, and what can be done. */
export function RequestCard(props: {
  readonly request: InformationRequest;
  readonly detail: CaseDetail;
  readonly framework: Framework | null;
  readonly mayAct: boolean;
  /** Whether its sections are followed while they are written. */
  readonly live: boolean;
}) {
  const { request, detail, framework, mayAct, live } = props;
  const [act, setAct] = useState<RequestAct | null>(null);
  const { tone, words } = standingChip(request);
  const titleId = `request-${request.id}`;
  const under = isUnderWay(request.state);
  const present = request.state === 'open' || request.state === 'finished';
  const shut = present ? request.sections.filter(({ fillsIn }) => !fillsIn) : [];
  return (
    <section className={styles.card} aria-labelledby={titleId} data-over={!under || undefined}>
      <div className={styles.cardHead}>
        <h3 id={titleId}>{request.person.name}</h3>
        <Chip tone={tone}>{words}</Chip>
      </div>
      <p className={styles.small}>
        {request.askedBy} {askedWords(request)}
        {request.visitOn !== null && `; visit on ${dayOf(request.visitOn)}`}
        {remindedWords(request)}
        {request.endedAt !== null && `; ${request.state} ${onDay(request.endedAt)}`}.
      </p>
      <AnswerLines request={request} framework={framework} live={live} />
      {request.finished && (
        <p className={styles.said}>
          Filled in what they can, they said {onDay(request.finished.at)}.
          {request.finished.couldNot !== '' && (
            <>
              {' '}
              What they could not: <q>{request.finished.couldNot}</q>
            </>
          )}
        </p>
      )}
      {shut.length > 0 && (
        <p className={styles.care}>
          They cannot fill in {isShut(request) ? 'any of this' : listed(shut.map(({ title }) => title))} at
          the moment:{' '}
          {isLocked(detail.stage) ? (
            `the case is ${STAGE_NAMES[detail.stage].toLowerCase()}.`
          ) : (
            <>
              <Link to="/cases/$caseId/sharing" params={{ caseId: detail.id }}>
                Sharing
              </Link>{' '}
              says so.
            </>
          )}
        </p>
      )}
      {request.state === 'invitation-over' && request.takenBack && (
        <p className={styles.care}>
          Their invitation was taken back. Withdraw this, and ask them anew if they are to come in after all.
        </p>
      )}
      {request.note !== '' && under && (
        <p className={styles.small}>
          With it: <q>{request.note}</q>
        </p>
      )}
      {under && <Letter request={request} detail={detail} mayAct={mayAct} />}
      {under && mayAct && (
        <Acts request={request} mayInvite={detail.acts.includes('manage-people')} onAct={setAct} />
      )}
      {act && (
        <Suspense fallback={null}>
          <RequestDialog act={act} request={request} detail={detail} onClose={() => setAct(null)} />
        </Suspense>
      )}
    </section>
  );
}

function Letter(props: {
  readonly request: InformationRequest;
  readonly detail: CaseDetail;
  readonly mayAct: boolean;
}) {
  const { request, detail, mayAct } = props;
  const callBack = useAct('POST /api/letters/:letterId/call-back', CHANGED_BY_ASKING);
  const words = letterWords(request);
  const { letter } = request;
  if (words === null || !letter) return null;
  const waits = letter.state === 'waiting' && mayAct && detail.acts.includes('manage-people');
  return (
    <p className={styles.small}>
      {words}{' '}
      {waits && (
        <button
          type="button"
          className={styles.inText}
          disabled={callBack.pending}
          onClick={() => void callBack.send({ letterId: letter.id }, {})}
        >
          Call it back
        </button>
      )}
      {callBack.problem && <span role="alert"> {callBack.problem}</span>}
    </p>
  );
}

function Acts(props: {
  readonly request: InformationRequest;
  readonly mayInvite: boolean;
  readonly onAct: (act: RequestAct) => void;
}) {
  const { request, mayInvite, onAct } = props;
  const next = nextLetterAt(request);
  const early = Date.now() < next && request.state !== 'invitation-over';
  // To somebody who never came in, their invitation goes once more.
  const invited = request.state === 'invited' || request.state === 'invitation-over';
  const remindable = invited
    ? mayInvite && !request.takenBack
    : request.state !== 'finished' && request.state !== 'left';
  return (
    <div className={styles.acts}>
      {request.state === 'finished' && (
        <Button size="compact-sm" variant="filled" onClick={() => onAct('close')}>
          Close it
        </Button>
      )}
      {remindable && !early && (
        <Button size="compact-sm" onClick={() => onAct('remind')}>
          {request.state === 'invitation-over' ? 'Send a new link' : 'Remind'}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={() => onAct('day')}>
        Change the day
      </Button>
      {request.state !== 'finished' && request.state !== 'invited' && (
        <Button size="compact-sm" variant="subtle" onClick={() => onAct('close')}>
          Close it
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={() => onAct('withdraw')}>
        Withdraw
      </Button>
      {remindable && early && (
        <span className={styles.small}>A reminder can be written from {momentOf(next)} on.</span>
      )}
    </div>
  );
}
