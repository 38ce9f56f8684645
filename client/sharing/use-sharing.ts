import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { Sharing, SharingStep } from '../../shared/api/sharing.ts';
import { useTopic } from '../sync/hooks.ts';
import { newId } from '../ui/new-id.ts';
import { routeKey, useRoute, wordsFor } from '../ui/query.ts';
import { request } from '../ui/request.ts';
import { useSession } from '../ui/session.tsx';
import { SharingGrid } from './sharing-grid.ts';
import { changeWords } from './sharing-words.ts';

/** The sharing of a case, followed while it is open: another's change shows at once. */
export function useSharing(caseId: string) {
  const client = useQueryClient();
  const { person } = useSession();
  const params = { caseId };
  const reply = useRoute('GET /api/cases/:caseId/sharing', params, { keep: true, staleTime: 0 });
  useTopic(`case/${caseId}`, () => {
    void client.invalidateQueries({ queryKey: routeKey('GET /api/cases/:caseId/sharing', params) });
  });
  const grid = useMemo(
    () => (reply.data ? new SharingGrid(reply.data, person.id) : null),
    [reply.data, person.id],
  );
  return { reply, grid };
}

/**
 * Shows what the server answered to a change, and asks it again: another's change may have come
 * since, and what was asked because of it is called off here, lest an older reply stands last.
 */
export async function showSharing(client: QueryClient, sharing: Sharing): Promise<void> {
  const key = routeKey('GET /api/cases/:caseId/sharing', { caseId: sharing.caseId });
  await client.cancelQueries({ queryKey: key });
  client.setQueryData(key, sharing);
  void client.invalidateQueries({ queryKey: key });
}

/** What was done last on this page, to be said and taken back. */
export interface LastChange {
  readonly steps: readonly SharingStep[];
  readonly words: string;
  /** It was itself the taking back of another. */
  readonly undone: boolean;
}

/**
 * A change that shows a school more than before, or takes from somebody what they are asked for: to be
 * looked at first (ACCESS-6).
 */
export interface Asking {
  readonly steps: readonly SharingStep[];
  readonly undone: boolean;
}

export interface SharingAct {
  /** Makes a change at once, unless a school would see more by it, or could not answer any more: then that is said first. */
  propose(steps: readonly SharingStep[], undone?: boolean): void;
  readonly asking: Asking | null;
  /** Makes the change that was asked about, or lets it be. */
  answer(yes: boolean): Promise<void>;
  readonly pending: boolean;
  /** Why the last change was not made, in plain words. */
  readonly problem: string | null;
  readonly last: LastChange | null;
}

/** Changes the grid on the server; the page shows what that answers. */
export function useSharingAct(grid: SharingGrid): SharingAct {
  const client = useQueryClient();
  const { caseId } = grid.sharing;
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [last, setLast] = useState<LastChange | null>(null);
  const change = useCallback(
    async (steps: readonly SharingStep[], undone: boolean) => {
      if (steps.length === 0) return true;
      setPending(true);
      setProblem(null);
      const key = routeKey('GET /api/cases/:caseId/sharing', { caseId });
      try {
        const reply = await request('POST /api/cases/:caseId/sharing', {
          params: { caseId },
          body: { id: newId(), steps: [...steps] },
        });
        await showSharing(client, reply);
        setLast({ steps, words: changeWords(steps, grid), undone });
        return true;
      } catch (error) {
        setProblem(wordsFor(error as Error));
        void client.invalidateQueries({ queryKey: key });
        return false;
      } finally {
        setPending(false);
      }
    },
    [client, caseId, grid],
  );
  const propose = useCallback(
    (steps: readonly SharingStep[], undone = false) => {
      setProblem(null);
      const looked = grid.newlyShared(steps).length > 0 || grid.closesAsked(steps).length > 0;
      if (looked) setAsking({ steps, undone });
      else void change(steps, undone);
    },
    [grid, change],
  );
  const answer = useCallback(
    async (yes: boolean) => {
      if (!asking || (yes && !(await change(asking.steps, asking.undone)))) return;
      if (!yes) setProblem(null);
      setAsking(null);
    },
    [asking, change],
  );
  return { propose, asking, answer, pending, problem, last };
}
