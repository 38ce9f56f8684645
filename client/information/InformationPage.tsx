import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { InformationRequest } from '../../shared/api/information.ts';
import type { School } from '../../shared/api/schools.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { isUnderWay } from '../../shared/information/request.ts';
import { isLocked, STAGE_NAMES } from '../../shared/permissions/access.ts';
import { useFramework } from '../frameworks/use-framework.ts';
import { NotOpen } from '../studies/NotOpen.tsx';
import { useTopic } from '../sync/hooks.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Page, PageHead } from '../ui/Page.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { queries, routeKey, useRoute } from '../ui/query.ts';
import { isNotFound, isTakenAway } from '../ui/request.ts';
import styles from './information.module.css';
import { mayAsk } from './may-ask.ts';
import { RequestCard } from './RequestCard.tsx';
import { useCaseInformation } from './use-information.ts';

const AskDialog = lazy(() => import('./AskDialog.tsx'));

/** *Information before the visit*: what the schools of a case are asked for, and the answers as they come. */
export default function InformationPage({ caseId }: { caseId: string }) {
  const params = { caseId };
  const detail = useRoute('GET /api/cases/:caseId', params, { keep: true });
  useTopic(`case/${caseId}`, () => {
    void queries.invalidateQueries({ queryKey: routeKey('GET /api/cases/:caseId', params) });
  });
  const information = useCaseInformation(caseId, detail.data?.studyId ?? null);
  const error = detail.error ?? information.error;
  if (detail.data && information.data && !isTakenAway(error)) {
    return <Here detail={detail.data} requests={information.data.requests} />;
  }
  const retry = () => void Promise.all([detail.refetch(), information.refetch()]);
  return (
    <Page title="Information before the visit">
      {error ? (
        isNotFound(error) ? (
          <NotOpen studyId={detail.data?.studyId ?? null} retry={retry} />
        ) : (
          <ErrorState error={error} retry={retry} page act={<BackToCase caseId={caseId} />} />
        )
      ) : (
        <ListSkeleton rows={6} />
      )}
    </Page>
  );
}

function BackToCase({ caseId }: { readonly caseId: string }) {
  return (
    <Link to="/cases/$caseId" params={{ caseId }}>
      Back to the case
    </Link>
  );
}

function Here(props: { readonly detail: CaseDetail; readonly requests: readonly InformationRequest[] }) {
  const { detail, requests } = props;
  const framework = useFramework(detail.study.frameworkId, detail.study.frameworkVersion);
  const { ask } = useSearch({ from: '/team/cases/$caseId/information' });
  const navigate = useNavigate();
  const go = (school: string | undefined) =>
    void navigate({
      to: '/cases/$caseId/information',
      params: { caseId: detail.id },
      search: school === undefined ? {} : { ask: school },
      replace: true,
    });
  const locked = isLocked(detail.stage);
  const mayAct = mayAsk(detail);
  const asks = mayAct && !locked;
  const underWay = requests.filter(({ state }) => isUnderWay(state));
  const followed = new Set(underWay.slice(0, FOLLOWED).map(({ id }) => id));
  return (
    <Page title={`Information before the visit · ${detail.title}`} crumbs={crumbs(detail)}>
      <PageHead
        title="Information before the visit"
        meta={
          <p>
            Facts and contacts that the schools fill in themselves, with a day. You see the answers as they
            come.
          </p>
        }
        acts={
          asks && (
            <Button variant="filled" onClick={() => go('')}>
              Ask a school
            </Button>
          )
        }
      />
      {(locked || detail.deletedAt !== null) && (
        <p className={styles.note}>
          {detail.deletedAt === null
            ? `This case is ${STAGE_NAMES[detail.stage].toLowerCase()}, so schools only read for now what they were asked for.`
            : 'This case lies in the bin: the schools see nothing of it, and what they were asked for waits.'}
        </p>
      )}
      {requests.length === 0 && (
        <EmptyState title="Nothing was asked yet">
          Ask somebody at the school for its facts and contacts before you go there: figures take nobody’s
          time then. The letter, the invitation and what the school may see are one step.
        </EmptyState>
      )}
      {(requests.length > 0 || detail.schools.length > 1) &&
        detail.schools.map((school) => (
          <SchoolRequests
            key={school.id}
            school={school}
            requests={requests.filter(({ schoolId }) => schoolId === school.id)}
            detail={detail}
            framework={framework.data ?? null}
            mayAct={mayAct}
            followed={followed}
            onAsk={asks ? () => go(school.id) : null}
          />
        ))}
      <Gone requests={requests} {...{ detail, mayAct, followed }} framework={framework.data ?? null} />
      {ask !== undefined && asks && (
        <Suspense fallback={null}>
          <AskDialog
            detail={detail}
            requests={requests}
            schoolId={detail.schoolIds.includes(ask) ? ask : null}
            onClose={() => go(undefined)}
          />
        </Suspense>
      )}
    </Page>
  );
}

interface ListProps {
  readonly requests: readonly InformationRequest[];
  readonly detail: CaseDetail;
  readonly framework: Framework | null;
  readonly mayAct: boolean;
  /** Requests whose sections are followed while they are written. */
  readonly followed: ReadonlySet<string>;
}

/** So many requests are followed live; each holds some sections open. */
const FOLLOWED = 12;

function SchoolRequests(props: ListProps & { readonly school: School; readonly onAsk: (() => void) | null }) {
  const { school, requests, onAsk } = props;
  const now = requests.filter(({ state }) => isUnderWay(state));
  const over = requests.filter(({ state }) => !isUnderWay(state));
  return (
    <section className={styles.school} aria-labelledby={`school-${school.id}`}>
      <h2 id={`school-${school.id}`}>{school.name}</h2>
      {now.length === 0 && (
        <p className={styles.small}>
          {over.length === 0 ? 'Nobody was asked yet.' : 'Nothing is asked just now.'}{' '}
          {onAsk && (
            <button type="button" className={styles.inText} onClick={onAsk}>
              Ask {school.name}
            </button>
          )}
        </p>
      )}
      <Cards {...props} requests={now} />
      {over.length > 0 && (
        <details className={styles.over}>
          <summary>{over.length === 1 ? 'One that is over' : `${over.length} that are over`}</summary>
          <Cards {...props} requests={over} />
        </details>
      )}
    </section>
  );
}

function Cards({ requests, detail, framework, mayAct, followed }: ListProps) {
  return requests.map((request) => (
    <RequestCard
      key={request.id}
      {...{ request, detail, framework, mayAct }}
      live={followed.has(request.id)}
    />
  ));
}

/** Requests about schools that are not part of the case any more. */
function Gone(props: ListProps) {
  const gone = props.requests.filter(
    ({ schoolId, state }) => !props.detail.schoolIds.includes(schoolId) && isUnderWay(state),
  );
  if (gone.length === 0) return null;
  return (
    <section className={styles.school} aria-labelledby="school-gone">
      <h2 id="school-gone">Schools that are no longer part of the case</h2>
      <Cards {...props} requests={gone} />
    </section>
  );
}

function crumbs(detail: CaseDetail): ReactNode[] {
  return [
    <Link key="study" to="/studies/$studyId" params={{ studyId: detail.studyId }}>
      {detail.study.title}
    </Link>,
    <Link key="case" to="/cases/$caseId" params={{ caseId: detail.id }}>
      {detail.title}
    </Link>,
    // The whole title would leave no room for the others on a phone.
    'Before the visit',
  ];
}
