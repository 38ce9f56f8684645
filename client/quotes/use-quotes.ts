import { useEffect, useMemo } from 'react';
import { useWatched } from '../case-study/case-page-state.ts';
import { useConnection, useTopic } from '../sync/hooks.ts';
import { WAITING_ANSWERS } from '../sync/waiting-answers.ts';
import { keptFor } from '../ui/kept-replies.ts';
import { keptShelf, outcomeOf } from '../ui/outbox.ts';
import { queries, routeKey, useRoute } from '../ui/query.ts';
import { request } from '../ui/request.ts';
import { CaptureOutbox, type WaitingCapture } from './capture-outbox.ts';
import { type KnownQuotes, knownQuotes } from './known-quotes.ts';

/** What is out of date once something happened to a quote. */
export const CHANGED_BY_QUOTING = [
  'GET /api/cases/:caseId/quotes',
  'GET /api/cases/:caseId/quote-records',
  'GET /api/studies/:studyId/quotes',
  'GET /api/quotes/:quoteId',
  'GET /api/quotes/:quoteId/changes',
] as const;

/** One outbox for each case, however many of its pages are opened one after the other. */
const outboxes = new Map<string, CaptureOutbox>();
let outboxesOf: string | null = null;

export function outboxOf(caseId: string): CaptureOutbox {
  // what somebody captured here is never sent by whoever signs in on the same page after them
  if (outboxesOf !== keptFor()) outboxes.clear();
  outboxesOf = keptFor();
  const known = outboxes.get(caseId);
  if (known) return known;
  const key = `${WAITING_ANSWERS}quotes ${caseId}`;
  const made = new CaptureOutbox({
    ...keptShelf<WaitingCapture>(key),
    sendSpeaker: (body) =>
      outcomeOf(request('POST /api/cases/:caseId/speakers', { params: { caseId }, body })),
    sendQuote: async (body) => {
      const reply = await outcomeOf(request('POST /api/cases/:caseId/quotes', { params: { caseId }, body }));
      // known from the server before it is let go here: its chip would say in between that nobody knows it
      if (reply === 'sent') await quotesChanged();
      return reply;
    },
  });
  outboxes.set(caseId, made);
  return made;
}

/** Tells every page that shows quotes to ask again. */
export async function quotesChanged(): Promise<void> {
  await Promise.all(CHANGED_BY_QUOTING.map((route) => queries.invalidateQueries({ queryKey: [route] })));
}

/** What is known of the quotes of a case, followed while the page is open; captures that wait here count. */
export function useKnownQuotes(caseId: string): KnownQuotes {
  const params = { caseId };
  const { data } = useRoute('GET /api/cases/:caseId/quote-records', params, { keep: true, staleTime: 0 });
  useTopic(`case/${caseId}`, () => {
    void queries.invalidateQueries({ queryKey: routeKey('GET /api/cases/:caseId/quote-records', params) });
    void queries.invalidateQueries({ queryKey: ['GET /api/quotes/:quoteId'] });
  });
  const waiting = useOutbox(caseId);
  return useMemo(() => knownQuotes(data, waiting), [data, waiting]);
}

/** What waits on this device, sent as soon as there is a connection. */
export function useOutbox(caseId: string): readonly WaitingCapture[] {
  const outbox = outboxOf(caseId);
  const waiting = useWatched(outbox.waiting);
  const connection = useConnection();
  useEffect(() => {
    if (connection !== 'offline') void outbox.send();
  }, [outbox, connection]);
  return waiting;
}
