import type { SpeakerQuotes } from '../../shared/api/speaker-quotes.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { type ReceiptLine, receiptText } from '../../shared/quotes/receipt.ts';
import { shownEmail } from '../accounts/people.ts';
import { RateLimit } from '../http/rate-limit.ts';
import type { Parts } from '../parts.ts';
import { ownSpeakers } from './own-speakers.ts';
import { answerTo, codeOf, lastAsks } from './own-words.ts';

type Needs = Pick<Parts, 'records' | 'clock' | 'random' | 'settings' | 'mailer' | 'log'>;

/** Mails to one person within an hour: whoever changes their mind often still hears of it. */
const MOST_RECEIPTS = 12;

/** What speakers get by mail of what they said, to keep. */
export class Receipts {
  readonly #parts: Needs;
  readonly #sent: RateLimit;

  constructor(parts: Needs) {
    this.#parts = parts;
    this.#sent = new RateLimit(parts.clock, { most: MOST_RECEIPTS, windowMs: 60 * 60_000 });
  }

  /**
   * Sends everything that somebody answered, in one mail for each study.
   * @throws Refusal too-many; what the mailer throws
   */
  async send(personId: string): Promise<void> {
    const { records, random, settings, mailer } = this.#parts;
    const person = await records.read
      .selectFrom('user')
      .innerJoin('people', 'people.user_id', 'user.id')
      .select(['user.name', 'user.email', 'people.erased_at'])
      .where('user.id', '=', personId)
      .executeTakeFirst();
    const to = person ? shownEmail(person) : '';
    if (to === '' || !person) return;
    this.#sent.take(personId);
    for (const own of await ownSpeakers(records.read, personId)) {
      const lines = own.quotes.flatMap((quote): ReceiptLine[] =>
        lastAsks(quote, own.row.id).flatMap((ask): ReceiptLine[] => {
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
      await mailer.send({
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
  }

  /** Sends them once nothing is left to answer, or where words were taken back; that it could not, is in the log. */
  sendWhenDone(personId: string, known: SpeakerQuotes, always: boolean): void {
    if (!always && !isDone(known)) return;
    this.send(personId).catch((cause: unknown) => {
      this.#parts.log.error('a receipt could not be sent', { person: personId }, cause);
    });
  }
}

/** Everything that can be answered is, and of what was confirmed they said where it may appear. */
function isDone({ words, now }: SpeakerQuotes): boolean {
  return words
    .flatMap(({ quotes }) => quotes)
    .every(({ over, answer, until, consent }) => {
      if (over !== null) return true;
      if (answer === null) return until <= now;
      return answer.kind !== 'confirmed' || consent !== null;
    });
}
