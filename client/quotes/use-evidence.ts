import { useState } from 'react';
import type { RouteBody } from '../../shared/api/contract.ts';
import { type ScanChoice, useScan } from './use-scan.ts';

/** Names of files are longer now and then; the server takes so much. */
const MOST_NAME = 200;

type Written = RouteBody<'POST /api/quotes/:quoteId/withdraw'>['evidence'];

export interface EvidenceDraft {
  readonly how: Written['how'];
  readonly note: string;
}

/** Where an answer is to be found that a member writes down, while it is typed. */
export interface EvidenceFormState {
  readonly draft: EvidenceDraft;
  change(draft: EvidenceDraft): void;
  readonly scan: ScanChoice;
  /** A scan is on its way, or was refused: the answer waits for it, or for its being taken out. */
  readonly waits: boolean;
  /** As it is sent. */
  readonly written: Written;
}

export function useEvidence(caseId: string): EvidenceFormState {
  const [draft, change] = useState<EvidenceDraft>({ how: 'phone', note: '' });
  const scan = useScan(caseId);
  const { state } = scan;
  const onPaper = draft.how === 'paper';
  return {
    ...{ draft, change, scan },
    waits: onPaper && (state.is === 'chosen' || state.is === 'refused'),
    written: {
      ...draft,
      scan: onPaper && state.is === 'kept' ? { id: state.id, name: fitting(state.name) } : null,
    },
  };
}

function fitting(name: string): string {
  return Array.from(name.replace(/\p{Cc}/gu, ' '))
    .slice(0, MOST_NAME / 2)
    .join('')
    .trim();
}
