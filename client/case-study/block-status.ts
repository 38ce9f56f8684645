import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { BlockState, CaseDetail } from '../../shared/api/cases.ts';
import type { RouteBody } from '../../shared/api/contract.ts';
import { routeKey, wordsFor } from '../ui/query.ts';
import { request } from '../ui/request.ts';

export interface BlockStatusAct {
  /** @returns whether the server took it */
  set(change: RouteBody<'PUT /api/blocks/:blockId/status'>): Promise<boolean>;
  readonly pending: boolean;
  /** Why the last change was not taken, in plain words. */
  readonly problem: string | null;
  clear(): void;
}

/** Changes what the records say of a section: status, assignee, due date, *does not apply*. */
export function useBlockStatus(caseId: string, blockId: string): BlockStatusAct {
  const client = useQueryClient();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const set = useCallback(
    async (change: RouteBody<'PUT /api/blocks/:blockId/status'>) => {
      setPending(true);
      setProblem(null);
      try {
        const block = await request('PUT /api/blocks/:blockId/status', { params: { blockId }, body: change });
        const key = routeKey('GET /api/cases/:caseId', { caseId });
        await client.cancelQueries({ queryKey: key });
        client.setQueryData<CaseDetail>(key, (detail) => detail && withBlock(detail, block));
        void client.invalidateQueries({ queryKey: key });
        return true;
      } catch (error) {
        setProblem(wordsFor(error as Error));
        return false;
      } finally {
        setPending(false);
      }
    },
    [client, caseId, blockId],
  );
  const clear = useCallback(() => setProblem(null), []);
  return { set, pending, problem, clear };
}

function withBlock(detail: CaseDetail, block: BlockState): CaseDetail {
  return {
    ...detail,
    blocks: detail.blocks.map((other) => (other.blockId === block.blockId ? block : other)),
  };
}
