import { useEffect, useRef, useState } from 'react';
import { readScan, SCAN_FAULT_WORDS } from '../../shared/quotes/scan.ts';
import { newId } from '../ui/new-id.ts';
import { wordsFor } from '../ui/query.ts';
import { sendScan } from './send-scan.ts';

/** A scan on its way: `chosen` until it is sent whole, `kept` from then on. */
export type ScanState =
  | { readonly is: 'none' }
  | { readonly is: 'chosen'; readonly name: string }
  | { readonly is: 'kept'; readonly name: string; readonly id: string }
  | { readonly is: 'refused'; readonly name: string; readonly words: string };

export interface ScanChoice {
  readonly state: ScanState;
  choose(file: File | null): void;
}

/** The scan that belongs to an answer: it is looked at here, then sent at once. */
export function useScan(caseId: string): ScanChoice {
  const [state, setState] = useState<ScanState>({ is: 'none' });
  const under = useRef<AbortController | null>(null);
  useEffect(() => () => under.current?.abort(), []);
  const choose = (file: File | null) => {
    under.current?.abort();
    under.current = null;
    if (!file) {
      setState({ is: 'none' });
      return;
    }
    const mine = new AbortController();
    under.current = mine;
    setState({ is: 'chosen', name: file.name });
    void send(caseId, file, mine.signal).then((next) => {
      if (!mine.signal.aborted) setState(next);
    });
  };
  return { state, choose };
}

async function send(caseId: string, file: File, signal: AbortSignal): Promise<ScanState> {
  const { name } = file;
  const id = newId();
  try {
    const read = readScan(new Uint8Array(await file.arrayBuffer()));
    if ('fault' in read) return { is: 'refused', name, words: SCAN_FAULT_WORDS[read.fault] };
    await sendScan({ caseId, id }, file, signal);
    return { is: 'kept', name, id };
  } catch (error) {
    return { is: 'refused', name, words: error instanceof Error ? wordsFor(error) : 'It could not be read.' };
  }
}
