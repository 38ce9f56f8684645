import type { RouteBody } from '../../shared/api/contract.ts';
import { Value } from '../sync/watched.ts';

export type NewQuote = RouteBody<'POST /api/cases/:caseId/quotes'>;
export type NewSpeaker = RouteBody<'POST /api/cases/:caseId/speakers'>;
type Whole<Body> = { readonly [Key in keyof Body]-?: Exclude<Body[Key], undefined> };

/** A quote that was captured on this device and that the server does not have yet. */
export interface WaitingCapture {
  readonly quote: Whole<NewQuote>;
  /** People added with it, who are sent first. */
  readonly speakers: readonly Whole<NewSpeaker>[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Why the server does not take it; null while nothing speaks against it. */
  readonly refused: string | null;
}

/** `later`: no answer came, it is tried again · otherwise why the server does not take it. */
export type Sent = 'sent' | 'later' | { readonly refused: string };

export interface OutboxWays {
  /** Both never throw; what a device does not keep is gone with the page. */
  load(): Promise<readonly WaitingCapture[]>;
  /** Changes what is kept, as it is by then: another tab of this device keeps its own there as well. */
  change(edit: (kept: readonly WaitingCapture[]) => readonly WaitingCapture[]): Promise<void>;
  sendSpeaker(speaker: NewSpeaker): Promise<Sent>;
  sendQuote(quote: NewQuote): Promise<Sent>;
}

/**
 * Captures on their way to the server, in their order. Their ids are made here, so that
 * what was sent and got no answer is sent again without a second effect.
 */
export class CaptureOutbox {
  readonly waiting = new Value<readonly WaitingCapture[]>([]);
  readonly #ways: OutboxWays;
  readonly #loaded: Promise<void>;
  #sending: Promise<void> | null = null;
  #keeping: Promise<void> = Promise.resolve();

  constructor(ways: OutboxWays) {
    this.#ways = ways;
    this.#loaded = ways.load().then((kept) => {
      const made = this.waiting.get();
      const known = new Set(made.map(({ quote }) => quote.id));
      this.waiting.set([...kept.filter(({ quote }) => !known.has(quote.id)), ...made]);
    });
  }

  async add(capture: WaitingCapture): Promise<void> {
    this.waiting.set(replaced(this.waiting.get(), capture.quote.id, capture));
    await this.#loaded;
    await this.#keep(capture.quote.id, capture);
    await this.send();
  }

  /** Sends what waits, and what was refused once more. */
  send(): Promise<void> {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
    await this.#loaded;
    const tried = new Set<string>();
    for (;;) {
      const next = this.waiting.get().find(({ quote }) => !tried.has(quote.id));
      if (!next) return;
      tried.add(next.quote.id);
      const sent = await this.#sendOne(next);
      // those behind it would only wait as well
      if (sent === 'later') return;
      const after = sent === 'sent' ? null : { ...next, refused: sent.refused };
      this.waiting.set(replaced(this.waiting.get(), next.quote.id, after));
      await this.#keep(next.quote.id, after);
    }
  }

  async #sendOne({ quote, speakers }: WaitingCapture): Promise<Sent> {
    for (const speaker of speakers) {
      const sent = await this.#ways.sendSpeaker(speaker);
      if (sent !== 'sent') return sent;
    }
    return this.#ways.sendQuote(quote);
  }

  #keep(id: string, capture: WaitingCapture | null): Promise<void> {
    this.#keeping = this.#keeping.then(() => this.#ways.change((kept) => replaced(kept, id, capture)));
    return this.#keeping;
  }
}

/** @returns the same with a capture in its place, at the end where it is new, or without it */
function replaced(
  waiting: readonly WaitingCapture[],
  id: string,
  capture: WaitingCapture | null,
): readonly WaitingCapture[] {
  const at = waiting.findIndex(({ quote }) => quote.id === id);
  if (at === -1) return capture ? [...waiting, capture] : waiting;
  return [...waiting.slice(0, at), ...(capture ? [capture] : []), ...waiting.slice(at + 1)];
}
