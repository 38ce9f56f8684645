import type { SpeakerQuotes } from '../../shared/api/speaker-quotes.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { type ReceiptLine, receiptText } from '../../shared/quotes/receipt.ts';
import { lacksPlaces } from '../../shared/quotes/said-places.ts';
import { shownEmail } from '../accounts/people.ts';
import { RateLimit } from '../http/rate-limit.ts';
import type { Parts } from '../parts.ts';
import { codeOf } from './own-parts.ts';
import { ownSpeakers } from './own-speakers.ts';
import { answerTo, lastAsks } from './own-words.ts';

type Needs = Pick<Parts, 'records' | 'clock' | 'random' | 'settings' | 'mailer' | 'log'>;

/** Mails to one person within an hour: whoever changes their mind often still hears of it. */
const MOST_RECEIPTS = 12;

/** How long after the last act a receipt goes, in milliseconds: somebody may yet change their mind. */
export const WAIT = 2 * 60_000;
/** And where they have not said yet where their words may appear. */
export const LACKING_WAIT = 30 * 60_000;
/** Milliseconds within which the same is not sent again even where it is asked for. */
const SAME_WITHIN = 10 * 60_000;

type Mail = Parameters<Parts['mailer']['send']>[0];

/** What speakers get by mail of what they said, to keep. */
export class Receipts {
  readonly #parts: Needs;
  readonly #sent: RateLimit;
  /** Of each person who is to get one: how it is called off. */
  readonly #waiting = new Map<string, () => void>();
  /** What went last to whom: the same is not sent twice. */
  readonly #last = new Map<string, { readonly texts: string; readonly at: number }>();
  readonly #sending = new Set<Promise<void>>();

  constructor(parts: Needs) {
    this.#parts = parts;
    this.#sent = new RateLimit(parts.clock, { most: MOST_RECEIPTS, windowMs: 60 * 60_000 });
  }

  /**
   * Sends everything that somebody answered, in one mail for each study; what went a moment ago
   * is not sent again.
   * @throws Refusal too-many; what the mailer throws
   */
  send(personId: string): Promise<void> {
    return this.#send(personId, SAME_WITHIN);
  }

  /** @param sameWithin milliseconds in which the same does not go again */
  async #send(personId: string, sameWithin: number): Promise<void> {
    this.#waiting.get(personId)?.();
    this.#waiting.delete(personId);
    const mails = await this.#mails(personId);
    const texts = mails.map(({ text }) => text).join('\n');
    const last = this.#last.get(personId);
    const now = this.#parts.clock.now();
    if (mails.length === 0 || (last?.texts === texts && now - last.at < sameWithin)) return;
    this.#sent.take(personId);
    this.#last.set(personId, { texts, at: now });
    try {
      for (const mail of mails) await this.#parts.mailer.send(mail);
    } catch (cause) {
      this.#last.delete(personId);
      throw cause;
    }
  }

  async #mails(personId: string): Promise<Mail[]> {
    const { records, random, settings } = this.#parts;
    const person = await records.read
      .selectFrom('user')
      .innerJoin('people', 'people.user_id', 'user.id')
      .select(['user.name', 'user.email', 'people.erased_at'])
      .where('user.id', '=', personId)
      .executeTakeFirst();
    const to = person ? shownEmail(person) : '';
    if (to === '' || !person) return [];
    const mails: Mail[] = [];
    for (const own of await ownSpeakers(records.read, personId)) {
      const lines = own.quotes.flatMap((quote): ReceiptLine[] =>
        (quote.record.erased ? [] : lastAsks(quote, own.row.id)).flatMap((ask): ReceiptLine[] => {
          const answer = answerTo(quote, ask);
          const isBack = (event: QuoteEvent) => event.kind === 'withdrawn' && event.speaker === own.row.id;
          const withdrawal = quote.events.find(isBack);
          const told = withdrawal ?? answer;
          if (!told) return [];
          const consent = quote.record.consents.get(own.row.id) ?? null;
          return [
            {
              wording: answer?.wording ?? ask.shown.wording ?? '',
              said: withdrawal ? 'withdrawn' : (answer?.kind ?? 'withdrawn'),
              at: told.at,
              namedAs: own.speakers.attribution(own.row.id).text,
              channels: consent?.channels ?? [],
              until: ask.lapsesAt,
              code: told ? codeOf(quote, told) : '',
            },
          ];
        }),
      );
      if (lines.length === 0) continue;
      mails.push({
        id: random.id(),
        to,
        subject: `Your receipt: your words in ${own.study.title}`,
        text: receiptText({
          name: own.row.name,
          studyTitle: own.study.title,
          page: `${settings.publicUrl}/quotes`,
          checks: `${settings.publicUrl}/api/certificates/`,
          lines,
        }),
        studyId: null,
        kind: 'letter',
      });
    }
    return mails;
  }

  /**
   * Sends one once nothing is left to answer, or where words were taken back: a little later, and later
   * again with every further act, so that one mail tells all of it.
   */
  sendWhenDone(personId: string, known: SpeakerQuotes, always: boolean): void {
    const wasWaiting = this.#waiting.get(personId);
    wasWaiting?.();
    this.#waiting.delete(personId);
    const isAnswered = isDone(known);
    if (!always && !wasWaiting && !isAnswered) return;
    const lacking = known.words.some(({ quotes }) =>
      quotes.some((quote) => quote.consent === null && lacksPlaces(quote)),
    );
    const wait = lacking ? LACKING_WAIT : WAIT;
    this.#waiting.set(
      personId,
      this.#parts.clock.after(wait, () => this.#sendNow(personId)),
    );
  }

  /** Sends at once what waits: nobody's receipt goes with the process. */
  async stop(): Promise<void> {
    for (const personId of [...this.#waiting.keys()]) this.#sendNow(personId);
    await this.settled();
  }

  /** Resolves when none is being sent. */
  async settled(): Promise<void> {
    await Promise.all(this.#sending);
  }

  /** That it could not, is in the log. */
  #sendNow(personId: string): void {
    const sending: Promise<void> = this.#send(personId, Number.POSITIVE_INFINITY)
      .catch((cause: unknown) => {
        this.#parts.log.error('a receipt could not be sent', { person: personId }, cause);
      })
      .finally(() => this.#sending.delete(sending));
    this.#sending.add(sending);
  }
}

/** Everything that can be answered is. */
function isDone({ words, now }: SpeakerQuotes): boolean {
  return words
    .flatMap(({ quotes }) => quotes)
    .every(({ over, answer, until }) => over !== null || answer !== null || until <= now);
}
