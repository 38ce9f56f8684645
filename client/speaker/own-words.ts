import type { GuardedWords } from '../../shared/api/guardian-quotes.ts';
import type { OwnQuote, OwnWords, Receipt, SpeakerQuotes } from '../../shared/api/speaker-quotes.ts';
import { lacksPlaces } from '../../shared/quotes/said-places.ts';
import { ProblemError, request } from '../ui/request.ts';
import { button, type Child, fill, h } from './element.ts';
import { problemWords } from './form.ts';
import { GuardedList, openGuardianAsks } from './guarded-list.ts';
import { guardedTitle } from './guarded-words.ts';
import { notMe, notTheirs } from './not-me.ts';
import { OwnReceipt } from './own-receipt.ts';
import { type CardActs, QuoteCard } from './quote-card.ts';
import { showScreen } from './screen.ts';
import {
  isWaiting,
  othersOf,
  progressOf,
  situationOf,
  telephoneLink,
  timeNeeded,
  titleOf,
} from './speaker-words.ts';

/** Drawn at once; the rest follow when they are asked for. */
const FIRST_CARDS = 30;

/** *Check your quotes*: everything that somebody said and is quoted with, in one list. */
export class OwnWordsPage {
  readonly #cards = new Map<string, QuoteCard>();
  readonly #guarded = new GuardedList((call) => this.#act(async () => ({ words: await call() })));
  readonly #progress = h('progress', { 'aria-label': 'Checked', max: '1', value: '0' });
  readonly #done = h('p', { class: 'done-line', role: 'status' });
  readonly #receipt = new OwnReceipt();
  readonly #offline = h('div', { role: 'status' });
  readonly #over = new AbortController();
  readonly #sheetNews = h('div', { role: 'status' });
  readonly #signedOut: () => void;
  #known: SpeakerQuotes;
  #limit = FIRST_CARDS;
  /** The questions that stand on the page. */
  #drawn = '';

  /** @param signedOut the session is over: whoever is here has to come in again */
  constructor(known: SpeakerQuotes, signedOut: () => void) {
    this.#known = known;
    this.#signedOut = signedOut;
  }

  /** @param first nothing was pressed to come here */
  open({ first = false } = {}): void {
    this.#draw(first);
    this.#tellOpened();
    void this.#tellSheetNews();
    const { signal } = this.#over;
    addEventListener('beforeunload', (event) => this.isDirty && event.preventDefault(), { signal });
    const look = () => {
      if (document.visibilityState === 'visible') void this.refresh();
    };
    document.addEventListener('visibilitychange', look, { signal });
    addEventListener('offline', () => this.#tellConnection(), { signal });
    addEventListener('online', look, { signal });
    this.#tellConnection();
  }

  /** Another screen takes its place. */
  close(): void {
    this.#over.abort();
  }

  get isDirty(): boolean {
    return [...this.#cards.values()].some((card) => card.isDirty);
  }

  /** Asks how things stand by now; what is typed stays. */
  async refresh(): Promise<void> {
    this.#tellConnection();
    try {
      this.#show(await request('GET /api/contact/quotes', {}));
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'not-signed-in' && !this.isDirty)
        this.#signedOut();
    }
  }

  #tellConnection(): void {
    fill(
      this.#offline,
      !navigator.onLine &&
        h('p', { class: 'notice' }, 'There is no connection. You can read on; answer when you have one.'),
    );
  }

