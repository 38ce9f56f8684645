import type { GuardedQuote, GuardedWords } from '../../shared/api/guardian-quotes.ts';
import type { SpeakerQuotes } from '../../shared/api/speaker-quotes.ts';
import { request } from '../ui/request.ts';
import { type Child, h } from './element.ts';
import { GuardedCard } from './guarded-card.ts';
import { guardedOthers, guardedSituation } from './guarded-words.ts';

/** What children said for whom somebody is asked as a parent or carer. */
export class GuardedList {
  readonly #cards = new Map<string, GuardedCard>();
  readonly #act: (call: () => Promise<SpeakerQuotes>) => Promise<void>;

  /** @param act asks the server, and shows everywhere how things stand then */
  constructor(act: (call: () => Promise<SpeakerQuotes>) => Promise<void>) {
    this.#act = act;
  }

  /**
   * @param isMore words of their own stand above
   * @returns the heading and a card for each quote of one child
   */
  childPart(of: GuardedWords, isMore: boolean): Child[] {
    const { name, studyTitle, schoolName, quotes } = of;
    return [
      h('h2', { class: 'part' }, isMore ? `As a parent or carer: what ${name} said` : `What ${name} said`),
      h(
        'p',
        { class: 'lead' },
        `For “${studyTitle}”, about ${schoolName}. You are asked as a parent or carer, because ${name} is not 16 yet. Nothing is used unless both of you agree.`,
      ),
      ...quotes.map((quote) => this.#card(of, quote).element),
    ];
  }

  /** Shows how the words stand by now. */
  show({ guarded }: SpeakerQuotes): void {
    for (const of of guarded) for (const quote of of.quotes) this.#cards.get(quote.askId)?.show(of, quote);
  }

  #card(of: GuardedWords, quote: GuardedQuote): GuardedCard {
    const known = this.#cards.get(quote.askId);
    if (known) return known;
    const card = new GuardedCard(of, quote, this.#cards.size + 1, {
      consent: (child, { quoteId }, { naming, channels, until, forAll }) => {
        const quoteIds = [quoteId, ...(forAll ? guardedOthers(child, quote, Date.now()) : [])];
        const body = { speakerId: child.speakerId, naming, channels: [...channels], until, quoteIds };
        return this.#act(() => request('POST /api/contact/guarded/consent', { body }));
      },
      assent: ({ speakerId }, { quoteId }) =>
        this.#act(() =>
          request('POST /api/contact/guarded/assent', { body: { speakerId, quoteIds: [quoteId] } }),
        ),
      withdraw: ({ speakerId }, { quoteId }) =>
        this.#act(() =>
          request('POST /api/contact/guarded/:quoteId/withdraw', {
            params: { quoteId },
            body: { speakerId },
          }),
        ),
    });
    this.#cards.set(quote.askId, card);
    return card;
  }
}

/** @returns questions to parents and carers that wait for an answer */
export function openGuardianAsks({ guarded, now }: SpeakerQuotes): string[] {
  return guarded.flatMap(({ quotes }) =>
    quotes.filter((quote) => guardedSituation(quote, now) === 'asked').map(({ askId }) => askId),
  );
}
