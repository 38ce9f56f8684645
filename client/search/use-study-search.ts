import { useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { SearchHit } from '../../shared/api/search.ts';
import { soughtTerms } from '../../shared/search/sought.ts';
import { request, UnreachableError } from '../ui/request.ts';
import { useStudiesAtHand } from './study-at-hand.ts';

/** Milliseconds after the last letter before the server is asked. */
const TYPED = 150;
/** A text changes while one searches. */
const FRESH = 5_000;

/** A place where words were found, to go to. */
export interface FoundPlace {
  readonly id: string;
  readonly hit: SearchHit;
  run(): void;
}

export interface StudySearch {
  readonly places: readonly FoundPlace[];
  /** There are more than these. */
  readonly more: boolean;
  /** `off`: nothing was typed that could be looked for. */
  readonly state: 'off' | 'looking' | 'found' | 'unreachable' | 'failed';
}

/** Looks for words in the cases of the study in view; the last places stay until the next are known. */
export function useStudySearch(typed: string): StudySearch {
  const navigate = useNavigate();
  const studies = useStudiesAtHand();
  const words = useSettled(typed.trim());
  const isOn = soughtTerms(words).length > 0;
  const replies = useQueries({
    queries: studies.map((studyId) => ({
      queryKey: ['GET /api/studies/:studyId/search', studyId, words],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        request('GET /api/studies/:studyId/search', { params: { studyId }, query: { words }, signal }),
      enabled: isOn,
      staleTime: FRESH,
      gcTime: FRESH,
      placeholderData: <T>(before: T | undefined) => before,
    })),
  });
  const hits = isOn ? replies.flatMap(({ data }) => data?.hits ?? []) : [];
  const key = hits.map(idOf).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the hits that is gone by
  const places = useMemo(
    () =>
      hits.map((hit) => ({
        id: idOf(hit),
        hit,
        run: () =>
          void navigate({
            to: '/cases/$caseId',
            params: { caseId: hit.caseId },
            search: addressOf(hit),
          }),
      })),
    [key, words, navigate],
  );
  return { places, more: isOn && replies.some(({ data }) => data?.more), state: stateOf() };

  function stateOf(): StudySearch['state'] {
    if (!isOn || studies.length === 0) return 'off';
    if (words !== typed.trim() || replies.some(({ isFetching }) => isFetching)) return 'looking';
    const error = replies.find(({ error }) => error)?.error;
    if (!error) return 'found';
    return error instanceof UnreachableError ? 'unreachable' : 'failed';
  }
}

function idOf(hit: SearchHit): string {
  return `found:${hit.kind}:${hit.quoteId ?? hit.blockId ?? hit.caseId}:${hit.place}`;
}

/** Where in the case it stands; the words found stand out there. */
function addressOf(hit: SearchHit): { section?: string; quote?: string; find?: string } {
  if (hit.kind === 'quote' && hit.quoteId !== null) return { quote: hit.quoteId };
  if (hit.sectionId === null) return {};
  const section = hit.schoolId === null ? hit.sectionId : `${hit.sectionId}~${hit.schoolId}`;
  const find = foundWords(hit);
  return { section, ...(find !== undefined && { find }) };
}

/** @returns the longest stretch of what was found, in whole words: words found side by side are one */
function foundWords({ snippet }: SearchHit): string | undefined {
  const text = snippet.map((part) => part.text).join('');
  const stretches: { from: number; to: number }[] = [];
  let at = 0;
  for (const part of snippet) {
    const from = at;
    at += part.text.length;
    if (!part.found) continue;
    // what was typed may be the beginning of a word alone
    const to = at + (/^[\p{L}\p{N}]*/u.exec(text.slice(at))?.[0].length ?? 0);
    const last = stretches.at(-1);
    if (last && !/[\p{L}\p{N}]/u.test(text.slice(last.to, from))) last.to = to;
    else stretches.push({ from, to });
  }
  const longest = stretches.sort((one, other) => other.to - other.from - (one.to - one.from))[0];
  return longest && text.slice(longest.from, longest.to);
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPED);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
