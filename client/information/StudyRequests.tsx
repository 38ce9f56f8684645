import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CaseSummary } from '../../shared/api/cases.ts';
import type { InformationRequest } from '../../shared/api/information.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { type Framework, findSection } from '../../shared/framework/framework.ts';
import { isOverdue } from '../../shared/information/request.ts';
import { STAGE_NAMES } from '../../shared/permissions/access.ts';
import { useFramework } from '../frameworks/use-framework.ts';
import { useTopic } from '../sync/hooks.ts';
import { Chip } from '../ui/Chip.tsx';
import { dayOf } from '../ui/dates.ts';
import { queries, routeKey, useRoute } from '../ui/query.ts';
import { AnswerSum } from './AnswerSum.tsx';
import styles from './information.module.css';
import { useLiveAnswers } from './live-answer.ts';
import { standingChip, todayHere } from './request-words.ts';

/** Schools listed before *all of them* is asked for. */
const FIRST = 6;
/** Requests whose sections are followed while they are written; each holds some sections open. */
const FOLLOWED = 12;

/** On the home of a study: what its schools are asked for, and whom nobody has asked yet before a visit. */
export function StudyRequests({ study }: { readonly study: StudyDetail }) {
  if (!study.acts.includes('see-sharing') || study.caseList.length === 0) return null;
  return <Requests study={study} />;
}

function Requests({ study }: { readonly study: StudyDetail }) {
  const params = { studyId: study.id };
  const reply = useRoute('GET /api/studies/:studyId/information', params, { keep: true });
  useTopic(`study/${study.id}`, () => {
    void queries.invalidateQueries({ queryKey: routeKey('GET /api/studies/:studyId/information', params) });
  });
  const framework = useFramework(study.frameworkId, study.frameworkVersion);
  const [all, setAll] = useState(false);
  if (!reply.data) return null;
  const { requests, asked } = reply.data;
  const entries = [
    ...inOrder(requests, todayHere()).map((request, at) => ({ request, live: at < FOLLOWED })),
    ...(study.acts.includes('change-sharing') ? unasked(study, asked) : []),
  ];
  if (entries.length === 0) return null;
  return (
    <section className={styles.home} aria-labelledby="information">
      <h2 id="information">Information before the visit</h2>
      <ul>
        {(all ? entries : entries.slice(0, FIRST)).map((entry) =>
          'request' in entry ? (
            <RequestRow
              key={entry.request.id}
              request={entry.request}
              study={study}
              framework={entry.live ? (framework.data ?? null) : null}
            />
          ) : (
            <UnaskedRow key={`${entry.theCase.id} ${entry.schoolId}`} {...entry} study={study} />
          ),
        )}
      </ul>
      {!all && entries.length > FIRST && (
        <button type="button" className={styles.inText} onClick={() => setAll(true)}>
          Show all {entries.length}
        </button>
      )}
    </section>
  );
}

/** What needs somebody first: finished answers, then by the day. */
function inOrder(requests: readonly InformationRequest[], today: string): readonly InformationRequest[] {
  const rank = (one: InformationRequest) => (one.state === 'finished' ? 0 : isOverdue(one, today) ? 1 : 2);
  return [...requests].sort(
    (a, b) => rank(a) - rank(b) || (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0),
  );
}

interface Unasked {
  readonly theCase: CaseSummary;
  readonly schoolId: string;
}

/** @returns schools of cases before or at their visit whom nobody was asked about */
function unasked(
  study: StudyDetail,
  asked: readonly { readonly caseId: string; readonly schoolId: string }[],
): readonly Unasked[] {
  return study.caseList
    .filter(({ stage }) => stage === 'scoping' || stage === 'visit')
    .flatMap((theCase) =>
      theCase.schoolIds
        .filter((id) => !asked.some((one) => one.caseId === theCase.id && one.schoolId === id))
        .map((schoolId) => ({ theCase, schoolId })),
    );
}

function schoolName(study: StudyDetail, schoolId: string): string {
  return study.schools.find(({ id }) => id === schoolId)?.name ?? 'A school';
}

function RequestRow(props: {
  readonly request: InformationRequest;
  readonly study: StudyDetail;
  readonly framework: Framework | null;
}) {
  const { request, study, framework } = props;
  const { tone, words } = standingChip(request);
  const now = useLiveAnswers(request.sections, ({ sectionId }) =>
    framework ? (findSection(framework, sectionId) ?? null) : null,
  );
  return (
    <li>
      <Link to="/cases/$caseId/information" params={{ caseId: request.caseId }} className={styles.row}>
        <span>
          <strong>{schoolName(study, request.schoolId)}</strong>: {request.person.name} is asked until{' '}
          {dayOf(request.dueOn)}
        </span>
        <AnswerSum now={now} />
        <Chip tone={tone}>{words}</Chip>
      </Link>
    </li>
  );
}

function UnaskedRow({ theCase, schoolId, study }: Unasked & { readonly study: StudyDetail }) {
  // Its title stands above, and is worth repeating only where the school alone does not tell which case it is.
  const several = study.caseList.filter(({ schoolIds }) => schoolIds.includes(schoolId)).length > 1;
  return (
    <li>
      <Link
        to="/cases/$caseId/information"
        params={{ caseId: theCase.id }}
        search={{ ask: schoolId }}
        className={styles.row}
      >
        <span>
          <strong>{schoolName(study, schoolId)}</strong>: nothing asked yet
        </span>
        <span className={styles.lineWords}>{several ? theCase.title : STAGE_NAMES[theCase.stage]}</span>
        <span className={styles.ask}>Ask the school</span>
      </Link>
    </li>
  );
}
