import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { InformationRequest } from '../../shared/api/information.ts';
import type { CaseSection } from '../case-study/case-sections.ts';
import { Chip } from '../ui/Chip.tsx';
import { dayOf } from '../ui/dates.ts';
import { AnswerSum } from './AnswerSum.tsx';
import styles from './information.module.css';
import { useLiveAnswers } from './live-answer.ts';
import { mayAsk } from './may-ask.ts';
import { OFFER } from './RequestsShape.tsx';
import { standingChip } from './request-words.ts';

/** Over the paper of a case: what its schools are asked for and how far they are, or that nobody was asked yet. */
export const CaseRequests = memo(function CaseRequests(props: {
  readonly detail: CaseDetail;
  readonly sections: readonly CaseSection[];
}) {
  const { detail, sections } = props;
  // What this device kept of an earlier version does not say.
  const asked = detail.asked ?? [];
  const early = detail.stage === 'scoping' || detail.stage === 'visit';
  if (asked.length === 0) {
    if (!early || !mayAsk(detail)) return null;
    return (
      <p className={styles.offer}>
        <Link to="/cases/$caseId/information" params={{ caseId: detail.id }} search={{ ask: '' }}>
          {OFFER}
        </Link>
      </p>
    );
  }
  return (
    <aside className={styles.strip} aria-label="Information before the visit">
      {asked.map((request) => (
        <Row key={request.id} request={request} detail={detail} sections={sections} />
      ))}
    </aside>
  );
});

function Row(props: {
  readonly request: InformationRequest;
  readonly detail: CaseDetail;
  readonly sections: readonly CaseSection[];
}) {
  const { request, detail, sections } = props;
  const { tone, words } = standingChip(request);
  const school = detail.schools.find(({ id }) => id === request.schoolId);
  return (
    <Link to="/cases/$caseId/information" params={{ caseId: detail.id }} className={styles.row}>
      <span>
        <strong>{school?.name ?? 'A school'}</strong>: {request.person.name} is asked until{' '}
        {dayOf(request.dueOn)}
      </span>
      <Progress request={request} sections={sections} />
      <Chip tone={tone}>{words}</Chip>
    </Link>
  );
}

function Progress(props: {
  readonly request: InformationRequest;
  readonly sections: readonly CaseSection[];
}) {
  const { request, sections } = props;
  const now = useLiveAnswers(
    request.sections,
    ({ blockId }) => sections.find((section) => section.blockId === blockId)?.section ?? null,
  );
  return <AnswerSum now={now} />;
}
