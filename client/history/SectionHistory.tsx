import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { RouteReply } from '../../shared/api/contract.ts';
import type { CaseVersion, HistoryMoment } from '../../shared/api/history.ts';
import { includesAccess, STAGE_NAMES, type Stage } from '../../shared/permissions/access.ts';
import type { CaseSection } from '../case-study/case-sections.ts';
import { useBlock } from '../sync/hooks.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { queries } from '../ui/query.ts';
import { request } from '../ui/request.ts';
import { showToast } from '../ui/toast.ts';
import styles from './history.module.css';
import { MomentView, type Shown } from './MomentView.tsx';
import { restoreSection } from './restoring.ts';
import { Timeline } from './Timeline.tsx';

type Reply = RouteReply<'GET /api/blocks/:blockId/history'>;

/** Milliseconds that what is written has to reach the server before its history is asked for again. */
const SETTLED = 1_500;

/** One section: when it was written in, and what a moment chosen there held or changed. */
export function SectionHistory({
  caseId,
  section,
}: {
  readonly caseId: string;
  readonly section: CaseSection;
}) {
  const { blockId } = section;
  const navigate = useNavigate();
  const search = useSearch({ from: '/team/cases/$caseId/history' });
  const view = useBlock(blockId, true);
  const history = useInfiniteQuery({
    queryKey: ['GET /api/blocks/:blockId/history', blockId],
    queryFn: ({ pageParam: before, signal }) =>
      request('GET /api/blocks/:blockId/history', {
        params: { blockId },
        query: before === null ? {} : { before },
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (last: Reply) => (last.more ? (last.moments.at(-1)?.seq ?? null) : null),
    staleTime: 0,
  });
  useAskedAgain(blockId, view.replica?.doc ?? null);
  const pages = history.data?.pages ?? NO_PAGES;
  const moments = useMemo(() => pages.flatMap((page) => page.moments), [pages]);
  const names = useMemo(
    () => new Map(pages.flatMap(({ people }) => people.map(({ id, name }) => [id, name] as const))),
    [pages],
  );
  const versions = useMemo(() => namesBySeq(pages[0]?.versions ?? []), [pages]);
  if (history.error && !history.data) {
    return <ErrorState error={history.error} retry={() => void history.refetch()} />;
  }
  if (!history.data) return <ListSkeleton rows={6} />;
  if (moments.length === 0) {
    return (
      <EmptyState title="Nobody has written here yet">
        From the first word on, this tells who wrote what, and when.
      </EmptyState>
    );
  }
  const wanted = Number(search.at);
  const index = Math.max(
    0,
    moments.findIndex(({ seq }) => seq === wanted),
  );
  const moment = moments[index] as HistoryMoment;
  const latest = (moments[0] as HistoryMoment).seq;
  const shown: Shown = search.show ?? 'then';
  const look = (next: { at?: number; show?: Shown }) =>
    void navigate({
      to: '/cases/$caseId/history',
      params: { caseId },
      search: { section: section.slug, at: String(next.at ?? moment.seq), show: next.show ?? shown },
      replace: true,
      resetScroll: false,
    });
  const mayWrite = view.replica !== null && includesAccess(view.access, 'write') && view.refusal === null;
  const restore = (past: Parameters<typeof restoreSection>[1]) => {
    const { replica } = view;
    if (!replica) return;
    if (!restoreSection(replica, past)) {
      showToast({ text: 'A section cannot hold this any more. Copy the words that you need.', tone: 'bad' });
      return;
    }
    showToast({
      text: 'The section is as it was then. What it was until now stands in its history.',
      action: { label: 'Undo', run: () => replica.undo.undo() },
    });
  };
  return (
    <div className={styles.columns}>
      <div className={styles.side}>
        <Timeline
          moments={moments}
          versions={versions}
          nameOf={(id) => names.get(id)}
          chosen={moment.seq}
          choose={(at) => look({ at })}
        />
        {history.hasNextPage && (
          <Button
            onClick={() => void history.fetchNextPage()}
            aria-disabled={history.isFetchingNextPage || undefined}
          >
            {history.isFetchingNextPage ? 'Fetching …' : 'Show what was before'}
          </Button>
        )}
      </div>
      <MomentView
        blockId={blockId}
        moment={moment}
        before={moments[index + 1]?.seq ?? (history.hasNextPage ? null : 0)}
        latest={latest}
        shown={shown}
        show={(show) => look({ show })}
        restore={mayWrite && moment.seq !== latest ? restore : null}
      />
    </div>
  );
}

const NO_PAGES: readonly Reply[] = [];

function namesBySeq(versions: readonly CaseVersion[]): ReadonlyMap<number, readonly string[]> {
  const names = new Map<number, string[]>();
  for (const { seq, kind, name } of versions) {
    const stage = kind === 'stage' ? STAGE_NAMES[name as Stage] : undefined;
    const said = stage ? `Came to “${stage}”` : name;
    const known = names.get(seq) ?? [];
    if (!known.includes(said)) names.set(seq, [...known, said]);
  }
  return names;
}

/** Asks for the history again some time after the text changed, by whoever it was. */
function useAskedAgain(blockId: string, doc: { on: Listen; off: Listen } | null): void {
  useEffect(() => {
    if (!doc) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        void queries.invalidateQueries({ queryKey: ['GET /api/blocks/:blockId/history', blockId] });
      }, SETTLED);
    };
    doc.on('update', soon);
    return () => {
      clearTimeout(timer);
      doc.off('update', soon);
    };
  }, [blockId, doc]);
}

type Listen = (event: 'update', listener: () => void) => unknown;
