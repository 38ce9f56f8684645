import { useQuery } from '@tanstack/react-query';
import { request } from '../ui/request.ts';

/** A moment of a section; it never changes. @param seq null: it is not asked for */
export function usePast(blockId: string, seq: number | null) {
  return useQuery({
    queryKey: ['GET /api/blocks/:blockId/history/:seq', blockId, seq],
    queryFn: ({ signal }) =>
      request('GET /api/blocks/:blockId/history/:seq', { params: { blockId, seq: String(seq) }, signal }),
    enabled: seq !== null,
    // names of people change
    staleTime: 60_000,
  });
}
