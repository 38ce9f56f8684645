import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { CaseDetail, CaseText, LostWords } from '../../shared/api/cases.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { useEngine, useTopic } from '../sync/hooks.ts';
import { routeKey, useRoute } from '../ui/query.ts';
import { isTakenAway } from '../ui/request.ts';
import type { CasePageState } from './case-page-state.ts';

/** A published version of a framework never changes. */
const FOR_EVER = Number.POSITIVE_INFINITY;

export type CaseReplies =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: Error; readonly studyId: string | null; retry(): void }
  | {
      readonly kind: 'here';
      readonly detail: CaseDetail;
      readonly framework: Framework;
      /** Null while it is on its way. */
      readonly text: CaseText | null;
      /** Null until the answer is here. */
      readonly lost: readonly LostWords[] | null;
    };

/** Milliseconds that a changed text has to reach the server before its records are asked again. */
const SETTLED = 2_000;

/** Asks for the case's records again some time after an agreed text changed, several changes at once. */
export function useAgreementWatch(page: CasePageState): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    page.askAgainBy(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        void client.invalidateQueries({
          queryKey: routeKey('GET /api/cases/:caseId', { caseId: page.caseId }),
        });
      }, SETTLED);
    });
    return () => clearTimeout(timer);
  }, [client, page]);
}

/** Everything that the page of a case shows, kept on the device and asked for again when it changes. */
export function useCaseReplies(caseId: string): CaseReplies {
  const client = useQueryClient();
  const params = { caseId };
  const detail = useRoute('GET /api/cases/:caseId', params, { keep: true });
  const text = useRoute('GET /api/cases/:caseId/text', params, { keep: true, staleTime: FOR_EVER });
  const study = detail.data?.study;
  const framework = useRoute(
    'GET /api/frameworks/:frameworkId/:version',
    { frameworkId: study?.frameworkId ?? '', version: String(study?.frameworkVersion ?? '') },
    { keep: true, staleTime: FOR_EVER, enabled: study !== undefined },
  );
  const mayLose = detail.data?.acts.includes('see-lost-words') ?? false;
  const lost = useRoute('GET /api/cases/:caseId/lost-words', params, { keep: true, enabled: mayLose });

  useTopic(`case/${caseId}`, () => {
    void client.invalidateQueries({ queryKey: routeKey('GET /api/cases/:caseId', params) });
    void client.invalidateQueries({ queryKey: routeKey('GET /api/cases/:caseId/lost-words', params) });
  });

  // Somebody who was taken out meanwhile sees nothing more of it, whatever stood here before.
  const out = isTakenAway(detail.error);
  useEffect(() => {
    // The text is asked for once; asked again, it is refused, and goes from the device too.
    if (out) void client.invalidateQueries({ queryKey: routeKey('GET /api/cases/:caseId/text', { caseId }) });
  }, [client, caseId, out]);

  // What may be read of the case is another, or somebody is named otherwise: its text is asked for anew, and the device's copy with it.
  const readable = detail.data && `${readableOf(detail.data)} ${namingOf(detail.data)}`;
  const wasReadable = useRef(readable);
  useEffect(() => {
    const before = wasReadable.current;
    wasReadable.current = readable;
    if (before === undefined || readable === undefined || before === readable) return;
    void client.invalidateQueries({ queryKey: routeKey('GET /api/cases/:caseId/text', { caseId }) });
  }, [client, caseId, readable]);

  // What this device kept of a block that is closed by now goes.
  const engine = useEngine();
  const closed = detail.data?.closedBlockIds?.join(' ') ?? '';
  useEffect(() => {
    if (closed !== '') void engine.letGo(closed.split(' '));
  }, [engine, closed]);

  const error = detail.data && !out ? (framework.data ? null : framework.error) : detail.error;
  return useMemo((): CaseReplies => {
    if (error) {
      const retry = () => {
        void client.refetchQueries({ queryKey: routeKey('GET /api/cases/:caseId', { caseId }) });
        void client.refetchQueries({
          queryKey: ['GET /api/frameworks/:frameworkId/:version'],
          type: 'active',
        });
      };
      return { kind: 'failed', error, studyId: detail.data?.studyId ?? null, retry };
    }
    if (!detail.data || !framework.data) return { kind: 'loading' };
    return {
      kind: 'here',
      detail: detail.data,
      framework: framework.data as Framework,
      text: text.data ?? (text.isError ? NO_TEXT : null),
      lost: lost.data?.lostWords ?? null,
    };
  }, [client, caseId, error, detail.data, framework.data, text.data, text.isError, lost.data]);
}

/** How texts of the case name people; a reply that this device kept from before they did has none. */
function namingOf({ names = [] }: Partial<Pick<CaseDetail, 'names'>>): string {
  return JSON.stringify(names.map(({ id, words }) => [id, words]));
}

function readableOf(detail: CaseDetail): string {
  return detail.blocks
    .map(({ blockId }) => blockId)
    .sort()
    .join(' ');
}

const NO_TEXT: CaseText = { blocks: [] };
