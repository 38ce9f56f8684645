import type { RouteBody } from '../../shared/api/contract.ts';
import { Outbox, type OutboxShelf, type Sent, type Waiting } from '../ui/outbox.ts';

export type NewQuote = RouteBody<'POST /api/cases/:caseId/quotes'>;
export type NewSpeaker = RouteBody<'POST /api/cases/:caseId/speakers'>;
type Whole<Body> = { readonly [Key in keyof Body]-?: Exclude<Body[Key], undefined> };

/** A quote that was captured on this device and that the server does not have yet. */
export interface WaitingCapture extends Waiting {
  readonly quote: Whole<NewQuote>;
  /** People added with it, who are sent first. */
  readonly speakers: readonly Whole<NewSpeaker>[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface CaptureWays extends OutboxShelf<WaitingCapture> {
  sendSpeaker(speaker: NewSpeaker): Promise<Sent>;
  sendQuote(quote: NewQuote): Promise<Sent>;
}

/** Captures on their way to the server. */
export class CaptureOutbox extends Outbox<WaitingCapture> {
  constructor(ways: CaptureWays) {
    super({
      load: ways.load,
      change: ways.change,
      idOf: ({ quote }) => quote.id,
      async send({ quote, speakers }) {
        for (const speaker of speakers) {
          const sent = await ways.sendSpeaker(speaker);
          if (sent !== 'sent') return sent;
        }
        return ways.sendQuote(quote);
      },
    });
  }
}