  #draw(first: boolean): void {
    const quotes = this.#known.words.flatMap((of) => of.quotes);
    const situations = quotes.map((quote) => situationOf(quote, this.#known.now));
    const { guarded } = this.#known;
    const own = quotes.length === 0 ? [] : this.#list(situations.filter(isWaiting).length);
    const children = [...own, ...guarded.flatMap((of) => this.#child(of, quotes.length > 0))];
    showScreen(this.#title(), children.length === 0 ? nothingThere() : children, { first });
    this.#drawn = asksOf(this.#known);
    this.#tellProgress();
    this.#receipt.show(this.#known);
  }

  #title(): string {
    const { words, guarded, now } = this.#known;
    const quotes = words.flatMap((of) => of.quotes);
    if (quotes.length === 0 && guarded.length > 0) return guardedTitle(guarded, now);
    const situations = quotes.map((quote) => situationOf(quote, now));
    return titleOf(situations, quotes.filter(lacksPlaces).length);
  }

  /** Of words of their own the line below counts; of a child's the heading says how they stand. */
  #tellTitle(): void {
    const heading = document.querySelector('h1');
    if (heading && this.#known.words.length === 0) heading.textContent = this.#title();
  }

  #list(waiting: number): Child[] {
    const { words } = this.#known;
    const several = words.length > 1;
    let room = this.#limit;
    const parts = words.flatMap((of) => {
      const quotes = sorted(of.quotes, this.#known.now).slice(0, room);
      room -= quotes.length;
      return [
        several && h('h2', { class: 'part' }, `${of.schoolName}: ${of.studyTitle}`),
        ...quotes.map((quote) => this.#card(of, quote).element),
        teamLine(of),
        notMe(of, () =>
          this.#goOn(`The team knows that you are not ${of.name}. These words are not yours to answer for.`),
        ),
      ];
    });
    const all = words.reduce((sum, of) => sum + of.quotes.length, 0);
    const [only] = words;
    return [
      h(
        'p',
        { class: 'lead' },
        !several && only ? `For “${only.studyTitle}”, about ${only.schoolName}. ` : '',
        waiting > 0 && `${timeNeeded(waiting)} `,
        'Nothing is used until you say so, and you can change your mind later.',
      ),
      this.#progress,
      this.#done,
      this.#offline,
      this.#sheetNews,
      ...parts,
      all > this.#limit &&
        button(`Show the other ${all - this.#limit}`, 'plain', () => {
          const last = this.#cards.size;
          this.#limit = Number.POSITIVE_INFINITY;
          this.#draw(true);
          [...this.#cards.values()][last]?.element.focus();
        }),
      this.#receipt.element,
    ];
  }

  /** @param isMore words of their own stand above */
  #child(of: GuardedWords, isMore: boolean): Child[] {
    const [heading, lead, ...cards] = this.#guarded.childPart(of, isMore);
    return [
      ...[heading, lead],
      ...(isMore ? [] : [this.#offline, this.#sheetNews]),
      ...[
        ...cards,
        teamLine(of),
        notTheirs(of, () => this.#goOn(`The team knows that you do not answer for ${of.name}.`)),
      ],
    ];
  }

  #card(of: OwnWords, quote: OwnQuote): QuoteCard {
    const known = this.#cards.get(quote.askId);
    if (known) return known;
    const card = new QuoteCard(of, quote, this.#cards.size + 1, this.#acts());
    this.#cards.set(quote.askId, card);
    return card;
  }

  #acts(): CardActs {
    return {
      answer: (quote, kind, wording) =>
        this.#act(() =>
          request('POST /api/contact/asks/:askId/answer', {
            params: { askId: quote.askId },
            body: { kind, after: quote.answer?.at ?? null, ...(wording !== undefined && { wording }) },
          }),
        ),
      consent: (of, quote, { naming, channels, until, forAll }) => {
        const quoteIds = [quote.quoteId, ...(forAll ? othersOf(of, quote) : [])];
        return this.#act(() =>
          request('POST /api/contact/quotes/consent', {
            body: { speakerId: of.speakerId, naming, channels: [...channels], until, quoteIds },
          }),
        );
      },
      withdraw: ({ speakerId }, { quoteId }) =>
        this.#act(() =>
          request('POST /api/contact/quotes/:quoteId/withdraw', { params: { quoteId }, body: { speakerId } }),
        ),
    };
  }

  async #act(call: () => Promise<Pick<Receipt, 'words'>>): Promise<void> {
    try {
      this.#show((await call()).words);
    } catch (error) {
      // What this page shows is not how things stand any more: the newer is shown beside the reason.
      if (error instanceof ProblemError && error.problem.code !== 'too-many') await this.refresh();
      throw error;
    }
  }

  #show(known: SpeakerQuotes): void {
    this.#known = known;
    for (const of of known.words) {
      for (const quote of of.quotes) this.#cards.get(quote.askId)?.show(of, quote);
    }
    this.#guarded.show(known);
    // Not while something is typed: it would go with its card.
    if (asksOf(known) !== this.#drawn && !this.isDirty) {
      this.#draw(true);
      this.#tellOpened();
    }
    this.#tellProgress();
    this.#tellTitle();
    this.#receipt.show(this.#known);
  }

  #tellProgress(): void {
    const quotes = this.#known.words.flatMap((of) => of.quotes);
    const { all, done, words } = progressOf(quotes, this.#known.now);
    this.#progress.max = Math.max(all, 1);
    this.#progress.value = done;
    this.#progress.hidden = all === 0;
    if (this.#done.textContent !== words) this.#done.textContent = words;
  }

  /** Of a version of what is held on them that they were not shown yet they are told on every page (PRIVACY-2). */
  async #tellSheetNews(): Promise<void> {
    const told = await request('GET /api/contact/sheets', {}).catch(() => null);
    const news = told?.sheets.filter((one) => one.news) ?? [];
    fill(
      this.#sheetNews,
      ...news.map((one) =>
        h(
          'p',
          { class: 'notice calm' },
          `What we hold about you and why was written anew, for ${one.studyTitle}. `,
          h('a', { href: '/contact/sheet' }, 'Read it'),
        ),
      ),
    );
  }

  /** The team is told that they have been read; that decides nothing. */
  #tellOpened(): void {
    const asks = this.#known.words.flatMap(({ quotes }) =>
      quotes.filter((quote) => isWaiting(situationOf(quote, this.#known.now))).map(({ askId }) => askId),
    );
    asks.push(...openGuardianAsks(this.#known));
    if (asks.length === 0) return;
    request('POST /api/contact/quotes/opened', { body: { asks: asks.slice(0, 500) } }).catch(() => {
      // Only the team's list is less exact for it.
    });
  }

  /** Whoever said that they are somebody else goes on with what is theirs. */
  async #goOn(words: string): Promise<void> {
    this.#known = await request('GET /api/contact/quotes', {});
    const isMore = this.#known.words.length + this.#known.guarded.length > 0;
    showScreen('Thank you for telling us', [
      h('p', { class: 'lead' }, words),
      isMore && button('Go on', 'main', () => this.#draw(false)),
    ]);
  }
}

function asksOf({ words, guarded }: SpeakerQuotes): string {
  return [...words, ...guarded]
    .flatMap(({ quotes }) => quotes.map(({ askId }) => askId))
    .sort()
    .join(' ');
}

/** What is to be answered comes first, oldest question first; the rest as it was answered. */
function sorted(quotes: readonly OwnQuote[], now: number): OwnQuote[] {
  const rank = (quote: OwnQuote) => {
    const situation = situationOf(quote, now);
    return isWaiting(situation) ? 0 : situation === 'answered' ? 1 : 2;
  };
  return [...quotes].sort((one, other) => rank(one) - rank(other) || one.askedAt - other.askedAt);
}

/** Somebody of the team to talk to, and whom the study names besides. */
function teamLine({ team }: Pick<OwnWords, 'team'>): HTMLElement {
  return h(
    'div',
    { class: 'aside' },
    h(
      'p',
      {},
      'Would you rather talk to somebody, or answer by telephone? ',
      team.name !== '' && h('strong', {}, team.name),
      team.telephone !== '' && ', ',
      team.telephone !== '' && h('a', { href: telephoneLink(team.telephone) }, team.telephone),
      team.email !== '' && ', ',
      team.email !== '' && h('a', { href: `mailto:${encodeURIComponent(team.email)}` }, team.email),
    ),
    team.about !== '' && h('p', { class: 'lines' }, team.about),
  );
}

function nothingThere(): Child[] {
  return [
    h(
      'p',
      { class: 'lead' },
      'Nobody asks you about words of yours. The team may not have written yet, or may have taken its question back.',
    ),
    h('p', {}, h('a', { href: '/contact' }, 'About your school')),
  ];
}

/** Where the list could not be had. */
export function showUnreachable(error: unknown, again: () => void): void {
  showScreen('Your words can’t be shown just now', [
    h('p', { class: 'lead', role: 'alert' }, problemWords(error)),
    button('Try again', 'main', again),
  ]);
}
